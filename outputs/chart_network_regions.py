"""The network of a province, by prefecture or district: how many hubs are paid, and whom they host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..model.text import Text
from . import style
from .network_facts import HOSTS, hosts_of
from .row_chart import END
from .words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LABEL, TALLEST, ROW = 26.0, 172.0, 11.5  # mm
LETTERS = 7.0  # points
KEY = 15.0
COLUMNS = {  # where circles stand, in mm: funders | hubs by status | organizations
    "bureaus_paying": 36.0,
    "hubs_working": 66.0,
    "hubs_nominal": 82.0,
    "hubs_idle": 98.0,
    "incubated": 128.0,
    "money_held": 146.0,
}
HEADS = {
    "bureaus_paying": Text("出资的区县", "paying bureaus"),
    "hubs_working": Text("运转良好", "working"),
    "hubs_nominal": Text("只有名义", "in name"),
    "hubs_idle": Text("停摆", "idle"),
    "incubated": Text("在孵组织", "incubated"),
    "money_held": Text("资金由枢纽代管", "money held"),
}
GROUPS = ((36.0, Text("出资方", "funders")), (82.0, Text("枢纽", "hubs")), (137.0, Text("组织", "organizations")))
PAYS, GUESTS = "#8A6D1F", style.STAGES["growing"]


def by_region(nodes: pd.DataFrame, links: pd.DataFrame, places: pd.DataFrame, lang: str) -> pd.DataFrame:
    """A row per prefecture (district where there is none): bureaus, hubs by status, hubs paid and with organizations,
    organizations by tie."""
    districts = places[places["level"] == "district"].sort_values("index")
    prefectures = places[places["level"] == "prefecture"].sort_values("index")
    region, names = districts["index"].to_numpy(), districts[f"name_{lang}"].astype(str).tolist()
    if len(prefectures):
        region, names = districts["parent"].to_numpy(), prefectures[f"name_{lang}"].astype(str).tolist()
    where = {node: int(region[d]) for node, d in zip(nodes["node"], nodes["district"], strict=True) if d >= 0}
    hubs = nodes[nodes["kind"] == "hub"]
    pays = links[links["relation"] == "pays"]
    sets = {
        "bureaus_paying": set(pays["source"]),
        **{f"hubs_{one}": set(hubs.loc[hubs["status"] == one, "node"]) for one in ("working", "nominal", "idle")},
        "hubs_paid": set(pays["target"]),
        "hubs_hosting": set(links.loc[links["relation"].isin(HOSTS), "source"]),
        "incubated": set(links.loc[links["relation"] == "incubates", "target"]),
        "money_held": set(links.loc[links["relation"] == "holds_money", "target"]),
        "tied": set(hosts_of(links)),
    }
    table = pd.DataFrame({"region": names})
    for name, found in sets.items():
        table[name] = np.bincount([where[one] for one in found if one in where], minlength=len(names))
    return table


def height_of(data: pd.DataFrame) -> float:
    """How high the rows are, in mm."""
    return len(data) * _row(data) + 2


def _row(data: pd.DataFrame) -> float:
    return min(ROW, TALLEST / len(data))


def draw_regions(sheet: Axes, data: pd.DataFrame, status: dict[str, str], lang: str) -> None:
    """A row per region: circles as large as the numbers, joined by bands as wide as the numbers of links."""
    _heads(sheet, lang)
    deep = _row(data)
    hosts, guests = data[[*COLUMNS][:4]].to_numpy().max(), data[["incubated", "money_held"]].to_numpy().max()
    linked = max(1, int(data[["hubs_paid", "hubs_hosting"]].to_numpy().max()))
    most = {name: max(1, guests if name in ("incubated", "money_held") else hosts) for name in COLUMNS}
    for place, (_, row) in enumerate(data.iterrows()):
        y = KEY + deep * (place + 0.5)
        if place:
            sheet.plot([0, END], [y - deep / 2] * 2, color=style.FAINT, linewidth=0.5)
        lines = style.broken(str(row["region"]), LABEL - 1, LETTERS, "bold")[:2]
        for step, line in enumerate(lines):
            shift = 2.9 * (step - (len(lines) - 1) / 2)
            sheet.text(LABEL, y + shift, line, ha="right", va="center", size=LETTERS, weight="bold")
        _band(sheet, y, 43.0, 54.0, int(row["hubs_paid"]), linked, deep, PAYS)
        _band(sheet, y, 107.0, 117.0, int(row["hubs_hosting"]), linked, deep, GUESTS)
        for name, x in COLUMNS.items():
            colour = status.get(name.removeprefix("hubs_"), PAYS if x < 50 else GUESTS)
            _circle(sheet, x, y, int(row[name]), most[name], deep, colour, lang)


def _heads(sheet: Axes, lang: str) -> None:
    said = Text(
        "圆面积与数目成正比，枢纽与组织各按一个比例；左侧色带为记录到拨款的枢纽数，右侧色带为联系着组织的枢纽数",
        "Areas of circles: numbers, hubs and organizations each to their own scale; band left: hubs known to be paid; "
        "right: hubs with organizations",
    )
    for step, line in enumerate(style.broken(said.of(lang), END, style.FOOT)[:2]):
        sheet.text(0, 1.4 + 2.9 * step, line, va="center", size=style.FOOT, color=style.SOFT)
    for x, group in GROUPS:
        sheet.text(x, 8.2, group.of(lang), ha="center", va="center", size=style.TEXT, weight="bold")
    for name, x in COLUMNS.items():
        sheet.text(x, 12.0, HEADS[name].of(lang), ha="center", va="center", size=style.FOOT)
    sheet.plot([0, END], [KEY - 0.6] * 2, color=style.SOFT, linewidth=0.8)


def _band(sheet: Axes, y: float, left: float, right: float, links: int, most: int, deep: float, colour: str) -> None:
    """A band as wide as the number, with the number on it."""
    if not links:
        return
    wide = 0.3 + 0.6 * deep * links / most
    sheet.fill_between([left, right], y - wide / 2, y + wide / 2, color=colour, alpha=0.25, linewidth=0, zorder=1)
    sheet.text(right + 0.6, y, number(links, "en"), va="center", size=style.FOOT, color=style.SOFT)


def _circle(sheet: Axes, x: float, y: float, here: int, most: int, deep: float, colour: str, lang: str) -> None:
    from matplotlib.patches import Ellipse

    wide = 0.72 * deep * (here / most) ** 0.5
    if here:
        sheet.add_patch(Ellipse((x, y), wide, wide, color=colour, zorder=2))
    words, gap = number(here, "en"), max(wide / 2, 0.0) + 0.7
    sheet.text(x + gap, y, words, va="center", size=style.FOOT, zorder=3, color=style.INK if here else style.SOFT)
