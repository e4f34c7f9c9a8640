"""The `design` of an experiment file: the method, the keys that go with it, and its points."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...scenarios.cursor import Cursor
from ...scenarios.grammar import required
from .experiment import METHODS, Design
from .factors_file import Factors
from .grammar import DESIGN, KEYS_OF, NEEDS_POINTS
from .notes import at_top
from .points_file import points_of, rows_of

MOST_POINTS = 2**22
MOST_LEVELS = 1000
LARGEST_SEED = 2**32 - 1  # SALib seeds NumPy's old generator, and takes 0 for no seed


def design_of(root: Cursor, base: Path, factors: Factors) -> Design:
    """The design; without one nothing may vary."""
    cursor = root.at("design")
    if cursor is None:
        if factors.meant and "design" not in root.value:
            at_top(root, "写了因子，但没有写 design（实验设计）", "there are factors, but no `design`")
        return Design()
    if not cursor.has_only(DESIGN, required(DESIGN)):
        return Design()
    given = cursor.at("method")
    method = given.choice(METHODS) if given else None
    if method is None or given is None:
        return Design()
    _note_strangers(cursor, method)
    _note_factors(given, method, factors)
    numbers: dict[str, Any] = _numbers(cursor, method)
    return Design(method, rows=_rows(cursor, method, base, factors), **numbers)


def _note_strangers(cursor: Cursor, method: str) -> None:
    """Keys of other methods, and keys that this one needs."""
    fits = KEYS_OF[method]
    for key, child in cursor.entries():
        if key in DESIGN and key != "method" and key not in fits:
            own = ("、".join(fits), ", ".join(fits)) if fits else ("没有其他项", "no other key")
            child.wrong(
                f"不适用于 {method} 设计；该设计可用：{own[0]}" if fits else f"不适用于 {method} 设计，请删去",
                f"does not go with the method `{method}`, which takes {own[1]}",
                key=True,
            )
    if method in NEEDS_POINTS and "points" not in cursor.value:
        cursor.wrong(f"{method} 设计缺少必填项 points", f"the method `{method}` needs the key `points`", key=True)
    if method == "list" and ("rows" in cursor.value) == ("file" in cursor.value):
        cursor.wrong("rows 和 file 应写且只写一个", "give exactly one of `rows` and `file`", key=True)


def _note_factors(given: Cursor, method: str, factors: Factors) -> None:
    if method == "one" and factors.named:
        names = ", ".join(factors.named)
        given.wrong(
            f"one 设计只有一个点，因子不会变动（{names}）；请改用其他设计，或将其移到 constants",
            f"with `one` nothing varies, but there are factors ({names}); take another method, "
            "or move them to `constants`",
        )
    elif method != "one" and not factors.meant:
        given.wrong(
            f"{method} 设计至少要有一个因子（写在 levers 或 uncertainties 中）",
            f"the method `{method}` needs a factor, under `levers` or `uncertainties`",
        )


def _numbers(cursor: Cursor, method: str) -> dict[str, Any]:
    """The counts, flags and seed of the method; what is wrong is noted and left at its default."""
    parts = {key: part for key in KEYS_OF[method] if (part := cursor.at(key))}
    least = {"sobol": 2, "morris": 2}.get(method, 1)
    limits = dict.fromkeys(("points", "up_to"), (least, MOST_POINTS))
    limits |= {"levels": (2, MOST_LEVELS), "seed": (1, LARGEST_SEED)}
    found: dict[str, Any] = {}
    for key, bounds in limits.items():
        number = parts[key].whole(*bounds) if key in parts else None
        if number is not None:
            found[key] = number
    if "second_order" in parts and (flag := parts["second_order"].quantity("flag")):
        found["second_order"] = bool(flag.value)
    if method == "sobol":
        _note_powers(parts, found)
    if method == "morris" and found.get("levels", 4) % 2:
        parts["levels"].wrong("morris 设计的档数应为偶数", "the levels of a Morris design should be an even number")
    return found


def _note_powers(parts: dict[str, Cursor], found: dict[str, Any]) -> None:
    """Saltelli's sequence is balanced only for powers of two."""
    for key in ("points", "up_to"):
        number = found.get(key)
        if number is not None and number & (number - 1):
            below = 2 ** (number.bit_length() - 1)
            parts[key].wrong(
                f"“{number}”应为 2 的整数次幂，例如 {below} 或 {2 * below}",
                f"`{number}` should be a power of two, such as {below} or {2 * below}",
            )
    if found.get("up_to", MOST_POINTS) < found.get("points", 0):
        parts["up_to"].wrong(
            f"小于 points（{found['points']}）", f"is below `points` ({found['points']})"
        )


def _rows(cursor: Cursor, method: str, base: Path, factors: Factors) -> tuple[dict[str, float | str], ...]:
    if method != "list":
        return ()
    rows, file = cursor.at("rows"), cursor.at("file")
    if rows:
        return rows_of(rows, factors)
    return points_of(file, base, factors) if file else ()
