"""What holds in every month of every run, whatever the scenario: money, stocks, ranges, tallies and arrays agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from miaopu.model.codes import BRAND, FILED, GROUP, MATURE, NO_CUSTODIAN, PAPER, REGISTERED, WORKING
from miaopu.model.inputs import Inputs
from miaopu.model.ledger import PUBLIC, balances
from miaopu.model.simulation import begin, go_on
from miaopu.model.tallies import TALLIES
from miaopu.model.world import World
from miaopu.tests.model.worlds import held, run_tables

SHARES = {
    "organizations": ("governance", "service", "finance", "leadership", "support", "trained", "mentor_level"),
    "communities": ("elderly", "children", "known", "match", "venue", "volunteering", "trust", "met", "rank"),
    "streets": ("commitment", "money", "learning", "hub_quality", "hub_reach"),
    "districts": ("order", "nearness", "push", "plan", "rules", "achieved", "delivered", "publicity", "staff_skill",
                  "licensed"),
    "hubs": ("quality", "solvency"),
}  # fmt: skip
COUNTS = {
    "organizations": ("age", "ladder_months", "incubating", "mentored", "idle_months", "members", "activity",
                      "public12", "since_grant", "own12", "cash", "gift"),
    "communities": ("residents", "need", "capacity", "births", "stock", "leading", "leader_pool", "successes"),
    "streets": ("stock", "hubs", "filing_staff", "backlog", "waiting", "registered", "filed", "capable", "readiness"),
    "districts": ("talent", "finance"),
    "hubs": ("staff", "served", "cash"),
    "funders": ("cash", "budget"),
}  # fmt: skip
CLASSES = ("class_filed", "nascent", "growing", "mature")


class Step(NamedTuple):
    """The world after a month, and all months and years recorded so far."""

    month: int
    world: World
    tallies: np.ndarray
    ledgers: np.ndarray


def months(told: Inputs, parameters: Mapping[str, float] | None, seed: int) -> Iterator[Step]:
    """A run month by month."""
    w = begin(told, parameters, seed)
    tallies, ledgers = run_tables(told)
    for month in range(told.months):
        go_on(w, month + 1, tallies, ledgers)
        yield Step(month, w, tallies, ledgers)


def tally(tallies: np.ndarray, *names: str) -> np.ndarray:
    """Sum of the named tallies, by whatever comes before the last axis."""
    return tallies[..., [TALLIES.index(name) for name in names]].sum(axis=-1)


def living(w: World) -> np.ndarray:
    """Organizations on the books or in a ledger."""
    rows = w.organizations[: w.clock["organizations"][0]]
    return rows[rows["alive"] == 1]


def stocks_of(w: World) -> np.ndarray:
    """Groups, filed and registered organizations by district."""
    there = living(w)
    found = np.zeros((len(w.districts), 3))
    np.add.at(found, (there["district"], there["ladder"]), 1.0)
    return found


def assert_stocks_follow_from_flows(before: np.ndarray, after: np.ndarray, flows: np.ndarray) -> None:
    """Groups gain the founded and lose the filed and the vanished; the recognised gain the filed and the brought in."""
    founded, filed, registered = (tally(flows, name) for name in ("founded", "newly_filed", "newly_registered"))
    gone, gone_groups = tally(flows, "dissolved"), tally(flows, "dissolved_groups")
    brought = tally(flows, "brought_in")
    change = after - before
    np.testing.assert_array_equal(change[:, GROUP], founded - filed - gone_groups)
    np.testing.assert_array_equal(change[:, FILED] + change[:, REGISTERED], filed + brought - gone)
    gone_registered = registered + brought - change[:, REGISTERED]
    assert ((gone_registered >= 0) & (gone_registered <= gone)).all()


def assert_money_is_accounted_for(first: np.ndarray, w: World, ledgers: np.ndarray) -> None:
    """The ledgers of all years explain, fen by fen, what every account holds more than at the start."""
    np.testing.assert_array_equal(held(w) - first, balances(ledgers.sum(axis=0)))


def assert_state_is_possible(w: World) -> None:
    """No negative ages or cash, shares between nothing and all, nothing undefined."""
    for bounds, most in ((SHARES, 1.0 + 1e-9), (COUNTS, np.inf)):
        for kind, names in bounds.items():
            rows = getattr(w, kind)[: w.clock["organizations"][0]] if kind == "organizations" else getattr(w, kind)
            for name in names:
                assert np.isfinite(rows[name]).all(), f"{kind}.{name}"
                assert (rows[name] >= 0).all() and (rows[name] <= most).all(), f"{kind}.{name}"
    there = living(w)
    assert len(np.unique(there["key"])) == len(there)
    assert (w.hubs["staff"] <= 12).all() and (w.streets["hubs"] <= 2).all()


def assert_tallies_count_what_is_there(w: World, now: np.ndarray) -> None:
    """The month's tallies (districts, tallies) are sums over the arrays."""
    there = living(w)
    recognised = there[there["ladder"] >= FILED]
    active = recognised[recognised["active"] == 1]
    kinds = {
        "groups": there["ladder"] == GROUP, "waiting": (there["ladder"] == GROUP) & (there["queue"] >= 0),
        "filed": there["ladder"] == FILED, "registered": there["ladder"] == REGISTERED,
        "active": (there["ladder"] >= FILED) & (there["active"] == 1),
        "paper": (there["ladder"] >= FILED) & (there["origin"] == PAPER),
        "party_covered": (there["ladder"] >= FILED) & (there["party"] > 0),
        "in_custody": (there["ladder"] == FILED) & (there["custodian"] != NO_CUSTODIAN),
        "mature": (there["ladder"] >= FILED) & (there["stage"] >= MATURE),
        "brands": (there["ladder"] >= FILED) & (there["stage"] == BRAND) & (there["active"] == 1),
    }  # fmt: skip
    for name, chosen in kinds.items():
        counted = np.bincount(there["district"][chosen], minlength=len(w.districts))
        np.testing.assert_array_equal(tally(now, name), counted, err_msg=name)
    for name, part in (("governance", "governance"), ("service", "service"), ("activities", "activity")):
        summed = np.bincount(active["district"], active[part], len(w.districts))
        np.testing.assert_allclose(tally(now, name), summed, rtol=1e-9, atol=1e-9, err_msg=name)
    stock = np.bincount(recognised["district"], minlength=len(w.districts))
    for parts in (CLASSES, [f"domain_{k}" for k in range(10)], ("urban_stock", "rural_stock")):
        np.testing.assert_array_equal(tally(now, *parts), stock)
    np.testing.assert_array_equal(np.bincount(recognised["community"], minlength=len(w.communities)),
                                  w.communities["stock"])  # fmt: skip


def assert_hubs_are_counted(w: World, now: np.ndarray) -> None:
    """Streets, hubs and workers of the month's tallies are those there."""
    own = w.hubs[: 2 * len(w.streets)]
    there = own[own["status"] > 0]
    by_district = {"hubs": np.ones(len(there)), "hubs_working": there["status"] == WORKING, "workers": there["staff"]}
    for name, values in by_district.items():
        np.testing.assert_array_equal(tally(now, name), np.bincount(there["district"], values, len(w.districts)))
    np.testing.assert_array_equal(tally(now, "hubs_working", "hubs_nominal", "hubs_idle"), tally(now, "hubs"))
    for name in ("counted", "effective"):
        counted = np.bincount(w.streets["district"], w.streets[name], len(w.districts))
        np.testing.assert_array_equal(tally(now, name), counted)
    assert (w.streets["effective"] <= w.streets["counted"]).all(), "an effective hub is a hub that counts"
    np.testing.assert_allclose(tally(now, "cash_organizations").sum(), living(w)["cash"].sum() / 100, rtol=1e-9)
    np.testing.assert_allclose(tally(now, "cash_hubs").sum(), own["cash"].sum() / 100, rtol=1e-9)


def assert_public_money_is_what_the_ledger_paid(tallies: np.ndarray, ledgers: np.ndarray) -> None:
    """What reached organizations by the tallies is what the public instruments paid by the ledger."""
    paid = ledgers[:, :, list(PUBLIC)].sum() / 100
    np.testing.assert_allclose(tally(tallies, "public_paid").sum(), paid, rtol=1e-9, atol=1e-6)


def assert_every_month_holds(told: Inputs, parameters: Mapping[str, float] | None, seed: int) -> Step:
    """Runs a scenario and checks everything after each month; returns the last step."""
    first = begin(told, parameters, seed)
    cash, stocks = held(first), stocks_of(first)
    assert_state_is_possible(first)
    step = None
    for step in months(told, parameters, seed):
        now = step.tallies[step.month]
        assert np.isfinite(now).all()
        assert_money_is_accounted_for(cash, step.world, step.ledgers)
        assert_public_money_is_what_the_ledger_paid(step.tallies[: step.month + 1], step.ledgers)
        assert_stocks_follow_from_flows(stocks, stocks_of(step.world), now)
        assert_state_is_possible(step.world)
        assert_tallies_count_what_is_there(step.world, now)
        assert_hubs_are_counted(step.world, now)
        stocks = stocks_of(step.world)
    assert step is not None
    return step
