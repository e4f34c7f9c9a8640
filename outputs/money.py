"""Sums over the ledger: who paid for what, and what came in, went out and stayed."""

from __future__ import annotations

import pandas as pd

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


def paid_by_instrument(results: Results, most: int) -> pd.DataFrame:
    """Mean over runs of what funders pay per year (columns) and instrument (rows), in yuan.

    The `most` largest instruments in falling order, then the rest in one row. Money returned or received is
    left out, and so is what hubs and organizations spend of it.
    """
    book = results.ledger
    out = book["instrument"].map(_FLOWS).isin(["out", "hub", "organization"]) & (
        book["instrument"] != "lapse"
    )
    paid = book[out & ~book["payer"].isin(RECEIVERS)]
    table = paid.pivot_table(index="instrument", columns="year", values="yuan", aggfunc="sum", fill_value=0.0)
    table = table / book["run"].nunique()
    table = table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    table = table[table.sum(axis=1) > 0]
    if len(table) > most:
        table = pd.concat([table[:most], table[most:].sum().to_frame(REST).T])
    return table


def flows(results: Results) -> pd.DataFrame:
    """Per year: what came in from outside, what left, and the change of what is held since the start.

    Columns year, flow ("in", "out", "held"), p05, p50, p95, in yuan, over runs.
    """
    book = results.ledger
    flow = book["instrument"].map(_FLOWS)
    yearly = {
        name: book[flow == name].pivot_table(
            index="run", columns="year", values="yuan", aggfunc="sum", fill_value=0.0
        )
        for name in ("in", "out")
    }
    yearly["held"] = (yearly["in"] - yearly["out"].reindex_like(yearly["in"]).fillna(0.0)).cumsum(axis=1)
    parts = []
    for name, table in yearly.items():
        spread = table.quantile([0.05, 0.5, 0.95]).T
        spread.columns = pd.Index(["p05", "p50", "p95"])
        spread.insert(0, "flow", name)
        parts.append(spread.rename_axis("year").reset_index())
    return pd.concat(parts, ignore_index=True)
