"""F8, order and labels: who stands first in a file, and what others are called, decides nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from miaopu.model.place import Neighbours, Place
from miaopu.model.simulation import begin, go_on
from miaopu.model.text import Text
from miaopu.model.world import World
from miaopu.tests.model.worlds import inputs, place, run_tables, values
from miaopu.tests.verification.quiet import there

COLUMNS = ("community_rural", "community_key", "residents", "groups", "filed", "registered", "elderly", "children",
           "difficulty", "foreign", "party_members")  # fmt: skip
MONTHS = 30
LEVERS = {"assessment.order_strength": 0.3, "ladder.filing_drive": 0.7, "training.district_sessions": 4.0,
          "mentoring.pairs": 12.0, "hubs.slots": 6.0, "hubs.service_lines": 0.7, "evaluation.coverage": 0.8,
          "needs.visits": 1.0, "funding.activity_subsidy": 500.0, "training.exemplars": 3.0,
          "rural.pilot_share": 0.5}  # fmt: skip
RICH = {"district_bureau": 1e9, "city": 1e9}  # purses that never run dry: where they do, rows come in turn (ODD, 3)


def _shuffled(whole: Place, seed: int) -> Place:
    """The same place with its districts, their streets and their communities in another order."""
    rng = np.random.default_rng(seed)
    districts = rng.permutation(len(whole.district_key))
    streets = np.concatenate([rng.permutation(np.flatnonzero(whole.street_district == d)) for d in districts])
    communities = np.concatenate([rng.permutation(np.flatnonzero(whole.community_street == s)) for s in streets])
    new_district, new_street = np.argsort(districts), np.argsort(streets)
    first = whole.neighbours
    rows = [new_street[first.indices[first.indptr[s] : first.indptr[s + 1]]] for s in streets]
    return replace(
        whole,
        district_name=tuple(whole.district_name[d] for d in districts),
        district_prefecture=whole.district_prefecture[districts],
        district_key=whole.district_key[districts],
        street_name=tuple(whole.street_name[s] for s in streets),
        street_district=new_district[whole.street_district[streets]],
        community_street=new_street[whole.community_street[communities]],
        neighbours=Neighbours(np.cumsum([0, *map(len, rows)]), np.concatenate(rows)),
        **{name: getattr(whole, name)[streets] for name in ("street_rural", "street_key", "street_hub",
                                                            "street_station")},
        **{name: getattr(whole, name)[communities] for name in COLUMNS},
    )  # fmt: skip


def _run(where: Place) -> tuple[World, np.ndarray]:
    told = inputs(where, MONTHS, LEVERS, RICH, plan_from=0, deadline=23, checks=(11, 23))
    w = begin(told, values(), 5)
    tallies, ledgers = run_tables(told)
    go_on(w, MONTHS, tallies, ledgers)
    return w, ledgers


def _place() -> Place:
    return place(3, 4, 3, neighbours=True, hub=-1, filed=np.nan, registered=np.nan, groups=np.nan, prefectures=1,
                 residents=2000.0 + 300.0 * np.arange(36), rural=np.arange(36) // 3 % 4 == 0)  # fmt: skip


ROWS = {"community", "street", "district", "hub", "custodian", "prefecture"}  # numbers of rows follow the order


def _assert_same_by_key(one: np.ndarray, other: np.ndarray) -> None:
    one, other = one[np.argsort(one["key"])], other[np.argsort(other["key"])]
    assert len(one) == len(other)
    for rows in (one, other):
        if "pilot_rank" in (rows.dtype.names or ()):
            rows["pilot_rank"][rows["rural"] == 0] = 0.0  # only villages can become pilots
    for name in (field for field in one.dtype.names or () if field not in ROWS):
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_districts_streets_and_communities_in_another_order_are_the_same_place(seed: int) -> None:
    whole = _place()
    (w, ledgers), (other, same_ledgers) = _run(whole), _run(_shuffled(whole, seed))
    assert (w.communities["key"] != other.communities["key"]).any()
    _assert_same_by_key(there(w), there(other))
    for kind in ("communities", "streets", "districts"):
        _assert_same_by_key(getattr(w, kind), getattr(other, kind))
    np.testing.assert_array_equal(ledgers, same_ledgers)


def test_what_places_are_called_on_the_screen_changes_nothing() -> None:
    whole = _place()
    renamed = replace(whole, district_name=(Text("甲", "A"),) * 3, street_name=(Text("乙", "B"),) * 12)
    _assert_same_by_key(there(_run(whole)[0]), there(_run(renamed)[0]))


def test_another_key_is_another_luck() -> None:
    """The comparison can fail: identity, not order, is what luck hangs on."""
    whole = _place()
    other = replace(whole, community_key=whole.community_key + np.uint64(1))
    assert set(there(_run(whole)[0])["key"].tolist()).isdisjoint(there(_run(other)[0])["key"].tolist())
