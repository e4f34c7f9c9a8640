"""Whether the order of policies hangs on the rule: a policy's rank under each rival rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import style
from .calibration_figures import plain
from .calibration_tables import Calibration
from .calibration_words import MECHANISMS, labelled, of_word, outcome_label, policy_label, rule_label
from .fan import Drawing
from .outcome_words import capital
from .row_chart import END, blank, name_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEAD, RULE_HEADS, ROW, GAP = 6.5, 13.0, 5.6, 2.0  # mm
NAME_WIDTH, LEFT = 58.0, 62.0
MOST = 3  # outcomes of a plan that a page has room for


def draw_ranking(known: Calibration, lang: str, plan: str) -> Drawing | None:
    """A block for each outcome of a plan: policies by rules, shaded by rank; not more than MOST."""
    table = known.get("ranking")
    if table is None:
        return None
    table = table[table["plan"] == plan]
    rules = list(dict.fromkeys(zip(table["mechanism"], table["rule"], strict=True)))
    every = list(table.groupby("outcome", sort=False))
    blocks = every[:MOST]
    kept = sum(_best_kept(mine) for _, mine in every)
    title = Text(
        f"{policy_label(plan, 'zh')}：{len(every)}项结果中，{kept}项的首选政策不因规则而变",
        f"{policy_label(plan, 'en')}: in {kept} of {len(every)} outcomes one policy is best under every rule",
    )
    subtitle = Text("各规则下的政策名次", "Rank of each policy under each rule")
    note = Text(
        "格内为名次，括号内为该结果的数值；颜色越深名次越前。",
        "Rank, with the outcome's value in brackets; the darker, the better. ",
    )
    if len(every) > MOST:
        note = Text(f"{note.zh}其余{len(every) - MOST}项结果见ranking.csv。", f"{note.en}More outcomes: ranking.csv.")
    room = RULE_HEADS + sum(HEAD + ROW * mine["policy"].nunique() + GAP for _, mine in blocks)
    figure = style.sheet(known, lang, title.of(lang), subtitle.of(lang), [note.of(lang)], content=room)
    sheet = blank(figure, room)
    _heads(sheet, known, rules, lang)
    top = RULE_HEADS
    for outcome, mine in blocks:
        said = capital(outcome_label(known, plan, str(outcome), lang))
        sheet.text(0, top + HEAD / 2, said, weight="bold", va="center", size=style.TEXT)
        top += HEAD
        for policy in dict.fromkeys(mine["policy"]):
            _row(sheet, top, mine[mine["policy"] == policy], rules, mine["policy"].nunique(), lang)
            top += ROW
        top += GAP
    return Drawing(figure, table)


def _best_kept(mine: pd.DataFrame) -> bool:
    """Whether some policy is a best one under all rules."""
    best = [set(one.loc[one["rank"] == one["rank"].min(), "policy"]) for _, one in mine.groupby(["mechanism", "rule"])]
    return bool(set.intersection(*best))


def _heads(sheet: Axes, known: Calibration, rules: list[tuple[str, str]], lang: str) -> None:
    """Rules over their columns, mechanisms over their rules."""
    wide = (END - LEFT) / len(rules)
    for mechanism in dict.fromkeys(name for name, _ in rules):
        places = [place for place, key in enumerate(rules) if key[0] == mechanism]
        left, right = LEFT + places[0] * wide + 0.8, LEFT + (places[-1] + 1) * wide - 0.8
        said = of_word(mechanism, MECHANISMS, lang)
        sheet.text((left + right) / 2, 2.0, said, ha="center", va="center_baseline", size=style.FOOT + 0.5,
                   color=style.SOFT)  # fmt: skip
        sheet.plot([left, right], [4.0, 4.0], color=style.SOFT, linewidth=0.7)
    for place, key in enumerate(rules):
        lines = style.broken(rule_label(known.get("rivals"), *key, lang), wide - 1.5, style.FOOT + 0.5)[:3]
        for down, line in enumerate(lines):
            y = 8.8 + (down - (len(lines) - 1) / 2) * 2.9
            sheet.text(LEFT + (place + 0.5) * wide, y, line, ha="center", va="center_baseline", size=style.FOOT + 0.5)


def _row(sheet: Axes, top: float, mine: pd.DataFrame, rules: list[tuple[str, str]], policies: int, lang: str) -> None:
    from matplotlib.patches import Rectangle

    first, wide = mine.iloc[0], (END - LEFT) / len(rules)
    name = labelled(first, lang) if "label_en" in mine else policy_label(str(first["policy"]), lang)
    name_in(sheet, 2.0, top + ROW / 2, name, NAME_WIDTH, size=style.TEXT - 0.5)
    for place, (mechanism, rule) in enumerate(rules):
        here = mine[(mine["mechanism"] == mechanism) & (mine["rule"] == rule)]
        if here.empty:
            continue
        rank, x = int(here["rank"].iloc[0]), LEFT + place * wide
        shade = 0.85 * (1 - (rank - 1) / max(1, policies - 1))
        box = Rectangle((x + 0.3, top + 0.3), wide - 0.6, ROW - 0.6, facecolor=style.chances()(shade), linewidth=0)
        sheet.add_patch(box)
        said = f"{rank} ({plain(float(here['value'].iloc[0]))})"
        sheet.text(x + wide / 2, top + ROW / 2, said, ha="center", va="center", size=style.TEXT - 0.7,
                   color=style.readable_on(shade))  # fmt: skip
