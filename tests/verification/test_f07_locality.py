"""F7, locality: one extra founding, or one abler organization, changes only what it touches.

No budget, slot, seat or staff is shared here: what remains are leaders, volunteers and needs of the community.
Everything else must stay the same bit for bit for two years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from miaopu.model.inputs import Inputs
from miaopu.model.simulation import begin, go_on
from miaopu.model.world import World
from miaopu.tests.model.worlds import inputs, place, run_tables, values
from miaopu.tests.verification.quiet import add_organization, month_by_month, there

START, MONTHS = 9, 33  # the change comes after nine months; two years are watched
HERE = 4  # the community that it comes to: the second of the second street
FREE = {"filings_per_staff": 1e9, "clients_per_worker": 1e9}  # staff and advice for all
Change = Callable[[World], None]


def _told() -> Inputs:
    """Two districts of three streets of three communities, no neighbours, nobody has money, levers cost none."""
    where = place(2, 3, 3, hub=-1, filed=np.nan, registered=np.nan, groups=np.nan)
    free = {"ladder.filing_drive": 0.5, "ladder.registration_drive": 0.5, "party.cells_at_filing": 0.5,
            "party.joint_branches": 0.5, "committee.co_option": 0.5, "needs.committee_discovery": 0.5,
            "party.regular_contact": 0.5, "hubs.service_lines": 0.5}  # fmt: skip
    return inputs(where, MONTHS, free)


def _run(change: Change | None, seed: int = 3) -> World:
    told = _told()
    w = begin(told, values(**FREE), seed)
    tallies, ledgers = run_tables(told)
    go_on(w, START, tallies, ledgers)
    if change is not None:
        change(w)
    go_on(w, MONTHS, tallies, ledgers)
    return w


def _at_start(factor: float = 1.0) -> World:
    """The world after the first months, with foundings in the community so many times as frequent for a month."""
    told = _told()
    w = begin(told, values(**FREE), 3)
    tallies, ledgers = run_tables(told)
    go_on(w, START, tallies, ledgers)
    usual = float(w.communities["base_births"][HERE])
    assert usual > 0.0
    w.communities["base_births"][HERE] = usual * factor
    go_on(w, START + 1, tallies, ledgers)
    w.communities["base_births"][HERE] = usual
    return w


def _one_founding() -> tuple[World, World]:
    """Two worlds: without and with exactly one founding more in one month of one community."""
    usual = _at_start()
    wanted = usual.communities["births"][HERE] + 1
    for factor in 1.5 ** np.arange(1, 30):
        touched = _at_start(float(factor))
        if touched.communities["births"][HERE] == wanted:
            return usual, touched
    raise AssertionError("no factor gives one founding more")


def _one_more(w: World) -> None:
    mine = there(w)
    add_organization(w, mine[mine["community"] == HERE][0], 12345678901234567)


def _abler(w: World) -> None:
    """The first active organization of the community becomes perfect."""
    rows = np.flatnonzero((w.organizations["community"] == HERE) & (w.organizations["active"] == 1)
                          & (w.organizations["alive"] == 1))  # fmt: skip
    for part in ("governance", "service", "finance", "leadership"):
        w.organizations[part][rows[0]] = 1.0


def _elsewhere(w: World, street: int) -> dict[str, np.ndarray]:
    """All records of other streets: organizations by key, communities, streets and hubs."""
    rows = there(w)
    return {
        "organizations": rows[rows["street"] != street],
        "communities": w.communities[w.communities["street"] != street],
        "streets": w.streets[np.arange(len(w.streets)) != street],
        "hubs": w.hubs[: 2 * len(w.streets)][w.hubs["street"][: 2 * len(w.streets)] != street],
    }


def _assert_same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> None:
    for kind, rows in one.items():
        assert len(rows) == len(other[kind]), kind
        for name in rows.dtype.names or ():
            np.testing.assert_array_equal(rows[name], other[kind][name], err_msg=f"{kind}.{name}")


def _own_street(w: World) -> int:
    return int(w.communities["street"][HERE])


@pytest.mark.parametrize("change", [_one_more, _abler])
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_other_streets_do_not_notice(change: Change, seed: int) -> None:
    usual, touched = _run(None, seed), _run(change, seed)
    street = _own_street(usual)
    _assert_same(_elsewhere(usual, street), _elsewhere(touched, street))
    mine = [w.communities[HERE] for w in (usual, touched)]
    assert any(mine[0][name].tobytes() != mine[1][name].tobytes() for name in mine[0].dtype.names or ()), "it was felt"


def _in_step(usual: World, touched: World) -> Iterator[tuple[World, World]]:
    told = _told()
    return zip(month_by_month(usual, told), month_by_month(touched, told), strict=True)


def test_one_extra_founding_changes_only_what_it_touches() -> None:
    usual, touched = _one_founding()
    street = _own_street(usual)
    new = np.setdiff1d(there(touched)["key"], there(usual)["key"])
    assert len(new) == 1 and len(there(touched)) == len(there(usual)) + 1
    months = 0
    for before, after in _in_step(usual, touched):
        _assert_same(_elsewhere(before, street), _elsewhere(after, street))
        months += 1
    assert months >= 23


def test_in_its_own_street_other_communities_keep_their_organizations() -> None:
    """Where staff and advice are there for all, a street's other communities differ in nothing."""
    for before, after in _in_step(*_one_founding()):
        one, other = (there(w)[there(w)["community"] != HERE] for w in (before, after))
        _assert_same({"organizations": one}, {"organizations": other})
        places = np.arange(len(before.communities)) != HERE
        _assert_same({"communities": before.communities[places]}, {"communities": after.communities[places]})


def test_in_its_own_community_it_takes_a_leader_and_everybody_stays_who_it_was() -> None:
    usual, touched = _one_founding()
    who = ["key", "community", "domain", "gift", "origin"]
    for month, (before, after) in enumerate(_in_step(usual, touched)):
        if month == 0:
            taken = after.communities["leading"][HERE] - before.communities["leading"][HERE]
            assert taken == pytest.approx(0.85), "one person may lead several"
        one, other = there(before), there(after)
        both = np.intersect1d(one["key"], other["key"])
        assert len(both) > 50
        for name in who:
            same = [rows[name][np.isin(rows["key"], both)] for rows in (one, other)]
            np.testing.assert_array_equal(same[0], same[1], err_msg=name)


def test_another_seed_touches_everything() -> None:
    """The comparison can fail: without common random numbers nothing is the same."""
    usual, other = _run(None, 3), _run(None, 4)
    with pytest.raises(AssertionError):
        _assert_same(_elsewhere(usual, 1), _elsewhere(other, 1))
