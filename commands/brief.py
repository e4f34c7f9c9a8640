"""`miaopu brief`: the answer on two pages, in Word, PDF and HTML, with its tables for people."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.text import Problem, Refusal, Text, nearest
from .declare import argument, command, option
from .failures import DONE
from .progress import Progress
from .speech import current, say

FORMS = ("docx", "pdf", "html", "xlsx")


@command(
    "写成简报：由推演、比较、敏感性分析和校准的结果文件夹生成可直接上报的简报（Word、PDF、网页）和 Excel 表，"
    "先答目标能否实现、把握多大、靠什么、该怎么办。各文件夹须属同一计划，最主要的放在最前。",
    "Write a brief from the folders of forecasts, comparisons, sensitivity analyses and calibrations of one plan, the "
    "most important first: a Word file, a PDF, a page that opens offline, and tables for Excel. The answer comes "
    "first: will the targets be reached, how sure is that, what carries it, what to do.",
)
@argument("folders", Text("文件夹", "DIR"), zh="结果文件夹，一个或多个", en="one or more results folders", nargs=-1,
          required=True, type=click.Path(path_type=Path))  # fmt: skip
@option("--format", "forms", metavar="LIST", default=",".join(FORMS),
        zh="要哪几种，以逗号分开：docx、pdf、html、xlsx，默认全部",
        en="which forms, separated by commas: docx, pdf, html, xlsx; else all")  # fmt: skip
@option("--template", type=click.Path(path_type=Path), metavar="FILE.docx", zh="本单位的 Word 文件，沿用其样式",
        en="a Word file of your own whose styles are to be used")  # fmt: skip
@option("--out", type=click.Path(path_type=Path), metavar="DIR", zh="写到哪里，默认 results/briefs/名称",
        en="where to write; else results/briefs/ and the first folder's name")  # fmt: skip
def brief(folders: tuple[Path, ...], forms: str, template: Path | None, out: Path | None) -> int:
    """Write the brief and say where it is."""
    place = out or Path("results") / "briefs" / folders[0].resolve().name
    wanted, problems = _forms(forms)
    problems += [*_about_template(template), *_about_place(place)]
    if problems:
        raise Refusal([*problems, *_about_folders(folders)])
    from ..outputs.brief.making import make_brief

    with Progress() as progress:
        written = make_brief(folders, place, current(), wanted, template, progress)
    click.echo(say(f"简报在 {place}：", f"The brief is in {place}:"))
    for path in written:
        click.echo(f"  {path.name:<18}{say(*ABOUT[path.suffix])}")
    if (place / f"charts-{current()}").is_dir():
        click.echo(f"  {f'charts-{current()}/':<18}{say('图及其数据', 'charts and the numbers drawn')}")
    return DONE


ABOUT = {
    ".docx": ("Word 文件，可直接修改", "Word, to be edited"),
    ".pdf": ("PDF，供阅读和印发", "PDF, to be read and printed"),
    ".html": ("网页，离线可用", "a page that opens offline"),
    ".xlsx": ("Excel 表：目标、指标、资金", "Excel tables: targets, indicators, money"),
    ".json": ("简报所用的全部数字", "every figure that the brief uses"),
}


def _forms(given: str) -> tuple[list[str], list[Problem]]:
    """The forms asked for, each once, and what is wrong with them."""
    wanted = list(dict.fromkeys(form.strip().lower() for form in given.split(",") if form.strip()))
    problems = [Problem(_no_such_form(form)) for form in wanted if form not in FORMS]
    if not wanted:
        problems = [Problem(Text("--format 未写任何形式", "--format names no form"))]
    return wanted, problems


def _no_such_form(form: str) -> Text:
    close = nearest(form, FORMS)
    zh, en = (f"；是否指“{close}”？", f"; did you mean “{close}”?") if close else ("", "")
    return Text(
        f"--format 没有“{form}”这一种（可用：{'、'.join(FORMS)}）{zh}",
        f"--format: no form “{form}” (there are {', '.join(FORMS)}){en}",
    )


def _about_template(path: Path | None) -> list[Problem]:
    from zipfile import is_zipfile

    if path is None or (path.is_file() and is_zipfile(path)):
        return []
    return [Problem(Text(f"{path} 不是 Word 文件（.docx）", f"{path} is no Word file (.docx)"))]


def _about_place(path: Path) -> list[Problem]:
    wrong = next((one for one in (path, *path.parents) if one.exists() and not one.is_dir()), None)
    if wrong is None:
        return []
    return [Problem(Text(f"不能写到 {path}：{wrong} 是文件，不是文件夹",
                         f"cannot write to {path}: {wrong} is a file, not a folder"))]  # fmt: skip


def _about_folders(folders: tuple[Path, ...]) -> list[Problem]:
    """What is wrong with the folders, to be told together with what is wrong with the options."""
    from ..outputs.brief.gathering.gather import gather

    try:
        gather(folders)
    except Refusal as refusal:
        return refusal.problems
    return []
