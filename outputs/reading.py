"""What every chart and table needs to know of a results folder besides its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..model import vocabulary
from ..model.text import Text
from .words import month_name

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.store import Results

HUBS, HUBS_EFFECTIVE = "street_hub_coverage", "street_hub_coverage_effective"
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
COLUMNS = ("p05", "p25", "p50", "p75", "p95")


@dataclass(frozen=True)
class Facts:
    """Name, size, dates and origin of a forecast."""

    name: Text
    draws: int
    replicates: int
    run_id: str  # the first digits of the scenario's hash
    date: str  # day on which the runs were made, 2026-11-22
    version: str
    first_year: int
    first_month: int
    months: int
    deadline: int | None  # index of the last month that a dated target looks at
    runs: int = 0  # runs that succeeded

    def year_month(self, index: int) -> tuple[int, int]:
        """Calendar year and month (1-12) of a month index."""
        ordinal = self.first_year * 12 + self.first_month - 1 + index
        return ordinal // 12, ordinal % 12 + 1

    def month(self, index: int, lang: str) -> str:
        """The calendar name of a month index."""
        return month_name(*self.year_month(index), lang)

    def index(self, date: str) -> int | None:
        """Month index of "2025-12"; None for "every year"."""
        year, _, month = date.partition("-")
        if not (year.isdigit() and month.isdigit()):
            return None
        return (int(year) - self.first_year) * 12 + int(month) - self.first_month

    def origin(self, lang: str) -> list[str]:
        """The scenario, and on a line of its own the size of the forecast and where it comes from."""
        name = self.name.of(lang)
        if lang == "zh":
            return [
                f"情景：{name}",
                f"推演{self.runs}次：参数抽样{self.draws}组，每组重复{self.replicates}次；编号{self.run_id}；"
                f"推演日期{self.date}；苗圃{self.version}",
            ]
        return [
            f"Scenario: {name}",
            f"{self.runs} runs: {self.draws} parameter draws, {self.replicates} replicates each; "
            f"run id {self.run_id}; run on {self.date}; Miaopu {self.version}",
        ]


def facts(results: Results) -> Facts:
    """The facts of a results folder."""
    manifest, months = results.manifest, results.months
    first = months.loc[months["month"].idxmin()]
    found = Facts(
        Text(manifest["name"]["zh"], manifest["name"]["en"]),
        int(manifest["draws"]),
        int(manifest["replicates"]),
        str(manifest["scenario_sha256"])[:8],
        str(manifest["started"])[:10],
        str(manifest["made_with"]["miaopu"]),
        int(first["year"]),
        int(first["month_of_year"]),
        int(months["month"].max()) + 1,
        None,
        int(results.runs["run"].nunique()),
    )
    dated = [found.index(str(date)) for date in results.targets["deadline"]]
    known = [month for month in dated if month is not None and 0 <= month < found.months]
    return replace(found, deadline=max(known, default=None))


def label(indicator: str, lang: str) -> str:
    """What an indicator is called."""
    known = vocabulary.indicators().get(indicator)
    return known.label.of(lang) if known else indicator


def unit(indicator: str) -> str:
    """The unit of an indicator, as its table writes it."""
    known = vocabulary.indicators().get(indicator)
    return known.unit if known else ""


def counting_note(indicator: str, lang: str) -> str:
    """What it takes to be counted nominally and effectively; empty where there is one way of counting."""
    known = vocabulary.indicators().get(indicator)
    if known is None or not known.effective:
        return ""
    strict = vocabulary.indicators()[known.effective]
    return Text(
        f"名义口径：{known.about.zh}实效口径：{strict.about.zh}",
        f"Nominal: {known.about.en} Effective: {strict.about.en}",
    ).of(lang)


def bands(months: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Quantiles over all runs by month: columns month, year, month_of_year, p05, p25, p50, p75, p95.

    Runs in which the indicator is unknown in a month (nothing to divide by) are left out of that month.
    """
    import pandas as pd

    dates = months.drop_duplicates("month").sort_values("month")[["month", "year", "month_of_year"]]
    table = months.pivot(index="run", columns="month", values=indicator).astype("float64")
    quantiles = table.quantile(list(LEVELS)).T
    quantiles.columns = pd.Index(COLUMNS)
    return dates.merge(quantiles, left_on="month", right_index=True).reset_index(drop=True)


def long_bands(months: pd.DataFrame, indicators: Sequence[str]) -> pd.DataFrame:
    """`bands` of several indicators, one below the other, with a first column that names them."""
    import pandas as pd

    parts = [bands(months, name) for name in indicators]
    for name, part in zip(indicators, parts, strict=True):
        part.insert(0, "indicator", name)
    return pd.concat(parts, ignore_index=True)


def present(months: pd.DataFrame, indicators: Sequence[str]) -> list[str]:
    """Those of `indicators` that the folder has numbers for."""
    return [name for name in indicators if name in months and months[name].notna().any()]


def hub_targets(results: Results) -> dict[str, pd.Series]:
    """The rows of targets.csv on the whole place's hub coverage, by what they count.

    A target's first row counts as the target itself says; such a row goes before one that counts otherwise.
    """
    rows = results.targets
    own = ~rows["target"].duplicated()
    there = rows["indicator"].isin([HUBS, HUBS_EFFECTIVE]) & (rows["scope"] == "whole")
    found: dict[str, pd.Series] = {}
    for _, row in [*rows[there & own].iterrows(), *rows[there & ~own].iterrows()]:
        counts = str(row["counts"]) or ("effective" if row["indicator"] == HUBS_EFFECTIVE else "nominal")
        found.setdefault(counts, row)
    return found
