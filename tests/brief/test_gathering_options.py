"""Several forecasts side by side: differences are told only where both had the same luck."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from miaopu.experiments.forecast import forecast, with_settings
from miaopu.experiments.money import PUBLIC_PURSES
from miaopu.experiments.store import open_results
from miaopu.outputs.brief.gathering.gather import gather
from miaopu.scenarios.compiling import inputs_of
from miaopu.scenarios.layers import resolve

pytestmark = pytest.mark.slow

BOLDER = """
name: {zh: 青石示例市，督办加力, en: "Qingshi, stronger orders"}
extends: town.yaml
plan:
  hubs: {startup_grant: 20万元, annual_support: 240000 yuan per year}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The plan, a dearer one with the same luck, and the dearer one with other seeds."""
    top = tmp_path_factory.mktemp("forecasts")
    (top / "bolder.yaml").write_text(BOLDER, encoding="utf-8")
    found = []
    for name, what, seed in (
        ("plan", "town", 5),
        ("bolder", top / "bolder.yaml", 5),
        ("apart", top / "bolder.yaml", 6),
    ):
        resolved = resolve(what)
        settings = with_settings(inputs_of(resolved), 4, 2, seed)
        found.append(forecast(settings, resolved, top / name, workers=1).folder)
    return found[0], found[1], found[2]


def test_differences_are_paired_on_the_same_luck(folders: tuple[Path, Path, Path]) -> None:
    plan, bolder, _ = folders
    base, other = gather([plan, bolder]).options
    assert (base.about, other.about) == ("base", "other")
    assert other.chance_changes.keys() == base.chances.keys() == other.chances.keys()
    for key, change in other.chance_changes.items():
        assert change.value == pytest.approx(other.chances[key].value - base.chances[key].value)
        assert change.low <= change.value <= change.high
    measured = [open_results(folder).outcomes["measured"].to_numpy() for folder in (plan, bolder)]
    assert other.outcome_changes["hubs.nominal"].value == pytest.approx(
        np.mean(measured[1] - measured[0], where=_rows(plan, "hubs", "nominal"))
    )


def _rows(folder: Path, target: str, counts: str) -> np.ndarray:
    table = open_results(folder).outcomes
    return ((table["target"] == target) & (table["counts"] == counts)).to_numpy()


def test_money_is_public_and_up_to_the_last_deadline(folders: tuple[Path, Path, Path]) -> None:
    from miaopu.model.ledger import INSTRUMENTS

    plan, bolder, _ = folders
    base, other = gather([plan, bolder]).options
    flows = {item.name: item.flow for item in INSTRUMENTS}
    book = open_results(plan).ledger
    rows = [
        row["yuan"] for _, row in book.iterrows()
        if row["payer"] in PUBLIC_PURSES and flows[row["instrument"]] != "in" and row["year"] <= 2026
        and row["instrument"] not in ("lapse", "others")
    ]  # fmt: skip
    assert base.money is not None and base.money.value == pytest.approx(sum(rows) / 8)
    assert other.money_change is not None and other.money is not None
    assert other.money_change.value == pytest.approx(other.money.value - base.money.value)


def test_other_seeds_leave_differences_untold(folders: tuple[Path, Path, Path]) -> None:
    plan, bolder, apart = folders
    same, strange = (gather([plan, other]).options[1] for other in (bolder, apart))
    assert same.chance_changes and same.money_change is not None
    assert not strange.chance_changes and not strange.outcome_changes and strange.money_change is None
    assert strange.chances and strange.money is not None


def test_the_first_forecast_is_the_plan(folders: tuple[Path, Path, Path]) -> None:
    plan, bolder, _ = folders
    turned = gather([bolder, plan])
    assert turned.plan.en == "Qingshi, stronger orders"
    assert [option.key for option in turned.options] == ["bolder", "town"]
