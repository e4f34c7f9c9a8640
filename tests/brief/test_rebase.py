"""A comparison says the same of the plan whichever of its scenarios was named first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from miaopu.experiments.comparison import compare
from miaopu.outputs.brief.findings import Findings
from miaopu.outputs.brief.gathering.gather import gather

pytestmark = pytest.mark.slow

PAIRS = 6
ALIKE = ("plan", "baseline", "place", "targets", "options", "after", "money", "assumptions", "measures")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Findings, Findings]:
    """The comparison with the plan first, and with the baseline first."""
    top = tmp_path_factory.mktemp("turned")
    for name, scenarios in (("plan", ["town", "town-baseline"]), ("baseline", ["town-baseline", "town"])):
        compare(scenarios, PAIRS, top / name, workers=1)
    return gather([top / "plan"]), gather([top / "baseline"])


def _apart(one: Any, other: Any, where: str) -> list[str]:
    """Where two findings differ by more than floating error."""
    if is_dataclass(one):
        return [wrong for field in fields(one) for wrong in
                _apart(getattr(one, field.name), getattr(other, field.name), f"{where}.{field.name}")]  # fmt: skip
    if isinstance(one, Mapping):
        if list(one) != list(other):
            return [f"{where}: {list(one)} and {list(other)}"]
        return [wrong for key in one for wrong in _apart(one[key], other[key], f"{where}[{key}]")]
    if isinstance(one, float):
        return [] if other == pytest.approx(one, rel=1e-9, abs=1e-9, nan_ok=True) else [f"{where}: {one}, {other}"]
    if isinstance(one, tuple) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [wrong for place, pair in pairs for wrong in _apart(*pair, f"{where}[{place}]")]
    return [] if one == other else [f"{where}: {one} and {other}"]


@pytest.mark.parametrize("part", ALIKE)
def test_the_order_of_scenarios_does_not_change_what_is_found(told: tuple[Findings, Findings], part: str) -> None:
    first, turned = (getattr(one, part) for one in told)
    assert _apart(first, turned, part) == []


def test_the_plan_is_the_base_and_doing_nothing_costs_less(told: tuple[Findings, Findings]) -> None:
    for found in told:
        base, other = found.options
        assert (base.key, base.about, other.key, other.about) == ("town", "base", "town-baseline", "baseline")
        assert not base.chance_changes and base.money_change is None
        assert other.money_change is not None and other.money_change.high < 0
        assert other.chance_changes["hubs.nominal"].value < 0 and other.prices
        grants = {path: (before, after) for path, before, after in other.differs_in}
        assert grants and all(before != after for before, after in grants.values())
