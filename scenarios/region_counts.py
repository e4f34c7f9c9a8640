"""How many residents and communities each district and street of a region gets, by largest remainder."""

from __future__ import annotations

import numpy as np

from .allot import share_out
from .region import KINDS, RegionData


def weight(data: RegionData, kind: str) -> float:
    """Residents of a unit of `kind` relative to others of its district."""
    return data.rules.weights[kind].value if kind in data.rules.weights else 1.0


def district_residents(data: RegionData) -> np.ndarray:
    """Residents per district (int64); rounded figures are scaled to their prefecture's."""
    people = np.array([district.population.value for district in data.districts], dtype=np.int64)
    above = np.array([district.prefecture for district in data.districts])
    about = np.array([district.about for district in data.districts])
    for index, prefecture in enumerate(data.prefectures):
        below = (above == index) & about
        if below.any():
            people[below] = share_out(int(prefecture.population.value), people[below])
    return people


def units_by_kind(data: RegionData) -> np.ndarray:
    """Streets, towns and townships per district: (districts, 3)."""
    found = [[unit.kind for unit in district.units] for district in data.districts]
    return np.array([[kinds.count(kind) for kind in KINDS] for kinds in found])


def district_communities(data: RegionData) -> tuple[np.ndarray, np.ndarray]:
    """Per district the urban communities of its streets, and its villages.

    A town has a fixed number of urban communities, a township none. Villages go to the districts by the
    geometric mean of their towns and townships and the residents there; the rest of the urban communities to
    those with streets in the same way, unless the districts' communities are given.
    """
    units = units_by_kind(data)
    weighted = units * np.array([weight(data, kind) for kind in KINDS])
    in_streets = district_residents(data) * weighted[:, 0] / weighted.sum(axis=1)
    in_towns = district_residents(data) - in_streets
    rural_units = units[:, 1] + units[:, 2]
    villages = share_out(int(data.villages.value), np.sqrt(rural_units * in_towns), rural_units)
    urban_in_towns = units[:, 1] * (int(data.urban_per_town.value) if data.urban_per_town else 0)
    given = [int(district.communities.value) for district in data.districts if district.communities]
    if given:
        return np.array(given) - villages - urban_in_towns, villages
    left = int(data.communities.value - data.villages.value - urban_in_towns.sum())
    return share_out(left, np.sqrt(units[:, 0] * in_streets), units[:, 0]), villages


def unit_communities(data: RegionData) -> list[np.ndarray]:
    """Per district an array (units, 2): urban communities and villages of each unit.

    Within a district streets share evenly, towns and townships by weight; each unit gets at least one.
    """
    found = []
    for district, urban, villages in zip(data.districts, *district_communities(data), strict=True):
        kind = np.array([unit.kind for unit in district.units])
        table = np.zeros((len(kind), 2), dtype=np.int64)
        table[kind == "town", 0] = int(data.urban_per_town.value) if data.urban_per_town else 0
        table[kind == "street", 0] = share_out(int(urban), np.ones((kind == "street").sum()), 1)
        weights = np.array([weight(data, name) for name in kind[kind != "street"]])
        table[kind != "street", 1] = share_out(int(villages), weights, 1)
        found.append(table)
    return found
