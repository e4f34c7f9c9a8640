"""How able organizations are on average, month by month, and in which of the four parts."""

from __future__ import annotations

from ..experiments.store import Results
from ..model.text import Text
from . import baseline, style
from .calendar_axis import time_axis
from .fan import Drawing, at, draw_fan
from .reading import Facts, facts, label, long_bands, present

WHOLE = "capability"
SCORE = Text("平均得分（0–1分）", "mean score (0 to 1)")


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the folder has no capability."""
    known = facts(results)
    names = present(results.months, [WHOLE, *style.PARTS])
    if WHOLE not in names:
        return None
    data = long_bands(results.months, names)
    shown = {name: data[data["indicator"] == name] for name in names}
    title, subtitle = _headline(known, shown, lang)
    grey = baseline.bands_without(results, WHOLE)
    notes = [style.BAND.of(lang), _note(lang)]
    if grey is not None:
        notes.insert(1, baseline.NOTE.of(lang))
    figure = style.sheet(known, lang, title, subtitle, notes, style.HALF_PAGE + (8 if grey is not None else 0))
    if grey is not None:
        baseline.draw_key(figure, lang, [style.CAPABILITY])
    panels = figure.subplots(1, 2, sharey=True)
    baseline.draw_baseline(panels[0], grey)
    draw_fan(panels[0], shown[WHOLE], style.CAPABILITY)
    panels[0].set_title(label(WHOLE, lang), color=style.CAPABILITY)
    for name in names[1:]:
        panels[1].plot(
            shown[name]["month"] + 1,
            shown[name]["p50"],
            color=style.PARTS[name],
            linewidth=1.3,
            label=label(name, lang),
        )
    panels[1].set_title(Text("四个方面（中位数）", "its four parts (medians)").of(lang))
    for axes in panels:
        time_axis(axes, known, lang)
        axes.grid(axis="y")
        axes.tick_params(axis="y", length=0)
    panels[0].set_ylabel(SCORE.of(lang))
    data = baseline.both(data, None if grey is None else grey.assign(indicator=WHOLE))
    low, high = data[["p05", "p50"]].min().min(), data[["p95", "p50"]].max().max()
    panels[0].set_ylim(max(0.0, low - 0.05), min(1.0, high + 0.05))
    panels[1].legend(loc="upper left", bbox_to_anchor=(-0.02, -0.16), ncols=2)
    return Drawing(figure, data)


def _headline(known: Facts, shown: dict, lang: str) -> tuple[str, str]:
    end = known.months - 1 if known.deadline is None else known.deadline
    first, then = at(shown[WHOLE], 0), at(shown[WHOLE], end)
    low, high = at(shown[WHOLE], end, "p05"), at(shown[WHOLE], end, "p95")
    title = Text(
        f"组织能力平均得分：中位数由{first:.2f}变为{known.month(end, 'zh')}底的{then:.2f}",
        f"Mean capability: median {first:.2f} at the start, {then:.2f} at the end of {known.month(end, 'en')}",
    )
    subtitle = Text(
        f"{known.month(end, 'zh')}底90%范围{low:.2f}～{high:.2f}",
        f"90 % range at the end of {known.month(end, 'en')}: {low:.2f}–{high:.2f}",
    )
    return title.of(lang), subtitle.of(lang)


def _note(lang: str) -> str:
    return Text(
        "按实际活动的备案和登记组织计算；纵轴不从0开始。",
        "Over active filed and registered organizations; the vertical axis does not begin at 0.",
    ).of(lang)
