"""Funders, shocks, readings, runs: what surrounds the plan."""

from __future__ import annotations

from collections.abc import Callable

from ..model.inputs import FUNDERS, READINGS, SHOCKS
from .cursor import Cursor
from .dates import dated_values, span_of
from .document import Document, Funder, Shock, Span, Where
from .grammar import FUNDER, RUNS, SHOCK, required
from .settings import in_range, where_of

UNIT_OF = {
    "city": "place",
    "district_bureau": "district",
    "street": "street",
    "lottery": "district",
    "livelihood_projects": "community",
    "community_fund": "community",
}
_BASIS_WORDS = {
    "place": ("", "80万元每年", "800000 yuan per year"),
    "district": ("每区", "80万元每年每区", "800000 yuan per year per district"),
    "street": ("每街道", "5万元每年每街道", "50000 yuan per year per street"),
    "community": ("每社区", "200万元每年每社区", "2000000 yuan per year per community"),
}
LARGEST_BUDGET = 1e11
LARGEST_SEED = 10**15


def funders_of(cursor: Cursor, calendar: Span) -> dict[str, Funder]:
    """The funders' budgets and rules."""
    if not cursor.has_only(FUNDERS):
        return {}
    found = {}
    for name, child in cursor.entries():
        if name in FUNDERS and child.value is not None and child.has_only(FUNDER, ("budget",)):
            found[name] = _funder(name, child, calendar)
    return found


def _funder(name: str, cursor: Cursor, calendar: Span) -> Funder:
    budget, month, carry, share = (cursor.at(key) for key in FUNDER)
    budgets = dated_values(budget, _budget_reader(UNIT_OF[name]), calendar, calendar) if budget else ()
    fiscal = month.whole(1, 12) if month else 1
    carried = carry.quantity("flag") if carry else None
    part = share.quantity("share") if share else None
    least = in_range(share, part.value, 0, 1, "share") if share and part else None
    return Funder(budgets, fiscal or 1, bool(carried and carried.value), 1.0 if least is None else least)


def _budget_reader(unit: str) -> Callable[[Cursor], float | None]:
    def read(cursor: Cursor) -> float | None:
        said = cursor.quantity("yuan per year")
        if said is None:
            return None
        zh, example_zh, example_en = _BASIS_WORDS[unit]
        if (said.basis or "place") != unit:
            cursor.wrong(
                f"“{cursor.node.text}”应写明口径{zh or '为全域'}，例如 {example_zh}",
                f"`{cursor.node.text}` should be per {unit}, for example {example_en}",
            )
            return None
        return in_range(cursor, said.value, 0, LARGEST_BUDGET, "yuan per year")

    return read


def shocks_of(cursor: Cursor, calendar: Span) -> tuple[Shock, ...]:
    """The shocks, in the order of the file."""
    if not cursor.is_list():
        return ()
    found = []
    for item in cursor.items():
        if not item.has_only(SHOCK, required(SHOCK)):
            continue
        if name := item.at("name"):
            name.pair()
        multiply, struck, where = item.at("multiply"), item.at("clean_up"), item.at("where")
        if multiply is None and struck is None:
            item.wrong("应写 multiply 或 clean_up", "give `multiply` or `clean_up`", key=True)
        span = span_of(item, calendar).within(calendar)
        part = struck.quantity("share") if struck else None
        share = in_range(struck, part.value, 0, 1, "share") if struck and part else None
        found.append(Shock(span, where_of(where) if where else Where(), _factors(multiply), share or 0.0))
    return tuple(found)


def _factors(cursor: Cursor | None) -> dict[str, float]:
    if cursor is None or not cursor.has_only(SHOCKS):
        return {}
    found = {}
    for name, child in cursor.entries():
        said = child.quantity("multiplier") if name in SHOCKS and child.value is not None else None
        value = in_range(child, said.value, 0, 100, "multiplier") if said else None
        if value is not None:
            found[name] = value
    return found


def readings_of(cursor: Cursor) -> dict[str, str]:
    """How the scenario reads the ambiguous clauses."""
    if not cursor.has_only(READINGS):
        return {}
    found = {}
    for topic in READINGS:
        given = cursor.at(topic)
        said = given.choice(READINGS[topic]) if given else None
        if said:
            found[topic] = said
    return found


def runs_of(cursor: Cursor, document: Document) -> None:
    """Put the numbers of runs and the seed into `document`."""
    if not cursor.has_only(RUNS):
        return
    draws, replicates, seed = (cursor.at(key) for key in RUNS)
    document.draws = (draws.whole(1, 1_000_000) if draws else None) or document.draws
    document.replicates = (replicates.whole(1, 1_000_000) if replicates else None) or document.replicates
    given = seed.whole(0, LARGEST_SEED) if seed else None
    document.seed = document.seed if given is None else given
