"""Read the header of a roster: which columns it has, in Chinese or English, and so of which kind it is."""

from __future__ import annotations

from ..model.text import nearest
from .roster_columns import COLUMNS, headings, plain
from .sheet import Sheet


def read_header(sheet: Sheet) -> tuple[str, dict[str, int]]:
    """The kind of a roster ("street" or "community") and where its columns stand, from 1. Raises Refusal."""
    known, column, before = headings(), dict[str, int](), len(sheet.problems)
    for place, heading in enumerate(sheet.header, 1):
        name = known.get(plain(heading))
        if name is None:
            zh, en = _offer_heading(heading)
            sheet.wrong(
                sheet.header_line, place, f"没有“{heading}”这一列{zh}", f"unknown column `{heading}`{en}"
            )
        elif name in column:
            sheet.wrong(
                sheet.header_line,
                place,
                f"“{heading}”这一列写了两次（第一次在第 {column[name]} 列）",
                f"the column `{heading}` is given twice (first in column {column[name]})",
            )
        else:
            column[name] = place
    by = "community" if "community" in column else "street"
    for name in column:
        if by not in COLUMNS[name].by:
            label = COLUMNS[name].label
            sheet.wrong(
                sheet.header_line,
                column[name],
                f"按社区填写的名册没有“{label.zh}”这一列",
                f"a roster by community has no column `{label.en}`",
            )
    missing = [
        found.label
        for found in COLUMNS.values()
        if found.required and by in found.by and found.name not in column
    ]
    if missing and len(sheet.problems) == before:
        sheet.wrong(
            sheet.header_line,
            1,
            "缺少必填的列：" + "、".join(label.zh for label in missing),
            "required columns are missing: " + ", ".join(label.en for label in missing),
        )
    if len(sheet.problems) > before:
        sheet.refuse_if_wrong()
    return by, column


def _offer_heading(heading: str) -> tuple[str, str]:
    chinese = [column.label.zh for column in COLUMNS.values()]
    english = [column.label.en for column in COLUMNS.values()]
    like = nearest(heading.lower(), english) or nearest(heading, chinese)
    if like:
        return f"；是否想写 {like}？", f" — did you mean `{like}`?"
    return f"；可用：{'、'.join(chinese)}", f"; allowed are {', '.join(english)}"
