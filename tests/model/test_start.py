"""The start: what is known of a place holds, what is not is drawn with its stated mean, keyed by the place's names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from miaopu.model.codes import BY_NEED, BY_ROOM, FEDERATION, FILED, GROUP, NOMINAL, REGISTERED, WORKING
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import begin, simulate
from miaopu.model.start import REFERENCE_RURAL, REFERENCE_URBAN
from miaopu.model.world import World
from miaopu.tests.model.invariants import living, months, tally
from miaopu.tests.model.worlds import ERROR_RATE, agrees, inputs, place, values, world

ALIKE = {"street_spread": 0.0, "district_spread": 0.0, "finance_spread": 0.0}
UNKNOWN: dict[str, Any] = {"filed": np.nan, "registered": np.nan, "groups": np.nan}


def _start(
    communities: int = 2000, p: dict[str, float] | None = None, hub: int = 0, streets: int = 1, **each: Any
) -> World:
    return world(inputs(place(1, streets, communities // streets, hub=hub, **(UNKNOWN | each))), **(ALIKE | (p or {})))


def _counts(w: World, ladder: int) -> np.ndarray:
    there = living(w)
    return np.bincount(there["community"][there["ladder"] == ladder], minlength=len(w.communities))


def _is_poisson(counts: np.ndarray, mean: float) -> bool:
    total, expected = int(counts.sum()), mean * len(counts)
    return bool(2 * min(stats.poisson.cdf(total, expected), stats.poisson.sf(total - 1, expected)) > ERROR_RATE)


def test_a_rosters_counts_hold_one_by_one() -> None:
    filed, registered, groups = (np.arange(60.0) % k for k in (7, 3, 5))
    w = _start(60, filed=filed, registered=registered, groups=groups)
    for ladder, given in ((FILED, filed), (REGISTERED, registered), (GROUP, groups)):
        np.testing.assert_array_equal(_counts(w, ladder), given)


@pytest.mark.parametrize("known", ["filed", "registered", "groups"])
def test_half_a_roster_holds_as_far_as_it_goes(known: str) -> None:
    w = _start(300, **{known: 10.0})
    for name, ladder in (("filed", FILED), ("registered", REGISTERED), ("groups", GROUP)):
        counts = _counts(w, ladder)
        assert (counts == 10).all() if name == known else counts.std() > 0


@pytest.mark.parametrize(("rural", "residents"), [(False, REFERENCE_URBAN), (True, REFERENCE_RURAL), (False, 20_000.0)])
def test_unknown_stocks_are_poisson_with_the_expected_mean(rural: bool, residents: float) -> None:
    p = values()
    w = _start(rural=rural, residents=residents)
    relative = residents / (REFERENCE_RURAL if rural else REFERENCE_URBAN)
    stock = p["start_filed_rural" if rural else "start_filed_urban"] * relative ** p["size_power"]
    share = p["start_registered_share"]
    assert _is_poisson(_counts(w, REGISTERED), stock * share)
    assert _is_poisson(_counts(w, FILED), stock * (1 - share))
    assert _is_poisson(_counts(w, GROUP), stock * p["start_group_ratio"])


def test_kinds_of_organizations_are_drawn_apart() -> None:
    """A community with many filed organizations has no more registered ones by chance alone."""
    w = _start()
    for one, other in ((FILED, REGISTERED), (FILED, GROUP), (REGISTERED, GROUP)):
        assert stats.pearsonr(_counts(w, one), _counts(w, other)).pvalue > ERROR_RATE


def test_who_is_there_at_the_start_is_partly_active_and_partly_known() -> None:
    p = values()
    there = living(_start())
    recognised = there[there["ladder"] >= FILED]
    assert agrees(recognised["active"].sum(), len(recognised), p["start_active_share"])
    groups = there[there["ladder"] == GROUP]
    assert agrees(groups["known"].sum(), len(groups), p["start_known_groups"]) and groups["active"].all()
    assert len(np.unique(there["key"])) == len(there)
    assert there["age"].min() >= 3 and (there["ladder_months"] <= there["age"]).all()


def test_street_hubs_that_are_known_are_taken_and_the_others_drawn() -> None:
    assert not _start(100, hub=0, streets=100).streets["counted"].any()
    assert _start(100, hub=1, streets=100).streets["counted"].all()
    w = _start(3000, {"start_coverage": 0.3, "start_nominal_share": 0.4}, hub=-1, streets=3000)
    there = w.streets["counted"] == 1
    assert agrees(there.sum(), 3000, 0.3)
    first = w.hubs[:6000:2][there]
    assert (first["kind"] == FEDERATION).all() and set(first["status"]) == {NOMINAL, WORKING}
    assert agrees((first["status"] == NOMINAL).sum(), len(first), 0.4)
    assert agrees(first["registered"].sum(), len(first), values()["upgrade_registered"])
    assert not first["staff"][first["status"] == NOMINAL].any()
    assert not w.hubs["status"][1:6000:2].any() and not w.hubs["status"][:6000:2][~there].any()
    assert w.districts["achieved"][0] == pytest.approx(there.mean())


def test_lasting_differences_have_mean_one_and_their_spread() -> None:
    w = world(inputs(place(1500, 1, 1)), street_spread=0.35, district_spread=0.4, finance_spread=0.3)
    for factors, sigma in (
        (w.streets["effect"], 0.35), (np.exp(w.districts["effect"]), 0.4), (w.districts["finance"], 0.3),
        (w.streets["finance"], 0.3),
    ):  # fmt: skip
        assert factors.mean() == pytest.approx(1.0, abs=4 * sigma / np.sqrt(1500) * 1.1)
        assert np.log(factors).std() == pytest.approx(sigma, rel=0.1)
    assert abs(np.corrcoef(w.streets["effect"], w.streets["finance"])[0, 1]) < 0.1


def test_nothing_is_in_any_purse_but_those_of_organizations() -> None:
    w = _start(50, hub=1)
    assert not w.funders["cash"].any() and not w.hubs["cash"].any() and (living(w)["cash"] >= 0).all()


@pytest.mark.parametrize("rule", [BY_ROOM, BY_NEED])
def test_with_no_policy_a_place_founds_as_many_as_leave_in_the_first_year(rule: int) -> None:
    """The stated balance: foundings over what leaves the groups is the parameter, within the noise of many places."""
    told = inputs(place(1, 1, 600, **UNKNOWN), 12)
    p = values(founding_balance=1.0, imitation=0.0, start_known_groups=0.6, founding_rule=rule) | ALIKE
    outcome = simulate(told, p, 1)
    first = begin(told, p, 1)
    groups, stock = (living(first)["ladder"] == GROUP).sum(), (living(first)["ladder"] >= FILED).sum()
    leaving = p["exit_group"] * groups + p["filing_flow"] * stock
    assert tally(outcome.tallies, "founded").sum() == pytest.approx(leaving, rel=0.1)


def test_the_first_month_founds_no_more_than_the_next_ones() -> None:
    told = inputs(place(1, 1, 1500, **UNKNOWN), 4)
    founded = tally(simulate(told, values(imitation=0.0), 2).tallies, "founded").sum(axis=1)
    assert founded[0] == pytest.approx(founded[1:].mean(), abs=4 * np.sqrt(founded[1:].mean()))


def test_with_no_policy_the_books_change_slowly(baseline: Inputs) -> None:
    """The start is near a resting point: within two years neither stock nor capability runs away."""
    grown, level = [], []
    for seed in range(8):
        *_, last = months(baseline, None, seed)
        stock = tally(last.tallies, "filed", "registered").sum(axis=1)
        able = tally(last.tallies, "service").sum(axis=1) / tally(last.tallies, "active").sum(axis=1)
        grown.append(stock[24] / stock[0])
        level.append(able[24] - able[0])
    assert 0.8 < np.mean(grown) < 1.4 and abs(np.mean(level)) < 0.1


def test_the_start_does_not_hang_on_the_plan(plan: Inputs, baseline: Inputs) -> None:
    """Common random numbers: both runs begin with the same organizations and hubs."""
    one, other = begin(plan, None, 3), begin(baseline, None, 3)
    for name in ("organizations", "hubs", "streets", "communities"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
