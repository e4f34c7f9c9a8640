"""A brief as PDF, set by typst with the house font."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...model.text import Problem, Refusal, Text
from ..fonts import FALLBACK, FAMILY, house_fonts
from ..whole import write_whole
from .document import Block, Box, Bullets, Document, Figure, Heading, Paragraph, Table, lines
from .layout import TOGETHER, Numbers, chart_widths, tied, title_lines

TEMPLATE = "brief.typ"
TEXT_WIDTH, TEXT_HEIGHT = 168.0, 257.0  # mm, by the margins in the template


def write_pdf(document: Document, path: Path) -> None:
    """Write `document` as PDF to `path`, whole or not at all; equal documents give equal bytes.

    Raises Refusal where no font at hand has a letter of the text, RuntimeError where typst warns of anything.
    """
    _check_letters(document)
    with tempfile.TemporaryDirectory(prefix="miaopu-") as folder:
        root = Path(folder)
        template = Path(__file__).with_name(TEMPLATE)
        (root / TEMPLATE).write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
        data = _data(document, root)
        write_whole(path, lambda part: part.write_bytes(_compiled(root, data)))


def _compiled(root: Path, data: dict[str, Any]) -> bytes:
    import typst

    result, warnings = typst.compile_with_warnings(
        root / TEMPLATE,
        root=root,
        font_paths=[house_fonts()[0].parent, _fallback_font().parent],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
    )
    if warnings:
        raise RuntimeError("typst: " + "; ".join(warning.message for warning in warnings))
    assert isinstance(result, bytes)
    return result


def _fallback_font() -> Path:
    """The font for letters that the house font lacks, the same as in charts."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{FALLBACK.replace(' ', '')}.ttf"


def _check_letters(document: Document) -> None:
    missing = sorted(missing_letters([*lines(document), document.run_id]))
    if missing:
        told = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing)
        raise Refusal(
            [Problem(Text(f"PDF 所用字体没有这些字：{told}", f"the fonts of the PDF lack these letters: {told}"))]
        )


def missing_letters(texts: Iterable[str]) -> set[str]:
    """Letters of the texts that neither the house font nor its fallback can draw."""
    from fontTools.ttLib import TTFont

    letters = set("".join(texts)) - {"\n"}
    for font in (house_fonts()[0], _fallback_font()):
        with TTFont(font, lazy=True) as opened:
            letters -= {chr(code) for code in opened.getBestCmap()}
    return letters


def _data(document: Document, root: Path) -> dict[str, Any]:
    """All that the template sets; the charts are laid beside it in `root`."""
    widths = iter(chart_widths(document.blocks, TEXT_WIDTH, TEXT_HEIGHT))
    numbers = Numbers(document.lang)

    def told(blocks: Iterable[Block]) -> list[dict[str, Any]]:
        return [one(block) for block in blocks]

    def one(block: Block) -> dict[str, Any]:
        match block:
            case Heading(text=text, level=level):
                return {"kind": "heading", "text": tied(text), "level": level}
            case Paragraph():
                return {"kind": "paragraph", "style": block.style, "runs": _runs(block)}
            case Bullets(items=items):
                return {"kind": "bullets", "items": [_runs(item) for item in items]}
            case Table():
                return {"kind": "table", "number": numbers.table(), **_table(block)}
            case Figure():
                number = numbers.figure()
                name = f"figure-{numbers.figures}.svg"
                shutil.copyfile(block.svg, root / name)
                return {"kind": "figure", "number": number, "caption": tied(block.caption), "alt": block.alt,
                        "file": name, "width": round(next(widths), 2)}  # fmt: skip
            case Box(title=title, blocks=blocks):
                return {"kind": "box", "title": tied(title), "blocks": told(blocks)}
        return {"kind": "break"}

    return {
        "lang": document.lang,
        "title": document.title,
        "title_lines": title_lines(tied(document.title)),
        "subtitle": tied(document.subtitle),
        "date": [int(part) for part in document.date.split("-")],
        "run": document.run_id,
        "version": document.version,
        "keywords": list(document.keywords),
        "fonts": [FAMILY, FALLBACK],
        "blocks": told(document.blocks),
    }


def _runs(paragraph: Paragraph) -> list[dict[str, Any]]:
    return [{"text": tied(run.text), "bold": run.bold} for run in paragraph.runs]


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": tied(table.caption),
        "heads": [tied(head) for head in table.heads],
        "rows": [[tied(cell) for cell in row] for row in table.rows],
        "widths": [float(width) for width in table.widths],
        "notes": [tied(note) for note in table.notes],
        "right": list(table.right),
        "strong": list(table.strong),
        "whole": len(table.rows) <= TOGETHER,
    }
