"""What remains of the main figures after the last deadline."""

from __future__ import annotations

from ....model.text import Text
from ..document import Paragraph
from ..findings import AfterFinding, Findings
from .parts import amount, dated, falls, figure, listed, month, own, paragraph, rises, strong


def after(findings: Findings, lang: str) -> tuple[Paragraph, ...]:
    """One paragraph: what falls, what rises, what holds; one sentence where the runs end with the deadline."""
    if findings.after:
        return (paragraph(_told(findings.after, lang)),)
    if any(dated(target) for target in own(findings.targets)):
        return (paragraph(_missing(lang)),)
    return ()


def _told(rows: tuple[AfterFinding, ...], lang: str) -> str:
    first = rows[0]
    opening = Text(
        f"{month(first.deadline, 'zh')}底期满后，到{month(first.end, 'zh')}底，",
        f"From the deadline in {month(first.deadline, 'en')} to the end of {month(first.end, 'en')}: ",
    )
    moved = [row for row in rows if falls(row.change) or rises(row.change)]
    said = [_moved(row, lang) for row in sorted(moved, key=lambda row: rises(row.change))]
    held = [row for row in rows if row not in moved]
    if held:
        said.append(_held(held, lang))
    return opening.of(lang) + Text("；", "; ").of(lang).join(said) + Text("。", ".").of(lang)


def _moved(row: AfterFinding, lang: str) -> str:
    """From where to where, and by how much; where both ends look the same, only by how much."""
    start, end = (figure(spread, row.unit, lang) for spread in (row.at_deadline, row.at_end))
    by, name, down = amount(row.change, row.unit, lang), row.label.of(lang), falls(row.change)
    verb = Text("降" if down else "升", strong("down" if down else "up"))
    if start == end:
        return Text(f"{name}{strong(f'略{verb.zh}')}{by}", f"{name} {verb.en} by {by}").of(lang)
    return Text(
        f"{name}由{start}{strong(f'{verb.zh}至{end}')}，平均{verb.zh}幅{by}",
        f"{name} {verb.en} from {start} to {end}, by {by} on average",
    ).of(lang)


def _held(rows: list[AfterFinding], lang: str) -> str:
    names = listed([row.label.of(lang) for row in rows], lang)
    return Text(f"{names}的变化与零无法区分", f"no change told apart from zero in {names}").of(lang)


def _missing(lang: str) -> str:
    return Text(
        "推演到期限为止，期满之后能否保持未作考察；延长情景的截止月份后重新推演（miaopu forecast）即可补上。",
        "The runs end with the deadline, so that what remains afterwards was not examined; extend the scenario's "
        "calendar and run miaopu forecast again.",
    ).of(lang)
