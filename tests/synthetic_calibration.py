"""Tables of a calibration made up in a second, laid out like the real ones: to draw and print without simulating."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import ndtr

from miaopu.calibration.observations import Observation, fitted, measured
from miaopu.calibration.settings import settings
from miaopu.experiments.columns import write_csv
from miaopu.model.vocabulary import parameters

_HUBS = ("both", "pressure", "imitation")
RULES = (*(("hubs", rule) for rule in _HUBS), ("founding", "saturation"), ("founding", "need"))
POLICIES = ("plan", "no_plan", "strong_orders", "no_orders", "operation", "long_list", "examples", "founders")
SERIES = ("zhejiang_stock", "shandong_stock", "ningbo_hubs", "shandong_hubs", "hunan_stations")
RANKED = (*settings().fitted, "log_kernel")
PLANS = ("shenzhen-2022-2025", "hunan-2021-2023")


def make(folder: Path, seed: int = 7) -> Path:
    """Every table of a calibration in `folder`, and posterior.json beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    luck = np.random.default_rng(seed)
    z = luck.normal(size=(200, len(settings().fitted))) * np.linspace(0.3, 1.0, len(settings().fitted))
    z[:, 1] = -0.8 * z[:, 0] + 0.4 * z[:, 1]
    weights = luck.dirichlet(np.full(200, 2.0))
    _posterior(folder / "posterior.json", z, weights)
    tables = {
        "generations": _generations(), "screening": _screening(luck), "predictive": _predictive(luck),
        "contraction": _contraction(z), "pairs": _pairs(z), "moved": _moved(luck), "recovery": _recovery(luck),
        "sbc": _sbc(luck), "sbc_summary": _summary(), "hindcast": _hindcast(luck), "rivals": _rivals(luck),
        "ranking": _ranking(luck), "survival": _survival(), "agreement": _agreement(),
        "patterns": _patterns(luck), "rival_patterns": _rival_patterns(luck), "forecasts": _forecasts(),
       
    }  # fmt: skip
    for name, table in tables.items():
        write_csv(folder / f"{name}.csv", {column: table[column].to_numpy() for column in table})
    return folder


def _value(name: str, z: float) -> float:
    return parameters()[name].prior.ppf(float(ndtr(z)))


def _posterior(path: Path, z: np.ndarray, weights: np.ndarray) -> None:
    names = settings().fitted
    sets = [[_value(name, one) for name, one in zip(names, row, strict=True)] for row in z]
    fit = {"library": "pyabc 0.0", "simulations": 12345, "seed": 1, "ess": 150.0}
    told = {"format": 1, "made_with": {"miaopu": "0.0"}, "fit": fit, "names": list(names), "sets": sets,
            "weights": weights.tolist(), "place_effects": []}  # fmt: skip
    path.write_text(json.dumps(told), encoding="utf-8")


def _generations() -> pd.DataFrame:
    rows = [
        (k + 1, 10.0 ** (12 - 3 * k) if k else np.inf, 1600 * (k + 1), 400, 0.25 / (k + 1), 380 - 20 * k)
        for k in range(5)
    ]
    columns = ["generation", "temperature", "simulations", "accepted", "acceptance_rate", "ess"]
    return pd.DataFrame(rows, columns=columns)


def _screening(luck: np.random.Generator) -> pd.DataFrame:
    of_places = ["order_felt@ningbo-2010-2018", "policy_size@zhejiang-2016-2021", "hubs@ningbo-2010-2018"]
    names = [*settings().fitted, *of_places]
    rows = [(seen.id, name, float(luck.beta(0.5, 5)), 0.021) for seen in measured() for name in names]
    return pd.DataFrame(rows, columns=["observation", "parameter", "share", "noise"])


def _centre(seen: Observation) -> float:
    return float(np.mean([end for end in (seen.low, seen.high) if np.isfinite(end)]))


def _predictive(luck: np.random.Generator) -> pd.DataFrame:
    rows = []
    for seen in measured():
        middle = _centre(seen)
        prior, after = middle + 4 * seen.tolerance * luck.normal(), middle + seen.tolerance * luck.normal()
        low, high = (end if np.isfinite(end) else np.nan for end in (seen.low, seen.high))
        rows.append({
            "observation": seen.id, "place_zh": seen.place.zh, "place_en": seen.place.en, "date": seen.date,
            "role": seen.role, "indicator": seen.indicator, "measure": seen.measure, "low": low, "high": high,
            "tolerance": seen.tolerance, "prior_p05": prior - 6 * seen.tolerance, "prior_median": prior,
            "prior_p95": prior + 9 * seen.tolerance, "posterior_p05": after - 1.5 * seen.tolerance,
            "posterior_median": after, "posterior_p95": after + 1.5 * seen.tolerance,
            "posterior_tail": float(luck.uniform()), "mark": seen.mark,
        })  # fmt: skip
    return pd.DataFrame(rows)


def _contraction(z: np.ndarray) -> pd.DataFrame:
    rows = []
    for place, name in enumerate(settings().fitted):
        before = [_value(name, at) for at in (-1.645, 0.0, 1.645)]
        after = [_value(name, float(at)) for at in np.quantile(z[:, place], [0.05, 0.5, 0.95])]
        rows.append([name, parameters()[name].unit, *before, *after, 1 - float(z[:, place].var()), 0.12])
    ends = [f"{kind}_{end}" for kind in ("prior", "posterior") for end in ("p05", "median", "p95")]
    return pd.DataFrame(rows, columns=["parameter", "unit", *ends, "contraction", "noise"])


def _pairs(z: np.ndarray) -> pd.DataFrame:
    rows = [(one, other, float(np.corrcoef(z[:, a], z[:, b])[0, 1]), 0.2)
            for (a, one), (b, other) in combinations(enumerate(settings().fitted), 2)]  # fmt: skip
    return pd.DataFrame(rows, columns=["parameter_a", "parameter_b", "correlation", "noise"])


def _moved(luck: np.random.Generator) -> pd.DataFrame:
    names = ["policy_size@zhejiang-2016-2021", "order_felt@ningbo-2010-2018", "need_pull", "founding_balance", "paper"]
    return pd.DataFrame({"parameter": names, "distance": sorted(luck.uniform(0.02, 0.3, 5))[::-1], "noise": 0.1})


def _recovery(luck: np.random.Generator) -> pd.DataFrame:
    rows = []
    for method, datasets in (("smc", 4), ("bank", 30)):
        for dataset in range(datasets):
            for name in settings().fitted:
                truth, found = luck.normal(size=2) * (1.0, 0.5)
                ends = (_value(name, truth + found + step) for step in (-0.8, 0.0, 0.8))
                rows.append((dataset, method, name, _value(name, truth), *ends, luck.uniform()))
    return pd.DataFrame(rows, columns=["dataset", "method", "parameter", "truth", "p05", "median", "p95", "rank"])


def _sbc(luck: np.random.Generator) -> pd.DataFrame:
    rows = [(name, place + 1, int(count), 9, 33) for name in RANKED
            for place, count in enumerate(luck.multinomial(200, np.full(10, 0.1)))]  # fmt: skip
    rows[0] = (*rows[0][:2], 40, 9, 33)
    return pd.DataFrame(rows, columns=["parameter", "bin", "count", "low", "high"])


def _summary() -> pd.DataFrame:
    rows = [(name, 200, 0.004 if place == 0 else 0.413, 61.2, 3, 1.5) for place, name in enumerate(RANKED)]
    columns = ["parameter", "datasets", "p_value", "ess_median", "ess_small", "tolerances_times"]
    return pd.DataFrame(rows, columns=columns)


def _hindcast(luck: np.random.Generator) -> pd.DataFrame:
    rows = []
    for place, series in enumerate(SERIES):
        observed = (262_000.0, 183_400.0, 0.45, 0.285, 1.0)[place]
        middle, wide = observed * luck.uniform(0.8, 1.05), 0.3 * observed
        ends = (middle - wide / 2, middle, middle + wide / 2)
        rows.append((series, "model", "sd_growth sd_hubs", series, observed, *ends, wide / 5, 44.0))
        for name in ("last_value", "trend") if place < 2 else ("last_value", "logistic"):
            told = observed * luck.uniform(0.5, 1.2)
            rows.append((series, name, "zj_start", series, observed, told, told, told, abs(told - observed), np.nan))
    columns = ["series", "forecast", "fitted_to", "scored", "observed", "p05", "median", "p95", "crps", "ess"]
    return pd.DataFrame(rows, columns=columns)


def _rivals(luck: np.random.Generator) -> pd.DataFrame:
    rows = []
    for mechanism, rule in RULES:
        value, label = float(luck.normal(-8, 2)), (f"规则{rule}（本模型）", f"rule of {rule} alone")
        rows.append((mechanism, rule, *label, "log_evidence", value, value - 0.2, value + 0.2))
        rows.append((mechanism, rule, *label, "ess", 87.0, np.nan, np.nan))
        rows += [(mechanism, rule, *label, seen.id, _centre(seen), 0.9 * _centre(seen), 1.1 * _centre(seen))
                 for seen in fitted()]  # fmt: skip
    columns = ["mechanism", "rule", "label_zh", "label_en", "quantity", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _ranking(luck: np.random.Generator) -> pd.DataFrame:
    rows = []
    for plan in PLANS:
        for outcome in ("street_hub_coverage", "organizations", "target:hubs:nominal"):
            for mechanism, rule in RULES:
                values = np.linspace(0.3, 0.95, len(POLICIES)) + luck.normal(0, 0.1, len(POLICIES))
                order = (-values).argsort().argsort() + 1
                rows += [
                    (mechanism, rule, plan, policy, f"政策{policy}", f"policy {policy}", outcome, value, value - 0.02,
                     value + 0.02, rank)
                    for policy, value, rank in zip(POLICIES, values, order, strict=True)
                ]  # fmt: skip
    columns = ["mechanism", "rule", "plan", "policy", "label_zh", "label_en", "outcome", "value", "low", "high", "rank"]
    return pd.DataFrame(rows, columns=columns)


def _survival() -> pd.DataFrame:
    rows = []
    for plan in PLANS:
        for outcome in ("street_hub_coverage", "organizations", "target:hubs:nominal"):
            for mechanism, rule in RULES:
                if rule not in ("both", "saturation"):
                    rows.append((mechanism, rule, plan, outcome, 0.857, 28, 2, int(rule == "need"), rule != "need"))
    columns = ["mechanism", "rule", "plan", "outcome", "tau", "pairs", "swapped", "surely_swapped", "best_kept"]
    return pd.DataFrame(rows, columns=columns)


def _agreement() -> pd.DataFrame:
    rows = [(name, 0.1, 0.5, 0.12 if place else 0.6, 0.52, 0.05) for place, name in enumerate(settings().fitted)]
    return pd.DataFrame(rows, columns=["parameter", "fit_mean", "fit_sd", "bank_mean", "bank_sd", "error"])


def _patterns(luck: np.random.Generator) -> pd.DataFrame:
    rows = []
    for place in range(12):
        middle = float(luck.uniform(0.2, 0.8))
        rows.append({
            "pattern": f"pattern_{place}", "statement_zh": f"事实{place}", "statement_en": f"fact {place}",
            "source": "https://example.org/a", "mark": "D",
            "quantity_zh": f"量{place}", "quantity_en": f"quantity {place}", "expected_low": 0.3,
            "expected_high": 0.7, "p05": middle - 0.1, "median": middle, "p95": middle + 0.1,
            "share": 0.9 if 0.3 < middle < 0.7 else 0.2, "verdict": "reproduced" if 0.3 < middle < 0.7 else "not",
        })  # fmt: skip
    return pd.DataFrame(rows)


def _rival_patterns(luck: np.random.Generator) -> pd.DataFrame:
    """Rules differ on one fact."""
    rows = []
    for rule in ("both", "pressure", "imitation", "need"):
        for place in range(12):
            verdict = "not" if rule == "imitation" and place == 3 else "reproduced"
            rows.append((rule, f"pattern_{place}", float(luck.uniform()), 0.6, verdict))
    return pd.DataFrame(rows, columns=["rule", "pattern", "median", "share", "verdict"])


def _forecasts() -> pd.DataFrame:
    rows = []
    for place, plan in enumerate(PLANS):
        for counts, before, after in (("nominal", 0.42, 0.613), ("effective", 0.03, 0.0)):
            for kind, value in (("prior", before), ("posterior", after + 0.1 * place)):
                rows.append((plan, "hubs", counts, "街道（乡镇）枢纽覆盖率", "street hub coverage", kind, value,
                             max(0, value - 0.04), value + 0.04, 200, 2))  # fmt: skip
        for kind in ("prior", "posterior"):
            rows.append((plan, "training", "", "培训场次", "sessions held", kind, 1.0, 0.97, 1.0, 200, 2))
    columns = ["plan", "target", "counts", "label_zh", "label_en", "parameters", "probability", "low", "high", "draws",
               "replicates"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
