"""The assumptions log in the documents: the figures to find out first, and every judged figure.

`python -m miaopu.calibration.assumptions.table --documents && python -m miaopu.outputs.assumptions_page` renews the
generated parts and the charts of docs/*/assumptions.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..model.text import LANGUAGES, Text
from . import assumption_words as words
from .assumption_words import Log, Row
from .words import chance

DOCS = Path(__file__).parent.parent / "docs"
DATA = DOCS / "data" / "calibration"
PLANS = {"shenzhen": "shenzhen-2022-2025", "hunan": "hunan-2021-2023"}
FIRST = 20
_FIRST = Text(
    "次序/数/现取值/变动范围/左右的目标/取低值时达标概率/取高值时达标概率/相差（百分点，95%区间）/占方差/写在何处",
    "rank/figure/value/varied over/target/chance at low/chance at high/difference (points, 95 % interval)/"
    "share of variance/stands in",
)
_TARGETS = Text("目标/达标概率", "target/chance")
_ALL = Text("数/现取值/变动范围/影响最大的目标/相差（百分点）/写在何处", "figure/value/varied over/target moved most/"
            "difference (points)/stands in")  # fmt: skip
_UNSEEN = Text("看不出影响", "none seen")


def parts(log: Log, lang: str) -> dict[str, str]:
    """The generated parts of a plan's section: `targets`, `first`, `all`."""
    return {"targets": targets(log, lang), "first": first(log, lang), "all": everything(log, lang)}


def targets(log: Log, lang: str) -> str:
    """The chance of each target over all that varies, and how the runs were made."""
    rows = [[words.label(row, lang), chance(float(row["probability"]), lang)] for row in log.targets]
    return _table(_TARGETS.of(lang).split("/"), rows) + "\n\n" + words.runs(log, lang) + Text("。", ".").of(lang)


def first(log: Log, lang: str, most: int = FIRST) -> str:
    """The figures that a target's chance hangs on most, each with the target that it moves most."""
    named = {row["outcome"]: words.label(row, lang) for row in log.targets}
    ranked = [row for row in words.strongest(log) if row["clear"] == "True"][:most]
    rows = [
        [str(place), words.label(row, lang), words.value(row, lang), words.reach(row, lang), named[row["outcome"]],
         *words.chances(row, lang), words.points(row, lang), _percent(row["share"]), _where(row)]
        for place, row in enumerate(ranked, 1)
    ]  # fmt: skip
    return _table(_FIRST.of(lang).split("/"), rows)


def everything(log: Log, lang: str) -> str:
    """Every judged figure (those varied together in one row) by kind."""
    named = {row["outcome"]: words.label(row, lang) for row in log.targets}
    best = {row["figure"]: row for row in words.strongest(log)}
    return "\n\n".join(_kinds(log, best, named, lang))


def _kinds(log: Log, best: dict[str, Row], named: dict[str, str], lang: str) -> Iterator[str]:
    still = [row for row in log.rows if not row["outcome"]]
    for kind, title in words.KINDS.items():
        moved = [row for row in best.values() if row["kind"] == kind]
        left = [row for row in still if row["kind"] == kind]
        if not moved and not left:
            continue
        count = sum(int(row["figures"]) for row in (*moved, *left))
        head = Text(f"**{title.zh}**（{count}个数）", f"**{title.en}** ({count} figures)").of(lang)
        rows = [_line(row, named, lang) for row in moved]
        rows += [[words.label(row, lang), words.value(row, lang), "—", "—", "—", _where(row)] for row in left]
        yield head + "\n\n" + _table(_ALL.of(lang).split("/"), rows)


def _line(row: Row, named: dict[str, str], lang: str) -> list[str]:
    clear = row["clear"] == "True"
    what = [named[row["outcome"]], words.points(row, lang)] if clear else [_UNSEEN.of(lang), "—"]
    return [words.label(row, lang), words.value(row, lang), words.reach(row, lang), *what, _where(row)]


def _percent(share: str) -> str:
    return f"{100 * float(share):.0f} %"


def _where(row: Row) -> str:
    """The file's own name and the lines; the folder is clear from the kind of file."""
    return "; ".join(f"`{part.rsplit('/', 1)[-1]}`" for part in row["where"].split("; "))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [list(heads), ["---"] * len(heads), *map(list, rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)


def write(data: Path = DATA) -> None:
    """Renew both pages and their charts from the tables in `data`."""
    from .chart_tornado import save_tornado
    from .study_page import rewritten

    for short, plan in PLANS.items():
        log = words.read_log(data, plan)
        if not log.rows:
            continue
        for lang in LANGUAGES:
            page = DOCS / lang / "assumptions.md"
            made = {f"{short}-{name}": text for name, text in parts(log, lang).items()}
            page.write_text(rewritten(page.read_text(encoding="utf-8"), made), encoding="utf-8")
            save_tornado(log, DOCS / "images" / f"{short}-assumptions-{lang}.png", lang)


def main() -> None:
    """Renew the pages."""
    write()


if __name__ == "__main__":
    main()
