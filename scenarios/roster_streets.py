"""The streets of a roster: what stands twice, contradicts itself or names nobody is found here."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.text import nearest
from .roster_rows import Row, Rows


@dataclass
class RosterStreet:
    """A street and the rows that speak of it: one in a roster by street, its communities otherwise."""

    path: tuple[str, ...]
    rows: list[Row]

    @property
    def first(self) -> Row:
        return self.rows[0]


def streets_of(rows: Rows) -> list[RosterStreet]:
    """The streets in the order of their districts' first lines; what stands twice or contradicts is noted."""
    found: dict[tuple[str, ...], RosterStreet] = {}
    for row in rows.rows:
        given = [row.value.get(level) for level in ("prefecture", "district", "street")]
        if None in given[1:]:
            continue
        path = tuple(part for part in given if part)
        if path not in found:
            found[path] = RosterStreet(path, [row])
        elif rows.by == "street":
            rows.wrong(
                row,
                "street",
                f"“{path[-1]}”在“{path[-2]}”已写过（第 {found[path].first.line} 行）",
                f"`{path[-1]}` of `{path[-2]}` is already given in line {found[path].first.line}",
            )
        else:
            found[path].rows.append(row)
    _check_prefectures(rows)
    for street in found.values():
        if rows.by == "street":
            _check_size(rows, street.first)
        else:
            _check_communities(rows, street)
    order = {district: i for i, district in enumerate(dict.fromkeys(path[:-1] for path in found))}
    return sorted(found.values(), key=lambda street: order[street.path[:-1]])


def _check_prefectures(rows: Rows) -> None:
    given = [row.value.get("prefecture") for row in rows.rows]
    for row, name in zip(rows.rows, given, strict=True):
        if name is None and any(given):
            rows.wrong(
                row, "prefecture", "其他行写了市州，这一行不能空", "may not be blank where other rows have it"
            )


def _check_size(rows: Rows, row: Row) -> None:
    residents, communities = row.value["residents"], row.value["communities"]
    if residents and communities and residents < communities:
        rows.wrong(
            row,
            "residents",
            f"居民 {residents} 人，少于社区（村）{communities} 个",
            f"{residents} residents are fewer than {communities} communities",
        )


def _check_communities(rows: Rows, street: RosterStreet) -> None:
    seen: dict[str, int] = {}
    hub: Row | None = None
    for row in street.rows:
        name = row.value["community"]
        if name in seen:
            rows.wrong(
                row,
                "community",
                f"“{name}”在“{street.path[-1]}”已写过（第 {seen[name]} 行）",
                f"`{name}` of `{street.path[-1]}` is already given in line {seen[name]}",
            )
        elif name:
            seen[name] = row.line
        said = row.value["hub"]
        if said in (0, 1) and hub is None:
            hub = row
        elif said in (0, 1) and hub is not None and said != hub.value["hub"]:
            words = (("否", "no"), ("是", "yes"))
            rows.wrong(
                row,
                "hub",
                f"“{street.path[-1]}”这里写“{words[said][0]}”，第 {hub.line} 行写“{words[1 - said][0]}”",
                f"`{street.path[-1]}` says {words[said][1]} here but {words[1 - said][1]} in line {hub.line}",
            )


def neighbour_pairs(rows: Rows, streets: list[RosterStreet]) -> list[tuple[int, int]] | None:
    """Pairs of adjoining streets, if the roster has that column; None without it.

    A name is a street of the same district, or district/street.
    """
    if "neighbours" not in rows.column:
        return None
    index = {street.path: i for i, street in enumerate(streets)}
    pairs = []
    for i, street in enumerate(streets):
        for name in street.first.value["neighbours"]:
            parts = tuple(part.strip() for part in name.split("/"))
            above = street.path[:-1]
            path = above[: len(above) - len(parts) + 1] + parts
            if path == street.path:
                rows.wrong(street.first, "neighbours", f"“{name}”是它自己", f"`{name}` is the street itself")
            elif path in index:
                pairs.append((i, index[path]))
            else:
                like = nearest(
                    parts[-1], [other.path[-1] for other in streets if other.path[:-1] == path[:-1]]
                )
                zh, en = (f"；是否想写 {like}？", f" — did you mean `{like}`?") if like else ("", "")
                rows.wrong(
                    street.first,
                    "neighbours",
                    f"“{'/'.join(path[:-1])}”没有“{parts[-1]}”{zh}",
                    f"there is no `{parts[-1]}` in `{'/'.join(path[:-1])}`{en}",
                )
    return pairs
