"""The gallery in the documents: docs/*/gallery.md and its pictures, drawn from folders of results.

`python -m miaopu.outputs.gallery_page --forecast DIR… --compare DIR --sensitivity DIR --screening DIR --sweep DIR`
draws every chart that the folders have numbers for (of several forecasts the first that has) into docs/images/gallery
and writes the pages. What no folder is given for stays as it is; without any folder only the pages are written.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..model.text import LANGUAGES, Text
from .gallery import ASSUMPTIONS, ENTRIES, SCREENING, Entry
from .gallery_pictures import draw

DOCS = Path(__file__).parent.parent / "docs"
KINDS = ("forecast", "compare", "sensitivity", SCREENING, "sweep", "calibration", ASSUMPTIONS)
TITLE = Text("图册：每张图看什么、怎么看", "Gallery: what each chart asks and how to read it")
INTRO = Text(
    "程序画的每一种图，这里各举一例，说明它回答什么问题、怎么看。图都是程序按推演结果画的，图脚写明推演次数、色带或区"
    "间的含义、编号和日期；每张图旁边有同名的 CSV 文件，是图上的数。颜色含义固定：绿为较有可能达标，橙为各半或尚不能判"
    "断，红为不大可能达标；蓝为名义口径，紫红为实效口径；灰为不实施计划。",
    "One example of every kind of chart that the program draws, with the question that it answers and how it is read. "
    "All are drawn from results; the footer tells the number of runs, what bands or intervals cover, run id and date, "
    "and a CSV file of the same name holds the numbers drawn. Colours have fixed meanings: green is likely to be "
    "reached, orange even or open, red unlikely; blue is nominal, wine effective; grey is what happens without the "
    "plan.",
)
RANGES = Text(
    "看图先分清两种“范围”：5%～95%的色带说的是结果会有多大出入，增加推演次数不会变窄；95%区间说的是概率或差值算得有多"
    "准，增加推演次数会变窄。",
    "Tell two kinds of range apart. A band of 90 % of the runs says how far results may differ; more runs do not "
    "narrow it. A 95 % interval says how well a probability or a difference is known; more runs narrow it.",
)
SECTIONS = {
    "forecast": Text("推演一个情景", "Forecasts"),
    "compare": Text("方案比较", "Comparisons"),
    "sensitivity": Text("敏感性分析", "Sensitivity analyses"),
    SCREENING: Text("筛选", "Screenings"),
    "sweep": Text("批量推演", "Sweeps"),
    "calibration": Text("模型校准", "Calibration"),
    ASSUMPTIONS: Text("假设", "Assumptions"),
}
FROM = {
    "forecast": Text(
        "由 `miaopu forecast` 画在结果文件夹的 `charts/` 里；没有相应数据的不画。",
        "Drawn by `miaopu forecast` into `charts/` of the folder of results, each where there are numbers for it.",
    ),
    "compare": Text(
        "由 `miaopu compare` 画在结果文件夹的 `charts/` 里。", "Drawn by `miaopu compare` into `charts/` of its folder."
    ),
    "sensitivity": Text(
        "由 `miaopu sensitivity` 画在结果文件夹的 `charts/` 里，每项重要结果一张；这里各举第一张。",
        "Drawn by `miaopu sensitivity` into `charts/` of its folder, one for each important outcome; the first is "
        "shown.",
    ),
    SCREENING: Text(
        "由 `miaopu sensitivity` 按 Morris 设计推演后画出，文件名与敏感性指数图相同。",
        "Drawn by `miaopu sensitivity` for a Morris design, under the same file name as the indices.",
    ),
    "sweep": Text(
        "由 `miaopu sweep` 画在结果文件夹的 `charts/` 里，每项重要结果一张；这里各举第一张。",
        "Drawn by `miaopu sweep` into `charts/` of its folder, one for each important outcome; the first is shown.",
    ),
    "calibration": Text(
        "图在[模型校准](calibration.md)一页，由 `python -m miaopu.outputs.calibration_page` 画出。",
        "They stand in [calibration](calibration.md); `python -m miaopu.outputs.calibration_page` draws them.",
    ),
    ASSUMPTIONS: Text(
        "图在[假设](assumptions.md)一页，由 `python -m miaopu.outputs.assumptions_page` 画出。",
        "They stand in [assumptions](assumptions.md); `python -m miaopu.outputs.assumptions_page` draws them.",
    ),
}
RENEW = Text(
    "本页由程序生成，用这条命令更新（文件夹换成自己的；`my-sweep` 见[研究人员使用指南](researcher.md)）：",
    "This page is generated; to renew it, with folders of your own (`my-sweep` is that of the [researcher's "
    "guide](researcher.md)):",
)
COMMAND = (
    "python -m miaopu.outputs.gallery_page --forecast results/shenzhen-2022-2025 results/hunan-2021-2023 \\\n"
    "    --compare results/studies/shenzhen-compare --sensitivity results/studies/shenzhen-levers \\\n"
    "    --screening results/studies/shenzhen-screening --sweep results/my-sweep"
)
QUESTION, READING = Text("问题", "Question"), Text("怎么看", "How to read it")
_ELSEWHERE = {"ranking": "ranking-shenzhen"}  # one of several pictures of a kind


def picture(one: Entry, lang: str) -> Path:
    """The entry's picture in the documents, there or not."""
    images = DOCS / "images"
    if one.kind == "calibration":
        return images / "calibration" / f"{_ELSEWHERE.get(one.name, one.name)}-{lang}.png"
    if one.kind == ASSUMPTIONS:
        return images / f"shenzhen-assumptions-{lang}.png"
    return images / "gallery" / f"{one.file}-{lang}.png"


def shown() -> list[Entry]:
    """The entries that have a picture in every language, in the order of the page."""
    there = [one for one in ENTRIES if all(picture(one, lang).is_file() for lang in LANGUAGES)]
    return sorted(there, key=lambda one: KINDS.index(one.kind))


def page(lang: str) -> str:
    """The page's text."""
    blocks = [f"# {TITLE.of(lang)}", INTRO.of(lang), RANGES.of(lang), *_contents(lang)]
    for kind in KINDS:
        entries = [one for one in shown() if one.kind == kind]
        if entries:
            blocks += [f"## {SECTIONS[kind].of(lang)}", FROM[kind].of(lang)]
            blocks += [block for one in entries for block in _entry(one, lang)]
    return "\n\n".join([*blocks, f"{RENEW.of(lang)}\n\n```sh\n{COMMAND}\n```"]) + "\n"


def write(folders: dict[str, Sequence[Path]]) -> list[Path]:
    """Draw what `folders` (by kind) have numbers for, then write the page in every language; the files written."""
    written = draw(folders, DOCS / "images" / "gallery")
    for lang in LANGUAGES:
        path = DOCS / lang / "gallery.md"
        path.write_text(page(lang), encoding="utf-8")
        written.append(path)
    return written


def heading(one: Entry, lang: str) -> str:
    """What stands above the entry: its title and the name of its file."""
    return f"{one.title.zh}（`{one.name}`）" if lang == "zh" else f"{one.title.en} (`{one.name}`)"


def anchor(text: str) -> str:
    """What a heading is called in links."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def _contents(lang: str) -> Iterator[str]:
    """A table of the charts by the questions that they answer."""
    heads = Text("问题", "question").of(lang), Text("图", "chart").of(lang)
    rows = [f"| {one.question.of(lang)} | [{one.title.of(lang)}](#{anchor(heading(one, lang))}) |" for one in shown()]
    yield "\n".join([f"| {heads[0]} | {heads[1]} |", "| --- | --- |", *rows])


def _entry(one: Entry, lang: str) -> Iterator[str]:
    yield f"### {heading(one, lang)}"
    yield f"**{QUESTION.of(lang)}**{_colon(lang)}{one.question.of(lang)}"
    link = Path("..") / picture(one, lang).relative_to(DOCS)
    yield f"![{one.title.of(lang)}]({link.as_posix()})"
    yield f"**{READING.of(lang)}**{_colon(lang)}{one.reading.of(lang)}"


def _colon(lang: str) -> str:
    return "：" if lang == "zh" else ": "


def main() -> None:
    """Draw and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for kind in ("forecast", "compare", "sensitivity", SCREENING, "sweep"):
        parser.add_argument(f"--{kind}", nargs="+", type=Path, default=[], metavar="DIR")
    for path in write({kind: folders for kind, folders in vars(parser.parse_args()).items() if folders}):
        print(path)


if __name__ == "__main__":
    main()
