"""A brief as one HTML file that needs nothing from outside: charts, font and style are all in it."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from ..fonts import house_fonts
from ..whole import write_whole
from .document import Document, figures, lines
from .embedding import letters_of
from .layout import Numbers, tied, title_lines
from .svg import inline

TEMPLATE = "brief.html.j2"
WEIGHTS = ("400", "700")


def write_page(document: Document, path: Path) -> None:
    """Write `document` as one HTML file to `path`, whole or not at all; equal documents give equal bytes.

    The page fetches nothing and runs no script, and forbids both to itself. Its font holds the letters of the text
    and no more.
    """
    from jinja2 import Environment, StrictUndefined, select_autoescape

    template = Path(__file__).with_name(TEMPLATE).read_text(encoding="utf-8")
    places = Environment(
        autoescape=select_autoescape(default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    places.filters["tied"] = tied
    html = places.from_string(template).render(
        document=document,
        zh=document.lang == "zh",
        fonts=_fonts(document),
        title=title_lines(tied(document.title)),
        numbers=Numbers(document.lang),
        drawing=_drawing,
        kind=lambda block: type(block).__name__,
    )
    write_whole(path, lambda part: part.write_text(html, encoding="utf-8", newline="\n"))


def _drawing(figure: Any, number: int) -> Any:
    """A chart as it stands in the page; it was made by the program and is markup."""
    from markupsafe import Markup

    return Markup(inline(figure.svg, f"figure{number}-", figure.alt))


def _fonts(document: Document) -> list[tuple[str, str]]:
    """(weight, data URI) of the house font, cut down to the letters of the document and the digits."""
    letters = "".join([*lines(document), document.run_id, document.version, document.date])
    letters += "0123456789·/ \u00a0编号苗圃runidmiaopu"
    letters += "".join(letters_of(figure.svg) for figure in figures(document))
    cut = [_woff2(path, letters) for path in house_fonts()]
    encoded = (base64.b64encode(font).decode("ascii") for font in cut)
    return [(weight, f"data:font/woff2;base64,{font}") for weight, font in zip(WEIGHTS, encoded, strict=True)]


def _woff2(font: Path, letters: str) -> bytes:
    """The font with these letters only, packed; the same bytes each time."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    with TTFont(font, recalcTimestamp=False) as opened:
        cutter = Subsetter(Options(layout_features=["*"], hinting=False, drop_tables=["ltag"]))
        cutter.populate(text=letters)
        cutter.subset(opened)
        opened.flavor = "woff2"
        kept = io.BytesIO()
        opened.save(kept)
    return kept.getvalue()
