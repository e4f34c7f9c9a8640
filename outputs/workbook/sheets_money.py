"""Money as sheets: every payer and instrument by year, and what a year comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...experiments.store import Results
from ...model import ledger
from ...model.text import Text
from ..money import RECEIVERS, flows, instrument_label, paid_by_instrument
from .cells import Cell, Column, Number, Sheet

if TYPE_CHECKING:
    import pandas as pd

ENTRIES, TOTALS = Text("资金明细", "Money"), Text("资金合计", "Money by year")
ALL = 10**6  # no instrument is summed up under "other"
_PAYERS = dict(zip(ledger.ACCOUNTS, ledger.ACCOUNT_LABELS, strict=True))
_FLOW = {item.name: item.flow for item in ledger.INSTRUMENTS}
_WAYS = {
    "in": Text("转入本账户", "into the account"),
    "out": Text("转出到外部", "to the outside"),
    "hub": Text("付给枢纽组织", "to hubs"),
    "organization": Text("付给社区社会组织", "to organizations"),
}
_PAID = Text("公共资金拨付合计（元，均值）", "paid by funders (yuan, mean)")
_FLOWS = {
    ("in", "p50"): Text("枢纽和组织收入（元，中位数）", "received by hubs and organizations (yuan, median)"),
    ("in", "p05"): Text("收入5%（元）", "received, 5 % (yuan)"),
    ("in", "p95"): Text("收入95%（元）", "received, 95 % (yuan)"),
    ("out", "p50"): Text("枢纽和组织支出（元，中位数）", "spent by hubs and organizations (yuan, median)"),
    ("out", "p05"): Text("支出5%（元）", "spent, 5 % (yuan)"),
    ("out", "p95"): Text("支出95%（元）", "spent, 95 % (yuan)"),
    ("held", "p50"): Text("结余变化（元，自期初累计，中位数）", "held: change since the start (yuan, median)"),
    ("held", "p05"): Text("结余变化5%（元）", "held, 5 % (yuan)"),
    ("held", "p95"): Text("结余变化95%（元）", "held, 95 % (yuan)"),
}


def entries_sheet(results: Results, lang: str) -> Sheet | None:
    """A row per payer, instrument and year: mean yuan over runs; nothing where no money moves."""
    book = results.ledger
    if book.empty:
        return None
    means = _means(book)
    beside = getattr(results, "baseline_ledger", None)
    other = {} if beside is None or beside.empty else _means(beside)
    heads = [Text("账户", "account"), Text("方式", "instrument"), Text("流向", "flow")]
    columns = [Column(head.of(lang)) for head in heads]
    figures = [Text("年份（年）", "year"), Text("金额（元，均值）", "amount (yuan, mean)")]
    if other:
        figures.append(Text("基线金额（元，均值）", "baseline: amount (yuan, mean)"))
    columns += [Column(head.of(lang), True) for head in figures]
    rows: list[list[Cell]] = []
    for payer, instrument, year in sorted(means.keys() | other.keys(), key=_order):
        key = (payer, instrument, year)
        amounts = [means.get(key, 0.0), *([other.get(key, 0.0)] if other else [])]
        if any(amounts):
            cells: list[Cell] = [_payer(payer, lang), instrument_label(instrument, lang), _way(instrument, lang)]
            rows.append([*cells, Number(year, "year"), *(Number(amount, "whole") for amount in amounts)])
    title = Text("各账户逐年收付", "What every account receives and pays, by year")
    about = Text(
        "按出资方（账户）、方式和年份；全部推演的均值。", "By account, instrument and year; means over all runs."
    )
    return Sheet(ENTRIES.of(lang), title.of(lang), about.of(lang), tuple(columns), rows, _entry_notes(lang), frozen=2)


def totals_sheet(results: Results, lang: str) -> Sheet | None:
    """A row per year: what funders pay, and what hubs and organizations receive, spend and keep; then all years."""
    if results.ledger.empty:
        return None
    paid, moved = paid_by_instrument(results, ALL), flows(results)
    by_year = moved.pivot_table(index="year", columns="flow", values=["p05", "p50", "p95"], aggfunc="first")
    columns = [Column(head.of(lang), True) for head in (Text("年份（年）", "year"), _PAID, *_FLOWS.values())]
    rows: list[list[Cell]] = []
    for year in by_year.index:
        total = float(paid[year].sum()) if year in paid else 0.0
        amounts = [total, *(float(by_year.loc[year, (level, flow)]) for flow, level in _FLOWS)]
        rows.append([Number(int(year), "year"), *(Number(amount, "whole") for amount in amounts)])
    title = Text("逐年资金合计", "Money by year")
    about = Text("左为各类出资方的拨付；右为枢纽组织和社区社会组织合计的收支与结余。",
                 "Left: what funders pay; right: what hubs and organizations receive, spend and keep.")  # fmt: skip
    return Sheet(TOTALS.of(lang), title.of(lang), about.of(lang), tuple(columns), rows, _total_notes(lang))


def _means(book: pd.DataFrame) -> dict[tuple[str, str, int], float]:
    """Mean yuan over runs by payer, instrument and year; a run without an entry counts as none."""
    keys = ["payer", "instrument", "year"]
    sums = book.groupby(keys)["yuan"].sum().reset_index()
    runs = book["run"].nunique()
    return {(str(row.payer), str(row.instrument), int(row.year)): float(row.yuan) / runs for row in sums.itertuples()}


def _order(key: tuple[str, str, int]) -> tuple[int, int, int]:
    payer, instrument, year = key
    payers, instruments = list(_PAYERS), list(_FLOW)
    return (
        payers.index(payer) if payer in payers else len(payers),
        instruments.index(instrument) if instrument in instruments else len(instruments),
        year,
    )


def _payer(name: str, lang: str) -> str:
    return _PAYERS[name].of(lang) if name in _PAYERS else name


def _way(instrument: str, lang: str) -> str:
    return _WAYS[_FLOW[instrument]].of(lang) if instrument in _FLOW else ""


def _entry_notes(lang: str) -> tuple[str, ...]:
    receivers = "、".join(_PAYERS[name].zh for name in RECEIVERS), " and ".join(_PAYERS[name].en for name in RECEIVERS)
    return (
        Text(
            f"“{receivers[0]}”两个账户花的是别人拨付、捐赠或自己挣来的钱，与出资方的拨付相加会重复计算。",
            f"The accounts {receivers[1]} spend what others paid or gave or what they earned: adding them to what "
            "funders pay counts money twice.",
        ).of(lang),
        Text(
            "预算拨入和结余收回是出资方与财政之间的往来，不是给组织的钱。各年均为0的项目不列。金额为当年价，未作贴现。",
            "Appropriations and lapses move between funders and the treasury, not to organizations. Items that are 0 "
            "are left out. Amounts are as paid, not discounted.",
        ).of(lang),
    )


def _total_notes(lang: str) -> tuple[str, ...]:
    return (
        Text(
            "拨付合计不含结余收回和其他单位承接的项目。收入含拨款、捐赠和自营收入，枢纽与组织相互支付已抵销；"
            "5%和95%为全部推演的范围。",
            "Paid: without what lapses and what other contractors get. Received: grants, donations and earned income; "
            "what hubs and organizations pay each other is left out. 5 % and 95 % are the range of all runs.",
        ).of(lang),
        Text("中位数不能逐年相加；均值可以。", "Medians must not be added up over years; means may.").of(lang),
    )
