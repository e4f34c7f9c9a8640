"""What the three forms of a brief lay out alike."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from miaopu.outputs.brief.document import Box, Figure, Heading, PageBreak, plain
from miaopu.outputs.brief.layout import CAPTION, HEADING, SMALLEST, chart_widths, tied, title_lines
from miaopu.outputs.whole import write_whole

WIDTH, HEIGHT = 160.0, 240.0  # mm


def _figure(folder: Path, width: int, height: int) -> Figure:
    path = folder / f"{width}x{height}.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", width, height))
    return Figure(path.stem, "", "", path, path)


def test_a_chart_is_as_wide_as_the_text_and_never_higher_than_the_page(tmp_path: Path) -> None:
    flat, high = _figure(tmp_path, 200, 100), _figure(tmp_path, 100, 300)
    flat_width, high_width = chart_widths([plain("x"), flat, high], WIDTH, HEIGHT)
    assert flat_width == WIDTH and 3 * high_width == pytest.approx(HEIGHT - CAPTION)
    assert chart_widths([flat], 999, HEIGHT) == [170.0]  # none larger than it was made


def test_a_high_chart_leaves_room_for_its_heading(tmp_path: Path) -> None:
    (width,) = chart_widths([plain("x"), Heading("x"), _figure(tmp_path, 100, 300)], WIDTH, HEIGHT)
    assert 3 * width == pytest.approx(HEIGHT - CAPTION - HEADING)


def test_charts_between_two_breaks_share_one_page(tmp_path: Path) -> None:
    figure = _figure(tmp_path, 100, 80)
    both = chart_widths([plain("x"), PageBreak(), figure, figure, PageBreak(), plain("x")], WIDTH, HEIGHT)
    assert sum(0.8 * width + CAPTION for width in both) == pytest.approx(HEIGHT)
    assert chart_widths([PageBreak(), figure, figure, plain("x")], WIDTH, HEIGHT) == [WIDTH, WIDTH]
    assert chart_widths([figure] * 9, WIDTH, HEIGHT) == pytest.approx([SMALLEST * WIDTH] * 9)


def test_charts_in_a_frame_are_narrower(tmp_path: Path) -> None:
    figure = _figure(tmp_path, 200, 100)
    framed, free = chart_widths([Box("x", (figure, plain("x"))), figure, plain("x")], WIDTH, HEIGHT)
    assert framed < free == WIDTH


def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_text("no picture, though long enough for a head")
    with pytest.raises(ValueError, match="is no PNG picture"):
        chart_widths([Figure("x", "", "", tmp_path / "x.png", tmp_path / "x.svg")], WIDTH, HEIGHT)


def test_a_figure_keeps_its_per_cent_sign() -> None:
    assert tied("85 % of 3 streets, % and 9 %") == "85\u00a0% of 3 streets, % and 9\u00a0%"


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("示例市培育发展社区社会组织行动计划（2022—2025年）：目标实现情况推演简报", 2),
        ("Model city's plan. Will the targets be reached?", 2),
        ("模型校准简报", 1),
        ("示例：简报", 1),
        ("A title that is long but of one piece.", 1),
    ],
)
def test_a_long_title_is_broken_by_its_sense(title: str, parts: int) -> None:
    lines = title_lines(title)
    assert len(lines) == parts and "".join(lines).replace(" ", "") == title.replace(" ", "")


def test_a_file_appears_whole_or_stays_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"
    assert write_whole(path, lambda part: part.write_text("one")) == path and path.read_text() == "one"

    def fail(part: Path) -> None:
        part.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_whole(path, fail)
    assert path.read_text() == "one" and list(path.parent.iterdir()) == [path]
