"""Read a region file (regions/*.yaml) strictly: every fault found at once, every sum checked."""

from __future__ import annotations

from pathlib import Path

from ..model.place import LevelNames
from ..model.text import Refusal, Text
from .cursor import Book, Cursor
from .figures import Figures
from .reading import read
from .region import KINDS, PLURAL, SHARES, District, Figure, Prefecture, RegionData, Rules
from .region_sums import check_sums, note
from .region_units import read_units

_TOP = (
    "name",
    "levels",
    "sources",
    "population",
    "counties",
    "units",
    "communities",
    "spread",
    "weights",
    "shares",
    "stations",
    "prefectures",
    "districts",
)
_NEEDED = ("name", "levels", "sources", "population", "units", "communities", "spread", "shares", "stations")
_DISTRICT = ("name", "population", "population_about", "communities", "shares", *PLURAL.values(), "unnamed")
_MOST = 2_000_000_000


def load_region(path: Path, shown: str | None = None) -> RegionData:
    """The region file at `path`, checked; messages call it `shown`. Raises Refusal with every problem."""
    book = Book()
    top = Cursor(read(path, shown), "", book)
    top.has_only(_TOP)
    for key in (key for key in _NEEDED if key not in top.value):
        note(top, f"缺少必填项 {key}", f"the key `{key}` is missing")
    reader = _Reader(top, Figures(book))
    data = reader.region() if not book.problems else None
    if data:
        check_sums(top, data, reader.places)
    if book.problems or data is None:
        raise Refusal(book.problems)
    return data


class _Reader:
    """Reads one region; `places` remembers where each district and prefecture stands."""

    def __init__(self, top: Cursor, figures: Figures) -> None:
        self.top, self.figures = top, figures
        self.prefectures: list[Prefecture] = []
        self.districts: list[District] = []
        self.places: dict[tuple[str, int], Cursor] = {}

    def region(self) -> RegionData | None:
        """The whole file; None after noting what is wrong."""
        top, figure = self.top, self.figures.figure
        if sources := top.at("sources"):
            self.figures.read_sources(sources)
        name, levels = self.pair(top), self.levels()
        population = figure(top.at("population"), 1, _MOST, whole=True)
        figure(top.at("counties"), 1, 5000, whole=True)
        self.figures.group(top.at("units"), PLURAL.values(), (), 0, 100_000, whole=True)
        counts = self.figures.group(
            top.at("communities"),
            ("total", "villages", "urban_per_town"),
            ("total", "villages"),
            0,
            2_000_000,
            whole=True,
        )
        self.all_districts()
        rules = self.rules()
        if self.top.book.problems or not (name and levels and population and rules):
            return None
        return RegionData(
            name,
            levels,
            self.figures.sources,
            population,
            counts["villages"],
            counts["total"],
            counts.get("urban_per_town"),
            tuple(self.prefectures),
            tuple(self.districts),
            rules,
            self.figures.found,
        )

    @staticmethod
    def pair(at: Cursor) -> Text | None:
        """The name of a mapping, in both languages."""
        name = at.at("name")
        return name.pair() if name else None

    def levels(self) -> LevelNames | None:
        """What the three levels are called."""
        at = self.top.at("levels")
        if at is None or not at.has_only(LevelNames._fields, LevelNames._fields):
            return None
        found = [part.pair() for key in LevelNames._fields if (part := at.at(key))]
        names = [name for name in found if name]
        return LevelNames(*names) if len(names) == len(LevelNames._fields) else None

    def all_districts(self) -> None:
        """The districts, under prefectures or directly."""
        above, direct = self.top.at("prefectures"), self.top.at("districts")
        if (above is None) == (direct is None):
            note(
                self.top,
                "应写 prefectures（市州及其县区）或 districts（区），二者取一",
                "give either `prefectures` (with their districts) or `districts`",
            )
        elif direct is not None and direct.is_list():
            for at in direct.items():
                self.district(at, -1)
        elif above is not None and above.is_list():
            for index, at in enumerate(above.items()):
                self.prefecture(at, index)
        if not self.districts and not self.top.book.problems:
            note(self.top, "至少要有一个县区", "needs at least one district")

    def prefecture(self, at: Cursor, index: int) -> None:
        """One prefecture and its districts."""
        keys = ("name", "population", "units", "districts")
        if not at.has_only(keys, keys):
            return
        name, population = self.pair(at), self.figures.figure(at.at("population"), 1, _MOST, whole=True)
        self.places["prefecture", index] = at
        if units := at.at("units"):
            units.has_only((*PLURAL.values(), "source", "mark"), ("source", "mark"))
            self.figures.source_and_mark(units)
        if name and population:
            self.prefectures.append(Prefecture(name, population))
        below = at.at("districts")
        if below is not None and below.is_list():
            for item in below.items():
                self.district(item, index)

    def district(self, at: Cursor, prefecture: int) -> None:
        """One district."""
        if not at.has_only(_DISTRICT, ("name",)):
            return
        about = at.at("population_about") is not None
        if about == (at.at("population") is not None) or (about and prefecture < 0):
            at.wrong(
                "应写 population；在市州之下也可写 population_about（约数），二者取一",
                "give `population`, or under a prefecture `population_about` (rounded), one of the two",
                key=True,
            )
        name = self.pair(at)
        people = self.figures.figure(
            at.at("population_about" if about else "population"), 1, _MOST, whole=True
        )
        count = self.figures.figure(at.at("communities"), 1, 100_000, whole=True)
        shares = self.figures.group(at.at("shares"), SHARES, (), 0, 1)
        units = read_units(at, name) if name else ()
        if name and people:
            self.places["district", len(self.districts)] = at
            self.districts.append(District(name, prefecture, people, about, count, shares, units))

    def rules(self) -> Rules | None:
        """Spreads, weights, shares and stations."""
        top, group = self.top, self.figures.group
        kinds = {unit.kind for district in self.districts for unit in district.units}
        spread = group(top.at("spread"), ("street", "community"), ("street", "community"), 0, 2)
        weights = group(top.at("weights"), (*KINDS, "urban_community"), kinds, 0.01, 100)
        stations = group(top.at("stations"), KINDS, [kind for kind in KINDS if kind in kinds], 0, 1)
        shares: dict[tuple[str, bool], Figure] = {}
        if (at := top.at("shares")) and at.has_only(SHARES, SHARES):
            needed = ("urban", "rural") if kinds - {"street"} else ("urban",)
            for name in SHARES:
                read_shares = group(at.at(name), ("urban", "rural"), needed, 0, 1)
                shares |= {(name, kind == "rural"): figure for kind, figure in read_shares.items()}
        return None if top.book.problems else Rules(spread, weights, shares, stations)
