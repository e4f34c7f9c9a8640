"""The sums of a region file: what stands above must be the sum of what stands below."""

from __future__ import annotations

from collections import Counter

from ..model.text import Text
from .cursor import Cursor
from .region import KINDS, PLURAL, RegionData
from .region_counts import district_communities, district_residents, units_by_kind

_CALLED = {"street": "街道", "town": "镇", "township": "乡"}


def check_sums(top: Cursor, data: RegionData, places: dict[tuple[str, int], Cursor]) -> None:
    """Note every sum that does not match, and every name given twice at its level."""
    _populations(top, data, places)
    _units(top, data, places)
    _communities(top, data, places)
    first: dict[tuple[int, str], int] = {}
    for index, district in enumerate(data.districts):
        before = first.setdefault((district.prefecture, district.name.zh), index)
        if before != index:
            line = places["district", before].node.spot.line
            places["district", index].wrong(
                f"“{district.name.zh}”写了两次（第一次在第 {line} 行）",
                f"`{district.name.zh}` is given twice (first at line {line})",
            )


def note(top: Cursor, zh: str, en: str) -> None:
    """Note a problem of the file as a whole."""
    top.book.add(top.node, Text(zh, en))


def _differ(at: Cursor | None, said: float, found: float) -> None:
    if at is not None and said != found:
        at.wrong(
            f"写的是 {said:,.0f}，下级合计为 {found:,.0f}",
            f"{said:,.0f} is stated, the parts sum to {found:,.0f}",
        )


def _populations(top: Cursor, data: RegionData, places: dict[tuple[str, int], Cursor]) -> None:
    parts = data.prefectures or data.districts
    _differ(
        top.at("population"),
        data.population.value,
        sum(part.population.value for part in parts),
    )
    for index, prefecture in enumerate(data.prefectures):
        below = [district for district in data.districts if district.prefecture == index]
        if below and not any(district.about for district in below):
            _differ(
                places["prefecture", index].at("population"),
                prefecture.population.value,
                sum(district.population.value for district in below),
            )
        elif not all(district.about for district in below):
            places["prefecture", index].wrong(
                "各县区应同为 population 或同为 population_about",
                "its districts should all have `population` or all `population_about`",
            )


def _units(top: Cursor, data: RegionData, places: dict[tuple[str, int], Cursor]) -> None:
    counted = Counter(
        (district.prefecture, unit.kind) for district in data.districts for unit in district.units
    )
    for kind in KINDS:
        total = sum(count for (_, counted_kind), count in counted.items() if counted_kind == kind)
        at = top.at("units")
        stated = at.at(PLURAL[kind]) if at else None
        if stated is not None:
            _differ(stated, data.figures[stated.path].value, total)
        elif at is not None and total:
            at.wrong(
                f"有 {total} 个{_CALLED[kind]}，但没有写 {PLURAL[kind]}",
                f"there are {total} {PLURAL[kind]}, but `{PLURAL[kind]}` is not given",
            )
        for index in range(len(data.prefectures)):
            below = places["prefecture", index].at("units")
            said = below.at(PLURAL[kind]) if below else None
            count = counted[index, kind]
            if said is not None and (number := said.whole(0, 10_000)) is not None:
                _differ(said, number, count)
            elif said is None and below is not None and count:
                below.wrong(
                    f"有 {count} 个{_CALLED[kind]}，但没有写 {PLURAL[kind]}",
                    f"there are {count} {PLURAL[kind]}, but `{PLURAL[kind]}` is not given",
                )
    if counties := top.at("counties"):
        _differ(counties, data.figures["counties"].value, len(data.districts))


def _communities(top: Cursor, data: RegionData, places: dict[tuple[str, int], Cursor]) -> None:
    at = top.at("communities")
    given = [district.communities.value for district in data.districts if district.communities]
    if at is None:
        return
    if given and len(given) < len(data.districts):
        at.wrong("各县区的社区数应都写或都不写", "give the communities of all districts or of none")
        return
    if given:
        _differ(at.at("total"), data.communities.value, sum(given))
    units = units_by_kind(data).sum(axis=0)
    per_town = int(data.urban_per_town.value) if data.urban_per_town else 0
    urban = int(data.communities.value - data.villages.value - units[1] * per_town)
    villages = int(data.villages.value)
    if _unfit(urban, units[0]):
        at.wrong(
            f"{units[0]} 个街道分得 {urban} 个社区，数目不合",
            f"{urban} communities are left for {units[0]} streets",
        )
    elif _unfit(villages, units[1] + units[2]):
        at.wrong(
            f"{units[1] + units[2]} 个乡镇分得 {villages} 个村，数目不合",
            f"{villages} villages are left for {units[1] + units[2]} towns and townships",
        )
    else:
        _each_district(data, places)


def _unfit(count: int, units: int) -> bool:
    return count < units or (units == 0 and count > 0)


def _each_district(data: RegionData, places: dict[tuple[str, int], Cursor]) -> None:
    urban, villages = district_communities(data)
    units, people = units_by_kind(data), district_residents(data)
    for index, at in ((index, at) for (level, index), at in places.items() if level == "district"):
        if _unfit(int(urban[index]), units[index, 0]):
            at.wrong(
                f"除去村和镇的社区，{units[index, 0]} 个街道分得 {urban[index]} 个社区，数目不合",
                f"without villages and the communities of towns, {urban[index]} communities are left "
                f"for {units[index, 0]} streets",
            )
        elif people[index] < 2 * (urban[index] + villages[index]):
            at.wrong(
                f"人口 {people[index]} 人，少于社区和村的两倍",
                f"{people[index]} residents are fewer than two per community",
            )
