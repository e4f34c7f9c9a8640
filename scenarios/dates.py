"""Months, spans and dated values: `30 %`, {value, from, until, ramp}, or a list of these."""

from __future__ import annotations

from collections.abc import Callable

from .cursor import Cursor
from .document import Dated, Span
from .grammar import DATED


def month_name(ordinal: int) -> str:
    """2022-12 for year × 12 + month − 1."""
    return f"{ordinal // 12}-{ordinal % 12 + 1:02d}"


def span_of(cursor: Cursor, calendar: Span) -> Span:
    """The `from` and `until` of a mapping, in order and not wholly outside the calendar."""
    starts, ends = cursor.at("from"), cursor.at("until")
    span = Span(starts.month() if starts else None, ends.month() if ends else None)
    if starts and ends and in_order(span, ends):
        inside_calendar(span, calendar, starts)
    elif starts or ends:
        inside_calendar(span, calendar, starts or ends or cursor)
    return span


def in_order(span: Span, ends: Cursor) -> bool:
    """Whether the span ends after it begins; a problem is noted at its end otherwise."""
    if span.first is None or span.last is None or span.first <= span.last:
        return True
    ends.wrong(
        f"结束（{month_name(span.last)}）早于开始（{month_name(span.first)}）",
        f"the end ({month_name(span.last)}) is before the beginning ({month_name(span.first)})",
    )
    return False


def inside_calendar(span: Span, calendar: Span, at: Cursor) -> None:
    """Note a problem where the span lies wholly outside the calendar."""
    if calendar.first is None or calendar.last is None:
        return
    late = span.first is not None and span.first > calendar.last
    early = span.last is not None and span.last < calendar.first
    if late or early:
        first, last = month_name(calendar.first), month_name(calendar.last)
        at.wrong(f"不在模拟时段 {first} 至 {last} 之内", f"lies outside the calendar, {first} to {last}")


def dated_values(
    cursor: Cursor,
    read: Callable[[Cursor], float | None],
    outer: Span,
    calendar: Span,
    ramp: int = 0,
    steady: bool = False,
) -> tuple[Dated, ...]:
    """The dated values of a lever or budget; open sides are closed by `outer`.

    `read` reads one value (None: a problem was noted); `steady` values cannot build up.
    """
    items = list(cursor.items()) if isinstance(cursor.value, list) else [cursor]
    if not items:
        cursor.wrong("列表是空的", "the list is empty")
    found = []
    for item in items:
        one = _dated(item, read, calendar, ramp, steady)
        if one is not None:
            found.append(one)
    return _closed(found, outer)


def _dated(
    item: Cursor, read: Callable[[Cursor], float | None], calendar: Span, ramp: int, steady: bool
) -> Dated | None:
    if not isinstance(item.value, dict):
        value = read(item)
        return None if value is None else Dated(value, Span(), 0 if steady else ramp, item)
    item.has_only(DATED, ("value",))
    span = span_of(item, calendar)
    build_up = item.at("ramp")
    if build_up:
        ramp = ramp_of(build_up)
        if steady:
            build_up.wrong("是或否不能逐步到位，请删去 ramp", "a yes or no cannot build up; remove `ramp`")
    given = item.at("value")
    value = read(given) if given else None
    return None if value is None else Dated(value, span, 0 if steady else ramp, item)


def ramp_of(cursor: Cursor) -> int:
    """A build-up time in whole months."""
    length = cursor.quantity("months")
    if length is None:
        return 0
    if not 0 <= length.value <= 240 or length.value != int(length.value):
        cursor.wrong("应为 0 到 240 个月的整月数", "should be a whole number of months, at most 240")
        return 0
    return int(length.value)


def _closed(found: list[Dated], outer: Span) -> tuple[Dated, ...]:
    """In order of time; each open end reaches to the next beginning, and the outer span closes the rest."""
    ordered = sorted(found, key=lambda dated: -1 if dated.span.first is None else dated.span.first)
    closed = []
    for dated, following in zip(ordered, [*ordered[1:], None], strict=False):
        span = dated.span
        begins = following.span.first if following else None
        if following and (begins is None or begins == span.first or (span.last or -1) >= begins):
            _overlap(following, dated)
            continue
        if begins is not None and span.last is None:
            span = Span(span.first, begins - 1)
        span = span.within(outer)
        if dated.span != span:
            _not_empty(dated, span)
        closed.append(dated._replace(span=span))
    return tuple(closed)


def _overlap(dated: Dated, other: Dated) -> None:
    line = other.cursor.node.head.line
    dated.cursor.wrong(f"与第 {line} 行的取值在时间上重叠", f"overlaps in time with the value at line {line}")


def _not_empty(dated: Dated, span: Span) -> None:
    if span.first is not None and span.last is not None and span.first > span.last:
        first, last = month_name(span.first), month_name(span.last)
        dated.cursor.wrong(
            f"开始（{first}）晚于所在时段的结束（{last}）",
            f"begins ({first}) after the end of its time ({last})",
        )
