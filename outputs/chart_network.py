"""Who is tied to whom in one run: bureaus, hubs with organizations around them, mentors; in a province by region."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..experiments.store import Results
from ..model.text import Text
from . import style
from .chart_network_regions import KEY as REGION_KEY
from .chart_network_regions import by_region, draw_regions, height_of
from .fan import Drawing
from .network_facts import NetworkFacts, count, tables
from .network_layout import LABEL, Places, names_of, place, sizes_of
from .reading import facts
from .row_chart import END, blank, hold
from .words import percent, quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_HUBS = 130  # more than these are drawn by region
KEY, FUNDERS = 13.0, 4.4  # mm: the key, a line of funders whose payments are not kept
STATUS = {
    "working": (style.EFFECTIVE, Text("运转良好的枢纽", "working hub")),
    "nominal": (style.NOMINAL, Text("只有名义的枢纽", "hub in name only")),
    "idle": (style.REST, Text("停摆的枢纽", "idle hub")),
}
STAGES = {
    "nascent": Text("初创期", "nascent"),
    "growing": Text("成长期", "growing"),
    "mature": Text("成熟期", "mature"),
    "brand": Text("品牌", "brand"),
}
COLOURS = {name: style.STAGES["brand_organizations" if name == "brand" else name] for name in STAGES}
PAYS, MENTORS = "#8A6D1F", "#117733"
ONE_RUN = Text(
    "图为一次推演：名义覆盖率最接近中位数的那一次，{month}底的情形；用来看结构，不用来看某一家。没有联系的组织不画。",
    "A single run, the one whose nominal coverage is nearest the median, at the end of {month}: good for the pattern, "
    "not for any one organization. Organizations without a link are not drawn.",
)
UNKNOWN = Text(
    "只画模型确有记录的联系：区级民政经费拨给枢纽的款项只在能够确定的月份记录；其他资金拨给了哪家组织没有记录，不画线。",
    "Only what the model keeps is drawn: a bureau's payment to a hub where it is certain; which organization other "
    "money went to is not kept, so there is no line.",
)


def draw(results: Results, lang: str) -> Drawing | None:
    """The chart, or nothing where the folder keeps no network."""
    nodes, links = tables(results)
    told = results.manifest.get("network")
    if nodes.empty or not told:
        return None
    known, found = facts(results), count(nodes, links, int(told["organizations"]))
    title, subtitle = _headline(found, lang)
    month = Text(known.month(int(told["month"]), "zh"), known.month(int(told["month"]), "en"))
    run = Text(ONE_RUN.zh.format(month=month.zh), ONE_RUN.en.format(month=month.en))
    notes = [run.of(lang), UNKNOWN.of(lang)]
    if found.hubs > MOST_HUBS:
        data = by_region(nodes, links, results.places, lang)
        room = REGION_KEY + height_of(data)
        figure = style.sheet(known, lang, title, subtitle, notes, content=room)
        sheet = blank(figure, room)
        draw_regions(sheet, data, {name: colour for name, (colour, _) in STATUS.items()}, lang)
        hold(sheet)
        return Drawing(figure, data)
    places = place(nodes, links, END)
    unlinked = nodes[(nodes["kind"] == "funder") & (nodes["district"] < 0)]
    room = KEY + (FUNDERS * 2 if len(unlinked) else 0) + places.high + 2
    figure = style.sheet(known, lang, title, subtitle, notes, content=room)
    sheet = blank(figure, room)
    _key(sheet, lang)
    top = KEY + (_funders(sheet, unlinked, lang) if len(unlinked) else 0.0)
    blocks = results.places[results.places["level"] == "district"]
    _payments(sheet, top, places, nodes, links, names_of(blocks, lang))
    _marks(sheet, top, places, nodes, links)
    hold(sheet)
    return Drawing(figure, _data(nodes, links, places, top))


def _headline(found: NetworkFacts, lang: str) -> tuple[str, str]:
    share = percent(found.share, lang, 0 if found.share >= 0.095 else 1)
    title = Text(
        f"{found.living:,}个存活组织中，{share}由枢纽孵化或代管资金；{found.hubs:,}个枢纽中{found.bare:,}个两样都没有",
        f"{share} of {found.living:,} living organizations are hosted by a hub; {found.bare:,} of {found.hubs:,} hubs "
        "have no organization",
    )
    middle = f"{found.median:g}"
    if found.mentors:
        zh, en = f"{found.mentors:,}家组织带{found.mentored:,}家", f"{found.mentors:,} mentor {found.mentored:,} others"
    else:
        zh, en = "无结对帮带", "nobody mentors"
    sub = Text(
        f"每个枢纽联系的组织：中位数{middle}个，最多{found.most:,}个；在孵{found.incubated:,}个；{zh}；"
        f"相互连通的部分{found.components:,}个，最大的含{percent(found.largest, 'zh')}的节点",
        f"Organizations per hub: median {middle}, at most {found.most:,}; {found.incubated:,} incubated; {en}; "
        f"{found.components:,} connected parts, the largest with {percent(found.largest, 'en')} of the nodes",
    )
    return title.of(lang), sub.of(lang)


def _key(sheet: Axes, lang: str) -> None:
    size, x = style.TEXT - 0.5, 0.0
    for colour, said in STATUS.values():
        sheet.plot(x + 1.5, 2, "o", color=colour, markersize=6, markeredgecolor="white", markeredgewidth=0.5)
        sheet.text(x + 4, 2, said.of(lang), va="center", size=size)
        x += 8 + style.breadth(said.of(lang), size)
    said = Text("越大联系的组织越多", "larger: more organizations").of(lang)
    sheet.text(x - 1, 2, said, va="center", size=style.FOOT, color=style.SOFT)
    x, words = 0.0, Text("周围的组织：", "organizations around: ").of(lang)
    sheet.text(0, 6.4, words, va="center", size=size)
    x = style.breadth(words, size) + 2
    for name, said in STAGES.items():
        sheet.plot(x, 6.4, "o", color=COLOURS[name], markersize=3.2, markeredgewidth=0)
        sheet.text(x + 2, 6.4, said.of(lang), va="center", size=size)
        x += 6 + style.breadth(said.of(lang), size)
    x = 0.0
    for look, said in (
        ({"color": PAYS, "linewidth": 1.2}, Text("区级民政经费拨给枢纽", "bureau pays hub")),
        ({"color": style.SOFT, "linewidth": 0.7}, Text("枢纽孵化组织", "hub incubates")),
        ({"color": MENTORS, "linewidth": 0.9}, Text("组织结对帮带", "organization mentors")),
    ):
        sheet.plot([x, x + 5], [10.8, 10.8], **look)
        sheet.text(x + 6.5, 10.8, said.of(lang), va="center", size=size)
        x += 11 + style.breadth(said.of(lang), size)
    said = Text("挨着而无线：枢纽代管其资金", "beside it, no line: hub holds its money").of(lang)
    sheet.text(x, 10.8, said, va="center", size=size)


def _funders(sheet: Axes, rows: pd.DataFrame, lang: str) -> float:
    """Funders that paid organizations, and how much in the last year; whom is not kept. Returns their height."""
    head = Text(
        "近一年拨给组织的其他资金（去向无记录）：",
        "Other money to organizations in the last year, to whom is not kept: ",
    )
    words = []
    for _, row in rows.iterrows():
        paid = quantity(float(row["amount"]), "yuan", lang) if row["amount"] == row["amount"] else "—"
        words.append(f"{row[f'label_{lang}']} {paid}")
    said = head.of(lang) + Text("、", ", ").of(lang).join(words)
    lines = style.broken(said, END - 2, style.FOOT + 0.3)[:2]
    for step, line in enumerate(lines):
        sheet.text(0, KEY + 1.5 + 3.3 * step, line, va="center", size=style.FOOT + 0.3, color=PAYS)
    return 2 * FUNDERS


def _payments(
    sheet: Axes, top: float, places: Places, nodes: pd.DataFrame, links: pd.DataFrame, names: list[list[str]]
) -> None:
    """Below each line of hubs what their bureau pays: from its square along a bus, up to every hub that is paid."""
    paid = set(links.loc[links["relation"] == "pays", "target"])
    radius = {node: core for node, core in zip(nodes["node"], _cores(nodes, links), strict=True)}
    for district, lines in places.rows:
        first = top + lines[0][0]
        for step, line in enumerate(names[district]):
            y = first - 0.2 + 2.9 * (step - (len(names[district]) - 1) / 2)
            sheet.text(LABEL, y, line, ha="right", va="center", size=style.FOOT + 0.5, weight="bold")
        x, ys = places.at[f"district:{district}"][0], []
        for bus, hubs in lines:
            ends = [hub for hub in hubs if hub in paid]
            if not ends:
                continue
            y = top + bus
            ys.append(y)
            sheet.plot([x, max(places.at[hub][0] for hub in ends)], [y, y], color=PAYS, linewidth=0.9, zorder=1)
            for hub in ends:
                a, b = places.at[hub]
                sheet.plot([a, a], [y, top + b + radius[hub]], color=PAYS, linewidth=0.9, zorder=1.2)
        if ys:
            sheet.plot([x, x], [ys[0], ys[-1]], color=PAYS, linewidth=0.9, zorder=1)
            sheet.plot(x, ys[0], "s", color=PAYS, markersize=5, zorder=2)


def _cores(nodes: pd.DataFrame, links: pd.DataFrame) -> list[float]:
    """The radius of each hub's mark (mm), growing with the number of its links."""
    return [min(1.3, 0.75 + 0.13 * math.log1p(size)) for size in sizes_of(nodes, links)]


def _marks(sheet: Axes, top: float, places: Places, nodes: pd.DataFrame, links: pd.DataFrame) -> None:
    """Lines of incubation and mentoring, then organizations, then hubs."""
    from matplotlib.collections import EllipseCollection, LineCollection

    at = {node: (x, top + y) for node, (x, y) in places.at.items()}
    for relation, colour, width in (("incubates", style.SOFT, 0.45), ("mentors", MENTORS, 0.7)):
        rows = links[links["relation"] == relation]
        ends = zip(rows["source"], rows["target"], strict=True)
        found = [[at[a], at[b]] for a, b in ends if a in at and b in at and not math.isnan(at[a][0] + at[b][0])]
        lines = LineCollection(found, colors=colour, linewidths=width, zorder=2.2)
        sheet.add_collection(lines, autolim=False)
    rows = nodes[(nodes["kind"] == "organization")]
    seen = rows[np.array([not math.isnan(at[node][0]) for node in rows["node"]], bool)]  # without any, an empty list
    hubs = nodes[nodes["kind"] == "hub"]
    radius = dict(zip(nodes["node"], _cores(nodes, links), strict=True))
    for part, wide, ink, layer in (
        (seen, [0.5] * len(seen), [COLOURS.get(stage, style.REST) for stage in seen["stage"]], 2.5),
        (hubs, [2 * radius[one] for one in hubs["node"]], [STATUS[one][0] for one in hubs["status"]], 3.0),
    ):
        dots = EllipseCollection(
            wide, wide, [0.0] * len(wide), units="xy", offsets=[at[one] for one in part["node"]],
            offset_transform=sheet.transData, facecolors=ink, edgecolors="white",
            linewidths=0.25 if layer > 2.6 else 0.0, zorder=layer,
        )  # fmt: skip
        sheet.add_collection(dots, autolim=False)


def _data(nodes: pd.DataFrame, links: pd.DataFrame, places: Places, top: float) -> pd.DataFrame:
    """A row per node: what it is, how many links it has, where it is drawn (mm from the upper left)."""
    nowhere = (math.nan, math.nan)
    spots = [places.at.get(node, nowhere) for node in nodes["node"]]
    kept = nodes[["node", "kind", "label_zh", "label_en", "district", "street", "status", "stage", "amount"]]
    found = kept.assign(links=sizes_of(nodes, links), x=[x for x, _ in spots], y=[top + y for _, y in spots])
    return found.round({"x": 4, "y": 4})
