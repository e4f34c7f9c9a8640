"""What funders pay for, year by year, and what hubs and organizations receive, spend and keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import style
from .fan import Drawing
from .money import REST, flows, instrument_label, paid_by_instrument
from .reading import Facts, facts
from .words import money_unit, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = len(style.KINDS) - 1
STACK_WIDTH = 78.0  # mm
FLOWS = {
    "in": Text("收入", "received"),
    "out": Text("支出", "spent"),
    "held": Text("结余变化（自期初累计）", "held (change since the start)"),
}
FLOW_COLOURS = {"in": "#4477AA", "out": "#BBBBBB", "held": style.INK}


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where no money moves."""
    paid = paid_by_instrument(results, MOST)
    if paid.empty:
        return None
    known, moved = facts(results), flows(results)
    each, unit = money_unit(max(paid.sum().max(), moved["p50"].abs().max()), lang)
    title, subtitle = _headline(paid, each, unit, lang)
    figure = style.sheet(known, lang, title, subtitle, [_note(lang)], style.HALF_PAGE + 4)
    left, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
    _stack(left, paid / each, lang)
    _in_and_out(right, moved, each, lang)
    for axes in (left, right):
        axes.set_ylabel(unit)
        axes.grid(axis="y")
        axes.tick_params(axis="both", length=0)
        axes.yaxis.set_major_formatter(lambda value, _: number(float(value), "en"))
        if known.deadline is not None:
            _shade(axes, known, [int(year) for year in paid.columns])
    return Drawing(figure, _data(paid, moved))


def _stack(axes: Axes, paid: pd.DataFrame, lang: str) -> None:
    """Bars of each year, the largest instrument at the bottom."""
    years, floor = np.arange(len(paid.columns)), np.zeros(len(paid.columns))
    for place, (name, row) in enumerate(paid.iterrows()):
        colour = style.REST if name == REST else style.KINDS[place]
        axes.bar(
            years,
            row,
            0.72,
            bottom=floor,
            color=colour,
            label=instrument_label(str(name), lang),
            linewidth=0.3,
            edgecolor="white",
        )
        floor += row.to_numpy()
    axes.set_xticks(years, labels=[str(year) for year in paid.columns])
    axes.set_title(Text("各年拨付，按支持方式（均值）", "paid per year, by instrument (means)").of(lang))
    axes.set_ylim(0, floor.max() * 1.05)
    size = style.FOOT + 0.5
    widest = max(style.breadth(instrument_label(str(name), lang), size) for name in paid.index)
    columns = int(STACK_WIDTH // (widest + 8)) or 1
    axes.legend(loc="upper left", bbox_to_anchor=(-0.02, -0.1), ncols=columns, fontsize=size, columnspacing=1.0)


def _in_and_out(axes: Axes, moved: pd.DataFrame, each: float, lang: str) -> None:
    """Money received and spent side by side, a line for what is kept; whiskers hold 90 % of the runs."""
    for shift, name in ((-0.2, "in"), (0.2, "out")):
        row = moved[moved["flow"] == name]
        spread = np.abs(row[["p05", "p95"]].to_numpy().T - row["p50"].to_numpy()) / each
        axes.bar(
            np.arange(len(row)) + shift,
            row["p50"] / each,
            0.36,
            color=FLOW_COLOURS[name],
            yerr=spread,
            error_kw={"elinewidth": 0.7, "ecolor": style.SOFT},
            label=FLOWS[name].of(lang),
        )
    held = moved[moved["flow"] == "held"]
    axes.plot(
        np.arange(len(held)),
        held["p50"] / each,
        color=FLOW_COLOURS["held"],
        marker="o",
        markersize=3,
        linewidth=1.2,
        label=FLOWS["held"].of(lang),
    )
    axes.axhline(0, color=style.SOFT, linewidth=0.6)
    axes.set_xticks(np.arange(len(held)), labels=[str(year) for year in held["year"]])
    axes.set_title(Text("枢纽和组织的收支与结余（中位数）", "hubs and organizations (medians)").of(lang))
    axes.legend(loc="upper left", bbox_to_anchor=(-0.02, -0.1), ncols=1, fontsize=style.FOOT + 0.5)


def _shade(axes: Axes, known: Facts, years: list[int]) -> None:
    """Shade the years after the deadline, and keep the bars' room."""
    last = known.year_month(known.deadline or 0)[0]
    axes.set_xlim(-0.6, len(years) - 0.4)
    if last < years[-1]:
        axes.axvspan(last - years[0] + 0.5, len(years) - 0.4, color=style.AFTER, zorder=0, linewidth=0)


def _headline(paid: pd.DataFrame, each: float, unit: str, lang: str) -> tuple[str, str]:
    total = paid.to_numpy().sum()
    largest, share = paid.index[0], paid.iloc[0].sum() / total
    first, last = paid.columns[0], paid.columns[-1]
    name, amount = instrument_label(str(largest), lang), number(total / each, "en")
    title = Text(
        f"{first}—{last}年共拨付{amount}{unit}（均值），最大一项为{name}，占{percent(share, 'zh')}",
        f"Paid in {first}–{last}: {amount} {unit} (mean); most for {name}, {percent(share, 'en')}",
    )
    per_year = number(total / len(paid.columns) / each, "en")
    return title.of(lang), Text(f"年均{per_year}{unit}", f"{per_year} {unit} per year").of(lang)


def _note(lang: str) -> str:
    return Text(
        "左图为各类出资方的拨付，不含其他单位承接的项目。右图为枢纽组织和社区社会组织合计，收入含拨款、捐赠和自营收入，相互支付已抵销；"
        "须线为90%范围。阴影为期限之后。",
        "Left: what funders pay, other contractors apart. Right: hubs and organizations together; received "
        "includes donations and "
        "earned income, what they pay each other is left out; whiskers hold 90 % of runs. Shaded: after the "
        "deadline.",
    ).of(lang)


def _data(paid: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    """Both panels in one table: panel, item, year, statistic, yuan."""
    left = paid.rename_axis("item").reset_index().melt("item", var_name="year", value_name="yuan")
    left.insert(0, "panel", "paid by instrument")
    left["statistic"] = "mean"
    right = moved.rename(columns={"flow": "item"}).melt(["item", "year"], var_name="statistic", value_name="yuan")
    right.insert(0, "panel", "hubs and organizations")
    return pd.concat([left, right], ignore_index=True)[["panel", "item", "year", "statistic", "yuan"]]
