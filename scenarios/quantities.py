"""Quantities with units, Chinese or English: `30万元`, `200000 yuan per year`, `85 %`, `每年2场`, `1年`."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from ..model.text import Text
from .units import BARE, EXAMPLES, MONEY, NAMES

_NUMBER = r"(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+)"
_MYRIADS = {
    "": 1.0,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
}
_SCALE = r"(?P<scale>百万|千万|百|千|万|亿|thousand|million|billion|k|m)?"
_CURRENCY = r"(?:元人民币|元|人民币|yuan|rmb|cny)"
_YEAR = r"(?:/|每一?|一|per|a|each)年|(?:/|per|a|each)year|年|yearly|annually"
_MONTH = r"(?:/|每一?|一)个?月|(?:/|per|a|each)month|monthly"
_PLACES = {
    "place": ("全市", "全省", "全域", "inall", "whole", "city", "place", "province"),
    "prefecture": ("市州", "地市", "prefecture"),
    "district": ("县市区", "区县", "县区", "区", "县", "district", "county"),
    "street": ("街道", "乡镇", "镇街", "street", "township"),
    "community": ("社区", "村", "community", "village"),
    "organization": ("社会组织", "组织", "organization", "group"),
    "hub": ("枢纽", "hub"),
    "session": ("场", "期", "session"),
    "project": ("项目", "个项目", "project", "item"),
}
_WORDS = {word: basis for basis, words in _PLACES.items() for word in words}
_BASIS = r"(?:/|每一?个?|per|each|in)?(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_QUALIFIER = rf"(?:(?P<year>{_YEAR})|(?P<month>{_MONTH})|(?P<basis>{_BASIS}))"
_ANY = re.sub(r"\?P<\w+>", "?:", _QUALIFIER)
_NOUNS = (
    "个班 场次 人次 批次 场 次 期 个 家 项 班 轮 届 批 times? sessions? events? rounds? class(?:es)? visits?"
)
_COUNTED = f"(?:{'|'.join(_NOUNS.split())})?"
_AMOUNT = re.compile(rf"(?P<lead>{_ANY}*)[¥￥]?{_NUMBER}{_SCALE}{_CURRENCY}(?P<tail>{_ANY}*)")
_RATE = re.compile(rf"(?P<lead>{_ANY}*){_NUMBER}{_COUNTED}(?P<tail>{_ANY}*)")
_PERCENT = re.compile(
    rf"(?:{_NUMBER}(?:%|percent|个百分点)|百分之(?P<chinese>[零〇一二两三四五六七八九十百点\d.]+))"
)
_SPAN = re.compile(
    rf"(?:{_NUMBER}(?:(?P<months>个月|months?)|(?P<years>年|years?))|(?P<half>半年|halfayear))"
)
_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TRUE = {"true", "yes", "on", "是", "有", "允许", "真"}
_FALSE = {"false", "no", "off", "否", "无", "不允许", "假"}


class Quantity(NamedTuple):
    """A value in the unit asked for, and the basis that the words name ("" if none, "district", …)."""

    value: float
    basis: str = ""


class WrongUnit(ValueError):
    """The words do not say a quantity of the unit asked for; `text` says what they should say."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def quantity(given: Any, unit: str) -> Quantity:
    """Read `given` (a number, a truth or words of a file) as a quantity of `unit`.

    Money comes back in yuan, shares as 0-1, lengths of time in months, flags as 0 or 1. Raises WrongUnit.
    """
    if isinstance(given, bool) or unit == "flag":
        return _flag(given, unit)
    if unit in BARE or unit not in NAMES:
        return _bare(given, unit)
    if not isinstance(given, int | float | str):
        raise _wrong(given, unit)
    words = _tidy(str(given))
    if unit in MONEY:
        return _money(words, given, unit)
    if unit == "share":
        return _share(words, given)
    if unit == "months":
        return _months(words, given)
    return _rate(words, given, unit)


def _tidy(words: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words)).lower()


def _wrong(given: Any, unit: str) -> WrongUnit:
    name, example = NAMES.get(unit, NAMES["count"]), EXAMPLES.get(unit, EXAMPLES["count"])
    said = (
        "…"
        if isinstance(given, dict | list)
        else str(given).lower()
        if isinstance(given, bool)
        else str(given)
    )
    if re.fullmatch(_NUMBER, said) and unit not in BARE and unit != "flag":
        return WrongUnit(
            Text(
                f"“{said}”没有单位；应为{name.zh}，例如 {example.zh}",
                f"`{said}` has no unit; give {name.en}, for example {example.en}",
            )
        )
    return WrongUnit(
        Text(
            f"“{said}”写法不对；应为{name.zh}，例如 {example.zh}",
            f"`{said}` is not {name.en}; for example {example.en}",
        )
    )


def _number(match: re.Match[str]) -> float:
    return float(match["number"].replace(",", ""))


def _qualifiers(match: re.Match[str]) -> tuple[int, int, str] | None:
    """How often year and month are named, and the one basis named; None if two bases are."""
    found = [part for side in ("lead", "tail") for part in re.finditer(_QUALIFIER, match[side])]
    bases = [_basis(part["basis"]) for part in found if part["basis"]]
    if len(bases) > 1:
        return None
    years, months = (sum(bool(part[name]) for part in found) for name in ("year", "month"))
    return years, months, bases[0] if bases else ""


def _basis(words: str) -> str:
    return next(_WORDS[word] for word in sorted(_WORDS, key=len, reverse=True) if words.endswith(word))


def _money(words: str, given: Any, unit: str) -> Quantity:
    match = _AMOUNT.fullmatch(words)
    said = _qualifiers(match) if match else None
    if match is None or said is None or said[:2] != ((1, 0) if unit == "yuan per year" else (0, 0)):
        raise _wrong(given, unit)
    return Quantity(_number(match) * _MYRIADS[match["scale"] or ""], said[2])


def _share(words: str, given: Any) -> Quantity:
    match = _PERCENT.fullmatch(words)
    if match is None:
        raise _wrong(given, "share")
    if match["chinese"] is None:
        return Quantity(float(f"{_number(match)}e-2"))
    value = chinese_number(match["chinese"])
    if value is None:
        raise _wrong(given, "share")
    return Quantity(value / 100)


def _rate(words: str, given: Any, unit: str) -> Quantity:
    match = _RATE.fullmatch(words)
    said = _qualifiers(match) if match else None
    if match is None or said is None or said[:2] != ((1, 0) if unit == "per year" else (0, 1)):
        raise _wrong(given, unit)
    return Quantity(_number(match), said[2])


def _months(words: str, given: Any) -> Quantity:
    match = _SPAN.fullmatch(words)
    if match is None:
        raise _wrong(given, "months")
    if match["half"]:
        return Quantity(6.0)
    return Quantity(_number(match) * (12 if match["years"] else 1))


def _flag(given: Any, unit: str) -> Quantity:
    words = _tidy(str(given))
    if unit != "flag" or words not in _TRUE | _FALSE:
        raise _wrong(given, unit)
    return Quantity(1.0 if words in _TRUE else 0.0)


def _bare(given: Any, unit: str) -> Quantity:
    if not isinstance(given, int | float):
        raise _wrong(given, unit)
    return Quantity(float(given))


def chinese_number(words: str) -> float | None:
    """A number below a thousand in Chinese characters: 八十五 → 85, 十二点五 → 12.5; None if it is none."""
    whole, _, fraction = words.partition("点")
    try:
        return float(words)
    except ValueError:
        pass
    if any(character not in _DIGITS for character in fraction) or ("点" in words and not fraction):
        return None
    total = _whole(whole)
    return None if total is None else total + sum(_DIGITS[c] / 10 ** (i + 1) for i, c in enumerate(fraction))


def _whole(words: str) -> int | None:
    match = re.fullmatch(
        r"(?:(?P<h>[一二两]?)百)?零?(?:(?P<t>[一二三四五六七八九]?)十)?(?P<u>[零〇一二两三四五六七八九]?)",
        words,
    )
    if match is None or not words:
        return None
    hundreds = 0 if match["h"] is None else _DIGITS.get(match["h"], 1)
    tens = 0 if match["t"] is None else _DIGITS.get(match["t"], 1)
    return 100 * hundreds + 10 * tens + _DIGITS.get(match["u"], 0)
