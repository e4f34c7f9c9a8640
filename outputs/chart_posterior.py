"""What the data say of the fitted parameters: each by itself against its prior, and in pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..model.priors import Prior
from ..model.text import Text
from ..model.vocabulary import parameters
from . import style
from .calibration_figures import plain
from .calibration_tables import Calibration
from .calibration_words import parameter_label, unit_label
from .fan import Drawing
from .row_chart import ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS, PANEL, CELL = 3, 46.0, 27.0  # panels across; mm high; mm of a pair
PRIOR, POSTERIOR = "#999999", style.NOMINAL
BINS, STEPS = 24, 400


def draw_marginals(known: Calibration, lang: str) -> Drawing | None:
    """A histogram of each parameter's posterior with the density of its prior."""
    sets, table = known.sets, known.get("contraction")
    if sets is None or table is None:
        return None
    half = int((table["contraction"] > 0.5).sum())
    title = Text(
        f"{len(table)}个拟合参数中，数据使{half}个的方差缩小一半以上",
        f"The data more than halve the variance of {half} of the {len(table)} fitted parameters",
    )
    subtitle = Text("各拟合参数的后验与先验", "Posterior and prior of each fitted parameter")
    note = Text(
        "柱：后验；灰色：先验密度；下方横线：90%范围，上为先验，下为后验。收缩＝1－后验方差／先验方差（先验为标准正态的尺度上）；"
        "接近0表示数据没有提供信息。先验两侧宽度不同的，密度在中位数处有折。",
        "Bars: posterior. Grey: density of the prior. Lines below: 90 % ranges, prior above posterior. Contraction: 1 "
        "− posterior variance over prior variance, on the scale where the prior is standard normal; near 0 the data "
        "say nothing. A prior whose halves differ in width has a step at its median.",
    )
    down = -(-len(table) // COLUMNS)
    figure = style.sheet(known, lang, title.of(lang), subtitle.of(lang), [note.of(lang)], content=down * PANEL)
    grid = figure.subplots(down, COLUMNS, squeeze=False).ravel()
    for axes in grid[len(table) :]:
        axes.set_axis_off()
    for axes, (_, row) in zip(grid, table.iterrows(), strict=False):
        _marginal(axes, row, sets, lang)
    return Drawing(figure, table)


def _marginal(axes: Axes, row: pd.Series, sets: pd.DataFrame, lang: str) -> None:
    name = str(row["parameter"])
    one, values = parameters()[name], sets[name].to_numpy()
    low, high = (min(one.prior.ppf(0.005), values.min()), max(one.prior.ppf(0.99), values.max()))
    edges = np.linspace(low, high, BINS + 1)
    share, _ = np.histogram(values, edges, weights=sets["weight"] / sets["weight"].sum())
    wide = edges[1] - edges[0]
    axes.bar(edges[:-1], share, wide * 0.94, align="edge", color=POSTERIOR, alpha=0.75)
    at, density = _density(one.prior, low, high)
    axes.fill_between(at, density * wide, color=PRIOR, alpha=0.30, linewidth=0)
    axes.plot(at, density * wide, color=PRIOR, linewidth=1.0)
    top = max(share.max(), (density * wide).max())
    for place, (kind, colour) in enumerate((("prior", PRIOR), ("posterior", POSTERIOR))):
        y = -top * (0.07 + 0.075 * place)
        axes.plot([row[f"{kind}_p05"], row[f"{kind}_p95"]], [y, y], color=colour, linewidth=2.4, solid_capstyle="butt")
        axes.plot(row[f"{kind}_median"], y, "o", color=colour, markersize=3.5)
    axes.set_ylim(-top * 0.22, top * 1.22)
    axes.set_xlim(low, high)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([tick for tick in ticks(low, high, 4) if tick < high - 0.04 * (high - low)])
    axes.xaxis.set_major_formatter(lambda value, _: plain(float(value)))
    axes.set_xlabel(unit_label(one.unit, lang), size=style.FOOT + 0.5, labelpad=1.0)
    lines = style.broken(one.label.of(lang), 46.0, style.TEXT, "bold")
    axes.set_title("\n".join(lines), size=style.TEXT, linespacing=1.1)
    shrunk = f"{row['contraction']:.2f}".replace("-", "−")
    said = Text(f"收缩 {shrunk}", f"contraction {shrunk}").of(lang)
    axes.text(1, 1, said, ha="right", va="top", transform=axes.transAxes, size=style.FOOT + 0.5, color=style.SOFT)


def _density(prior: Prior, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """The prior's density between two ends, from steps of its distribution."""
    shares = np.linspace(0.001, 0.999, STEPS)
    at = np.array([prior.ppf(float(share)) for share in shares])
    middle, density = (at[1:] + at[:-1]) / 2, np.diff(shares) / np.maximum(np.diff(at), 1e-12)
    smooth = np.convolve(density, np.ones(9) / 9, mode="valid")
    inside = (middle[4:-4] >= low) & (middle[4:-4] <= high)
    return middle[4:-4][inside], smooth[inside]


def draw_pairs(known: Calibration, lang: str) -> Drawing | None:
    """Every pair of fitted parameters: parameter sets below the diagonal, correlations above it."""
    sets, table = known.sets, known.get("pairs")
    if sets is None or table is None:
        return None
    names = [name for name in sets.columns if name != "weight"]
    first = table.loc[table["correlation"].abs().idxmax()]
    both = [parameter_label(first[f"parameter_{end}"], lang) for end in "ab"]
    value = f"{first['correlation']:+.2f}".replace("-", "−")
    title = Text(
        f"相关最强的一对：{both[0]}与{both[1]}（{value}）", f"Most closely tied: {both[0]} and {both[1]} ({value})"
    )
    subtitle = Text("后验参数组，两两相对", "Parameter sets of the posterior, two by two")
    note = Text(
        "左下：每点一组参数，点的大小为权重，横纵坐标为该参数的秩；右上：后验相关系数。数据只确定一对参数的组合而不能分开两者时，"
        "点排成一条斜带。",
        "Below the diagonal: a dot for each set, its size the weight, at the ranks of its values. Above: posterior "
        "correlations. Where the data fix only a combination of two parameters, the dots lie along a slant.",
    )
    side = CELL * len(names)
    figure = style.sheet(known, lang, title.of(lang), subtitle.of(lang), [note.of(lang)], content=min(side, 165.0))
    figure.get_layout_engine().set(w_pad=0.01, h_pad=0.01, wspace=0, hspace=0)  # pyright: ignore
    grid = figure.subplots(len(names), len(names), squeeze=False)
    ranks = sets[names].rank(pct=True)
    size = 9.0 * sets["weight"] / sets["weight"].max()
    for down, one in enumerate(names):
        for across, other in enumerate(names):
            axes = grid[down][across]
            axes.set_xticks([])
            axes.set_yticks([])
            if down == across:
                _named(axes, parameter_label(one, lang), 150.0 / len(names))
            elif down > across:
                axes.scatter(ranks[other], ranks[one], s=size, color=POSTERIOR, alpha=0.45, linewidths=0)
            else:
                _correlation(axes, table, one, other)
    return Drawing(figure, table)


def _named(axes: Axes, label: str, width: float) -> None:
    axes.set_axis_off()
    lines = style.broken(label, width, style.TEXT - 0.5, "bold")
    axes.text(0.5, 0.5, "\n".join(lines), ha="center", va="center", size=style.TEXT - 0.5, transform=axes.transAxes,
              weight="bold")  # fmt: skip


def _correlation(axes: Axes, table: pd.DataFrame, one: str, other: str) -> None:
    for spine in axes.spines.values():
        spine.set_visible(False)
    mine = table[((table["parameter_a"] == one) & (table["parameter_b"] == other))
                 | ((table["parameter_a"] == other) & (table["parameter_b"] == one))]  # fmt: skip
    if mine.empty:
        return
    value = float(mine["correlation"].iloc[0])
    shade = min(1.0, abs(value))
    axes.set_facecolor(style.chances()(shade))
    axes.text(0.5, 0.5, f"{value:+.2f}".replace("-", "−"), ha="center", va="center", transform=axes.transAxes,
              color=style.readable_on(shade))  # fmt: skip
