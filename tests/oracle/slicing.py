"""A part of a place, small enough for the plain model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from miaopu.model.place import Neighbours, Place


def part_of(place: Place, streets: list[int], most: int | None) -> tuple[Place, list[int]]:
    """Some streets of a place with their communities (the first few of each, or all); and the districts that remain."""
    kept = np.array(streets)
    districts = sorted({int(place.street_district[s]) for s in streets})
    blocks = [range(place.communities)[place.communities_of(s)][:most] for s in streets]
    communities = [c for block in blocks for c in block]
    row_of = {street: row for row, street in enumerate(streets)}
    near = [[row_of[int(n)] for n in place.neighbours_of(s) if int(n) in row_of] for s in streets]
    prefectures = sorted({int(place.district_prefecture[d]) for d in districts} - {-1})
    of_communities = ("community_rural", "community_key", "residents", "groups", "filed", "registered", "elderly",
                      "children", "difficulty", "foreign", "party_members")  # fmt: skip
    of_streets = ("street_rural", "street_key", "street_hub", "street_station")
    return replace(
        place,
        prefectures=tuple(place.prefectures[f] for f in prefectures),
        district_name=tuple(place.district_name[d] for d in districts),
        district_prefecture=np.array(
            [prefectures.index(int(place.district_prefecture[d])) if prefectures else -1 for d in districts]
        ),
        district_key=place.district_key[districts],
        street_name=tuple(place.street_name[s] for s in streets),
        street_district=np.array([districts.index(int(place.street_district[s])) for s in streets]),
        community_street=np.array([row_of[int(s)] for s in place.community_street[communities]]),
        neighbours=Neighbours(
            np.cumsum([0, *map(len, near)]), np.array([n for row in near for n in row], dtype=np.int64)
        ),
        community_names=tuple(place.community_names[c] for c in communities) if place.community_names else (),
        **{name: getattr(place, name)[kept] for name in of_streets},
        **{name: getattr(place, name)[communities] for name in of_communities},
    ), districts
