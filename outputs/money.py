"""Sums over the ledger: what funders paid for, and what hubs and organizations made of it."""

from __future__ import annotations

import pandas as pd

from ..experiments.money import NOT_SPENT
from ..experiments.store import Results
from ..model import ledger
from ..model.text import Text

RECEIVERS = ("hub", "organization")  # they spend what others paid them: counting both would count money twice
REST = "other"
_FLOWS = {item.name: item.flow for item in ledger.INSTRUMENTS}
_LABELS = {item.name: item.label for item in ledger.INSTRUMENTS} | {REST: Text("其他", "other")}


def instrument_label(name: str, lang: str) -> str:
    """What an instrument is called."""
    return _LABELS[name].of(lang) if name in _LABELS else name


def paid(book: pd.DataFrame) -> pd.DataFrame:
    """The rows of a ledger that are payments of funders.

    Money returned, received or paid to other contractors is left out, and so is what hubs and organizations spend.
    """
    out = book["instrument"].map(_FLOWS).isin(["out", "hub", "organization"]) & (~book["instrument"].isin(NOT_SPENT))
    return book[out & ~book["payer"].isin(RECEIVERS)]


def paid_by_instrument(results: Results, most: int) -> pd.DataFrame:
    """Mean over runs of what funders pay per year (columns) and instrument (rows), in yuan.

    The `most` largest instruments in falling order, then the rest in one row. Money returned, received or paid
    to other contractors is left out, and so is what hubs and organizations spend of it.
    """
    book = results.ledger
    rows = paid(book)
    table = rows.pivot_table(index="instrument", columns="year", values="yuan", aggfunc="sum", fill_value=0.0)
    table = table / book["run"].nunique()
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    table = table[table.sum(axis=1) > 0]
    if len(table) > most:
        table = pd.concat([table[:most], table[most:].sum().to_frame(REST).T])
    return table


def flows(results: Results) -> pd.DataFrame:
    """Per year, of hubs and organizations together: what they received, spent, and have kept so far.

    Columns year, flow ("in", "out", "held"), p05, p50, p95, in yuan, over runs. What they pay each other
    cancels out; "held" is the change since the start.
    """
    book = results.ledger
    flow, own = book["instrument"].map(_FLOWS), book["payer"].isin(RECEIVERS)
    received = (own & (flow == "in")) | (~own & flow.isin(RECEIVERS))
    yearly = {name: _by_year(book, rows) for name, rows in (("in", received), ("out", own & (flow == "out")))}
    yearly["held"] = (yearly["in"] - yearly["out"]).cumsum(axis=1)
    parts = []
    for name, table in yearly.items():
        spread = table.quantile([0.05, 0.5, 0.95]).T
        spread.columns = pd.Index(["p05", "p50", "p95"])
        spread.insert(0, "flow", name)
        parts.append(spread.rename_axis("year").reset_index())
    return pd.concat(parts, ignore_index=True)


def _by_year(book: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """Sums of the chosen rows, every run by every year."""
    return book.assign(yuan=book["yuan"].where(rows, 0.0)).pivot_table(
        index="run", columns="year", values="yuan", aggfunc="sum"
    )
