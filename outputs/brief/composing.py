"""A brief put together: the answer and what to do on the first page, charts on the second, what stands behind them
in annexes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from ...model.text import Text
from .. import gallery
from .charting import AFTER, LEVERS, MAIN, MONEY, OPTIONS, PLACES, RISKS, Pictures, Rows, chosen
from .document import Block, Box, Document, Figure, Heading, PageBreak, plain
from .findings import Findings
from .sentences.advice import advice
from .sentences.after import after
from .sentences.answer import answer, target_table
from .sentences.assumptions import assumptions, assumptions_table
from .sentences.certainty import certainty
from .sentences.levers import levers, levers_table
from .sentences.method import method, origin_table
from .sentences.money import money, of_the_plan
from .sentences.options import options, options_table
from .sentences.risks import risks
from .sentences.without_targets import answer_without_targets

TITLE = Text("目标实现情况推演简报", "Will the targets be reached? A forecast in brief")
MAIN_SCALE, ANNEX_SCALE = 0.84, 0.9  # of the width of the text
NUMERALS = "一二三四五六七八九十"
CALIBRATION = Text("模型校准简报", "Calibration of the model in brief")
CARRYING = Text("目标影响因素分析简报", "What carries the targets? A sensitivity analysis in brief")
NO_DAY = "1980-01-01"  # of a file made from a calibration, whose tables have no date


def compose(findings: Findings, pictures: Pictures, lang: str) -> Document:
    """The brief in `lang`; charts that were not drawn are left out."""
    sources, number = findings.sources, count()
    return Document(
        lang,
        title_of(findings, lang),
        _subtitle(findings, lang),
        (*_answer(findings, number, lang), *_charts(findings, pictures, number, lang),
         *_annexes(findings, pictures, lang)),
        run_id="-".join(source.run_id for source in sources),
        date=max(source.date for source in sources) or NO_DAY,
        version=sources[0].version,
        keywords=tuple(filter(None, (findings.plan.of(lang), findings.place.of(lang)))),
    )  # fmt: skip


def title_of(findings: Findings, lang: str) -> str:
    """The plan's name, and what is told of it."""
    kinds = {source.kind for source in findings.sources}
    if kinds <= {"calibration"}:
        return CALIBRATION.of(lang)
    about = CARRYING if kinds <= {"calibration", "sensitivity"} else TITLE
    return Text(f"{findings.plan.zh}：{about.zh}", f"{findings.plan.en}. {about.en}").of(lang)


def _subtitle(findings: Findings, lang: str) -> str:
    first = findings.sources[0]
    told = [
        findings.place,
        Text(f"推演日期{first.date}", f"run on {first.date}") if first.date else Text("", ""),
        Text(f"编号{first.run_id}", f"run id {first.run_id}"),
        Text(f"苗圃{first.version}", f"Miaopu {first.version}"),
    ]
    return Text("　", " · ").of(lang).join(one.of(lang) for one in told if one.of(lang))


def _answer(findings: Findings, number: Iterator[int], lang: str) -> Iterator[Block]:
    """What a reader of one page reads."""
    yield _main(number, Text("结论", "The answer"), lang)
    if findings.targets:
        yield from answer(findings, lang)
        yield from of_the_plan(findings, lang)
        yield from _there(target_table(findings, lang))
    else:
        yield from answer_without_targets(findings, lang)
    said = advice(findings, lang)
    if said:
        yield _main(number, Text("建议", "What to do"), lang)
        yield from said
    sure = certainty(findings, lang)
    if sure:
        yield _main(number, Text("把握有多大", "How sure this is"), lang)
        yield from sure


def _main(number: Iterator[int], title: Text, lang: str) -> Heading:
    place = next(number)
    return Heading(f"{NUMERALS[place]}、{title.zh}" if lang == "zh" else title.en)


def _charts(findings: Findings, pictures: Pictures, number: Iterator[int], lang: str) -> Iterator[Block]:
    """The charts that the first two pages have room for; without targets those of what carries them."""
    figures = _figures(findings, pictures, MAIN if findings.targets else LEVERS, lang, MAIN_SCALE)
    if figures:
        yield _main(number, Text("主要图表", "Charts"), lang)
        yield from figures


def _figures(
    findings: Findings, pictures: Pictures, rows: Rows, lang: str, scale: float = ANNEX_SCALE
) -> list[Figure]:
    return [
        Figure(chart.name, gallery.caption(chart.name, findings.sources[chart.source].kind).of(lang),
               pictures[chart].title, pictures[chart].png, pictures[chart].svg, scale)
        for chart in chosen(findings, rows, pictures)
    ]  # fmt: skip


def _annexes(findings: Findings, pictures: Pictures, lang: str) -> Iterator[Block]:
    """What stands behind the answer; an annex with nothing to say is left out."""

    def figures(rows: Rows) -> list[Figure]:
        return _figures(findings, pictures, rows, lang)

    carrying = [*levers(findings, lang), *_there(levers_table(findings, lang)), *figures(LEVERS)]
    annexes: tuple[tuple[Text, list[Block]], ...] = (
        (Text("政策方案比较", "Policy options side by side"),
         [*options(findings, lang), *_there(options_table(findings, lang)), *figures(OPTIONS)]),
        (Text("资金", "Money"), [*money(findings, lang), *figures(MONEY)]),
        (Text("哪些因素决定结果", "What carries the targets"),
         carrying if findings.targets else []),  # without targets this is the answer
        (Text("什么会改变结论", "What would change the conclusion"), [*risks(findings, lang), *figures(RISKS)]),
        (Text("期满之后", "After the deadline"), [*after(findings, lang), *figures(AFTER)]),
        (Text("各地进度", "Place by place"), [*figures(PLACES)]),
        (Text("主要假设", "Main assumptions"),
         [*assumptions(findings, lang), *_there(assumptions_table(findings, lang))]),
    )  # fmt: skip
    there = [(title, blocks) for title, blocks in annexes if blocks]
    if there:
        yield PageBreak()
    for place, (title, blocks) in enumerate(there, start=1):
        yield Heading(Text(f"附{NUMERALS[place - 1]}、{title.zh}", f"Annex {place}. {title.en}").of(lang))
        yield from blocks
    how = Text("方法和来源", "Method and sources").of(lang)
    yield Box(how, tuple(method(findings, lang)))
    yield from _there(origin_table(findings, lang))
    yield _rebuilt(findings, lang)


def _rebuilt(findings: Findings, lang: str) -> Block:
    ids = Text("、", ", ").of(lang).join(source.run_id for source in findings.sources)
    return plain(
        Text(f"本简报由以上结果自动生成，文字与数字均出自所列编号：{ids}。",
             f"This brief was written by the program from the results above; its words and figures follow from {ids}.",
             ).of(lang), "meta",
    )  # fmt: skip


def _there(block: Block | tuple[()] | None) -> Iterator[Block]:
    if block:
        yield block
