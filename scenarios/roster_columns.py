"""The columns of a roster: their names in Chinese and English, and the template for filling one in."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import NamedTuple

from ..model.text import Text


class Column(NamedTuple):
    """A column of a roster."""

    name: str
    label: Text
    by: tuple[str, ...]  # kinds of roster that have it: "street", "community"
    required: bool
    others: tuple[str, ...] = ()  # other headings that are understood


_BOTH = ("street", "community")
COLUMNS = {
    column.name: column
    for column in (
        Column("prefecture", Text("市州", "prefecture"), _BOTH, False, ("地市", "市")),
        Column("district", Text("区县", "district"), _BOTH, True, ("区", "县", "县区", "县市区", "county")),
        Column(
            "street",
            Text("街道乡镇", "street"),
            _BOTH,
            True,
            ("街道", "乡镇", "乡镇街道", "township", "town"),
        ),
        Column(
            "community",
            Text("社区村", "community"),
            ("community",),
            True,
            ("社区", "村", "村社区", "village"),
        ),
        Column("kind", Text("类型", "kind"), _BOTH, True, ("类别", "type")),
        Column("residents", Text("居民数", "residents"), _BOTH, True, ("常住人口", "人口", "population")),
        Column("communities", Text("社区村数", "communities"), ("street",), True, ("社区数", "村数")),
        Column("hub", Text("有枢纽型组织", "hub"), _BOTH, True, ("枢纽", "枢纽型组织")),
        Column("filed", Text("备案数", "filed"), _BOTH, True, ("已备案",)),
        Column("registered", Text("登记数", "registered"), _BOTH, True, ("已登记",)),
        Column("groups", Text("活动小组数", "groups"), _BOTH, False, ("活动小组",)),
        Column(
            "neighbours", Text("相邻街道乡镇", "neighbours"), ("street",), False, ("相邻街道", "neighbors")
        ),
    )
}
STREET_KINDS = {
    "街道": "street",
    "镇": "town",
    "乡": "township",
    "street": "street",
    "town": "town",
    "township": "township",
}
COMMUNITY_KINDS = {"社区": "community", "村": "village", "community": "community", "village": "village"}
HUB = {"是": 1, "有": 1, "yes": 1, "否": 0, "无": 0, "没有": 0, "no": 0}

_EXAMPLES = {
    ("street", "zh"): (
        ("示例区", "甲街道", "街道", "52000", "8", "是", "40", "3", "65", "乙镇"),
        ("示例区", "乙镇", "镇", "31000", "14", "否", "", "", "", "甲街道"),
    ),
    ("street", "en"): (
        ("Example District", "First Street", "street", "52000", "8", "yes", "40", "3", "65", "Second Town"),
        ("Example District", "Second Town", "town", "31000", "14", "no", "", "", "", "First Street"),
    ),
    ("community", "zh"): (
        ("示例区", "甲街道", "花园社区", "社区", "6500", "是", "5", "1", "8"),
        ("示例区", "甲街道", "河湾村", "村", "2100", "是", "", "", ""),
    ),
    ("community", "en"): (
        ("Example District", "First Street", "Garden", "community", "6500", "yes", "5", "1", "8"),
        ("Example District", "First Street", "River Bend", "village", "2100", "yes", "", "", ""),
    ),
}


def plain(word: str) -> str:
    """A heading or keyword without the accidents of typing: width, case and blanks."""
    return "".join(unicodedata.normalize("NFKC", word).lower().split())


def headings() -> dict[str, str]:
    """Every heading that is understood, and the column that it names."""
    return {
        plain(word): column.name for column in COLUMNS.values() for word in (*column.label, *column.others)
    }


def roster_template(by: str = "street", lang: str = "zh") -> str:
    """A roster to fill in, as CSV text: the header and two example rows, by "street" or by "community".

    A blank in the columns of counts or in that of hubs means unknown.
    """
    if by not in _BOTH:
        raise ValueError(f"a roster is by street or by community, not by {by}")
    shown = [column for column in COLUMNS.values() if by in column.by and column.name != "prefecture"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.label.of(lang) for column in shown])
    writer.writerows(_EXAMPLES[by, "zh" if lang == "zh" else "en"])
    return out.getvalue()
