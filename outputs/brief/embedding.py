"""Charts as they stand inside a document: the same drawing, small enough to be sent by mail.

Beside the document a chart's SVG holds the outline of every letter, so that it looks the same everywhere. Inside, its
letters are text in the document's own font, which can be searched and takes a tenth of the room; and the PNG that Word
needs has a palette of 256 colours.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

from ..charts import theme
from ..fan import Drawing
from ..fonts import house_letters

TEXT = re.compile(r"<text[^>]*>([^<]*)<")


def embed_svg(drawing: Drawing, path: Path) -> Path:
    """The drawing with its letters as text; as outlines where the house font lacks one of them."""
    import matplotlib

    for kind in ("none", "path"):
        settings: dict[Any, Any] = theme() | {"svg.fonttype": kind}
        with matplotlib.rc_context(settings):
            drawing.figure.savefig(path, format="svg", metadata={"Date": None})
        if set(letters_of(path)) <= house_letters():
            break
    return path


def letters_of(path: Path) -> str:
    """All letters that an SVG drawing sets as text."""
    return "".join(map(unescape, TEXT.findall(path.read_text(encoding="utf-8"))))


def embed_png(png: Path, path: Path) -> Path:
    """The picture with a palette; equal pictures give equal bytes."""
    from PIL import Image

    with Image.open(png) as image:
        flat = image.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        flat.save(path, optimize=True, dpi=image.info.get("dpi", (200, 200)))
    return path
