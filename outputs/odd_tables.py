"""The generated parts of docs/odd.md: state, parameters, levers, indicators, and what each process reads.

`python -m miaopu.outputs.odd_tables` rewrites them in place, in a checkout of the project. A part stands
between `<!-- generated: NAME -->` and `<!-- end -->`; a test compares every part with the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..model import codes, ledger
from ..model.month import PROCESSES
from ..model.priors import Prior
from ..model.text import Text
from ..model.vocabulary import Lever, indicators, levers, parameters
from . import rule_sources

ODD = Path(__file__).resolve().parent.parent / "docs" / "odd.md"
PART = re.compile(r"<!-- generated: (\S+) -->\n.*?<!-- end -->", re.DOTALL)
SHIPPED = (
    "shenzhen-2022-2025", "shenzhen-2023-2025", "shenzhen-baseline", "hunan-2021-2023", "hunan-baseline",
    "town", "town-baseline",
)  # fmt: skip


def rewritten(text: str) -> str:
    """The document with every generated part made anew. Raises KeyError for an unknown part."""
    return PART.sub(lambda found: f"<!-- generated: {found[1]} -->\n{part(found[1])}\n<!-- end -->", text)


def part(name: str) -> str:
    """One generated part by its name, such as `levers`, `state:Organization` or `uses:hubs`."""
    kind, _, of = name.partition(":")
    return (_OF[kind](of) if of else _WHOLE[name]()).strip()


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(word) for word in line) + " |" for line in lines)


def _cell(word: str) -> str:
    return word.replace("|", "\\|").replace("\n", " ")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:g}"


def _rounded(value: float) -> str:
    return _number(value) if value >= 1000 else f"{value:.3g}"


def _both(text: Text) -> str:
    return f"{text.en} ({text.zh})"


def _state(kind: str) -> str:
    rows = []
    for field in rule_sources.KINDS[kind]:
        by = ", ".join(rule_sources.writers(kind, field.name)) or "—"
        rows.append((f"`{field.name}`", f"`{field.type}`", field.unit, field.meaning, by))
    return _table(("variable", "type", "unit or range", "meaning", "written by"), rows)


def _uses(process: str) -> str:
    def told(names: list[str]) -> str:
        return ", ".join(f"`{name}`" for name in names) or "none"

    if process == "start":
        return f"Parameters: {told(rule_sources.parameters_of_start())}."
    read, set_by_plan = rule_sources.parameters_read(process), rule_sources.levers_read(process)
    return f"Parameters: {told(read)}.\n\nLevers: {told(set_by_plan)}."


def _schedule() -> str:
    lines = []
    for number, process in enumerate(PROCESSES, start=1):
        files = rule_sources.paths(process)
        links = ", ".join(f"[{path.name}](../model/processes/{path.name})" for path in files)
        lines.append(f"{number}. **{process}**: {rule_sources.summary(process)} ({links}).")
    return "\n".join(lines)


def _codes() -> str:
    lists = {"ladder": codes.LADDER, "stage": codes.STAGE, "domain": codes.DOMAIN, "origin": codes.ORIGIN}
    rows = [(name, "; ".join(f"{k} {_both(text)}" for k, text in enumerate(texts)))
            for name, texts in lists.items()]  # fmt: skip
    return _table(("variable", "codes"), rows)


def _parameters() -> str:
    used: dict[str, list[str]] = {name: [] for name in parameters()}
    for process in PROCESSES:
        for name in rule_sources.parameters_read(process):
            used[name].append(process)
    for name in rule_sources.parameters_of_start():
        used[name].insert(0, "start")
    rows = [
        (f"`{p.name}`", _both(p.label), p.unit, prior(p.prior), _rounded(p.value), p.mark, p.source,
         ", ".join(used[p.name]))
        for p in parameters().values()
    ]  # fmt: skip
    return _table(("parameter", "meaning", "unit", "prior", "median", "mark", "source", "read by"), rows)


def prior(of: Prior) -> str:
    """A prior in a few words."""
    if of.kind == "fixed":
        return f"fixed {_number(of.a)}"
    if of.kind == "uniform":
        return f"uniform {_number(of.a)}–{_number(of.b)}"
    if of.kind == "halfnormal":
        return f"half-normal, scale {of.a:g}"
    if of.kind == "normal":
        return f"normal, mean {of.a:g}, sd {of.b:g}"
    centre = "mean" if of.kind == "beta" else "median"
    return f"{of.kind}, {centre} {_number(of.a)}, 90 % {_number(of.b)}–{_number(of.c)}"


def _levers() -> str:
    used: dict[str, list[str]] = {name: [] for name in levers()}
    for process in PROCESSES:
        for name in rule_sources.levers_read(process):
            used[name].append(process)
    rows = [
        (f"`{one.name}`", _both(one.label), one.unit, _number(one.neutral),
         f"{_number(one.low)}–{_number(one.high)}", _number(one.strong),
         f"`{one.moves.outcome}` {'+' if one.moves.sign > 0 else '−'}",
         cost(one), " ".join(one.clauses), ", ".join(used[one.name]))
        for one in levers().values()
    ]  # fmt: skip
    heads = ("lever", "meaning", "unit", "neutral", "range", "strong", "moves", "cost", "clauses", "read by")
    return _table(heads, rows)


def cost(lever: Lever) -> str:
    """What a unit of a lever costs its payer."""
    if lever.cost is None:
        return "—"
    return f"{_number(lever.cost.yuan)} yuan a year per {lever.cost.basis} ({lever.cost.mark})"


def _indicators() -> str:
    rows = [
        (f"`{one.name}`", _both(one.label), one.unit, "yes" if one.by_district else "no",
         f"`{one.effective}`" if one.effective else "—")
        for one in indicators().values()
    ]  # fmt: skip
    return _table(("indicator", "meaning", "unit", "by district", "counted strictly"), rows)


def _instruments() -> str:
    flows = {"in": "in from outside", "out": "out", "hub": "to hubs", "organization": "to organizations"}
    rows = [(f"`{one.name}`", _both(one.label), flows[one.flow]) for one in ledger.INSTRUMENTS]
    return _table(("instrument", "meaning", "where the money goes"), rows)


def _scenarios() -> str:
    from ..scenarios.compiling import inputs_of
    from ..scenarios.layers import resolve

    rows = []
    for name in SHIPPED:
        inputs = inputs_of(resolve(name))
        (y, m), (last_y, last_m) = inputs.year_month(0), inputs.year_month(inputs.months - 1)
        place = inputs.place
        counts = [f"{n:,}" for n in (place.districts, place.streets, place.communities)]
        rows.append((f"`{name}`", f"{y}-{m:02d} to {last_y}-{last_m:02d}", *counts,
                     f"{inputs.draws} × {inputs.replicates}"))  # fmt: skip
    heads = ("scenario", "horizon", "districts", "streets", "communities", "draws × replicates")
    return _table(heads, rows)


_OF: dict[str, Callable[[str], str]] = {"state": _state, "uses": _uses}
_WHOLE: dict[str, Callable[[], str]] = {
    "schedule": _schedule, "codes": _codes, "parameters": _parameters, "levers": _levers,
    "indicators": _indicators, "instruments": _instruments, "scenarios": _scenarios,
}  # fmt: skip


if __name__ == "__main__":
    ODD.write_text(rewritten(ODD.read_text(encoding="utf-8")), encoding="utf-8")
