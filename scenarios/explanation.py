"""Explain a name: its value here, the file and line it came from, its unit and source, and what it does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..model.posterior import Posterior
from ..model.posterior_choice import chosen
from ..model.priors import Prior
from ..model.text import Problem, Refusal, Text, nearest
from ..model.vocabulary import TABLES, Parameter, clauses, indicators, levers, parameters
from .checking import document_of
from .layers import DEFAULTS, Resolved
from .nodes import Node, leaves
from .reading import read
from .units import NAMES, number, shown, written

_BASES = {
    "whole": Text("全域", "the whole place"),
    "prefecture": Text("每个市州", "each prefecture"),
    "district": Text("每个区（县）", "each district"),
    "street": Text("每个街道（乡镇）", "each street or township"),
    "township": Text("每个乡镇", "each township"),
    "community": Text("每个社区（村）", "each community or village"),
    "village": Text("每个村", "each village"),
}
POSTERIOR_FILE = "calibration/posterior.json"
_SECTIONS = ("existing", "plan", "phases", "districts")


class Unsaid(NamedTuple):
    """Something that a scenario leaves unsaid, what holds instead, and where that stands."""

    name: str
    value: Text
    where: str


def explain(resolved: Resolved, name: str, lang: str) -> list[str]:
    """Lines about a lever, parameter, indicator, clause or a path of the scenario.

    Of a calibrated parameter the shipped posterior is told beside the prior. Raises Refusal with the nearest name where
    nothing is called `name`.
    """
    if name in levers():
        lines = _lever(resolved, name)
    elif name in parameters():
        lines = _parameter(resolved, name)
    elif name in indicators():
        lines = _indicator(resolved, name)
    elif name in clauses():
        lines = _clause(name)
    else:
        lines = _path(resolved, name)
    return [line.of(lang) for line in lines]


def unsaid(resolved: Resolved) -> list[Unsaid]:
    """What the scenario leaves unsaid, with the value taken from the tables."""
    found = [
        Unsaid(path, Text(node.text, node.text), _place(node))
        for path, node in leaves(resolved.root)
        if node.spot.file == f"scenarios/{DEFAULTS}"
    ]
    said = {path for path, _ in _settings(resolved)}
    for name, lever in levers().items():
        if not any(path == name for path in said):
            found.append(Unsaid(name, written(lever.neutral, lever.unit), table_line("levers", name)))
    given, posterior = document_of(resolved)[0].parameters, chosen()
    for name, parameter in parameters().items():
        if name not in given and posterior is not None and name in posterior.names:
            found.append(Unsaid(name, _posterior(parameter, posterior), POSTERIOR_FILE))
        elif name not in given:
            found.append(Unsaid(name, _prior(parameter), table_line("parameters", name)))
    return found


def table_line(table: str, name: str) -> str:
    """Where a name stands in a table of the model, as file:line."""
    file = f"model/tables/{table}.yaml"
    node = _table(table)
    for key in name.split(".") if table == "levers" else _home(node, name):
        node = node.value[key]
    return f"{file}:{node.head.line}"


def _home(table: Node, name: str) -> list[str]:
    return (
        [name]
        if name in table.value
        else next([g, name] for g, rows in table.value.items() if name in rows.value)
    )


@cache
def _table(table: str) -> Node:
    return read(TABLES / f"{table}.yaml", f"model/tables/{table}.yaml")


def _place(node: Node) -> str:
    return f"{node.spot.file}:{node.head.line}"


def _settings(resolved: Resolved) -> Iterator[tuple[str, tuple[str, Node]]]:
    """Every lever that the scenario sets, with its path and node."""
    known = levers()
    for section in _SECTIONS:
        node = resolved.root.value.get(section)
        for path, inner in _plans(section, node):
            for group, members in inner.value.items():
                for short, child in members.value.items() if isinstance(members.value, dict) else ():
                    if f"{group}.{short}" in known:
                        yield f"{group}.{short}", (f"{path}.{group}.{short}", child)


def _plans(section: str, node: Node | None) -> Iterator[tuple[str, Node]]:
    """The mappings of lever groups in a section."""
    if node is None or node.value is None:
        return
    if isinstance(node.value, list):
        for index, item in enumerate(node.value):
            plan = item.value.get("plan") if isinstance(item.value, dict) else None
            if plan is not None and isinstance(plan.value, dict):
                yield f"{section}.{index}.plan", plan
    elif section == "districts" and isinstance(node.value, dict):
        yield from (
            (f"{section}.{key}", child) for key, child in node.value.items() if isinstance(child.value, dict)
        )
    elif isinstance(node.value, dict):
        yield section, node


def _lever(resolved: Resolved, name: str) -> Iterator[Text]:
    lever = levers()[name]
    yield _titled(name, lever.label)
    found = [place for path, place in _settings(resolved) if path == name]
    for path, node in found:
        for below, leaf in leaves(node, path):
            yield Text(
                f"  {below} = {leaf.text}（{_place(leaf)}）", f"  {below} = {leaf.text} ({_place(leaf)})"
            )
    neutral, line = written(lever.neutral, lever.unit), table_line("levers", name)
    if not found:
        yield Text(
            f"  情景没有写；无政策时为 {neutral.zh}（{line}）",
            f"  not said; without a policy it is {neutral.en} ({line})",
        )
    else:
        yield Text(f"  无政策时为 {neutral.zh}（{line}）", f"  without a policy it is {neutral.en} ({line})")
    low, high, unit = written(lever.low, lever.unit), written(lever.high, lever.unit), NAMES[lever.unit]
    yield Text(
        f"  单位：{unit.zh}；范围 {low.zh} 至 {high.zh}", f"  unit: {unit.en}; range {low.en} to {high.en}"
    )
    if lever.cost:
        cost, period = lever.cost, Text("每年", " per year") if lever.cost.yearly else Text("", "")
        paid, basis = number(cost.yuan), _BASES[cost.basis]
        yield Text(
            f"  成本：每单位{period.zh} {paid} 元，{basis.zh}；来源：{cost.source}〔{cost.mark}〕",
            f"  cost: {paid} yuan per unit{period.en} in {basis.en}; source: {cost.source} [{cost.mark}]",
        )
    if lever.clauses:
        listed = ", ".join(lever.clauses)
        yield Text(f"  条款：{listed}", f"  clauses: {listed}")
    yield Text(f"  {lever.about.zh}", f"  {lever.about.en}")


def _parameter(resolved: Resolved, name: str) -> Iterator[Text]:
    document = document_of(resolved)[0]
    parameter = document.parameters.get(name, parameters()[name])
    place = parameter.source if name in document.parameters else table_line("parameters", name)
    prior = _prior(parameter)
    yield _titled(name, parameter.label)
    yield Text(f"  {prior.zh}（{place}）", f"  {prior.en} ({place})")
    posterior = chosen()
    if posterior is not None and name in posterior.names:
        fitted = _posterior(parameter, posterior)
        used = Text("默认取用", "in force unless priors are chosen")
        if name in document.parameters:
            used = Text("不取用，以情景为准", "not used: the scenario says otherwise")
        yield Text(
            f"  后验：{fitted.zh}（{POSTERIOR_FILE}；{used.zh}）",
            f"  posterior: {fitted.en} ({POSTERIOR_FILE}; {used.en})",
        )
    yield Text(
        f"  单位：{parameter.unit}；来源：{parameter.source}〔{parameter.mark}〕",
        f"  unit: {parameter.unit}; source: {parameter.source} [{parameter.mark}]",
    )
    yield Text(f"  {parameter.about.zh}", f"  {parameter.about.en}")


def _prior(parameter: Parameter) -> Text:
    prior: Prior = parameter.prior
    middle = shown(parameter.value, parameter.unit)
    if prior.is_fixed:
        return Text(f"{middle.zh}（定值）", f"{middle.en} (fixed)")
    return _range(parameter.low, parameter.value, parameter.high, parameter.unit)


def _posterior(parameter: Parameter, posterior: Posterior) -> Text:
    low, median, high = (float(f"{value:.3g}") for value in posterior.quantiles(parameter.name))
    return _range(low, median, high, parameter.unit)


def _range(least: float, central: float, most: float, unit: str) -> Text:
    low, middle, high = (shown(value, unit) for value in (least, central, most))
    return Text(
        f"中位 {middle.zh}，90% 区间 {low.zh} 至 {high.zh}",
        f"median {middle.en}, 90 % range {low.en} to {high.en}",
    )


def _indicator(resolved: Resolved, name: str) -> Iterator[Text]:
    indicator = indicators()[name]
    yield _titled(name, indicator.label)
    yield Text(f"  单位：{indicator.unit}", f"  unit: {indicator.unit}")
    yield Text(f"  {indicator.about.zh}", f"  {indicator.about.en}")
    for target in document_of(resolved)[0].targets:
        if target.indicator == name:
            threshold = shown(target.threshold, indicator.unit)
            yield Text(
                f"  目标 {target.id}：{target.sense} {threshold.zh}（{target.clause}）",
                f"  target {target.id}: {target.sense} {threshold.en} ({target.clause})",
            )


def _clause(name: str) -> Iterator[Text]:
    clause = clauses()[name]
    yield Text(f"{name}（{clause.kind}）：{clause.phrase}", f"{name} ({clause.kind}): {clause.gloss}")
    if clause.maps:
        listed = ", ".join(clause.maps)
        yield Text(f"  在模型中：{listed}", f"  in the model: {listed}")
    if clause.reason.en:
        yield Text(f"  {clause.reason.zh}", f"  {clause.reason.en}")


def _path(resolved: Resolved, name: str) -> list[Text]:
    found = [
        (path, node) for path, node in leaves(resolved.root) if path == name or path.startswith(f"{name}.")
    ]
    if found:
        return [
            Text(f"{path} = {node.text}（{_place(node)}）", f"{path} = {node.text} ({_place(node)})")
            for path, node in found
        ]
    known = [
        *levers(),
        *parameters(),
        *indicators(),
        *clauses(),
        *(path for path, _ in leaves(resolved.root)),
    ]
    like = nearest(name, known)
    hint_zh, hint_en = (f"；是否想查 {like}？", f" — did you mean `{like}`?") if like else ("", "")
    raise Refusal(
        [
            Problem(
                Text(
                    f"没有叫“{name}”的杠杆、参数、指标、条款或情景条目{hint_zh}",
                    f"no lever, parameter, indicator, clause or entry is called `{name}`{hint_en}",
                )
            )
        ]
    )


def _titled(name: str, label: Text) -> Text:
    return Text(f"{name}：{label.zh}", f"{name}: {label.en}")
