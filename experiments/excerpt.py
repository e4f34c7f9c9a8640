"""A part of a place as a scenario of its own: some of its prefectures, with all that is theirs.

Keys and so everybody's luck stay the same. Only what is shared by the whole place differs: the city's or province's
purse and classes are for fewer, and pilots outside the part are not learnt from.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from itertools import compress
from typing import Any

import numpy as np

from ..model.inputs import Inputs
from ..model.place import Neighbours, Place


def part_of(inputs: Inputs, prefectures: Collection[str]) -> Inputs:
    """The scenario for the named prefectures (Chinese names) alone. Raises ValueError where one does not exist."""
    place = inputs.place
    names = [name.zh for name in place.prefectures]
    if missing := set(prefectures) - set(names):
        raise ValueError(f"no such prefecture: {', '.join(sorted(missing))}")
    chosen = np.array([name in prefectures for name in names])
    districts = chosen[place.district_prefecture]
    return replace(
        inputs,
        place=_part(place, chosen, districts),
        timetable=np.ascontiguousarray(inputs.timetable[:, districts]),
        shocks=np.ascontiguousarray(inputs.shocks[:, districts]),
        clean_up=np.ascontiguousarray(inputs.clean_up[:, districts]),
    )


def _part(place: Place, prefectures: np.ndarray, districts: np.ndarray) -> Place:
    streets = districts[place.street_district]
    communities = streets[place.community_street]
    kept: dict[int, np.ndarray] = {}
    for mask in (prefectures, districts, streets, communities):
        kept[len(mask)] = mask
    if len(kept) < 4:
        raise ValueError("two levels of the place have equally many units")
    changed: dict[str, Any] = {}
    for field in fields(place):
        value = getattr(place, field.name)
        if field.name == "prefectures" or (isinstance(value, tuple) and field.name.endswith(("_name", "_names"))):
            mask = kept.get(len(value))
            changed[field.name] = value if mask is None else tuple(compress(value, mask))
        elif isinstance(value, np.ndarray):
            changed[field.name] = value[kept[len(value)]]
    above = {"district_prefecture": prefectures, "street_district": districts, "community_street": streets}
    for name, mask in above.items():
        changed[name] = (np.cumsum(mask) - 1)[changed[name]]
    return replace(place, **changed, neighbours=_neighbours(place, streets))


def _neighbours(place: Place, streets: np.ndarray) -> Neighbours:
    """Neighbours among the streets that are kept."""
    number = np.cumsum(streets) - 1
    rows = [place.neighbours_of(int(s)) for s in np.flatnonzero(streets)]
    rows = [number[row[streets[row]]] for row in rows]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return Neighbours(ends.astype(np.int64), np.concatenate([*rows, np.zeros(0, np.int64)]).astype(np.int64))
