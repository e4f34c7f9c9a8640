"""Every figure of a plan's forecast that is judgement (mark K), where it stands, and what is varied with it.

The list is read from the files and their marks, so that a new figure is in it without anybody's help: parameters,
prices, levers, budgets, shocks, figures of the region and what is defined rather than found out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...model.inputs import Inputs, Target
from ...model.text import Text
from ...model.vocabulary import Parameter, indicators, levers, parameters
from ...scenarios.checking import document_of
from ...scenarios.compiling import inputs_of
from ...scenarios.document import Document, Setting
from ...scenarios.explanation import table_line
from ...scenarios.layers import SHIPPED, Resolved, resolve
from ...scenarios.nodes import Node, leaves
from ...scenarios.place import build_place
from ...scenarios.reading import read
from ...scenarios.region import RegionData
from ...scenarios.region_file import load_region
from .constants import judged_constants
from .marks import judged
from .names import budget_label, constant_label, price_label, region_label, shock_label, word_label
from .region import factor_of
from .settings import assumption_settings

DEFINED = "本项目采用的口径"  # what the table of parameters gives as the source of a definition
KINDS = ("parameter", "lever", "budget", "shock", "region", "price", "definition", "constant")


class Assumption(NamedTuple):
    """A figure that is judgement."""

    figure: str  # its path or name; unique within a plan
    label: Text
    values: tuple[float, ...]  # one; of a prior 5 %, median and 95 %; none for a word
    unit: str
    source: str
    mark: str
    where: str  # file:line
    kind: str  # one of KINDS
    factor: str  # what it is varied with; "" if it is not varied
    word: str = ""  # a reading, which is no number


class Plan(NamedTuple):
    """What a plan's list is read from."""

    name: str
    resolved: Resolved
    document: Document
    inputs: Inputs
    region: RegionData
    region_file: str


@cache
def plan_of(name: str) -> Plan:
    """A plan of settings.yaml, read once in each process. Raises Refusal."""
    resolved = resolve(name)
    region = f"regions/{assumption_settings().plans[name].region}.yaml"
    shown = f"scenarios/{region}"
    document, _ = document_of(resolved)
    data = load_region(SHIPPED / region, shown)
    return Plan(name, resolved, document, inputs_of(resolved, build_place(data), "prior"), data, shown)


def assumptions(name: str) -> list[Assumption]:
    """Every K-marked figure of the plan's forecast, in the order of the files."""
    return list(_listed(name))


@cache
def _listed(name: str) -> tuple[Assumption, ...]:
    plan = plan_of(name)
    return (
        *_parameters(plan.inputs),
        *_levers(plan.document),
        *_budgets(plan.document),
        *_shocks(plan.resolved),
        *_region(plan),
        *_prices(),
        *_words(plan.resolved, plan.document.targets),
        *_constants(),
    )


def note_at(where: str) -> str:
    """What the comments say of a line, file:line, if they mark it K; else ""."""
    file, line = where.rsplit(":", 1)
    path = Path(file)
    path = path if path.is_file() else SHIPPED.parent / file
    return judged(path.resolve()).get(int(line), "")


def _parameters(inputs: Inputs) -> Iterator[Assumption]:
    for name, row in inputs.parameters.items():
        if row.mark != "K":
            continue
        overlaid = row.source != parameters()[name].source
        where = row.source if overlaid else table_line("parameters", name)
        source = note_at(where) if overlaid else row.source
        defined = source == DEFINED
        kind, factor = ("definition", "") if defined else ("parameter", name)
        yield Assumption(name, row.label, _prior(row), row.unit, source, "K", where, kind, factor)


def _prior(row: Parameter) -> tuple[float, ...]:
    return (row.value,) if row.prior.is_fixed else (row.low, row.value, row.high)


def _settings(document: Document) -> Iterator[tuple[str, Setting]]:
    """Every lever with the path of the section that sets it."""
    for name in ("existing", "plan"):
        yield from ((name, setting) for setting in getattr(document, name))
    for name in ("phases", "districts"):
        for place, phase in enumerate(getattr(document, name)):
            yield from ((f"{name}.{place}", setting) for setting in phase.settings)


def _levers(document: Document) -> Iterator[Assumption]:
    for section, setting in _settings(document):
        lever = setting.lever
        for place, dated in enumerate(setting.values):
            where = _spot(dated.cursor.node.spot)
            if source := note_at(where):
                path = f"{section}.{lever.name}" + (f".{place}" if len(setting.values) > 1 else "")
                factor = lever.name if dated.value or lever.unit == "flag" else ""
                yield Assumption(path, lever.label, (dated.value,), lever.unit, source, "K", where, "lever", factor)


def _budgets(document: Document) -> Iterator[Assumption]:
    for name, funder in document.funders.items():
        for place, dated in enumerate(funder.budgets):
            where = _spot(dated.cursor.node.spot)
            if source := note_at(where):
                path = f"funders.{name}.budget" + (f".{place}" if len(funder.budgets) > 1 else "")
                factor = f"funders.{name}.budget" if any(one.value for one in funder.budgets) else ""
                yield Assumption(
                    path, budget_label(name), (dated.value,), "yuan per year", source, "K", where, "budget", factor
                )


def _shocks(resolved: Resolved) -> Iterator[Assumption]:
    said = resolved.data.get("shocks") or []
    for path, node in leaves(resolved.root):
        parts = path.split(".")
        where = _spot(node.spot)
        if parts[0] != "shocks" or parts[2] not in ("multiply", "clean_up") or not (source := note_at(where)):
            continue
        name = said[int(parts[1])]["name"]
        struck = parts[2] == "clean_up"
        value = float(node.text.rstrip("% ")) / 100 if struck else float(node.value)
        label, unit = shock_label(name, "" if struck else parts[3]), "share" if struck else "multiplier"
        yield Assumption(path, label, (value,), unit, source, "K", where, "shock", f"shocks.{parts[1]}")


def _region(plan: Plan) -> Iterator[Assumption]:
    found = {path: node for path, node in leaves(read(SHIPPED.parent / plan.region_file, plan.region_file))}
    for mark, node in found.items():
        path, _, last = mark.rpartition(".")
        if last != "mark" or node.text != "K":
            continue
        figure = plan.region.figures.get(path)
        values = (figure.value,) if figure else _counts(path, found)
        label, unit = region_label(path, plan.region)
        source = plan.region.sources[found[f"{path}.source"].text]["title"]
        factor = factor_of(path, values[0]) if figure else ""
        where = f"{plan.region_file}:{node.spot.line}"
        yield Assumption(f"region.{path}", label, values, unit, source, "K", where, "region", factor)


def _counts(path: str, found: dict[str, Node]) -> tuple[float, ...]:
    """The numbers of streets, towns and townships that stand together under one mark."""
    return tuple(float(node.value) for key, node in found.items() if key.startswith(f"{path}.") and _is_number(node))


def _is_number(node: Node) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


def _prices() -> Iterator[Assumption]:
    for name, lever in levers().items():
        if lever.cost and lever.cost.mark == "K":
            where = table_line("levers", name)
            yield Assumption(
                f"price.{name}", price_label(lever), (lever.cost.yuan,), "yuan", lever.cost.source, "K", where, "price",
                f"price.{name}",
            )  # fmt: skip


def _words(resolved: Resolved, targets: tuple[Target, ...]) -> Iterator[Assumption]:
    """Readings of the plan's words, and thresholds of targets that the plan does not give."""
    for path, node in leaves(resolved.root):
        where = _spot(node.spot)
        parts = path.split(".")
        reading, threshold = parts[0] == "readings", parts[0] == "targets" and parts[-1] in ("at_least", "at_most")
        if not (reading or threshold) or not (source := note_at(where)):
            continue
        label = word_label(parts[1] if reading else "targets")
        if reading:
            yield Assumption(path, label, (), "", source, "K", where, "definition", "", node.text)
        else:
            target = targets[int(parts[1])]
            unit = indicators()[target.indicator].unit
            yield Assumption(path, label, (target.threshold,), unit, source, "K", where, "definition", "")


def _constants() -> Iterator[Assumption]:
    """Numbers that stand in the code itself; nothing varies them."""
    for one in judged_constants():
        label = constant_label(one.name)
        yield Assumption(one.name, label, (), "", one.why, "K", one.where, "constant", "", one.values)


def _spot(spot: object) -> str:
    file, line, *_ = str(spot).rsplit(":", 2)
    return f"{file}:{line}"
