"""Which share of the streets has a hub, month by month, against the target; nominal and effective."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import baseline, style
from .calendar_axis import time_axis
from .fan import Drawing, as_shares, at, draw_fan, target_line
from .reading import HUBS, HUBS_EFFECTIVE, Facts, bands, counting_note, facts, hub_targets, label, present
from .tables import sure
from .words import bracketed, counted, percent, span, threshold

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS = {HUBS: "nominal", HUBS_EFFECTIVE: "effective"}
COVERED = Text("括号内为概率的区间：", "In brackets: ")


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the folder has no coverage."""
    known, targets = facts(results), hub_targets(results)
    shown = {name: bands(results.months, name) for name in present(results.months, list(KINDS))}
    if HUBS not in shown:
        return None
    title, subtitle = _headline(known, shown, targets, lang)
    grey = {name: band for name in shown if (band := baseline.bands_without(results, name)) is not None}
    notes = [style.BAND.of(lang), counting_note(HUBS, lang), _covers(targets, lang)]
    if grey:
        notes.insert(1, baseline.NOTE.of(lang))
    figure = style.sheet(known, lang, title, subtitle, notes, style.HALF_PAGE + (12 if grey else 0))
    if grey:
        baseline.draw_key(figure, lang, [style.COUNTED[KINDS[name]] for name in shown])
    panels = figure.subplots(1, len(shown), sharey=True, squeeze=False)[0]
    for axes, (name, band) in zip(panels, shown.items(), strict=True):
        target = targets.get(KINDS[name])
        without = None if target is None else baseline.row_without(results, target)
        _panel(axes, known, KINDS[name], band, target, without, lang)
        baseline.draw_baseline(axes, grey.get(name))
    panels[0].set_ylabel(label(HUBS, lang))
    return Drawing(figure, _data(shown, grey, targets, baseline_targets(results, targets)))


def baseline_targets(results: Results, targets: dict[str, pd.Series]) -> dict[str, pd.Series]:
    """The same targets without the plan, by what they count; those that are unknown left out."""
    return {kind: row for kind, own in targets.items() if (row := baseline.row_without(results, own)) is not None}


def _panel(
    axes: Axes, known: Facts, kind: str, band: pd.DataFrame, target: pd.Series | None, without: pd.Series | None,
    lang: str,
) -> None:  # fmt: skip
    colour = style.COUNTED[kind]
    draw_fan(axes, band, colour)
    as_shares(axes, lang)
    time_axis(axes, known, lang, width=64)
    words = counted(kind).of(lang)
    if target is not None:
        aim = Text("目标", "target ").of(lang) + threshold(target["threshold"], lang)
        target_line(axes, target["threshold"], aim.replace(" ", "\n", 1) if lang == "en" else aim)
        words += Text("：达标概率", ": P(reached) = ").of(lang) + sure(target, lang)
        if without is not None:
            words += "\n" + baseline.WITHOUT.of(lang) + Text("：", ": ").of(lang) + sure(without, lang)
    axes.set_title(words, color=colour)


def _headline(
    known: Facts, shown: dict[str, pd.DataFrame], targets: dict[str, pd.Series], lang: str
) -> tuple[str, str]:
    target = targets.get("nominal")
    due = known.index(str(target["deadline"])) if target is not None else None
    month = known.months - 1 if due is None else min(due, known.months - 1)
    date = known.month(month, lang)
    if target is not None and due is not None:
        aim, told = threshold(target["threshold"], lang), sure(target, lang)
        title = Text(
            f"到{date}底，枢纽覆盖率（名义口径）达到{aim}的概率为{told}",
            f"Nominal hub coverage reaches {aim} by {date} with probability {told}",
        )
    else:
        middle = percent(at(shown[HUBS], month), lang)
        title = Text(f"枢纽覆盖率：{date}底中位数{middle}", f"Hub coverage at the end of {date}: median {middle}")
    parts = []
    for name, band in shown.items():
        low, middle, high = (percent(at(band, month, column), lang) for column in ("p05", "p50", "p95"))
        kind = counted(KINDS[name]).of(lang)
        said = Text(f"{kind}中位数{middle}", f"{kind} median {middle}").of(lang)
        parts.append(bracketed(said, Text("90%范围", "90 % range ").of(lang) + span(low, high, lang), lang))
    told = Text(f"{date}底：" + "；".join(parts), f"End of {date}: " + "; ".join(parts))
    return title.of(lang), told.of(lang)


def _covers(targets: dict[str, pd.Series], lang: str) -> str:
    said = dict.fromkeys(str(row[f"covers_{lang}"]) for row in targets.values())
    end = "。" if lang == "zh" else "."
    return COVERED.of(lang) + Text("；", "; ").of(lang).join(said) + end if said else ""


def _data(
    shown: dict[str, pd.DataFrame],
    grey: dict[str, pd.DataFrame],
    targets: dict[str, pd.Series],
    without: dict[str, pd.Series],
) -> pd.DataFrame:
    parts = []
    for scenario, tables, rows in (("plan", shown, targets), ("baseline", grey, without)):
        for name, band in tables.items():
            part = band.copy()
            part.insert(0, "indicator", name)
            part.insert(0, "scenario", scenario)
            target = rows.get(KINDS[name])
            if target is not None:
                for column in ("threshold", "deadline", "probability", "probability_low", "probability_high"):
                    part[column] = target[column]
            parts.append(part)
    return pd.concat(parts, ignore_index=True)
