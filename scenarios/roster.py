"""A planner's own roster of streets or of communities, as a place."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..model.place import LevelNames, Neighbours, Place
from ..model.text import Text
from .allot import compressed, share_of_keys, share_out
from .assembly import Block, assemble
from .place import split_residents
from .region import SHARES, Figure
from .roster_columns import roster_template
from .roster_rows import Rows, read_rows
from .roster_streets import RosterStreet, neighbour_pairs, streets_of
from .sheet import read_sheet

__all__ = ["load_roster", "roster_template"]

_LEVELS = LevelNames(
    Text("区县", "district"),
    Text("街道（乡镇）", "street or township"),
    Text("社区（村）", "community or village"),
)
_COUNTS = ("groups", "filed", "registered")
_DEFAULTS = Path(__file__).parent / "regions" / "rosters" / "defaults.yaml"


def load_roster(path: Path, shown: str | None = None, name: Text | None = None) -> Place:
    """The place in a roster; messages call the file `shown`, `name` is what the place is called.

    What a roster does not say (ages, the sizes of communities) is taken from regions/rosters/defaults.yaml.
    Raises Refusal with every problem, each at its row and column.
    """
    rows = read_rows(read_sheet(path, shown or str(path)))
    streets = streets_of(rows)
    pairs = neighbour_pairs(rows, streets)
    rows.sheet.refuse_if_wrong()
    return _place(rows, streets, pairs, name or Text(path.stem, path.stem))


def roster_defaults() -> dict[str, Figure]:
    """What is taken for what a roster does not say: figures by dotted path, with source and mark."""
    from .cursor import Book, Cursor
    from .figures import Figures
    from .reading import read

    top, figures = Cursor(read(_DEFAULTS), "", Book()), Figures(Book())
    for key, at in top.entries():
        if key == "sources":
            figures.read_sources(at)
        elif key == "urban_per_town":
            figures.figure(at, 0, 100, whole=True)
        elif key == "shares":
            for _, part in at.entries():
                figures.group(part, ("urban", "rural"), ("urban", "rural"), 0, 1)
        else:
            figures.group(at, at.value, (), 0, 100)
    return figures.found


def _place(rows: Rows, streets: list[RosterStreet], pairs: list[tuple[int, int]] | None, name: Text) -> Place:
    defaults = {path: figure.value for path, figure in roster_defaults().items()}
    prefectures = list(dict.fromkeys(street.path[0] for street in streets if len(street.path) == 3))
    districts = list(dict.fromkeys(street.path[:-1] for street in streets))
    make = _by_street if rows.by == "street" else _by_community
    blocks = [make(street, districts.index(street.path[:-1]), defaults) for street in streets]
    rural = np.concatenate([block.community_rural for block in blocks])
    neighbours: Neighbours | None = None if pairs is None else compressed(len(streets), pairs)
    return assemble(
        name=name,
        level_names=_LEVELS,
        prefectures=tuple(Text(one, one) for one in prefectures),
        districts=[
            (Text(path[-1], path[-1]), prefectures.index(path[0]) if len(path) == 2 else -1)
            for path in districts
        ],
        root="",
        blocks=blocks,
        neighbours=neighbours,
        shares={
            share: np.where(rural, defaults[f"shares.{share}.rural"], defaults[f"shares.{share}.urban"])
            for share in SHARES
        },
    )


def _by_street(street: RosterStreet, district: int, defaults: dict[str, float]) -> Block:
    """A street of a roster by street: its residents and organizations are dealt out to its communities."""
    from ..model.draws import key_of

    value, path = street.first.value, "/".join(street.path)
    kind, count = value["kind"], value["communities"]
    urban = {"street": count, "town": min(count, int(defaults["urban_per_town"])), "township": 0}[kind]
    rural = np.arange(count) >= urban
    keys = np.array([key_of(f"{path}/{n}") for n in range(1, count + 1)], dtype=np.uint64)
    residents = split_residents(
        value["residents"], rural, keys, defaults["weights.urban_community"], defaults["spread.community"]
    )
    dealt = {
        name: None if value.get(name) is None else share_out(value[name], residents).astype(np.float64)
        for name in _COUNTS
    }
    return _block(street, district, kind, rural, keys, residents, dealt, defaults)


def _by_community(street: RosterStreet, district: int, defaults: dict[str, float]) -> Block:
    """A street of a roster by community; it counts as rural where most of its communities are villages."""
    from ..model.draws import key_of

    def column(name: str) -> np.ndarray:
        return np.array(
            [np.nan if row.value.get(name) is None else row.value[name] for row in street.rows],
            dtype=np.float64,
        )

    path = "/".join(street.path)
    names = tuple(row.value["community"] for row in street.rows)
    rural = np.array([row.value["kind"] == "village" for row in street.rows])
    keys = np.array([key_of(f"{path}/{name}") for name in names], dtype=np.uint64)
    kind = "town" if rural.mean() > 0.5 else "street"
    return _block(
        street,
        district,
        kind,
        rural,
        keys,
        column("residents"),
        {name: column(name) for name in _COUNTS},
        defaults,
        tuple(Text(name, name) for name in names),
    )


def _block(
    street: RosterStreet,
    district: int,
    kind: str,
    rural: np.ndarray,
    keys: np.ndarray,
    residents: np.ndarray,
    counts: dict[str, np.ndarray | None],
    defaults: dict[str, float],
    names: tuple[Text, ...] = (),
) -> Block:
    from ..model.draws import key_of

    key = key_of("/".join(street.path))
    station = share_of_keys(np.array([key], dtype=np.uint64), defaults[f"stations.{kind}"])
    hub = max(row.value["hub"] for row in street.rows)
    return Block(
        district,
        Text(street.path[-1], street.path[-1]),
        kind != "street",
        key,
        hub,
        bool(station[0]),
        rural,
        keys,
        residents,
        community_names=names,
        **counts,
    )
