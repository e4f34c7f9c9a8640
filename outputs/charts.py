"""All charts of a forecast, in the order in which a planner asks: drawn, and written with their numbers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd

from ..experiments.store import Results, open_results
from ..model.text import Text
from . import (
    chart_after,
    chart_capability,
    chart_coverage,
    chart_dates,
    chart_grid,
    chart_indicators,
    chart_money,
    chart_network,
    chart_organizations,
    chart_streets,
    chart_targets,
    chart_tiles,
    chart_town_country,
)
from .fan import Drawing
from .fonts import register_house_fonts
from .reading import facts
from .style import settle, theme

CHARTS: dict[str, Callable[[Results, str], Drawing | None]] = {
    "targets": chart_targets.draw,
    "dates": chart_dates.draw,
    "coverage": chart_coverage.draw,
    "indicators": chart_indicators.draw,
    "grid": chart_grid.draw,
    "streets": chart_streets.draw,
    "tiles": chart_tiles.draw,
    "organizations": chart_organizations.draw,
    "capability": chart_capability.draw,
    "town_country": chart_town_country.draw,
    "money": chart_money.draw,
    "network": chart_network.draw,
    "after": chart_after.draw,
}
FOLDER = "charts"
DRAWING = Text("绘制图表", "drawing charts")
Progress = Callable[[Text, int, int], None]


def draw_all(folder: Path | str, lang: str, progress: Progress | None = None) -> list[Path]:
    """Draw every chart that the results folder has numbers for into its charts/, in `lang` ("zh" or "en").

    Each as PNG, SVG and CSV (the numbers drawn). Returns the pictures and tables written. `progress` is told
    (stage, done, total). Equal results give equal bytes. Raises Refusal where `folder` holds no results.
    """
    results = open_results(folder)
    prepare(progress)
    written: list[Path] = []
    for done, name in enumerate(CHARTS):
        if progress is not None:
            progress(DRAWING, done, len(CHARTS))
        drawing = draw_one(results, name, lang)
        if drawing is not None:
            written += write(drawing, Path(folder) / FOLDER, name, marks(results, lang))
    if progress is not None:
        progress(DRAWING, len(CHARTS), len(CHARTS))
    return written


def prepare(progress: Progress | None = None) -> None:
    """Make the house font ready; the first time on a machine this takes some seconds and is told."""
    register_house_fonts(None if progress is None else lambda said: progress(said, 0, 1))


def draw_one(results: Results, name: str, lang: str) -> Drawing | None:
    """One chart in the house style, or nothing where the folder has no numbers for it."""
    return finished(lambda: CHARTS[name](results, lang))


def finished(draw: Callable[[], Drawing | None]) -> Drawing | None:
    """What `draw` draws, in the house style and laid out for good."""
    prepare()
    with matplotlib.rc_context(theme()):
        drawing = draw()
        if drawing is not None:
            settle(drawing.figure)
        return drawing


def marks(results: Results, lang: str) -> dict[str, str]:
    """What pictures say of themselves inside their files."""
    known = facts(results)
    return {"title": known.name.of(lang), "run": known.run_id, "version": known.version, "date": known.date}


def write(drawing: Drawing, folder: Path, name: str, said: dict[str, str]) -> list[Path]:
    """<name>.png, .svg and .csv in `folder`, each appearing whole."""
    folder.mkdir(parents=True, exist_ok=True)
    about = f"run {said['run']}, {said['date']}"
    png = {"Title": said["title"], "Description": about, "Software": f"miaopu {said['version']}"}
    svg = {
        "Title": said["title"],
        "Description": about,
        "Identifier": said["run"],
        "Creator": f"miaopu {said['version']}",
        "Date": None,
    }
    return [
        _picture(drawing, folder / f"{name}.png", png),
        _picture(drawing, folder / f"{name}.svg", svg),
        _numbers(drawing.data, folder / f"{name}.csv"),
    ]


def _picture(drawing: Drawing, path: Path, metadata: dict[str, Any]) -> Path:
    def save(part: Path) -> None:
        with matplotlib.rc_context(theme()):
            drawing.figure.savefig(part, format=path.suffix[1:], metadata=metadata)

    return _whole(path, save)


def _numbers(data: pd.DataFrame, path: Path) -> Path:
    """With a mark at the beginning by which Excel knows the Chinese."""
    return _whole(path, lambda part: data.to_csv(part, index=False, encoding="utf-8-sig", lineterminator="\n"))


def _whole(path: Path, save: Callable[[Path], None]) -> Path:
    """Write beside `path`, then take its name: nobody ever sees half a file."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    os.close(handle)
    try:
        save(Path(part))
        os.chmod(part, 0o644)
        os.replace(part, path)
    finally:
        Path(part).unlink(missing_ok=True)
    return path
