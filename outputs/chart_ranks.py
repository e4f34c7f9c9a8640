"""Simulation-based calibration: ranks of the truth within the posterior, which should be even."""

from __future__ import annotations

from ..model.text import Text
from . import style
from .calibration_tables import Calibration
from .calibration_words import parameter_label
from .fan import Drawing

COLUMNS, PANEL = 3, 40.0


def draw_ranks(known: Calibration, lang: str) -> Drawing | None:
    """A histogram of ranks for each parameter, with the band that holds 99 % of counts where all is well."""
    table = known.get("sbc")
    if table is None:
        return None
    names = list(dict.fromkeys(table["parameter"]))
    out = (table["count"] < table["low"]) | (table["count"] > table["high"])
    title = Text(
        f"{len(table)}组秩的频数中，{int(out.sum())}组超出99%带",
        f"{int(out.sum())} of {len(table)} rank counts lie outside the 99 % band",
    )
    subtitle = Text("基于模拟的校准检验：真值在后验中的秩", "Simulation-based calibration: ranks of the truth")
    note = Text(
        "横轴为真值在后验抽样中的名次，由低到高分组；一切正确时各组同样多。灰带为单组的99%范围，仅凭随机每百组约有一组超出；超出的组以橙色标出。"
        "中间低、两端高：区间过窄；中间高：过宽；一边倒：有偏。",
        "Across: where the truth ranks among posterior draws, low to high; even if all is well. Grey: 99 % range of "
        "one count, which about one in a hundred leaves by chance; those that do are orange. A valley: ranges too "
        "narrow; a hill: too wide; a slope: bias.",
    )
    down = -(-len(names) // COLUMNS)
    figure = style.sheet(known, lang, title.of(lang), subtitle.of(lang), [note.of(lang)], content=down * PANEL)
    grid = figure.subplots(down, COLUMNS, squeeze=False, sharey=True).ravel()
    for axes in grid[len(names) :]:
        axes.set_axis_off()
    most = 1.1 * max(table["count"].max(), table["high"].max())
    for place, (axes, name) in enumerate(zip(grid, names, strict=False)):
        mine = table[table["parameter"] == name]
        outside = (mine["count"] < mine["low"]) | (mine["count"] > mine["high"])
        colours = [style.AT_RISK if bad else style.NOMINAL for bad in outside]
        ends = (float(mine["bin"].min()) - 0.5, float(mine["bin"].max()) + 0.5)
        band = (float(mine["low"].iloc[0]), float(mine["high"].iloc[0]))
        axes.fill_between(ends, *band, color=style.REST, alpha=0.5, linewidth=0)
        axes.bar(mine["bin"], mine["count"], 0.8, color=colours, alpha=0.85)
        axes.axhline(mine["count"].mean(), color=style.INK, linewidth=0.8, linestyle=(0, (3, 2)))
        axes.set_xlim(*ends)
        axes.set_ylim(0, most)
        axes.set_xticks(ends, labels=[Text("最低", "lowest").of(lang), Text("最高", "highest").of(lang)])
        axes.tick_params(axis="x", length=0)
        for label, side in zip(axes.get_xticklabels(), ("left", "right"), strict=True):
            label.set_ha(side)
        axes.set_title("\n".join(style.broken(parameter_label(name, lang), 48.0, style.TEXT, "bold")), size=style.TEXT)
        if place % COLUMNS == 0:
            axes.set_ylabel(Text("数据集个数", "data sets").of(lang))
    return Drawing(figure, table)
