"""The units of the scenario language: what each is called, how it is written, and how a value is shown."""

from __future__ import annotations

from ..model.text import Text

MONEY = ("yuan", "yuan per year")
BARE = ("persons", "posts", "seats", "slots", "score", "multiplier", "count", "month")
UNITS = ("yuan", "yuan per year", "share", "per year", "per month", "months", "flag", *BARE)

NAMES = {
    "yuan": Text("一笔金额", "an amount of money"),
    "yuan per year": Text("每年的金额", "an amount of money per year"),
    "share": Text("百分数", "a percentage"),
    "per year": Text("每年的次数", "a number per year"),
    "per month": Text("每月的次数", "a number per month"),
    "months": Text("一段时间", "a length of time"),
    "flag": Text("是或否", "yes or no"),
    "persons": Text("人数，不带单位的数", "a bare number of persons"),
    "posts": Text("岗位数，不带单位的数", "a bare number of posts"),
    "seats": Text("座位数，不带单位的数", "a bare number of seats"),
    "slots": Text("名额数，不带单位的数", "a bare number of slots"),
    "score": Text("0 到 1 之间不带单位的数", "a bare number between 0 and 1"),
    "multiplier": Text("倍数，不带单位的数", "a bare multiplier"),
    "count": Text("不带单位的数", "a bare number"),
    "month": Text("月份，1 到 12 的整数", "the number of a month, 1 to 12"),
}
EXAMPLES = {
    "yuan": Text("30万元 或 300000 yuan", "300000 yuan or 30万元"),
    "yuan per year": Text("20万元每年 或 200000 yuan per year", "200000 yuan per year or 20万元每年"),
    "share": Text("85% 或 85 %", "85 % or 85%"),
    "per year": Text("每年2场 或 2 per year", "2 per year or 每年2场"),
    "per month": Text("每月1次 或 1 per month", "1 per month or 每月1次"),
    "months": Text("12个月 或 1年", "12 months or 1 year"),
    "flag": Text("是 或 否", "yes or no"),
    "persons": Text("100", "100"),
    "posts": Text("1.5", "1.5"),
    "seats": Text("100", "100"),
    "slots": Text("12", "12"),
    "score": Text("0.3", "0.3"),
    "multiplier": Text("1.5", "1.5"),
    "count": Text("2", "2"),
    "month": Text("3", "3"),
}
_SUFFIX = {
    "yuan": Text("元", " yuan"),
    "yuan per year": Text("元每年", " yuan per year"),
    "per year": Text("次每年", " per year"),
    "per month": Text("次每月", " per month"),
    "months": Text("个月", " months"),
    "persons": Text("人", " persons"),
    "posts": Text("个岗位", " posts"),
    "seats": Text("个座位", " seats"),
    "slots": Text("个名额", " slots"),
}


def number(value: float) -> str:
    """A number without needless digits: 0.3, 1500000, 2."""
    short = f"{value:.6g}"
    return f"{value:.0f}" if "e+" in short else short


def written(value: float, unit: str) -> Text:
    """`value` as a planner would write it in a scenario, in both languages."""
    if unit == "flag":
        return Text("是", "yes") if value >= 0.5 else Text("否", "no")
    if unit == "share":
        return Text(f"{number(100 * value)}%", f"{number(100 * value)} %")
    if unit in BARE:
        return Text(number(value), number(value))
    return shown(value, unit)


def shown(value: float, unit: str) -> Text:
    """`value` with its unit for people, counts included (units that are not known here stand as they are)."""
    if unit in ("flag", "share"):
        return written(value, unit)
    suffix = _SUFFIX.get(unit)
    if suffix is None:
        plain = number(value) if unit in BARE or unit in ("", "1") else f"{number(value)} {unit}"
        return Text(plain, plain)
    chinese = number(value)
    if unit in MONEY and abs(value) >= 10000:
        chinese = f"{number(value / 1e8)}亿" if abs(value) >= 1e8 else f"{number(value / 1e4)}万"
    return Text(chinese + suffix.zh, number(value) + suffix.en)
