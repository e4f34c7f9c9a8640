"""The month taken apart: its statements, read from `model/month.py`, become steps that can be run one at a time.

So the profile follows the model without being told: whatever stands in `before_births`, `after_births` or in the loop
of `live` is a step. All steps are linked into one entry, so that each is optimized with all that it calls, as in a run.
"""

from __future__ import annotations

import ast
import inspect
from typing import Any, NamedTuple

import numba

from miaopu.model import month

LIVE = "live"


class Steps(NamedTuple):
    """Names of the steps, the months that they make up, and the compiled function that runs one: `run(world, step)`."""

    names: list[str]
    whole: list[int]  # the month, the loop over organizations as one step
    apart: list[int]  # the month, that loop rule by rule
    loop: list[int]  # the rules of the loop, the first one being the loop itself with no rule
    run: Any


def body_of(function: str) -> list[ast.stmt]:
    """Statements of a function of the month, without its docstring."""
    tree = ast.parse(inspect.getsource(month))
    found = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)
    return [node for node in found.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]


def is_local(node: ast.stmt) -> bool:
    """Whether a statement only gives names to things: such statements stand before every step."""
    if not isinstance(node, ast.Assign):
        return False
    targets = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
    return all(isinstance(target, ast.Name) for target in targets)


def label(node: ast.stmt) -> str:
    """Which of the model's functions a statement calls, or else what it sets."""
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    names = [func.id for func in calls if isinstance(func, ast.Name) and func.id in vars(month)]
    return ", ".join(names) or ast.unparse(node).splitlines()[0].split(" = ")[0]


def tidying() -> ast.stmt:
    """The statement of the loop over months that sorts the rows now and then."""
    loop = next(node for node in body_of("run_months") if isinstance(node, ast.While))
    return next(node for node in loop.body if isinstance(node, ast.If) and label(node).startswith("tidy"))


class Writer:
    """Collects steps and the source of the functions that hold them."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.source: list[str] = []

    def step(self, name: str, statement: str, indent: int) -> list[str]:
        """Lines that run a statement if its number is asked for."""
        self.names.append(name)
        lines = [f"if step == {len(self.names) - 1}:", *(f"    {line}" for line in statement.splitlines())]
        return [" " * indent + line for line in lines]

    def function(self, name: str, lines: list[str]) -> None:
        """A compiled function of the world and the number of a step."""
        self.source += ["@compiled", f"def {name}(w, step):", *lines, "    return", ""]

    def statements(self, body: list[ast.stmt], indent: int) -> list[str]:
        """Lines of a body: names first given to things, every other statement a step."""
        lines: list[str] = []
        for node in body:
            text = ast.unparse(node)
            if is_local(node) or text.endswith("continue"):
                lines += [" " * indent + line for line in text.splitlines()]
            else:
                lines += self.step(label(node), text, indent)
        return lines


def write_life(writer: Writer) -> tuple[list[int], list[int]]:
    """The loop of `live` rule by rule; steps of all of `live`, and of the loop alone."""
    body = body_of(LIVE)
    at = next(k for k, node in enumerate(body) if isinstance(node, ast.For))
    loop, begin = body[at], len(writer.names)
    assert isinstance(loop, ast.For)
    writer.function("life_before", writer.statements(body[:at], 4))
    given = [f"    {ast.unparse(node)}" for node in body[:at] if is_local(node)]
    first = len(writer.names)
    writer.names.append("the loop itself")
    inside = writer.statements(loop.body, 8)
    last = len(writer.names)
    head = f"    for {ast.unparse(loop.target)} in {ast.unparse(loop.iter)}:"
    writer.function("life", [f"    if step < {first} or step >= {last}:", "        return", *given, head, *inside])
    given = [line for line in given if "now" in line.split("=")[0]]
    writer.function("life_after", [*given, *writer.statements(body[at + 1 :], 4)])
    return list(range(begin, len(writer.names))), list(range(first, last))


def take_apart() -> Steps:
    """Reads, writes and compiles the steps."""
    writer = Writer()
    writer.function("before", writer.statements(body_of("before_births"), 4))
    births = len(writer.names)
    writer.function("after", writer.statements(body_of("after_births"), 4))
    clean = ["    now = w.clock[0]", "    t = now.month", *writer.step("tidy", ast.unparse(tidying()), 4)]
    writer.function("clean", clean)
    whole = list(range(len(writer.names)))
    life, loop = write_life(writer)
    writer.names.append("nothing")
    parts = ("before", "after", "clean", "life_before", "life", "life_after")
    writer.source += ["def run(w, step):", *(f"    {part}(w, step)" for part in parts)]
    space: dict[str, Any] = dict(vars(month))
    exec(compile("\n".join(writer.source), "<the month taken apart>", "exec"), space)
    apart = [part for step in whole for part in (life if writer.names[step] == LIVE else [step])]
    assert births > 0 and len(apart) > len(whole)
    return Steps(writer.names, whole, apart, loop, numba.njit(space["run"]))
