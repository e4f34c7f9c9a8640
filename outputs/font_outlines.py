"""Outlines as OpenType's glyf table writes them: a flag per point, then steps of no byte, one byte or two.

fontTools does the same one point at a time; here all points of a font are decoded or encoded at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

ON_CURVE, SHORT, REPEAT, POSITIVE_OR_SAME, OVERLAP = 1, 2, 8, 16, 64  # SHORT, POSITIVE: x; next bit: y
_WIDTHS = [
    bytes(1 if f & SHORT << axis else 0 if f & POSITIVE_OR_SAME << axis else 2 for f in range(256)) for axis in (0, 1)
]  # bytes that a step takes, by flag


class Packed(NamedTuple):
    """One glyph's outline, still packed."""

    ends: np.ndarray  # last point of each contour
    flags: bytes  # one per point
    steps: tuple[bytes, bytes]  # of x and of y


def unpack(data: bytes) -> Packed:
    """The parts of a simple glyph's bytes; raises ValueError for a composite glyph."""
    count = int.from_bytes(data[:2], "big", signed=True) if data else 0
    if count < 0:
        raise ValueError("composite glyph")
    if count == 0:
        return Packed(np.zeros(0, np.int64), b"", (b"", b""))
    ends = np.frombuffer(data, ">u2", count, 10).astype(np.int64)
    at = 10 + 2 * count
    at += 2 + int.from_bytes(data[at : at + 2], "big")  # skip the hinting instructions
    flags = bytearray()
    while len(flags) <= ends[-1]:
        flag = data[at]
        times = data[at + 1] + 1 if flag & REPEAT else 1
        flags.extend((flag,) * times)
        at += 2 if flag & REPEAT else 1
    middle = at + sum(flags.translate(_WIDTHS[0]))
    end = middle + sum(flags.translate(_WIDTHS[1]))
    return Packed(ends, bytes(flags), (data[at:middle], data[middle:end]))


def decode(glyphs: list[Packed], starts: np.ndarray) -> np.ndarray:
    """The points of all `glyphs`, (points, 2); `starts` holds the first point of each glyph."""
    flags = b"".join(glyph.flags for glyph in glyphs)
    bits = np.frombuffer(flags, np.uint8)
    points = np.zeros((len(bits), 2), np.int64)
    for axis in (0, 1):
        raw = np.frombuffer(b"".join(glyph.steps[axis] for glyph in glyphs), np.uint8).astype(np.int64)
        width = np.frombuffer(flags.translate(_WIDTHS[axis]), np.uint8)
        at = np.cumsum(width) - width
        one, two = width == 1, width == 2
        sign = np.where(bits & (POSITIVE_OR_SAME << axis), 1, -1)
        step = np.zeros(len(bits), np.int64)
        step[one] = raw[at[one]] * sign[one]
        step[two] = ((raw[at[two]] << 8 | raw[at[two] + 1]) ^ 0x8000) - 0x8000
        total = np.concatenate([[0], np.cumsum(step)])
        points[:, axis] = total[1:] - np.repeat(total[starts[:-1]], np.diff(starts))
    return points


def encode(points: np.ndarray, on_curve: np.ndarray, contours: list[np.ndarray], starts: np.ndarray) -> list[bytes]:
    """The bytes of each glyph, its box included, without hinting."""
    full = np.diff(starts) > 0
    first = starts[:-1][full]
    boxes = bounds(points, starts)
    steps = np.diff(points, axis=0, prepend=0)
    steps[first] = points[first]
    flags, streams = _pack(steps, on_curve)
    flags[first] |= OVERLAP  # contours of a variable font overlap
    parts = [(flags.tobytes(), starts), *((stream, before[starts]) for stream, before in streams)]
    data = [b""] * len(contours)
    for glyph in np.flatnonzero(full):
        ends = contours[glyph]
        head = np.array([len(ends), *boxes[glyph]], ">i2").tobytes()
        head += np.append(ends, 0).astype(">u2").tobytes()  # the last word: no hinting instructions
        data[glyph] = head + b"".join(stream[at[glyph] : at[glyph + 1]] for stream, at in parts)
    return data


def _pack(steps: np.ndarray, on_curve: np.ndarray) -> tuple[np.ndarray, list[tuple[bytes, np.ndarray]]]:
    """The points' flags, and for x and for y the bytes of all steps and how many come before each point."""
    flags, streams = on_curve.astype(np.uint8), []
    for axis in (0, 1):
        step = steps[:, axis]
        same, short = step == 0, (step != 0) & (np.abs(step) < 256)
        flags |= (short * SHORT + (same | (short & (step > 0))) * POSITIVE_OR_SAME).astype(np.uint8) << axis
        value = np.where(short, np.abs(step), step) & 0xFFFF
        pair = np.stack([value >> 8, value & 0xFF], axis=1).astype(np.uint8)
        written = np.stack([~same & ~short, ~same], axis=1)
        streams.append((pair[written].tobytes(), np.concatenate([[0], np.cumsum(written.sum(axis=1))])))
    return flags, streams


def bounds(points: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Each glyph's x min, y min, x max and y max; zeros for an empty glyph."""
    full = np.diff(starts) > 0
    boxes = np.zeros((len(full), 4), np.int64)
    boxes[full, :2] = np.minimum.reduceat(points, starts[:-1][full])
    boxes[full, 2:] = np.maximum.reduceat(points, starts[:-1][full])
    return boxes
