"""Read the streets, towns and townships of a district of a region file."""

from __future__ import annotations

from collections import Counter

from ..model.text import Text
from .cursor import Cursor
from .region import KINDS, PLURAL, SUFFIX, Unit


def read_units(at: Cursor, district: Text) -> tuple[Unit, ...]:
    """The streets, towns and townships of a district, the unnamed ones numbered."""
    found: list[Unit] = []
    unnamed = at.at("unnamed")
    if unnamed is not None:
        unnamed.has_only(PLURAL.values())
    for kind in KINDS:
        if names := at.at(PLURAL[kind]):
            found += _named(names, kind)
        if unnamed is not None and (more := unnamed.at(PLURAL[kind])):
            count, suffix = more.whole(1, 1000) or 0, SUFFIX[kind]
            found += [
                Unit(Text(f"{district.zh}{suffix.zh}{n}", f"{district.en}{suffix.en.lower()} {n}"), kind)
                for n in range(1, count + 1)
            ]
    if not any(key in at.value for key in (*PLURAL.values(), "unnamed")):
        at.wrong("至少要有一个街道、镇或乡", "needs at least one street, town or township", key=True)
    counted = Counter(unit.name.zh for unit in found)
    for name in (name for name, count in counted.items() if count > 1):
        at.wrong(f"“{name}”写了两次", f"`{name}` is given twice", key=True)
    return tuple(found)


def _named(at: Cursor, kind: str) -> list[Unit]:
    """Units from {zh: 甲、乙, en: Jia, Yi}: names without 街道, 镇 or 乡."""
    both = at.pair() if isinstance(at.value, dict) else None
    if both is None:
        at.is_mapping()
        return []
    chinese = [part.strip() for part in both.zh.split("、")]
    english = [part.strip() for part in both.en.split(",")]
    if len(chinese) != len(english) or not all(chinese) or not all(english):
        at.wrong(
            f"中文名 {len(chinese)} 个（用“、”分），英文名 {len(english)} 个（用“,”分），应一一对应，不能空",
            f"{len(chinese)} Chinese names (set off by 、) and {len(english)} English ones (by commas): "
            "they should pair up, and none may be empty",
        )
        return []
    suffix = SUFFIX[kind]
    return [Unit(Text(zh + suffix.zh, en + suffix.en), kind) for zh, en in zip(chinese, english, strict=True)]
