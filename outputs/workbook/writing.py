"""`write_workbook`: the tables of one or several results folders as one XLSX file, for people who work with tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ...experiments.store import Results
from . import (
    sheets_compare,
    sheets_indicators,
    sheets_money,
    sheets_sensitivity,
    sheets_streets,
    sheets_targets,
)
from .cells import Sheet, sheet_names
from .file import Properties, write_sheets
from .sheets_readme import NAME, readme_sheet
from .sources import ExperimentSource, ForecastSource, Source, several

_OF_A_FORECAST = (
    sheets_targets.targets_sheet,
    sheets_indicators.whole_sheet,
    sheets_indicators.districts_sheet,
    sheets_streets.streets_sheet,
    sheets_money.totals_sheet,
    sheets_money.entries_sheet,
)


def write_workbook(
    folders: Iterable[Path | str | Results | Source] | Path | str | Results | Source, path: Path | str, lang: str
) -> Path:
    """Write the tables of results folders (forecast, compare, sensitivity; or opened ones) to `path`; returns it.

    A calibration's folder is named and has no sheets. Sheets, heads and notes are in `lang` ("zh" or "en").
    Equal results give equal bytes; the file appears whole or not at all. No cell is a formula, whatever names a roster
    holds. Raises Refusal where a folder holds no results or the file cannot be written.
    """
    sources = several(folders)
    sheets = _named([sheet for source in sources for sheet in sheets_of(source, lang)], lang)
    first = replace(readme_sheet(sources, [(sheet.name, sheet.title) for sheet in sheets], lang), name=NAME.of(lang))
    latest = max(sources, key=lambda source: source.started)
    said = Properties(
        sources[0].name.of(lang),
        first.title,
        ", ".join(source.run_id for source in sources),
        str(latest.manifest["made_with"]["miaopu"]),
        latest.started,
    )
    return write_sheets([first, *sheets], Path(path), said)


def sheets_of(source: Source, lang: str) -> list[Sheet]:
    """The sheets of one folder, those that there are figures for."""
    if isinstance(source, ForecastSource):
        made = (make(source.results, lang) for make in _OF_A_FORECAST)
        return [sheet for sheet in made if sheet is not None]
    return _of_an_experiment(source, lang) if isinstance(source, ExperimentSource) else []


def _of_an_experiment(source: ExperimentSource, lang: str) -> list[Sheet]:
    if source.kind == "compare":
        return sheets_compare.compare_sheets(source, lang)
    if source.kind == "sensitivity":
        return sheets_sensitivity.sensitivity_sheets(source, lang)
    return []


def _named(sheets: Sequence[Sheet], lang: str) -> list[Sheet]:
    """The sheets with names that differ from each other and from the first sheet's."""
    names = sheet_names([NAME.of(lang), *(sheet.name for sheet in sheets)])[1:]
    return [replace(sheet, name=name) for sheet, name in zip(sheets, names, strict=True)]
