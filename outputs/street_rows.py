"""The rows of the chart of streets: streets by name where they fit on a page, else larger places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..experiments.store import Results
from ..model.text import Text

MOST_STREETS, MOST_ROWS = 150, 130
NOTHING = Text("", "")
LEVELS = {
    "district": Text("县（市、区）", "district"),
    "prefecture": Text("市州", "prefecture"),
}


@dataclass(frozen=True)
class Rows:
    """Places of one level, in the order of the folder, and the streets that belong to each."""

    level: str
    names: list[str]
    groups: list[str]  # the next larger place of each, "" where there is none
    row_of_street: np.ndarray  # (streets,) the row of each street, -1 where it is left out
    left_out: Text
    streets: Text  # what the streets are called

    @property
    def single(self) -> bool:
        """Whether a row is one street."""
        return self.level == "street"

    @property
    def counted(self) -> Text:
        """What the rows are called."""
        return self.streets if self.single else LEVELS[self.level]

    @property
    def measure(self) -> Text:
        """What the colours mean."""
        if self.single:
            return Text("该月底前建成过枢纽的概率", "probability of having had a hub by the end of the month")
        return Text(
            f"该月底前建成过枢纽的{self.streets.zh}占比（均值）",
            "share of streets that have had a hub by the end of the month (mean)",
        )

    def shares(self, streets: pd.DataFrame, column: str, months: int) -> np.ndarray:
        """Share of runs and of the row's streets with a first hub by each month's end: (rows, months)."""
        kept = streets[(streets[column] >= 0) & (streets[column] < months)]
        row = self.row_of_street[kept["street"].to_numpy()]
        there = np.zeros((len(self.names), months))
        inside = row >= 0
        np.add.at(there, (row[inside], kept[column].to_numpy()[inside]), 1.0)
        runs = streets["run"].nunique()
        size = np.bincount(self.row_of_street[self.row_of_street >= 0], minlength=len(self.names))
        return there.cumsum(axis=1) / (runs * np.maximum(size, 1))[:, None]


def choose_rows(results: Results, lang: str) -> Rows:
    """The finest level whose places fit on a page; the first ones of the coarsest where none does."""
    places = {name: part.sort_values("index") for name, part in results.places.groupby("level")}
    column = f"name_{lang}"
    row = places["street"]["index"].to_numpy()
    level = "street"
    if len(row) > MOST_STREETS:
        row, level = places["street"]["parent"].to_numpy(), "district"
        if len(places["district"]) > MOST_ROWS and "prefecture" in places:
            row, level = places["district"]["parent"].to_numpy()[row], "prefecture"
    names = places[level][column].astype(str).tolist()
    left_out = NOTHING
    if len(names) > MOST_ROWS:
        left_out = Text(
            f"共{len(names)}个，图中列前{MOST_ROWS}个。", f"The first {MOST_ROWS} of {len(names)} are shown."
        )
        row, names = np.where(row < MOST_ROWS, row, -1), names[:MOST_ROWS]
    groups = _groups(places, level, column)[: len(names)]
    return Rows(level, short_names(names, lang), groups, row, left_out, called(places["street"]["name_zh"]))


def called(names: pd.Series) -> Text:
    """Streets where all of them are, else streets and townships."""
    if names.astype(str).str.endswith("街道").all():
        return Text("街道", "streets")
    return Text("街道（乡镇）", "streets and townships")


def _groups(places: dict[str, pd.DataFrame], level: str, column: str) -> list[str]:
    above = {"street": "district", "district": "prefecture"}.get(level)
    parents = places[level]["parent"]
    if above not in places or (parents < 0).any():
        return [""] * len(parents)
    return places[above][column].astype(str).to_numpy()[parents.to_numpy()].tolist()


def short_names(names: list[str], lang: str) -> list[str]:
    """Without the word for street where every name ends with it."""
    for ending in ("街道",) if lang == "zh" else (" Subdistrict", " subdistrict", " Street"):
        if all(name.endswith(ending) and len(name) > len(ending) for name in names):
            return [name[: -len(ending)] for name in names]
    return names
