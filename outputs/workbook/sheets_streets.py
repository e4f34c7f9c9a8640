"""Streets as a sheet: how likely each has its first hub by the deadline, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ...experiments.store import Results
from ...model.text import Text
from ..reading import Facts, facts
from ..words import month_name
from .cells import Cell, Column, Number, Sheet
from .sheets_indicators import parents_of, places_of, prefectures

if TYPE_CHECKING:
    import pandas as pd

NAME = Text("街道（乡镇）", "Streets")
KINDS = {
    "first_nominal": (
        Text("到{}底有枢纽的概率：名义口径（%）", "P(first hub by the end of {}): nominal (%)"),
        Text("首个枢纽的中位月份：名义口径（年-月）", "median month of the first hub: nominal"),
    ),
    "first_effective": (
        Text("到{}底有枢纽的概率：实效口径（%）", "P(first hub by the end of {}): effective (%)"),
        Text("首个枢纽的中位月份：实效口径（年-月）", "median month of the first hub: effective"),
    ),
}


def streets_sheet(results: Results, lang: str) -> Sheet | None:
    """A row per street; nothing where the folder has no streets."""
    if not (results.folder / "streets.parquet").is_file() or results.streets.empty:
        return None
    known = facts(results)
    end = known.months - 1 if known.deadline is None else known.deadline
    above, districts = prefectures(results, lang), places_of(results, "district", lang)
    streets, parents = places_of(results, "street", lang), parents_of(results, "street")
    found = {kind: chances_and_months(results.streets, kind, end) for kind in KINDS}
    rows: list[list[Cell]] = []
    for street, name in streets.items():
        place = [above[parents[street]]] if above else []
        cells: list[Cell] = [*place, districts[parents[street]], name]
        for chance, month in (found[kind].get(street, (np.nan, None)) for kind in KINDS):
            cells += [Number(chance, "share"), Number(_date(known, month), "month")]
        rows.append(cells)
    title = Text("各街道（乡镇）何时建成首个枢纽", "When each street or township has its first hub")
    about = Text("按首个枢纽出现的月份计算；此后撤并、停摆的不扣除。",
                 "By the month of a street's first hub; later failures are not deducted.")  # fmt: skip
    columns = _columns(bool(above), _month_words(known, end, lang), lang)
    return Sheet(NAME.of(lang), title.of(lang), about.of(lang), columns, rows, _notes(lang), frozen=2 + bool(above))


def chances_and_months(streets: pd.DataFrame, kind: str, end: int) -> dict[int, tuple[float, int | None]]:
    """By street: share of runs with a first hub up to the month `end`, and the median month of the first hub.

    The median counts runs without a hub as never; it is None where they are half or more.
    """
    first = streets[kind].where(streets[kind] >= 0, np.inf).astype("float64")
    table = first.groupby(streets["street"])
    middle = table.quantile(0.5, interpolation="lower")
    late = table.quantile(0.5, interpolation="higher")  # infinite where half of the runs have none
    shares = (first <= end).groupby(streets["street"]).mean()
    return {
        int(street): (float(shares[street]), int(middle[street]) if np.isfinite(late[street]) else None)
        for street in shares.index
    }


def _date(known: Facts, month: int | None) -> date | None:
    return None if month is None else date(*known.year_month(month), 1)


def _month_words(known: Facts, end: int, lang: str) -> str:
    return month_name(*known.year_month(end), lang)


def _columns(province: bool, by: str, lang: str) -> tuple[Column, ...]:
    places = [Text("市州", "prefecture")] if province else []
    places += [Text("区县", "district"), Text("街道（乡镇）", "street or township")]
    figures = [head for pair in KINDS.values() for head in pair]
    return (
        *(Column(head.of(lang)) for head in places),
        *(Column(head.of(lang).format(by), True) for head in figures),
    )


def _notes(lang: str) -> tuple[str, ...]:
    return (
        Text(
            "概率为已建成过枢纽的推演次数占比；中位月份为半数推演已建成首个枢纽的月份，空白表示至少半数推演到期末仍未建成。",
            "Probabilities are shares of runs. The median month is that by which half of the runs have the first hub; "
            "blank: at least half of the runs have none up to the end.",
        ).of(lang),
        Text(
            "名义口径：挂牌即计；实效口径：枢纽有人、在运转、服务达到规定家数才计。",
            "Nominal: a hub counts once it is named; effective: once it works, is staffed and serves as many "
            "organizations as stated.",
        ).of(lang),
        Text(
            "单个街道的结果受随机性影响大，宜看全域和分区县的数字，不宜据此为街道排名。",
            "What happens in a single street is largely chance: go by the place and its districts, and do not rank "
            "streets by this.",
        ).of(lang),
    )
