"""docs/levers.md from the measured table: what each lever moves, how much, and what else.

`python -m miaopu.outputs.lever_page` rewrites it, in a checkout of the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..experiments.lever_table import ERROR, FLOOR, Row, Table, first_moved, read, sizable, verdicts
from ..experiments.liveness import EXCERPT, HUNAN, MONEY, SWITCHED_ON
from ..model.vocabulary import Lever, indicators, levers

PAGE = Path(__file__).resolve().parent.parent / "docs" / "levers.md"
FAMILIES = (
    {"street_hub_coverage", "street_hub_coverage_effective", "hubs_nominal_share"},
    {"organizations", "active_organizations", "registered", "rich_communities", "organizations_per_rural_community"},
    {"active_share", "exit_rate"},
    {"capability", "governance", "service_capability", "finance_capability", "leadership", "urban_capability",
     "rural_capability", "mature_share", "excellent_organizations", "brand_organizations"},
    {"service_share", "committee_share", "culture_share", "international_teams"},
    {"needs_met", "focus_needs_met", "rural_needs_met"},
    {"party_coverage", "party_organization_coverage"},
)  # fmt: skip
MATRIX = {
    "street_hub_coverage": "hubs", "street_hub_coverage_effective": "effective hubs", "organizations": "stock",
    "registered": "registered", "active_share": "active share", "capability": "capability",
    "mature_share": "mature share", "needs_known": "needs known", "needs_met": "needs met", "trust": "trust",
    "party_coverage": "Party", "self_funding": "self-funding", "street_gini": "street Gini",
}  # fmt: skip
HEAD = """\
# What each lever moves

Made by `python -m miaopu.experiments.liveness && python -m miaopu.outputs.lever_page` from
[data/lever_effects.csv](data/lever_effects.csv); not written by hand. A test fails when the rules, the levers, the
priors or the two plans have changed since.

Each lever was moved, alone, from its neutral value (held in all months and districts) to its strong value (wherever
the plan uses it; where it does not, in all months and districts of the plan), everything else of the plan staying as
it is. Both runs of a pair have the same parameters and the same luck; there are {runs} pairs, each with parameters of
its own. Outcomes are means of the plan's last 12 months. Both runs have {money:g} times the plan's budgets of city,
districts and streets, so that the strong value can be paid for: **the table shows what a lever does, not what it
crowds out, and not what it costs.** The scenario is Shenzhen's plan (2022–2025), or Hunan's (2021–2023, marked HN)
where a lever acts on villages or applies to some districts only; of Hunan, the
prefectures {excerpt} alone. A strong value
is one that an ambitious but real plan might set (judgement), so sizes of different levers compare at these values and
at no others.

*Without* is the outcome with the lever at neutral, *change* the mean difference of the pairs with its 95 % interval.
Documented directions stand in [levers.yaml](../model/tables/levers.yaml). A lever is **alive** if its first outcome
moves the documented way, by more than {floor:.2%} of its value (of its distance from one, if that is less), and beyond
Monte Carlo error, the error rate being {error:.0%} for all levers together (Holm). The side effects are the two
strongest in other fields, in units of the outcome's spread over parameters and chance, among those beyond error
(0.1 % each).

Result: {count}.
"""


def page(table: Table) -> str:
    """The whole document."""
    verdict = verdicts(table.rows)
    counts = {word: list(verdict.values()).count(word) for word in ("alive", "dead", "wrong way")}
    told = ", ".join(f"{count} {word}" for word, count in counts.items())
    excerpt = ", ".join(EXCERPT)
    head = HEAD.format(excerpt=excerpt, runs=table.runs, money=MONEY, floor=FLOOR, error=ERROR, count=told)
    first, matrix = _first(table.rows, verdict), _matrix(table.rows)
    return "\n".join([head, "## First outcome", "", first, "", *_notes(), matrix, ""])


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in [heads, ["---"] * len(heads), *rows])


def _notes() -> list[str]:
    told = [f"`{name}` with {', '.join(f'`{one}`' if '.' in one else f'an {one}' for one in others)}"
            for name, others in SWITCHED_ON.items()]  # fmt: skip
    return [
        "Some levers act only together with others, which both runs then have at their strong values: "
        f"{'; '.join(told)} (service at 60 % in the last six months).", "",
        "## All fields", "",
        "Change in per cent of the outcome's value without the lever; “·” where it is not beyond error (0.1 %).", "",
    ]  # fmt: skip


def number(value: float, unit: str, signed: bool = False) -> str:
    """A value of an indicator in few digits: shares in per cent, or in percentage points where `signed`."""
    sign = "+" if signed else ""
    if unit == "share":
        return f"{100 * value:{sign}.3g}" + (" pp" if signed else " %")
    return f"{value:{sign},.0f}" if abs(value) >= 1000 else f"{value:{sign}.3g}"


def _setting(lever: Lever) -> str:
    neutral, strong = (f"{value:,.0f}" if value >= 1000 else f"{value:g}" for value in (lever.neutral, lever.strong))
    return f"{neutral} → {strong} {lever.unit}"


def _first(rows: Sequence[Row], verdict: dict[str, str]) -> str:
    first = first_moved(rows)
    heads = ("lever", "set", "moves", "without", "change [95 %]", "verdict", "side effects", "clauses")
    lines = []
    for name, row in first.items():
        lever, one = levers()[name], indicators()[row.outcome]
        interval = f"{number(row.low, one.unit, True)}, {number(row.high, one.unit, True)}"
        lines.append((
            f"`{name}` {lever.label.en} ({lever.label.zh})" + (" HN" if row.scenario == HUNAN else ""),
            _setting(lever),
            f"{one.label.en} {'+' if lever.moves.sign > 0 else '−'}",
            number(row.without, one.unit),
            f"{number(row.change, one.unit, True)} [{interval}]",
            verdict[name],
            "; ".join(_told(side) for side in side_effects(name, rows)) or "—",
            " ".join(lever.clauses),
        ))  # fmt: skip
    return _grid(heads, lines)


def _told(row: Row) -> str:
    one = indicators()[row.outcome]
    return f"{one.label.en} {number(row.change, one.unit, True)}"


def _beyond(row: Row) -> bool:
    return row.p < 0.001 and sizable(row)


def side_effects(name: str, rows: Iterable[Row]) -> list[Row]:
    """The two strongest effects outside the field of the first outcome, of different fields."""
    mine = [row for row in rows if row.lever == name and _beyond(row) and row.spread > 0.0]
    taken = [_family(levers()[name].moves.outcome)]
    chosen: list[Row] = []
    for row in sorted(mine, key=lambda row: -abs(row.change) / row.spread):
        family = _family(row.outcome)
        if family not in taken and len(chosen) < 2:
            chosen.append(row)
            taken.append(family)
    return chosen


def _family(outcome: str) -> set[str]:
    return next((family for family in FAMILIES if outcome in family), {outcome})


def _matrix(rows: Sequence[Row]) -> str:
    by_name: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_name.setdefault(row.lever, {})[row.outcome] = row

    def cell(row: Row | None) -> str:
        return f"{100 * row.change / row.without:+.2g}" if row and _beyond(row) and row.without else "·"

    lines = [(f"`{name}`", *(cell(found.get(outcome)) for outcome in MATRIX)) for name, found in by_name.items()]
    return _grid(("lever", *MATRIX.values()), lines)


if __name__ == "__main__":
    PAGE.write_text(page(read()), encoding="utf-8")
