"""What a policy changes: paired differences of the main outcomes, targets first, with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ..model.text import Text
from . import scenario_key, style
from .comparison_words import interval_note
from .experiment_facts import ExperimentFacts, Measure
from .fan import Drawing
from .outcome_words import change_words, value_words
from .row_chart import END, blank, mark, name_in, plot_area, ticks, two

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_WIDTH, BASE, OTHER, LEFT, RIGHT, FIGURE = 44.0, 47.0, 65.0, 85.0, 123.0, 127.0  # mm
HEAD, ROW, NEXT, SCALE, FOOT = 6.0, 7.6, 6.6, 8.5, 1.5
TALLEST = 178.0  # mm between title and footer
KINDS = ("reached", "measured", "indicator", "money", "date")
HEADS = {
    0.0: Text("结果", "outcome"),
    BASE: Text("对照", "base"),
    OTHER: Text("方案", "policy"),
    (LEFT + RIGHT) / 2: Text("差值及95%区间", "difference, 95 % interval"),
    FIGURE: Text("差值", "difference"),
    END: Text("方差比", "var. ratio"),
}
PROBABILITY = Text("达标概率的差值（个百分点）", "difference in probability (percentage points)")
SCALED = Text("其他结果：各行比例不同，数字见右", "other outcomes: each row to its own scale, figures at the right")
NOTE = Text(
    "差值为方案减对照，同一参数、同一随机数逐对计算；实心点的区间不含零。各区间分别为95%，未作多重比较校正。"
    "方差比：不配对时差值的方差与配对后之比，大于1即配对使结果更精确。",
    "Difference: policy minus base, over pairs with the same parameters and the same luck; filled: the interval "
    "excludes zero. Each interval is 95 % by itself, not corrected for their number. Variance ratio: of the difference "
    "without pairing to that with pairing; above 1, pairing made it more precise.",
)


def draw_differences(differences: pd.DataFrame, known: ExperimentFacts, lang: str) -> Drawing | None:
    """The chart of all pairs of base and other, as much of it as a page holds; nothing where there is none."""
    if differences.empty:
        return None
    bases = set(differences["base"])
    base = next((key for key in known.scenarios if key in bases), str(differences["base"].iloc[0]))
    pairs = differences[differences["base"] == base]
    keys = [base, *dict.fromkeys(map(str, pairs["other"]))]
    lines = scenario_key.lines_of(known, keys, END - scenario_key.SAMPLE, lang)
    data = _main(pairs, TALLEST - scenario_key.height(lines) - HEAD - 2)
    blocks = _blocks(data)
    room = scenario_key.height(lines) + 2 + HEAD + sum(map(_block_height, blocks))
    title, subtitle = _headline(data, known, keys, lang)
    figure = style.sheet(known, lang, title, subtitle, _notes(differences, data, lang), content=room + 2)
    sheet = blank(figure, room + 2)
    top = scenario_key.draw_key(sheet, 0.0, lines, [[] for _ in keys]) + 2
    for x, head in HEADS.items():
        side = "left" if x in (0.0, BASE, OTHER, FIGURE) else "right" if x == END else "center"
        sheet.text(x, top + HEAD / 2 - 0.6, head.of(lang), weight="bold", va="center", ha=side, size=style.TEXT - 0.5)
    top += HEAD
    for part in blocks:
        top = _block(sheet, top, part, keys, lang)
    return Drawing(figure, data)


def _main(differences: pd.DataFrame, room: float) -> pd.DataFrame:
    """Targets first, then each indicator at its last month and money; as many rows as `room` (mm) holds."""
    data = differences.copy()
    indicator = data["outcome"].str.partition("@")
    last = indicator[2] == indicator[2].groupby(indicator[0]).transform("max")
    data = data[(data["kind"] != "indicator") | last]
    rank = data["kind"].map({kind: place for place, kind in enumerate(KINDS)}).fillna(len(KINDS))
    found = list(dict.fromkeys(data.loc[rank.sort_values(kind="stable").index, "outcome"]))
    place = data["outcome"].map({outcome: place for place, outcome in enumerate(found)})
    data = data.assign(_at=place).sort_values("_at", kind="stable").drop(columns="_at").reset_index(drop=True)
    while len(found) > 1 and sum(map(_block_height, _blocks(data))) > room:
        data = data[data["outcome"] != found.pop()]
    return data


def _blocks(data: pd.DataFrame) -> list[pd.DataFrame]:
    """Probabilities, then all else."""
    return [part for part in (data[data["kind"] == "reached"], data[data["kind"] != "reached"]) if not part.empty]


def _block_height(part: pd.DataFrame) -> float:
    outcomes = part["outcome"].nunique()
    return outcomes * ROW + (len(part) - outcomes) * NEXT + SCALE + FOOT


def _block(sheet: Axes, top: float, part: pd.DataFrame, keys: list[str], lang: str) -> float:
    """Rows of one kind with their plot; returns where they end."""
    low_end, bottom = top, top + _block_height(part) - SCALE - FOOT
    together = str(part["kind"].iloc[0]) == "reached"
    ends = part[["difference_low", "difference_high", "difference"]].abs().max(axis=1)
    reach = max(0.02, float(ends.max())) * 1.08 if together else 1.08
    area = plot_area(sheet, (LEFT, RIGHT), (low_end, bottom), (-reach, reach))
    area.axvline(0, color=style.INK, linewidth=0.9, zorder=1)
    _scale(area, together, reach, lang)
    sheet.plot([0, END], [top, top], color=style.SOFT, linewidth=0.8)
    per = ends.groupby(part["outcome"]).transform("max").where(lambda most: most > 0, 1.0)
    before = ""
    for place, row in part.iterrows():
        again = row["outcome"] == before
        high, before = NEXT if again else ROW, str(row["outcome"])
        if not again and top > low_end:
            sheet.plot([0, END], [top, top], color=style.FAINT, linewidth=0.6)
        _row(
            sheet,
            area,
            top + high / 2,
            row,
            again,
            keys.index(str(row["other"])),
            1.0 if together else per[place],
            lang,
        )
        top += high
    return bottom + SCALE + FOOT


def _scale(area: Axes, together: bool, reach: float, lang: str) -> None:
    area.set_xlabel((PROBABILITY if together else SCALED).of(lang), size=style.FOOT + 0.5, labelpad=1.5)
    if together:
        area.set_xticks(ticks(-reach, reach, 5))
        area.xaxis.set_major_formatter(lambda value, _: f"{100 * value:+.3g}".replace("-", "−").replace("+0", "0"))
    else:
        area.set_xticks([0], labels=["0"])


def _row(sheet: Axes, area: Axes, y: float, row: pd.Series, again: bool, place: int, per: float, lang: str) -> None:
    said = Measure(Text(row["label_zh"], row["label_en"]), str(row["unit"]), str(row["kind"]))
    low, middle, high = (float(row[name]) for name in ("difference_low", "difference", "difference_high"))
    if not again:
        name_in(sheet, 0.0, y, said.label.of(lang), NAME_WIDTH)
        name_in(sheet, BASE, y, value_words(float(row["base_value"]), said, lang), OTHER - BASE - 1, style.TEXT - 0.5)
    name_in(sheet, OTHER, y, value_words(float(row["other_value"]), said, lang), LEFT - OTHER - 1, style.TEXT - 0.5)
    mark(area, y, (low / per, middle / per, high / per), scenario_key.colour(place), filled=low > 0 or high < 0)
    two(sheet, FIGURE, y, *change_words(middle, low, high, said, lang), size=style.TEXT - 0.5)
    ratio = float(row["variance_ratio"])
    words = "—" if not ratio < float("inf") else f"{ratio:.1f}" if ratio < 100 else f"{ratio:.0f}"
    sheet.text(END, y, words, va="center", ha="right", size=style.TEXT - 0.5)


def _headline(data: pd.DataFrame, known: ExperimentFacts, keys: list[str], lang: str) -> tuple[str, str]:
    clear = int(((data["difference_low"] > 0) | (data["difference_high"] < 0)).sum())
    outcomes, others = data["outcome"].nunique(), len(keys) - 1
    title = Text(
        f"{outcomes}项结果中，{clear}项的差值可与零区分（95%区间不含零）",
        f"{clear} of {outcomes} outcomes differ from the base beyond error (95 % intervals without zero)",
    )
    if others > 1:
        title = Text(
            f"{others}个方案与对照相比：{len(data)}个差值中{clear}个可与零区分",
            f"{others} policies against the base: {clear} of {len(data)} differences are beyond error",
        )
    base = Text(f"对照情景：{known.scenario(keys[0], 'zh')}", f"Base: {known.scenario(keys[0], 'en')}")
    return title.of(lang), base.of(lang)


def _notes(differences: pd.DataFrame, data: pd.DataFrame, lang: str) -> list[str]:
    left = differences["outcome"].nunique() - data["outcome"].nunique()
    more = Text(
        f"另有{left}项结果未画出，见结果文件夹中的differences.csv。",
        f"{left} more outcomes stand in differences.csv of the results folder.",
    )
    return [NOTE.of(lang), interval_note(differences, lang), more.of(lang) if left else ""]
