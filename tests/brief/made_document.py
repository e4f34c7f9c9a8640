"""A document made up for tests, with every kind of block and all that is hard to set, in both languages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from miaopu.model.text import Text
from miaopu.outputs.brief.document import (
    Box,
    Bullets,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Table,
    plain,
)

LANGUAGES = ("zh", "en")
MARKUP = """<b>&amp; #set *x* _y_ $z$ @w {{ v }} {% if %} \\u{41} `code` // [u] =1+1 ~ 'q' "r" </td> ]]>"""
RARE = "㮾梨街道、栟茶镇、埇桥区、硚口区"  # names of places with letters that GB2312 lacks
BODY = Text(
    "到2025年底，全市街道枢纽覆盖率预计达到91%（90%区间83%～97%），目标为85%。按名义口径计算可望实现，"
    "按实际运转口径计算则尚不能判断，主要取决于各区财政经费能否连续三年足额到位。",
    "By the end of 2025 the share of streets with a hub is forecast at 91 % (90 % interval 83–97 %) against a target "
    "of 85 %. Counted by name it is likely to be reached; counted by hubs that work it cannot be told yet, and hangs "
    "on whether the districts pay for three years running.",
)
ROWS = 60  # of the long table: more than a page holds


def made_document(lang: str, folder: Path, rows: int = ROWS) -> Document:
    """The document in `lang`; its charts are written to `folder`."""
    return Document(
        lang,
        Text("示例市行动计划：目标实现情况推演简报", "Model city's action plan. Will the targets be reached?").of(lang),
        Text("示例市　编号1a2b3c4d", "Model city · run id 1a2b3c4d").of(lang),
        (*_first_page(lang), PageBreak(), *made_figures(lang, folder), PageBreak(), *_annex(lang, folder, rows)),
        run_id="1a2b3c4d-5e6f7081",
        date="2026-11-22",
        version="0.1.0",
        keywords=(Text("示例计划", "model plan").of(lang), MARKUP),
    )


def _first_page(lang: str) -> tuple[Heading | Paragraph | Bullets | Table, ...]:
    return (
        Heading(Text("一、结论", "The answer").of(lang)),
        Paragraph((Run(Text("很可能实现：", "Very likely: ").of(lang), bold=True), Run(BODY.of(lang))), "lead"),
        plain(BODY.of(lang) + MARKUP),
        _targets(lang),
        Heading(Text("二、建议", "What to do").of(lang)),
        Bullets((
            Paragraph((Run(Text("先抓运转。", "First, operation. ").of(lang), bold=True), Run(BODY.of(lang)))),
            plain(RARE if lang == "zh" else "Keep the count of working hubs beside that of named ones."),
        )),
        Heading(Text("依据", "Grounds").of(lang), 2),
        plain(BODY.of(lang)),
    )  # fmt: skip


def _targets(lang: str) -> Table:
    return Table(
        Text("各项目标能否实现", "Will each target be reached?").of(lang),
        tuple(one.of(lang) for one in (Text("目标", "Target"), Text("期限", "Deadline"), Text("实现概率", "P(met)"))),
        (
            (Text("街道枢纽覆盖率不低于85%", "street hubs, at least 85 %").of(lang), "2025-12", "94%（91%～97%）"),
            (MARKUP, "2025-12", "32%（24%～41%）"),
            (RARE, "", "—"),
        ),
        (3.0, 1.0, 1.5),
        notes=(Text("注：概率均附95%区间。", "Note: with 95 % intervals.").of(lang),),
        right=(2,),
        strong=(0,),
    )


def _annex(lang: str, folder: Path, rows: int) -> tuple[Heading | Table | Paragraph | Box | Figure, ...]:
    heads = (Text("街道", "Street"), Text("最可能年份", "Year"), Text("说明", "Said of it"))
    names, said = Text("第{}街道", "Street {}").of(lang), BODY.of(lang)
    return (
        Heading(Text("附一、各地进度", "Annex 1. Place by place").of(lang)),
        Table(
            Text("各街道建成枢纽的时间", "When each street gets its hub").of(lang),
            tuple(head.of(lang) for head in heads),
            tuple((names.format(row), str(2022 + row % 4), said[: 20 + 37 * (row % 3)]) for row in range(rows)),
            (1.0, 1.0, 4.0),
        ),
        made_figures(lang, folder)[1],
        Box(
            Text("方法和来源", "Method and sources").of(lang),
            (plain(BODY.of(lang)), Bullets((plain(RARE), plain(MARKUP))), _targets(lang)),
        ),
        plain(Text("本简报自动生成。", "Written by the program.").of(lang), "meta"),
    )


def made_figures(lang: str, folder: Path) -> tuple[Figure, Figure]:
    """Two real charts of the house; both have the same letters, so the same names inside their SVG."""
    made = []
    for name, caption in (
        ("one", Text("街道枢纽覆盖率", "Share of streets with a hub")),
        ("two", Text(f"与基准相比 {MARKUP}", f"Against the baseline {MARKUP}")),
    ):
        png, svg = _chart(folder, name, lang)
        alt = Text(f"折线图“{name}”：<85%> & 升", f'A line called "{name}" rises above <85 %> & stays').of(lang)
        made.append(Figure(name, caption.of(lang), alt, png, svg))
    return made[0], made[1]


@cache
def _chart(folder: Path, name: str, lang: str) -> tuple[Path, Path]:
    import matplotlib
    import pandas as pd
    from matplotlib.figure import Figure as Sheet

    from miaopu.outputs import charts, style
    from miaopu.outputs.fan import Drawing

    charts.prepare()
    with matplotlib.rc_context(style.theme()):
        sheet = Sheet(figsize=(style.WIDTH / 25.4, (90 if name == "one" else 124) / 25.4))
        axes = sheet.subplots()
        axes.plot([2022, 2025], [0, 1] if name == "one" else [1, 0], color=style.PLAN)
        axes.set_title(Text("覆盖率（%）", "coverage (%)").of(lang))
        axes.imshow([[0.2, 0.9]], extent=(2022, 2023, 0, 0.3), aspect="auto")
    said = {"title": name, "run": "1a2b3c4d", "version": "0.1.0", "date": "2026-11-22"}
    png, svg, _ = charts.write(Drawing(sheet, pd.DataFrame({"value": [0.0, 1.0]})), folder / lang, name, said)
    return png, svg


def squeezed(text: str) -> str:
    """The text without white space, and without what a line's end does to a hyphen."""
    return re.sub(r"[\s\u00ad\ufffe\u0002-]+", "", text)


def first_missing(wanted: list[str], text: str) -> str | None:
    """The first line that does not stand in `text` after the line before it."""
    whole, at = squeezed(text), 0
    for line in map(squeezed, wanted):
        found = whole.find(line, at)
        if found < 0:
            return line
        at = found + len(line)
    return None
