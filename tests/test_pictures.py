"""The main charts look as they did: drawn from made-up data, each is compared with a picture kept in tests/pictures.

After a chart has been changed on purpose, `python tests/test_pictures.py` draws all of them anew; look at what differs.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from PIL import Image, ImageFilter, PngImagePlugin

from miaopu.outputs import style
from miaopu.outputs.fan import Drawing
from miaopu.tests import every_chart

PICTURES = Path(__file__).parent / "pictures"
COMPARED = [
    ("forecast", "targets", "zh"),
    ("forecast", "dates", "en"),
    ("forecast", "coverage", "zh"),
    ("forecast", "indicators", "en"),
    ("forecast", "streets", "zh"),
    ("forecast", "tiles", "en"),
    ("forecast", "organizations", "en"),
    ("forecast", "capability", "zh"),
    ("forecast", "money", "en"),
    ("forecast", "after", "zh"),
    ("forecast", "network", "en"),
    ("compare", "targets", "zh"),
    ("compare", "paths", "en"),
    ("compare", "differences", "zh"),
    ("compare", "costs", "en"),
    ("interactions", "interactions_hubs_effective_measured", "zh"),
    ("sensitivity", "indices_hubs_effective_measured", "en"),
    ("sensitivity", "levers", "zh"),
    ("screening", "indices_hubs_effective_measured", "en"),
]
DPI, MOST_BYTES, COLOURS = 64, 50_000, 256
WINDOW = 3  # px: colours are compared as means over squares of this side, so that soft edges may differ
LIMIT = 10.0  # of 255: fewer colours in the kept picture make up to 6, one digit of a footer changed at least 15

VERSION = ".".join(matplotlib.__version__.split(".")[:2])  # another one sets the same letters up to a dot elsewhere


def raster(drawing: Drawing) -> Image.Image:
    """The chart in dots."""
    buffer = io.BytesIO()
    with matplotlib.rc_context(style.theme()):
        drawing.figure.savefig(buffer, format="png", dpi=DPI)
    return Image.open(buffer).convert("RGB")


def fewer_colours(picture: Image.Image) -> Image.Image:
    """The picture with a palette."""
    return picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)


def difference(one: Image.Image, other: Image.Image) -> tuple[float, tuple[int, int]]:
    """The largest difference of colour (of 255) between any two squares at one place, and that place (x, y in px)."""
    from scipy.ndimage import uniform_filter

    if one.size != other.size:
        return 255.0, (0, 0)
    gap = np.asarray(one.convert("RGB"), float) - np.asarray(other.convert("RGB"), float)
    local = np.abs(uniform_filter(gap, (WINDOW, WINDOW, 1))).max(axis=2)
    y, x = np.unravel_index(int(local.argmax()), local.shape)
    return float(local.max()), (int(x), int(y))


def chart(kind: str, name: str, lang: str) -> Drawing:
    """A chart of made-up data."""
    drawing = every_chart.drawn(kind, name, lang).drawing
    assert drawing is not None
    return drawing


def file_of(kind: str, name: str, lang: str) -> Path:
    """Where a chart's picture is kept."""
    return PICTURES / f"{kind}-{name.replace('_', '-')}-{lang}.png"


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name", "lang"), COMPARED)
def test_a_chart_looks_as_it_did(kind: str, name: str, lang: str, tmp_path: Path) -> None:
    now, path = raster(chart(kind, name, lang)), file_of(kind, name, lang)
    with Image.open(path) as kept:
        if kept.info["Matplotlib"] != VERSION:
            pytest.skip(f"drawn by Matplotlib {kept.info['Matplotlib']}, which sets letters unlike {VERSION}")
        gap, place = difference(now, kept)
    if gap > LIMIT:
        now.save(tmp_path / path.name)
    assert gap <= LIMIT, f"differs by {gap:.0f} of 255 at {place} px: {path} was, {tmp_path / path.name} is"


def test_pictures_are_small_and_none_is_left_over() -> None:
    assert sorted(PICTURES.glob("*")) == sorted(file_of(*one) for one in COMPARED)
    assert {path.name: path.stat().st_size for path in PICTURES.glob("*") if path.stat().st_size > MOST_BYTES} == {}


def test_softer_edges_of_letters_and_lines_are_no_change() -> None:
    now = raster(chart("forecast", "coverage", "zh"))
    softer = Image.blend(now, now.filter(ImageFilter.BoxBlur(1)), 0.15)
    assert np.abs(np.asarray(now, float) - np.asarray(softer, float)).max() > 2 * LIMIT  # of a single dot
    assert 0 < difference(softer, now)[0] <= LIMIT


@contextmanager
def lifted(axes: Axes) -> Iterator[None]:
    """The first line three per cent of the axis higher."""
    line, (low, high) = axes.lines[0], axes.get_ylim()
    kept = np.asarray(line.get_ydata(), float)
    line.set_ydata(kept + 0.03 * (high - low))
    yield
    line.set_ydata(kept)


@contextmanager
def recoloured(axes: Axes) -> Iterator[None]:
    """The first line in a colour not unlike its own."""
    kept = axes.lines[0].get_color()
    axes.lines[0].set_color(style.PLAN)
    yield
    axes.lines[0].set_color(kept)


@contextmanager
def without_band(axes: Axes) -> Iterator[None]:
    """The palest band gone."""
    axes.collections[0].set_visible(False)
    yield
    axes.collections[0].set_visible(True)


@contextmanager
def darker_band(axes: Axes) -> Iterator[None]:
    """The band of 90 % a little darker than it should be."""
    kept = axes.collections[0].get_alpha()
    axes.collections[0].set_alpha(0.26)
    yield
    axes.collections[0].set_alpha(kept)


@contextmanager
def relabelled(axes: Axes) -> Iterator[None]:
    """One letter of a label in the plot."""
    label = next(text for text in axes.texts if len(text.get_text()) > 1)
    kept = label.get_text()
    label.set_text(kept[:-1] + "X")
    yield
    label.set_text(kept)


@contextmanager
def miscounted(axes: Axes) -> Iterator[None]:
    """One digit of the footer, which tells the runs: the smallest letters there are."""
    foot = next(text for text in axes.figure.texts if "120" in text.get_text())
    kept = foot.get_text()
    foot.set_text(kept.replace("120", "720", 1))
    yield
    foot.set_text(kept)


CHANGES = [lifted, recoloured, without_band, darker_band, relabelled, miscounted]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_chart_is_noticed(change: Callable[[Axes], AbstractContextManager[None]]) -> None:
    drawing = chart("forecast", "coverage", "zh")
    before = fewer_colours(raster(drawing))
    axes = next(axes for axes in drawing.figure.axes if axes.collections and axes.lines)
    with change(axes):
        after = raster(drawing)
    assert difference(after, before)[0] > LIMIT
    assert difference(raster(drawing), before)[0] <= LIMIT  # and put right again it is the same


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for one in COMPARED:
        said = PngImagePlugin.PngInfo()
        said.add_text("Matplotlib", VERSION)
        fewer_colours(raster(chart(*one))).save(file_of(*one), optimize=True, pnginfo=said)
