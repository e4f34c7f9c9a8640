"""The house font: Chinese and Latin letters, regular and bold, the same on every machine.

Cut once from the open Noto Sans SC (SIL Open Font License) that the package justmytype-intl-cjk carries, and
kept in the user's cache, in a folder named by what it was made of. Its family has a name of its own, so that
a font that the system happens to have is never picked instead.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ..model.text import Text

FAMILY = "Miaopu Sans"
WEIGHTS = {"Regular": 400, "Bold": 700}
RECIPE = "1"  # raise it when the cutting changes, and a new font is made
SYMBOLS = "≥≤−×÷±≈≠‰→←↑↓·–—…№℃²³½¼¾●○■□▲△▼▽◆◇★☆✓✗①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ€£¥"
HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x32000))
FALLBACK = "DejaVu Sans"  # comes with matplotlib; for letters that the house font lacks

MAKING = Text("首次绘图，正在制作图表字体，约需十秒……", "First chart: making the font, about ten seconds…")

Say = Callable[[Text], None]


def source_font() -> Path:
    """The variable font that the house font is cut from."""
    folder = resources.files("justmytype_intl_cjk") / "fonts" / "ofl" / "notosanssc"
    return Path(str(folder / "NotoSansSC[wght].ttf"))


def characters() -> set[int]:
    """Code points of the house font: Latin letters, symbols, GBK, and all Han characters, rare ones included.

    Names of villages and streets need characters that GBK lacks (㮾梨 in Changsha).
    """
    wanted = {*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, SYMBOLS)}
    wanted |= {code for first, last in HAN for code in range(first, last)}
    return wanted | {code for code in range(0x80, 0x10000) if _in_gbk(chr(code))}


@cache
def house_letters() -> frozenset[str]:
    """The letters that the house font can draw."""
    from fontTools.ttLib import TTFont

    with TTFont(house_fonts()[0], lazy=True) as opened:
        return frozenset(map(chr, opened.getBestCmap()))


def _in_gbk(letter: str) -> bool:
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def house_fonts(say: Say | None = None) -> list[Path]:
    """The font files, regular then bold; made at the first call on a machine, which takes some seconds.

    `say` is told before they are made. Where the user's cache cannot be written, a temporary folder serves.
    """
    name = _recipe_hash()
    places = _places()
    for place in places:
        if paths := _complete(place / name):
            return paths
    if say is not None:
        say(MAKING)
    for place in places:
        try:
            return _make(place / name)
        except OSError:
            continue
    return _cut(Path(tempfile.mkdtemp(prefix="miaopu-")))


def _places() -> list[Path]:
    """Where the fonts may be kept, the best place first; the last is of this user alone."""
    from platformdirs import user_cache_dir

    base = os.environ.get("MIAOPU_CACHE") or user_cache_dir("miaopu")
    user = getattr(os, "getuid", int)()
    return [Path(base) / "fonts", Path(tempfile.gettempdir()) / f"miaopu-fonts-{user}"]


@cache
def _recipe_hash() -> str:
    mixed = hashlib.sha256(source_font().read_bytes())
    mixed.update(repr((RECIPE, FAMILY, WEIGHTS, sorted(characters()))).encode())
    return mixed.hexdigest()[:12]


def _complete(folder: Path) -> list[Path]:
    paths = [folder / f"{FAMILY.replace(' ', '')}-{style}.ttf" for style in WEIGHTS]
    return paths if all(path.is_file() for path in paths) else []


def _cut(folder: Path) -> list[Path]:
    from .font_cutting import cut

    shutil.copy(source_font().with_name("OFL.txt"), folder / "OFL.txt")
    return cut(source_font(), characters(), WEIGHTS, FAMILY, folder)


def _make(folder: Path) -> list[Path]:
    """Cut the fonts beside `folder`, then move them there at one go: others see all of them or none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _cut(draft)
        draft.chmod(0o755)
        try:
            draft.rename(folder)
        except OSError:
            if not _complete(folder):  # another process was faster, or the disk refused
                raise
        return _complete(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def use_house_fonts(say: Say | None = None) -> None:
    """Register the house font with matplotlib and set it as the default of this process."""
    import matplotlib

    register_house_fonts(say)
    matplotlib.rcParams.update(font_settings())


def register_house_fonts(say: Say | None = None) -> None:
    """Make the house font known to matplotlib, once per process, and leave its settings alone."""
    from matplotlib import font_manager

    if any(entry.name == FAMILY for entry in font_manager.fontManager.ttflist):
        return
    for path in house_fonts(say):
        font_manager.fontManager.addfont(path)


def font_settings() -> dict[Any, Any]:
    """matplotlib's settings for the house font, and for files that are equal byte by byte for equal data."""
    return {
        "font.family": [FAMILY, FALLBACK],
        "axes.unicode_minus": True,  # the house font has the real minus sign
        "svg.fonttype": "path",  # the same picture on a machine without the font
        "svg.hashsalt": "miaopu",
    }
