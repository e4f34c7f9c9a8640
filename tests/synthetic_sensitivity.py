"""Tables of sweeps and sensitivity analyses made up in a moment, to draw without simulating."""

from __future__ import annotations

import numpy as np
import pandas as pd

from miaopu.model import vocabulary
from miaopu.model.text import Text
from miaopu.outputs.experiment_facts import Measure
from miaopu.tests.synthetic_experiment import DRAFT, LEVERS, MEASURES, UNCERTAIN

SCREENED = (
    "hubs.nominal.reached",
    "hubs.effective.measured",
    "hubs.nominal.date",
    "organizations@2025-12",
    "focus_needs_met@2025-12",
    "public_money@2025-12",
)


def _said(outcome: str) -> Measure:
    if outcome in MEASURES:
        return MEASURES[outcome]
    known = vocabulary.indicators()[outcome.split("@")[0]]
    return Measure(
        Text(f"{known.label.zh}（2025年12月底）", f"{known.label.en} (end of December 2025)"), known.unit, "indicator"
    )


def indices(
    method: str = "sobol", base: tuple[int, ...] = (1024,), outcomes: tuple[str, ...] = SCREENED
) -> pd.DataFrame:
    """Sobol indices, Morris's measures or PAWN of every factor and the inert one; narrower with more base points."""
    both = vocabulary.levers() | vocabulary.parameters()
    named = {name: ("lever", both[name].label) for name in LEVERS} | {
        name: ("uncertainty", both[name].label) for name in UNCERTAIN
    }
    named["inert"] = ("inert", Text("惰性对照因子", "inert factor (control)"))
    rows = []
    for which, outcome in enumerate(outcomes):
        said = _said(outcome)
        unit = {"share": 0.1, "months": 4.0, "count": 900.0}.get(said.unit, 3e7)
        for points in base:
            for place, (factor, (role, label)) in enumerate(named.items()):
                total = 0.0 if role == "inert" else 0.45 / (1 + (place * 5 + which * 3) % 12)
                half = 0.9 / points**0.5
                values = {
                    "sobol": {"S1": total * 0.7 - 0.003, "ST": total + 0.002},
                    "pawn": {"pawn": total + 0.05},
                    "morris": {
                        "mu_star": (total + 0.01) * unit,
                        "sigma": (0.3 + place % 3 * 0.4) * (total + 0.02) * unit,
                    },
                }[method]
                for index, value in values.items():
                    wide = half * (unit if method == "morris" else 1)
                    rows.append(
                        (
                            DRAFT,
                            outcome,
                            *said.label,
                            factor,
                            *label,
                            role,
                            index,
                            "",
                            value,
                            value - wide,
                            value + wide,
                            points,
                            2,
                        )
                    )
    names = [
        "scenario",
        "outcome",
        "label_zh",
        "label_en",
        "factor",
        "factor_zh",
        "factor_en",
        "role",
        "index",
        "other",
        "value",
        "low",
        "high",
        "base_points",
        "dropped",
    ]
    return pd.DataFrame(rows, columns=names)


def convergence(index: str = "ST", base: tuple[int, ...] = (128, 256, 512, 1024)) -> pd.DataFrame:
    """Intervals that narrow with the root of the base points."""
    rows = [
        (DRAFT, outcome, index, points, 1.8 / points**0.5, points >= 512, 1.8 / points**0.5 < 0.05)
        for outcome in SCREENED
        for points in base
    ]
    return pd.DataFrame(
        rows, columns=["scenario", "outcome", "index", "base_points", "widest", "ranking_stands", "converged"]
    )


def chance() -> pd.DataFrame:
    """Factors two thirds, other parameters a fifth, the rest chance."""
    return pd.DataFrame(
        [(DRAFT, outcome, 0.66, 0.21, 0.13, 14336) for outcome in SCREENED],
        columns=["scenario", "outcome", "share_factors", "share_parameters", "share_chance", "points"],
    )


def response(outcomes: tuple[str, ...] = SCREENED) -> pd.DataFrame:
    """Levers and uncertainties with a scale, a flag, a choice of words and the inert factor."""
    both = vocabulary.levers() | vocabulary.parameters()
    rows = []
    for outcome in outcomes:
        said = _said(outcome)
        size = {"share": 1.0, "months": 50.0, "count": 2.0e4, "yuan per year": 6e8}.get(said.unit, 1.0)
        for place, factor in enumerate([*LEVERS, "guidance.pilot", *UNCERTAIN, "readings.rounding", "inert"]):
            role = (
                "inert"
                if factor == "inert"
                else "uncertainty"
                if factor in UNCERTAIN or factor.startswith("readings")
                else "lever"
            )
            words = {"readings.rounding": ["whole_place", "each_district"], "guidance.pilot": ["", ""]}.get(
                factor, [""] * 12
            )
            low, high = (both[factor].low, both[factor].high) if factor in both else (0.0, 1.0)
            slope = 0.0 if role == "inert" else 0.5 / (1 + place)
            for step, word in enumerate(words):
                u = step / (len(words) - 1)
                mean = size * (0.3 + slope * u)
                rows.append(
                    (
                        DRAFT,
                        outcome,
                        factor,
                        role,
                        low + u * (high - low),
                        word,
                        mean,
                        mean - 0.02 * size,
                        mean + 0.02 * size,
                        1200,
                    )
                )
    return pd.DataFrame(
        rows, columns=["scenario", "outcome", "factor", "role", "value", "word", "mean", "low", "high", "points"]
    )


def sweep(columns: int = 5, rows: int = 6) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Summary and points of a grid of order strength by venture money."""
    orders, money = np.linspace(0, 0.4, columns), np.linspace(5e5, 4e6, rows)
    points = pd.DataFrame(
        [(number, a, b) for number, (a, b) in enumerate((a, b) for a in orders for b in money)],
        columns=["point", "f_assessment.order_strength", "f_funding.venture_budget"],
    )
    table = []
    for outcome in SCREENED:
        size = {"months": 50.0, "count": 2e4, "yuan per year": 6e8}.get(_said(outcome).unit, 1.0)
        for row in points.itertuples(index=False):
            value = size * min(1.0, 0.05 + 1.5 * row[1] + row[2] / 1.5e7)
            table.append(
                (DRAFT, row[0], outcome, value, value - 0.03 * size, value + 0.03 * size, value, value, value, 160)
            )
    names = ["scenario", "point", "outcome", "value", "low", "high", "median", "p05", "p95", "runs"]
    return pd.DataFrame(table, columns=names), points
