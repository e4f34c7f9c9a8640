"""The factors of an experiment file: `levers` and `uncertainties`, and the `constants`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...model.text import nearest
from ...model.vocabulary import levers
from ...scenarios.cursor import Cursor
from .factor import Factor
from .factor_forms import factor_of
from .nouns import Noun, nouns, of_section, value_of
from .scenario_list import Scenes

SECTIONS = ("levers", "uncertainties")


@dataclass
class Factors:
    """The factors, and where each name stands (names of faulty ones too)."""

    made: dict[str, Factor] = field(default_factory=dict)
    named: dict[str, Cursor] = field(default_factory=dict)
    meant: bool = False  # whether the file has factors, if only misspelt ones


def factors_of(root: Cursor, scenes: Scenes) -> Factors:
    """The factors of both sections, in the order of the file."""
    found = Factors()
    for section in SECTIONS:
        given = root.at(section)
        found.meant |= bool(given and given.value)
        for child, noun in _named(given, section) if given else ():
            found.named[noun.name] = child
            made = factor_of(child, noun, scenes)
            if made:
                found.made[noun.name] = made
    return found


def constants_of(root: Cursor, factors: Factors) -> dict[str, float | str]:
    """The values that are the same in every run, in the model's units; a name may not be a factor as well."""
    given = root.at("constants")
    found: dict[str, float | str] = {}
    for child, noun in _named(given, "constants") if given else ():
        if noun.name in factors.named:
            child.wrong(
                f"已是 {noun.section} 中的因子，不能又是常数",
                f"is a factor already (in `{noun.section}`) and cannot be a constant too",
                key=True,
            )
        elif noun.kind == "budget":
            child.wrong(
                "预算只能作为 levers 中的因子，写倍数，例如 {times: {low: 0.5, high: 2}}",
                "a budget can only be a factor in `levers`, with multiples such as {times: {low: 0.5, high: 2}}",
                key=True,
            )
        elif isinstance(child.value, dict | list):
            child.wrong(
                "常数只写一个取值；要变动请移到 levers 或 uncertainties",
                "a constant takes one value; what varies stands in `levers` or `uncertainties`",
            )
        elif (value := value_of(child, noun)) is not None:
            found[noun.name] = value
    return found


def _named(cursor: Cursor, section: str) -> Iterator[tuple[Cursor, Noun]]:
    """The entries of a section whose names are known and belong there; the others are noted."""
    if not cursor.is_mapping():
        return
    allowed = nouns() if section == "constants" else of_section(section)
    for name, child in cursor.entries():
        if name in allowed and child.value is not None:
            yield child, allowed[name]
        elif name in allowed:
            child.wrong("冒号后没有值；请填写，或删去这一行", "has no value; give one or remove the line", key=True)
        elif name in nouns():
            home = nouns()[name].section
            child.wrong(
                f"应写在 {home} 中，不在 {section} 中", f"belongs under `{home}`, not under `{section}`", key=True
            )
        else:
            _unknown(name, child, allowed)


def _unknown(name: str, child: Cursor, allowed: Iterable[str]) -> None:
    words = list(allowed)
    keys = child.value if isinstance(child.value, dict) else {}
    inside = [word for word in words if word.startswith(f"{name}.")]
    inside = [word for word in inside if word.removeprefix(f"{name}.") in keys] or inside
    homes = [word for word in words if "." in word and word.split(".", 1)[1] == name] or inside
    if homes:
        zh, en = "、".join(homes[:4]), " or ".join(f"`{home}`" for home in homes[:4])
        child.wrong(f"请写全名，例如 {zh}", f"write the full name, such as {en}", key=True)
        return
    elsewhere = nearest(name, nouns())
    if elsewhere and elsewhere not in words:
        home = nouns()[elsewhere].section
        child.wrong(
            f"没有“{name}”这一项；是否想写 {elsewhere}？它应写在 {home} 中",
            f"unknown key `{name}` — did you mean `{elsewhere}`? It belongs under `{home}`",
            key=True,
        )
        return
    short = nearest(name, [lever.split(".", 1)[1] for lever in levers()])
    if short and not nearest(name, words):
        words = [word for word in words if word.endswith(f".{short}")] or words
    child.unknown(name, words)
