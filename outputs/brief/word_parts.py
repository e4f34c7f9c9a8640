"""Parts of a Word file that python-docx has no words for: fields, numbering, languages, fixed times."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can tell


def element(tag: str, **attributes: str) -> Any:
    """<w:tag w:name="value"/>."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field that Word can update, with what it shows until then."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="begin"))
    told = element("instrText")
    told.text = f" {instruction} "
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.add_run()._r.append(told)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="separate"))
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def set_languages(word: Any) -> None:
    """Latin letters are read as British English, Chinese ones as written on the mainland."""
    styles = word.styles.element
    defaults = styles.find(qualified("docDefaults"))
    if defaults is None:
        defaults = element("docDefaults")
        styles.insert(0, defaults)
    inner = defaults
    for name in ("rPrDefault", "rPr"):
        found = inner.find(qualified(name))
        if found is None:
            found = element(name)
            inner.insert(0, found)
        inner = found
    for old in inner.findall(qualified("lang")):
        inner.remove(old)
    inner.append(element("lang", val="en-GB", eastAsia="zh-CN", bidi="ar-SA"))
    for old in word.settings.element.findall(qualified("themeFontLang")):
        old.set(qualified("val"), "en-GB")
        old.set(qualified("eastAsia"), "zh-CN")


def bullet_numbering(word: Any) -> int:
    """The number of a list of bullets that hang by two letters, made in this file."""
    numbering = _numbering(word)
    kinds = [int(one.get(qualified("abstractNumId"))) for one in numbering.findall(qualified("abstractNum"))]
    lists = [int(one.get(qualified("numId"))) for one in numbering.findall(qualified("num"))]
    kind, number = max(kinds, default=-1) + 1, max(lists, default=0) + 1
    level = element("lvl", ilvl="0")
    for part in (
        element("start", val="1"), element("numFmt", val="bullet"), element("lvlText", val="•"),
        element("lvlJc", val="left"),
    ):  # fmt: skip
        level.append(part)
    inner = element("pPr")
    inner.append(element("ind", left="480", hanging="300"))
    level.append(inner)
    made = element("abstractNum", abstractNumId=str(kind))
    made.append(element("multiLevelType", val="hybridMultilevel"))
    made.append(level)
    first = numbering.find(qualified("num"))
    numbering.append(made) if first is None else first.addprevious(made)
    link = element("num", numId=str(number))
    link.append(element("abstractNumId", val=str(kind)))
    numbering.append(link)
    return number


def _numbering(word: Any) -> Any:
    """The file's lists; an empty part where it has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    try:
        return word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        part = NumberingPart(
            PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, element("numbering"), word.part.package
        )
        word.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return part.element


def save_timeless(word: Any, path: Path) -> None:
    """Write the file with a fixed time on each of its parts, so that equal documents are equal in bytes."""
    import io

    made = io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, LONG_AGO)
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(fixed, source.read(entry))


def qualified(name: str) -> str:
    """The full name of w:name."""
    from docx.oxml.ns import qn

    return qn(f"w:{name}")
