"""What is gathered from results folders is what their tables say, whichever of them there are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from miaopu.experiments.campaign.folder import read_manifest
from miaopu.experiments.comparison import compare
from miaopu.experiments.forecast import forecast, with_settings
from miaopu.experiments.store import open_results
from miaopu.experiments.study import sensitivity
from miaopu.model.text import Text
from miaopu.model.vocabulary import parameters
from miaopu.outputs.brief.findings import Findings
from miaopu.outputs.brief.gathering.from_sensitivity import MOST_CHANCE
from miaopu.outputs.brief.gathering.gather import finished_study, gather
from miaopu.scenarios.compiling import inputs_of
from miaopu.scenarios.layers import resolve

from .. import synthetic_calibration

pytestmark = pytest.mark.slow

PAIRS = 20
MORRIS: dict[str, Any] = {
    "name": {"zh": "筛选", "en": "screening"},
    "scenarios": ["town"],
    "until": "2026-12",
    "levers": {"assessment.order_strength": {"low": 0, "high": 0.6}},
    "uncertainties": {"hub_idling": {"low": "0 per year", "high": "2 per year"}},
    "design": {"method": "morris", "points": 10, "seed": 3},
    "draws": "central",
    "replicates": 4,
    "parameters": "prior",
    "decide_on": ["hubs.effective.measured"],
}


class Folders(dict[str, Path]):
    """Small results of every kind, all of the fictional town."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    top = tmp_path_factory.mktemp("folders")
    town = resolve("town")
    forecast(with_settings(inputs_of(town), 3, 2, None), town, top / "forecast", workers=1)
    compare(["town", "town-baseline"], PAIRS, top / "compare", workers=1)
    sensitivity("town-sobol", top / "town-sobol", workers=1)
    sensitivity(MORRIS, top / "screening", workers=1)
    synthetic_calibration.make(top / "calibration")
    return Folders((path.name, path) for path in top.iterdir())


@pytest.fixture(scope="module")
def whole(folders: Folders) -> Findings:
    return gather([folders[name] for name in ("forecast", "compare", "town-sobol", "calibration")])


def test_folders_are_told_apart_and_stay_in_order(folders: Folders, whole: Findings) -> None:
    assert [source.kind for source in whole.sources] == ["forecast", "compare", "sensitivity", "calibration"]
    turned = gather([folders[name] for name in ("calibration", "compare", "forecast")])
    assert [source.kind for source in turned.sources] == ["calibration", "compare", "forecast"]
    assert turned.targets == whole.targets and turned.plan == whole.plan
    assert whole.plan.en == "Qingshi three-year plan (fictional)"
    assert whole.baseline is not None and whole.baseline != whole.plan
    assert whole.place == inputs_of(resolve("town")).place.name


def test_sources_say_how_they_were_made(whole: Findings) -> None:
    first, compared, carried, fitted = whole.sources
    assert (first.draws, first.replicates, first.runs, first.failed) == (3, 2, 6, 0)
    assert (compared.draws, compared.runs) == (PAIRS, 2 * PAIRS)
    assert compared.command == f"miaopu compare town town-baseline --runs {PAIRS}"
    assert carried.command == "miaopu sensitivity town-sobol"
    assert fitted.runs == 12345 and fitted.draws == 200
    assert all(len(source.date) == 10 for source in whole.sources[:3])


def test_targets_are_those_of_the_forecast(folders: Folders, whole: Findings) -> None:
    rows = open_results(folders["forecast"]).targets
    assert [target.id for target in whole.targets] == list(rows["target"])
    assert [target.chance.value for target in whole.targets] == list(rows["probability"])
    assert [target.outcome.value for target in whole.targets] == list(rows["median"])
    assert [target.own for target in whole.targets] == list(~rows["target"].duplicated())
    assert all(target.chance.runs == 6 and target.chance.draws == 3 for target in whole.targets)
    assert len({target.key for target in whole.targets}) == len(whole.targets)


def test_without_the_plan_is_what_the_forecast_has_run_of_its_baseline(folders: Folders, whole: Findings) -> None:
    results = open_results(folders["forecast"])
    rows = results.baseline_targets
    assert len(rows) == len(whole.targets)
    assert [target.baseline and target.baseline.value for target in whole.targets] == list(rows["probability"])
    assert [target.baseline_outcome and target.baseline_outcome.value for target in whole.targets] == list(
        rows["median"]
    )
    assert all(target.baseline and target.baseline.runs == 3 for target in whole.targets), "one run a draw"
    assert whole.money is not None and whole.money.baseline is not None
    assert whole.money.baseline.value < whole.money.total.value


def test_without_the_plan_is_seen_in_the_comparison_where_the_forecast_has_no_such_runs(
    folders: Folders, tmp_path: Path
) -> None:
    older = shutil.copytree(folders["forecast"], tmp_path / "older")
    for path in older.glob("baseline_*"):
        path.unlink()
    told = json.loads((older / "manifest.json").read_text(encoding="utf-8"))
    (older / "manifest.json").write_text(json.dumps(told | {"baseline": None}), encoding="utf-8")
    alone, beside = gather([older]), gather([older, folders["compare"]])
    assert alone.baseline is None and all(target.baseline is None for target in alone.targets)
    table = _differences(folders)
    for target in beside.targets:
        assert target.baseline is not None
        assert target.baseline.value == table.loc[f"{target.key}.reached", "other_value"]


def _differences(folders: Folders) -> pd.DataFrame:
    return pd.read_csv(folders["compare"] / "differences.csv", encoding="utf-8-sig").set_index("outcome")


def test_options_are_those_of_the_comparison(folders: Folders, whole: Findings) -> None:
    base, none = whole.options
    assert (base.about, none.about) == ("base", "baseline")
    assert not base.chance_changes and base.money_change is None and not base.differs_in
    table = _differences(folders)
    for key, change in none.chance_changes.items():
        row = table.loc[f"{key}.reached"]
        assert (change.value, change.low, change.high) == tuple(
            row[["difference", "difference_low", "difference_high"]]
        )
        assert none.chances[key].value - base.chances[key].value == pytest.approx(change.value)
        assert none.chances[key].draws == PAIRS
    assert none.money_change is not None and none.money_change.high < 0, "to do nothing costs less"
    assert none.money is not None and base.money is not None
    assert none.money.value - base.money.value == pytest.approx(none.money_change.value)
    assert {price.target for price in none.prices} <= set(base.outcomes)
    told = {path for path, _, _ in none.differs_in}
    assert any(path.startswith("plan.hubs") for path in told)
    assert not any(path.startswith("name") for path in told)


def test_money_is_what_funders_pay_in_each_run(folders: Folders, whole: Findings) -> None:
    from miaopu.model.ledger import INSTRUMENTS

    book = open_results(folders["forecast"]).ledger
    flows = {item.name: item.flow for item in INSTRUMENTS}
    spent = [
        sum(
            float(row["yuan"])
            for _, row in part.iterrows()
            if row["payer"] not in ("hub", "organization")
            and flows[row["instrument"]] != "in"
            and row["instrument"] not in ("lapse", "others")
        )
        for _, part in book.groupby("run")
    ]
    money = whole.money
    assert money is not None
    assert money.total.value == pytest.approx(np.median(spent))
    assert sum(payment.yuan for payment in money.payments) == pytest.approx(np.mean(spent))
    yuan = [payment.yuan for payment in money.payments]
    assert yuan == sorted(yuan, reverse=True)
    assert (money.first_year, money.last_year) == (book["year"].min(), book["year"].max())


def test_what_remains_is_compared_run_by_run(folders: Folders, whole: Findings) -> None:
    months = open_results(folders["forecast"]).months
    last, due = months["month"].max(), months.loc[(months["year"] == 2026) & (months["month_of_year"] == 12), "month"]
    ends = [months[months["month"] == month].set_index("run") for month in (due.iloc[0], last)]
    assert {found.indicator for found in whole.after} >= {"street_hub_coverage", "capability"}
    for found in whole.after:
        first, after = (end[found.indicator].astype(float) for end in ends)
        assert found.deadline == "2026-12" and found.end > found.deadline
        assert found.at_deadline.value == pytest.approx(first.median())
        assert found.at_end.value == pytest.approx(after.median())
        assert found.change.value == pytest.approx((after - first).mean())
        assert found.change.low <= found.change.value <= found.change.high


def test_factors_are_ranked_by_role_and_named_as_the_targets(folders: Folders, whole: Findings) -> None:
    table = pd.read_csv(folders["town-sobol"] / "indices.csv", encoding="utf-8-sig")
    (one,) = whole.factors
    assert (one.target, one.kind, one.index) == ("hubs.nominal", "measured", "ST")
    assert one.target in {target.key for target in whole.targets}
    rows = table[(table["outcome"] == "hubs.nominal.measured") & (table["index"] == "ST")].set_index("factor")
    for role, found in (("lever", one.levers), ("uncertainty", one.uncertainties)):
        assert {factor.name for factor in found} == set(rows.index[rows["role"] == role])
        assert [factor.value for factor in found] == sorted((factor.value for factor in found), reverse=True)
        assert all(factor.value == rows.loc[factor.name, "value"] for factor in found)
    assert all(factor.mark == parameters()[factor.name].mark for factor in one.uncertainties)
    assert all(not factor.mark for factor in one.levers)
    assert one.converged is False and one.points == 8 * 7


def test_a_screening_gives_directions_from_its_trajectories(folders: Folders) -> None:
    one, *others = gather([folders["screening"]]).factors
    assert one.index == "mu_star" and one.converged is None
    assert all(other.target != one.target and other.share_chance < MOST_CHANCE for other in others)
    rising = {factor.name: factor.rises for factor in (*one.levers, *one.uncertainties)}
    assert rising["hub_idling"] == -1, "where hubs fall idle sooner, fewer of them work at the check"


def test_a_comparison_alone_tells_the_targets_of_its_base(folders: Folders) -> None:
    found, table = gather([folders["compare"]]), _differences(folders)
    study = finished_study(folders["compare"])
    assert found.plan.en.startswith("Qingshi") and found.money is None and found.grid is None and found.after
    for target in found.targets:
        row = table.loc[f"{target.key}.reached"]
        assert (target.chance.value, target.chance.low, target.chance.high) == tuple(
            row[["base_value", "base_low", "base_high"]]
        )
        seen = study.outcomes[f"{target.key}.measured"].values[0]
        assert target.outcome.value == pytest.approx(np.median(seen))
        assert target.baseline is not None and target.baseline.value == row["other_value"]


def test_a_sensitivity_alone_has_its_unknowns_for_assumptions(folders: Folders) -> None:
    found = gather([folders["town-sobol"]])
    assert not found.targets and not found.options and found.baseline is None
    names = {factor.name for factor in found.factors[0].uncertainties}
    assert {one.name for one in found.assumptions} == names
    felt = next(one for one in found.assumptions if one.name == "order_felt")
    assert (felt.low, felt.high) == ("0.2", "0.9")
    start = next(one for one in found.assumptions if one.name == "start_coverage")
    assert float(start.low) < float(start.value) < float(start.high)


def test_a_calibration_alone_is_a_brief_of_the_calibration(folders: Folders) -> None:
    found = gather([folders["calibration"]])
    assert found.calibration is not None and found.calibration.parameters_fitted > 0
    assert found.plan == Text("参数校准", "Calibration of the parameters")
    assert not found.targets and not found.assumptions and not found.charts


def test_every_figure_has_a_name_and_a_unit(whole: Findings) -> None:
    for target in whole.targets:
        assert whole.measures[target.key].unit == target.unit
        assert whole.measures[f"{target.key}.reached"].kind == "reached"
    hubs = [whole.measures[f"hubs.{way}"].label for way in ("nominal", "effective")]
    assert hubs[0] != hubs[1]
    assert {one.indicator for one in whole.after} <= set(whole.measures)
    assert whole.measures["public_money"].unit == "yuan"


def test_charts_are_named_with_their_folder(whole: Findings) -> None:
    from miaopu.outputs.charts import CHARTS

    named: dict[int, list[str]] = {}
    for chart in whole.charts:
        named.setdefault(chart.source, []).append(chart.name)
    assert set(named) == {0, 1, 2}, "a calibration has no charts"
    assert set(named[0]) <= set(CHARTS) and "coverage" in named[0]
    assert "differences" in named[1] and "levers" in named[2]


def test_gathering_leaves_the_folders_as_they_are(folders: Folders) -> None:
    before = list(_files(folders))
    gather([folders[name] for name in ("forecast", "compare", "screening")])
    assert list(_files(folders)) == before


def _files(folders: Folders) -> Iterator[tuple[Path, int, int]]:
    for folder in folders.values():
        for path in sorted(folder.rglob("*")):
            yield path, path.stat().st_mtime_ns, path.stat().st_size


def test_the_runs_behind_a_study_need_not_be_done_again(folders: Folders) -> None:
    study = finished_study(folders["town-sobol"])
    assert study.tables.keys() >= {"indices", "chance", "convergence", "stages", "response"}
    assert read_manifest(study.folder)["purpose"] == study.purpose
    assert study.tables["convergence"]["converged"].dtype == np.bool_
    assert study.to_pandas()["value"].dtype == np.float64
