"""Charts as SVG inside a page: names of their own, as wide as their place, with words for those who cannot see them."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
LEFT_OUT = {f"{SVG}{name}" for name in ("metadata", "title", "style", "script")}
LINES = {"stroke-linejoin": "round", "stroke-linecap": "butt"}  # what matplotlib's own style sheet says, for all it has


def inline(path: Path, prefix: str, label: str) -> str:
    """The drawing at `path` as an element of HTML.

    Its names begin with `prefix`, so that no two drawings of a page mean each other's parts, and its style sheet,
    which would hold for the whole page, becomes its own. `label` is read aloud in its place.
    """
    root = ElementTree.fromstring(path.read_bytes())
    _leave_out(root)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            element.attrib[name] = _renamed(name, value, prefix)
        if LINK in element.attrib:
            element.attrib["href"] = element.attrib.pop(LINK)
    width, height = root.attrib.pop("width"), root.attrib.pop("height")
    root.attrib.setdefault("viewBox", f"0 0 {width.removesuffix('pt')} {height.removesuffix('pt')}")
    root.attrib.pop("version", None)
    root.attrib |= LINES | {"role": "img", "aria-label": label}
    ElementTree.register_namespace("", SVG[1:-1])
    return ElementTree.tostring(root, encoding="unicode")


def _leave_out(element: ElementTree.Element) -> None:
    for child in list(element):
        if child.tag in LEFT_OUT:
            element.remove(child)
        else:
            _leave_out(child)


def _renamed(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return prefix + value
    if name in ("href", LINK):
        return f"#{prefix}{value[1:]}" if value.startswith("#") else value
    return re.sub(r"url\(\s*#", f"url(#{prefix}", value)
