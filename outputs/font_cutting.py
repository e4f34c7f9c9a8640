"""Cut static weights out of a variable TrueType font, for the characters asked for.

matplotlib draws a variable font at its lightest weight, so the house font is cut into Regular and Bold. The
general tools of fontTools need over a minute for the 22,000 characters of GBK; this cutter needs seconds,
because the source has one axis, one master and no composite glyphs: every point moves in a straight line from
the lightest weight to the heaviest, and all points of the font can move at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .font_outlines import ON_CURVE, Packed, bounds, decode, encode, unpack

PHANTOMS = 4  # points that carry a glyph's metrics, after those of its outline
NOTICES = {"copyright": 0, "trademark": 7, "designer": 9, "licenseDescription": 13, "licenseInfoURL": 14}


class Outlines(NamedTuple):
    """All glyphs of a variable font, one after another, in font units."""

    starts: np.ndarray  # (glyphs + 1,) first point of each glyph
    contours: list[np.ndarray]  # per glyph: the last point of each contour
    on_curve: np.ndarray  # (points,) 1 on the curve, 0 a control point
    points: np.ndarray  # (points, 2) at the lightest weight
    moves: np.ndarray  # (points, 2) the way to the heaviest weight
    metric_moves: np.ndarray  # (glyphs, PHANTOMS, 2) the same for the metrics
    advances: np.ndarray  # (glyphs,)


class Static(NamedTuple):
    """Glyphs of one weight, as rows of the glyf and hmtx tables."""

    data: list[bytes]
    advances: np.ndarray
    boxes: np.ndarray  # (glyphs, 4) x min, y min, x max, y max


def cut(source: Path, wanted: Iterable[int], weights: dict[str, int], family: str, folder: Path) -> list[Path]:
    """Write one static font per style ("Regular": 400) into `folder` and return their paths, in order.

    Characters of `wanted` that the source lacks are left out. Raises ValueError if the source is built
    otherwise than this cutter can handle.
    """
    from fontTools.ttLib import TTFont

    with TTFont(source, lazy=True) as font:
        known = font.getBestCmap()
        letters = {code: known[code] for code in sorted(set(wanted) & known.keys())}
        order = [".notdef", *sorted(set(letters.values()), key=font.getGlyphID)]
        outlines = _read(font, order)
        paths = []
        for style, weight in weights.items():
            static = _move(outlines, _position(font, weight))
            path = folder / f"{family.replace(' ', '')}-{style}.ttf"
            _write(font, order, letters, static, (family, style, weight), path)
            paths.append(path)
    return paths


def _position(font: Any, weight: int) -> float:
    """Where `weight` lies between the lightest (0) and the heaviest (1), after the font's own correction."""
    from fontTools.varLib.models import normalizeLocation, piecewiseLinearMap

    (axis,) = font["fvar"].axes
    if axis.axisTag != "wght" or axis.defaultValue != axis.minValue:
        raise ValueError("the source font must have one axis, its weight, with the lightest as default")
    span = (axis.minValue, axis.defaultValue, axis.maxValue)
    place = normalizeLocation({"wght": weight}, {"wght": span})["wght"]
    return piecewiseLinearMap(place, font["avar"].segments["wght"]) if "avar" in font else place


def _read(font: Any, order: Sequence[str]) -> Outlines:
    table = font["glyf"]
    glyphs = [unpack(getattr(table.glyphs[name], "data", b"")) for name in order]
    table.glyphs.update({name: _stand_in(glyph) for name, glyph in zip(order, glyphs, strict=True)})
    starts = np.cumsum([0, *(len(glyph.flags) for glyph in glyphs)])
    points = decode(glyphs, starts)
    moves = [
        _moves(font, name, points[start : start + len(glyph.flags)], glyph.ends)
        for name, glyph, start in zip(order, glyphs, starts[:-1], strict=True)
    ]
    return Outlines(
        starts,
        [glyph.ends for glyph in glyphs],
        np.frombuffer(b"".join(glyph.flags for glyph in glyphs), np.uint8) & ON_CURVE,
        points,
        np.concatenate([move[:-PHANTOMS] for move in moves]),
        np.stack([move[-PHANTOMS:] for move in moves]),
        np.array([font["hmtx"][name][0] for name in order]),
    )


def _stand_in(packed: Packed) -> Any:
    """A glyph with the right number of points, all that gvar wants to know; decoding takes longer."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

    glyph = Glyph()
    glyph.numberOfContours = len(packed.ends)
    glyph.coordinates = GlyphCoordinates.zeros(len(packed.flags))
    return glyph


def _moves(font: Any, name: str, points: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """How each point of the glyph moves, those that the font leaves to be inferred included."""
    found = font["gvar"].variations[name]
    if not found:
        return np.zeros((len(points) + PHANTOMS, 2))
    (variation,) = found
    if variation.axes != {"wght": (0.0, 1.0, 1.0)}:
        raise ValueError(f"glyph {name} has other masters than the heaviest")
    if None in variation.coordinates:
        variation.calcInferredDeltas([*map(tuple, points.tolist()), *[(0, 0)] * PHANTOMS], ends.tolist())
    return np.array(variation.coordinates, dtype=float)


def _move(outlines: Outlines, position: float) -> Static:
    """The glyphs at `position` on the way from the lightest weight to the heaviest."""
    left, right = (np.rint(outlines.metric_moves[:, side, 0] * position).astype(int) for side in (0, 1))
    points = np.floor(outlines.points + outlines.moves * position + 0.5).astype(np.int64)
    points[:, 0] -= np.repeat(left, np.diff(outlines.starts))
    data = encode(points, outlines.on_curve, outlines.contours, outlines.starts)
    return Static(data, outlines.advances + right - left, bounds(points, outlines.starts))


def _write(
    font: Any,
    order: Sequence[str],
    letters: dict[int, str],
    static: Static,
    face: tuple[str, str, int],
    path: Path,
) -> None:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    family, style, weight = face
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    builder.font.recalcBBoxes = False  # the glyphs come with their boxes; opening them all again takes long
    builder.setupGlyphOrder(list(order))
    builder.setupCharacterMap(letters)
    builder.font["loca"], builder.font["glyf"] = newTable("loca"), newTable("glyf")
    builder.font["glyf"].glyphOrder = list(order)
    builder.font["glyf"].glyphs = {name: Glyph(data) for name, data in zip(order, static.data, strict=True)}
    advances, lefts = static.advances.tolist(), static.boxes[:, 0].tolist()
    builder.setupHorizontalMetrics(dict(zip(order, zip(advances, lefts, strict=True), strict=True)))
    ascent, descent = font["hhea"].ascent, font["hhea"].descent
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupNameTable(_names(font, family, style))
    builder.setupOS2(
        usWeightClass=weight,
        fsSelection=0x20 if style == "Bold" else 0x40,
        sTypoAscender=ascent,
        sTypoDescender=descent,
        usWinAscent=ascent,
        usWinDescent=-descent,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.setupMaxp()
    for field, value in vars(font["maxp"]).items():
        if field.startswith("max"):
            setattr(builder.font["maxp"], field, value)
    head = builder.font["head"]
    head.xMin, head.yMin = static.boxes[:, :2].min(axis=0).tolist()
    head.xMax, head.yMax = static.boxes[:, 2:].max(axis=0).tolist()
    head.created, head.modified = font["head"].created, font["head"].modified  # equal bytes every time
    head.macStyle = int(style == "Bold")
    builder.save(path)


def _names(font: Any, family: str, style: str) -> dict[str, str]:
    """The new family's names, with the notices that the licence asks to keep."""
    kept = {key: font["name"].getDebugName(number) for key, number in NOTICES.items()}
    plain = f"{family.replace(' ', '')}-{style}"
    return {key: text for key, text in kept.items() if text} | {
        "familyName": family,
        "styleName": style,
        "uniqueFontIdentifier": plain,
        "fullName": f"{family} {style}",
        "psName": plain,
        "version": "Version 1.000",
    }
