"""Styles of the Word brief: pages, letters and paragraphs as offices set them, named as Word names them."""

from __future__ import annotations

from typing import Any, NamedTuple

from .word_parts import bullet_numbering, element

INK, SOFT = "222222", "5C5C5C"
# fonts that Word has where it is used; none is shipped: (Latin, Chinese)
SONG, FANG, HEI, KAI = (("Times New Roman", face) for face in ("宋体", "仿宋", "黑体", "楷体"))
CALIBRI = ("Calibri", "宋体")
MARGINS = {"zh": (37.0, 26.0, 35.0, 28.0), "en": (25.0, 25.0, 25.0, 25.0)}  # mm: top, right, bottom, left
PAGE = (210.0, 297.0)


class Look(NamedTuple):
    """How a style looks: fonts, size in points, spaces in points, lines in points (0: single)."""

    fonts: tuple[str, str]
    size: float
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    line: float = 0.0
    align: str = "left"
    colour: str = INK
    next_too: bool = False  # stays on the page of what follows
    indent: bool = False  # first line by two letters


ZH = {
    "Normal": Look(FANG, 12, line=20, align="both"),
    "Title": Look(SONG, 16, True, 0, 6, 26, "center", next_too=True),
    "Subtitle": Look(FANG, 10.5, False, 0, 8, 18, "center", SOFT),
    "Heading 1": Look(HEI, 14, False, 10, 4, 24, next_too=True),
    "Heading 2": Look(KAI, 12.5, True, 8, 3, 22, next_too=True),
    "Heading 3": Look(FANG, 12, True, 6, 3, 20, next_too=True),
    "Body Text": Look(FANG, 12, False, 0, 3, 20, "both", indent=True),
    "Brief Lead": Look(FANG, 13, False, 2, 6, 23, "both", indent=True),
    "List Bullet": Look(FANG, 12, False, 0, 2, 20, "both"),
    "Caption": Look(HEI, 10.5, False, 9, 4, 0, "center"),
    "Brief Chart": Look(FANG, 10.5, False, 8, 0, 0, "center", next_too=True),
    "Brief Cell": Look(SONG, 10, False, 2, 2),
    "Brief Note": Look(SONG, 9, False, 4, 6, 0, "left", SOFT),
    "Brief Box": Look(HEI, 12, False, 4, 4, 0, "left", next_too=True),
    "Footer": Look(SONG, 9, colour=SOFT),
}
EN = {
    "Normal": Look(CALIBRI, 11, line=15.5),
    "Title": Look(CALIBRI, 21, True, 0, 4, next_too=True),
    "Subtitle": Look(CALIBRI, 9.5, False, 0, 12, 0, "left", SOFT),
    "Heading 1": Look(CALIBRI, 15, True, 16, 5, colour="332288", next_too=True),
    "Heading 2": Look(CALIBRI, 12, True, 12, 4, next_too=True),
    "Heading 3": Look(CALIBRI, 11, True, 10, 3, next_too=True),
    "Body Text": Look(CALIBRI, 11, False, 0, 6, 15.5),
    "Brief Lead": Look(CALIBRI, 12.5, False, 2, 9, 18),
    "List Bullet": Look(CALIBRI, 11, False, 0, 4, 15.5),
    "Caption": Look(CALIBRI, 9.5, True, 9, 4),
    "Brief Chart": Look(CALIBRI, 10, False, 8, 0, next_too=True),
    "Brief Cell": Look(CALIBRI, 9.5, False, 2, 2),
    "Brief Note": Look(CALIBRI, 8.5, False, 4, 6, 0, "left", SOFT),
    "Brief Box": Look(CALIBRI, 11.5, True, 4, 4, next_too=True),
    "Footer": Look(CALIBRI, 8.5, colour=SOFT),
}


def prepare(word: Any, lang: str, own: bool) -> None:
    """Give `word` the styles of the house, and A4 pages with the margins of official documents.

    In a bureau's own file (`own`) its page and every style that it has stay as they are; styles that it lacks are
    added in the letters of its plain text.
    """
    if not own:
        _page(word, lang)
    for name, look in (ZH if lang == "zh" else EN).items():
        if own and (name in ("Normal", "Body Text") or _has(word, name)):
            continue
        style = _style(word, name)
        _paragraph(style, look)
        _letters(style, look, fonts=not own)
        if name.startswith("Heading"):
            _outline(style, int(name[-1]))
    _bullets(word, own)


def _has(word: Any, name: str) -> bool:
    try:
        return word.styles[name] is not None
    except KeyError:
        return False


def _style(word: Any, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    if _has(word, name):
        return word.styles[name]
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not name.startswith("Brief"))
    style.base_style = word.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    style.quick_style = True
    return style


def _page(word: Any, lang: str) -> None:
    from docx.shared import Mm

    section = word.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in PAGE)
    top, right, bottom, left = (Mm(side) for side in MARGINS[lang])
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = top, right, bottom, left
    section.footer_distance = Mm(25 if lang == "zh" else 14)


def _paragraph(style: Any, look: Look) -> None:
    """Replace what the style says of its paragraphs."""
    old = style.element.find(_w("pPr"))
    numbering = None if old is None else old.find(_w("numPr"))
    if old is not None:
        style.element.remove(old)
    inner = style.element.get_or_add_pPr()
    if look.next_too:
        inner.append(element("keepNext"))
        inner.append(element("keepLines"))
    if numbering is not None:
        inner.append(numbering)
    space = {"before": str(round(look.before * 20)), "after": str(round(look.after * 20))}
    line, rule = (str(round(look.line * 20)), "atLeast") if look.line else ("240", "auto")
    inner.append(element("spacing", **space, line=line, lineRule=rule))
    if look.indent:
        inner.append(element("ind", firstLineChars="200", firstLine=str(round(look.size * 40))))
    inner.append(element("jc", val=look.align))


def _letters(style: Any, look: Look, fonts: bool) -> None:
    """Replace what the style says of its letters; without `fonts` only weight stays."""
    old = style.element.find(_w("rPr"))
    if old is not None:
        style.element.remove(old)
    inner = style.element.get_or_add_rPr()
    if fonts:
        latin, chinese = look.fonts
        inner.append(element("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin))
    if look.bold:
        inner.append(element("b"))
    if fonts:
        inner.append(element("color", val=look.colour))
        size = str(round(look.size * 2))
        inner.append(element("sz", val=size))
        inner.append(element("szCs", val=size))


def _outline(style: Any, level: int) -> None:
    """Where the heading stands in the outline of the document."""
    inner = style.element.get_or_add_pPr()
    inner.append(element("outlineLvl", val=str(level - 1)))


def _bullets(word: Any, own: bool) -> None:
    """Bullets of List Bullet, hanging; a bureau's own stay."""
    style = word.styles["List Bullet"]
    inner = style.element.get_or_add_pPr()
    if own and inner.find(_w("numPr")) is not None:
        return
    inner.get_or_add_numPr().get_or_add_numId().val = bullet_numbering(word)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")
