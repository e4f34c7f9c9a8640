"""Another place for the same names: the region's judged figures moved, group by group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ...scenarios.allot import share_out
from ...scenarios.region import District, Figure, Prefecture, RegionData

PREFIX = "region."
_WHOLE = {
    "communities.total": "communities", "communities.villages": "villages",
    "communities.urban_per_town": "urban_per_town",
}  # fmt: skip
_APART = {"communities": "communities_split", "population": "populations", "population_about": "populations"}


def factor_of(path: str, value: float) -> str:
    """What a figure of a region file is varied with; "" for what is not varied.

    Not varied are numbers of streets and towns (their names are known; one town's kind is not), zeros, and the weight
    of a township, to which the other weights relate.
    """
    parts = path.split(".")
    if parts[0] == "units" or path == "weights.township" or not value:
        return ""
    if path in _WHOLE:
        return PREFIX + _WHOLE[path]
    if parts[0] == "prefectures" and "districts" not in parts:
        return PREFIX + "prefectures"
    if "districts" in parts:
        parts = parts[parts.index("districts") + 2 :]
        if parts[0] in _APART:
            return PREFIX + _APART[parts[0]]
    return PREFIX + (parts[0] if parts[0] == "stations" else ".".join(parts[:2]))


def reach_of(factor: str) -> str:
    """The entry of settings.yaml that says how far a factor of the region goes."""
    group, _, name = factor.removeprefix(PREFIX).partition(".")
    return name if name in ("elderly", "children") else "populations" if group == "prefectures" else group


def moved(data: RegionData, at: Mapping[str, float]) -> RegionData:
    """The region at a point; `at` tells factors by name, and what it does not tell stays."""
    rules = data.rules
    rules = replace(
        rules,
        spread={name: _times(one, at.get(f"region.spread.{name}", 1.0)) for name, one in rules.spread.items()},
        weights={name: _times(one, at.get(f"region.weights.{name}", 1.0)) for name, one in rules.weights.items()},
        shares={key: _share(one, key[0], at) for key, one in rules.shares.items()},
        stations={name: _part(one, at.get("region.stations", 1.0)) for name, one in rules.stations.items()},
    )
    districts = [
        replace(one, shares={name: _share(part, name, at) for name, part in one.shares.items()})
        for one in data.districts
    ]
    tilt = at.get("region.populations", 0.0)
    districts = _tilted(districts, tilt) if tilt else districts
    above = at.get("region.prefectures", 0.0)
    prefectures = _recalled(list(data.prefectures), above) if above else data.prefectures
    many, split = at.get("region.communities", 1.0), at.get("region.communities_split", 0.0)
    districts = _divided(districts, many, split) if many != 1.0 or split else districts
    count = sum(int(one.communities.value) for one in districts if one.communities)
    total = replace(data.communities, value=count) if count else data.communities
    each = at.get("region.urban_per_town")
    urban = data.urban_per_town
    return replace(
        data,
        rules=rules,
        prefectures=tuple(prefectures),
        districts=tuple(districts),
        communities=total,
        villages=replace(data.villages, value=round(data.villages.value * at.get("region.villages", 1.0))),
        urban_per_town=replace(urban, value=each) if urban and each is not None else urban,
    )


def _times(figure: Figure, multiple: float) -> Figure:
    return replace(figure, value=figure.value * multiple) if figure.mark == "K" else figure


def _part(figure: Figure, multiple: float) -> Figure:
    """A share stays one."""
    return replace(figure, value=min(1.0, figure.value * multiple)) if figure.mark == "K" else figure


def _share(figure: Figure, name: str, at: Mapping[str, float]) -> Figure:
    return _part(figure, at.get(f"region.shares.{name}", 1.0))


def _tilted(districts: list[District], tilt: float) -> list[District]:
    """Judged populations to the power of 1 + tilt; their sum within a prefecture stays."""
    found = list(districts)
    for above in {one.prefecture for one in districts}:
        places = [k for k, one in enumerate(districts) if one.prefecture == above and one.population.mark == "K"]
        if places:
            people = np.array([districts[k].population.value for k in places])
            shared = share_out(round(people.sum()), people ** (1.0 + tilt), 1)
            for k, value in zip(places, shared.tolist(), strict=True):
                found[k] = replace(districts[k], population=replace(districts[k].population, value=value))
    return found


def _recalled(prefectures: list[Prefecture], tilt: float) -> list[Prefecture]:
    """Judged populations of prefectures to the power of 1 + tilt; their sum stays."""
    places = [k for k, one in enumerate(prefectures) if one.population.mark == "K"]
    people = np.array([prefectures[k].population.value for k in places])
    shared = share_out(round(people.sum()), people ** (1.0 + tilt), 1)
    for k, value in zip(places, shared.tolist(), strict=True):
        prefectures[k] = replace(prefectures[k], population=replace(prefectures[k].population, value=value))
    return prefectures


def _divided(districts: list[District], many: float, split: float) -> list[District]:
    """Judged numbers of communities, more or fewer, and nearer to (or further from) the share of residents."""
    found = list(districts)
    counted = [(k, one.communities) for k, one in enumerate(districts) if one.communities]
    places = [k for k, figure in counted if figure.mark == "K"]
    if not places:
        return found
    counts = np.array([figure.value for _, figure in counted if figure.mark == "K"])
    people = np.array([districts[k].population.value for k in places])
    even = people / people.sum() * counts.sum()
    least = np.array([len(districts[k].units) for k in places])
    shared = share_out(round(counts.sum() * many), counts * (even / counts) ** split, least)
    for (k, figure), value in zip([one for one in counted if one[0] in places], shared.tolist(), strict=True):
        found[k] = replace(districts[k], communities=replace(figure, value=value))
    return found
