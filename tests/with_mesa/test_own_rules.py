"""Rules that a user adds to the month: they change the run, keep its books, and leave everybody else's luck alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaopu.docs.examples.newspaper_prize import PrizeTown
from miaopu.model import Ecosystem, Funder, Hub, Organization, Street
from miaopu.model.inputs import Inputs
from miaopu.model.ledger import AWARD, BUREAU, DONATION, HUB_SUPPORT, INSTRUMENTS, ORGANIZATION, balances
from miaopu.model.simulation import Outcome, simulate
from miaopu.model.tallies import TALLIES
from miaopu.scenarios import load
from miaopu.tests.model.invariants import (
    assert_money_is_accounted_for,
    assert_state_is_possible,
    assert_tallies_count_what_is_there,
)
from miaopu.tests.model.worlds import held

SEED = 2024


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return load("town")


def _same(one: Outcome, other: Outcome) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


class Watched(Ecosystem):
    """Notes what is called when."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.calls: list[tuple[str, int, tuple[int, int]]] = []

    def before_month(self) -> None:
        self.calls.append(("before", self.month, self.date))

    def mid_month(self) -> None:
        self.calls.append(("mid", self.month, self.date))

    def after_month(self) -> None:
        self.calls.append(("after", self.month, self.date))


def test_rules_that_do_nothing_change_nothing(inputs: Inputs) -> None:
    town = Watched(inputs, rng=SEED)
    assert _same(town.run(), simulate(inputs, None, SEED))
    first, year = town.calls[:4], inputs.first_year
    assert first == [("before", 0, (year, 1)), ("mid", 0, (year, 1)), ("after", 1, (year, 2)), ("before", 1, (year, 2))]
    assert len(town.calls) == 3 * inputs.months and not town.running


def test_the_middle_is_after_needs_and_hubs_and_before_founding(inputs: Inputs) -> None:
    stocks: list[list[int]] = []

    class Counted(Ecosystem):
        def _note(self) -> None:
            hubs, organizations = self.agents_by_type[Hub], self.agents_by_type[Organization]
            assert self.world.clock["organizations"][0] <= len(self.world.organizations)
            of_streets = hubs.where(hubs.array("street") >= 0)
            stocks[-1] += [len(of_streets), len(organizations)]

        def before_month(self) -> None:
            stocks.append([])
            self._note()

        def mid_month(self) -> None:
            self._note()

        def after_month(self) -> None:
            self._note()

    Counted(inputs, rng=SEED).run()
    hubs_before, before, hubs_mid, mid, hubs_after, after = np.array(stocks).T
    assert np.array_equal(before, mid) and not np.array_equal(mid, after)
    assert np.array_equal(hubs_mid, hubs_after) and not np.array_equal(hubs_before, hubs_mid)


def test_levers_set_in_the_middle_hold_for_that_month(inputs: Inputs) -> None:
    class Halted(Ecosystem):
        """No slots in incubation bases in the first two years, whatever the plan says."""

        def mid_month(self) -> None:
            if self.month < 24:
                for name in ("hubs_slots", "hubs_base_slots"):
                    self.world.levers[name] = 0.0

    halted, planned = Halted(inputs, rng=SEED).run(), simulate(inputs, None, SEED)
    incubated = TALLIES.index("incubated")
    assert halted.tallies[:24, :, incubated].sum() == 0 < planned.tallies[:24, :, incubated].sum()
    assert halted.tallies[24:, :, incubated].sum() > 0, "the plan's levers are set anew each month"


class Generous(Ecosystem):
    """Gives, takes and dissolves at every point where a rule may."""

    def _act(self) -> None:
        organizations = self.agents_by_type[Organization]
        chance = self.draw(organizations, "gifts")
        organizations.where(chance < 0.05).do(lambda one: setattr(one, "cash", one.cash + 50_000))
        organizations.where((chance > 0.05) & (chance < 0.1)).set("cash", 0)
        for purse in self.agents_by_type[Funder].where(kind=BUREAU):
            for one in organizations.where(district=purse.district)[:5]:
                for instrument in ("award", "micro_grant", "purchase"):
                    purse.pay(one, 10_000, instrument)
            for hub in self.agents_by_type[Hub].where(district=purse.district)[:2]:
                purse.pay(hub, 7_000, "hub_support")
        organizations.where(chance > 0.99).do("remove")

    def before_month(self) -> None:
        self._act()

    def mid_month(self) -> None:
        self._act()

    def after_month(self) -> None:
        if self.running:
            self._act()


def test_the_books_hold_whatever_rules_do(inputs: Inputs) -> None:
    town = Generous(inputs, rng=SEED)
    at_first, outcome = held(town.world).copy(), town.outcome()
    while town.running:
        town.step()
        outcome = town.outcome()
        assert_money_is_accounted_for(at_first, town.world, outcome.ledger)
        assert_state_is_possible(town.world)
    plain = simulate(inputs, None, SEED)
    for account, instrument in ((BUREAU, AWARD), (ORGANIZATION, DONATION), (BUREAU, HUB_SUPPORT)):
        assert outcome.ledger[:, account, instrument].sum() > plain.ledger[:, account, instrument].sum() + 100_000
    public = [number for number, item in enumerate(INSTRUMENTS) if item.name in ("award", "purchase")]
    rest = [n for n, i in enumerate(INSTRUMENTS) if i.flow == "organization" and i.name != "micro_grant"]
    assert set(public) < set(rest)
    paid = outcome.tallies[:, :, TALLIES.index("public_paid")].sum()
    assert paid == pytest.approx(outcome.ledger[:, :, rest].sum() / 100, rel=1e-9), "awards count as public money"


def test_stocks_follow_from_flows_with_removals_at_every_point(inputs: Inputs) -> None:
    class Strict(Ecosystem):
        def before_month(self) -> None:
            self.agents_by_type[Organization].shuffle().select(at_most=1).do("remove")

        def mid_month(self) -> None:
            self.agents_by_type[Organization].shuffle().select(at_most=2).do("remove")

    town = Strict(inputs, rng=SEED)
    while town.running:
        town.step()
        assert_tallies_count_what_is_there(town.world, town.outcome().tallies[-1])
    tallies = town.outcome().tallies.sum(axis=1)

    def total(*names: str) -> np.ndarray:
        return tallies[:, [TALLIES.index(name) for name in names]].sum(axis=1)

    left = total("dissolved", "dissolved_groups")
    assert left.min() >= 3
    came = total("founded", "brought_in") - left
    assert np.array_equal(np.diff(total("groups", "filed", "registered")), came[1:])


def test_luck_is_the_agent_s_own(inputs: Inputs) -> None:
    town, twin, other = Ecosystem(inputs, rng=1), Ecosystem(inputs, rng=1), Ecosystem(inputs, rng=2)
    for _ in range(5):
        twin.agents_by_type[Organization].shuffle().select(at_most=3).do("remove")
        for one in (town, twin, other):
            one.step()
    everyone, rest = town.agents_by_type[Organization], twin.agents_by_type[Organization]
    luck = dict(zip(everyone.get("key"), town.draw(everyone, "prize"), strict=True))
    same = dict(zip(rest.get("key"), twin.draw(rest, "prize"), strict=True))
    shared = luck.keys() & same.keys()
    assert len(shared) > 100 and len(luck) > len(shared)
    assert all(luck[key] == same[key] for key in shared), "whoever else has vanished"
    one = everyone[7]
    drawn = [town.draw(one, "prize"), town.draw(one, "prize", 1), town.draw(one, "fine"), town.draw(None, "prize")]
    assert drawn[0] == luck[one.key] == town.draw(one, "prize") and len(set(drawn)) == 4
    assert other.draw(None, "prize") != drawn[3]
    place = town.agents_by_type[Street][0]
    before = town.draw(place, "prize")
    town.step()
    assert town.draw(place, "prize") != before, "each month has its own"


def test_luck_is_uniform(inputs: Inputs) -> None:
    """Kolmogorov-Smirnov test at an error rate of one in a thousand; the seed is fixed."""
    from scipy.stats import kstest

    town = Ecosystem(inputs, rng=3)
    organizations = town.agents_by_type[Organization]
    drawn = np.concatenate([town.draw(organizations, "prize", k) for k in range(20)])
    assert len(drawn) > 2000 and kstest(drawn, "uniform").pvalue > 1e-3


def test_the_prize_helps_its_winners_and_nobody_else_has_other_luck(inputs: Inputs) -> None:
    town, plain = PrizeTown(rng=SEED), PrizeTown(prize=False, rng=SEED)
    honoured = town.month
    town.step()
    plain.step()
    assert honoured == 0 and len(town.winners) == len(town.world.districts)
    theirs, without = (model.agents_by_type[Organization] for model in (town, plain))
    assert theirs.get("key") == without.get("key")
    gained = theirs.array("members") - without.array("members")
    better = np.isin(theirs.array("key"), np.array(town.winners, np.uint64))
    assert (gained[better] > 15).all() and not gained[~better].any()
    assert (theirs.array("leadership")[better] > without.array("leadership")[better]).all()
    for model in (town, plain):
        model.run()
    prize = town.outcome().ledger.sum(axis=0) - plain.outcome().ledger.sum(axis=0)
    assert 0 < prize[BUREAU, AWARD] <= 2_000_00 * len(town.winners)
    assert prize[ORGANIZATION, DONATION] > 0
    assert not _same(town.outcome(), plain.outcome())
    assert _same(plain.outcome(), simulate(inputs, None, SEED))


def test_the_prize_is_in_the_ledger() -> None:
    town = PrizeTown(rng=SEED)
    at_first = held(town.world).copy()
    while town.running:
        town.step()
        assert np.array_equal(held(town.world) - at_first, balances(town.outcome().ledger.sum(axis=0)))
    assert len(town.winners) == 5 * len(town.world.districts)
