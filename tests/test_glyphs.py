"""No letter is missing from a chart or a brief, and no label of a chart is cut off: every chart is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from miaopu.model.text import LANGUAGES
from miaopu.outputs import charts, experiment_charts
from miaopu.outputs.brief.composing import compose
from miaopu.outputs.brief.document import lines
from miaopu.outputs.brief.findings import Findings
from miaopu.outputs.brief.keeping import load
from miaopu.outputs.brief_samples import BRIEFS
from miaopu.outputs.fan import Drawing
from miaopu.outputs.fonts import FALLBACK, FAMILY, house_letters
from miaopu.tests import every_chart
from miaopu.tests.brief import made
from miaopu.tests.test_experiment_charts import texts

FALLING_BACK = ""  # letters of charts that the house font lacks: add one only after looking at it
FULL_WIDTH_QUOTES = set("“”‘’")  # the house font draws them as wide as a Chinese letter
SPARE = 1.0  # px by which a box may stand out: boxes hold the room beside a letter too


@cache
def fallback_letters() -> frozenset[str]:
    """The letters of the font that comes with matplotlib."""
    from fontTools.ttLib import TTFont
    from matplotlib import font_manager

    with TTFont(font_manager.findfont(FALLBACK, fallback_to_default=False), lazy=True) as opened:
        return frozenset(map(chr, opened.getBestCmap()))


def without_glyph(text: str) -> str:
    """The letters of a text that the house font lacks."""
    return "".join(sorted(set(text) - house_letters() - {"\n"}))


def wrong(drawing: Drawing, lang: str) -> Iterator[str]:
    """Whatever a chart writes with missing letters, in another font, or beyond the edge of the sheet."""
    sheet = drawing.figure.bbox
    for axes in drawing.figure.axes:
        axes.apply_aspect()
    for text in texts(drawing):
        said = text.get_text()
        if strange := set(without_glyph(said)) - set(FALLING_BACK):
            where = "fallback" if strange <= fallback_letters() else "NO FONT"
            yield f"{sorted(strange)} from {where}: {said!r}"
        if text.get_fontfamily() != [FAMILY, FALLBACK] or text.get_fontname() != FAMILY:
            yield f"{text.get_fontname()}: {said!r}"
        if lang == "en" and set(said) & FULL_WIDTH_QUOTES:
            yield f"Chinese quotes: {said!r}"
        box = text.get_window_extent()
        out = max(sheet.x0 - box.x0, box.x1 - sheet.x1, sheet.y0 - box.y0, box.y1 - sheet.y1)
        if out > SPARE:
            yield f"cut off by {out:.1f} px: {said!r}"


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", every_chart.KINDS)
def test_every_letter_of_every_chart_is_drawn_in_the_house_font_and_inside_the_sheet(kind: str, lang: str) -> None:
    told: list[str] = []
    for name in every_chart.names(kind):
        drawing, complaints = every_chart.drawn(kind, name, lang)
        if drawing is None:
            told.append(f"{name}: not drawn; give it numbers in tests/every_chart.py or tests/synthetic.py")
            continue
        told += [f"{name}: {said}" for said in (*complaints, *wrong(drawing, lang))]
    assert not told, "\n".join(told)


def test_every_kind_of_chart_of_an_experiment_is_among_them(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [name for name in vars(experiment_charts) if name.startswith("draw_") and name != "draw_experiment"]
    called: set[str] = set()
    for name in known:
        monkeypatch.setattr(experiment_charts, name, lambda *_, name=name, **__: called.add(name))
    for draw in every_chart.of_experiments("en"):
        draw()
    assert len(known) >= 8
    assert called == set(known), "give the others' tables in tests/every_chart.py"


def _sheet(said: str, **more: Any) -> Drawing:
    """A chart that says one thing in its middle."""
    import pandas as pd
    from matplotlib.figure import Figure

    def draw() -> Drawing:
        figure = Figure(figsize=(2, 1))
        figure.text(**({"x": 0.4, "y": 0.5, "s": said} | more))
        return Drawing(figure, pd.DataFrame())

    found = charts.finished(draw)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        ({"said": "ب"}, "from fallback"),
        pytest.param({"said": "ﷺ"}, "NO FONT", marks=pytest.mark.filterwarnings("ignore:Glyph")),
        ({"said": "hub", "family": "DejaVu Sans"}, "DejaVu Sans: 'hub'"),
        ({"said": "hub", "x": 0.95}, "cut off"),
        ({"said": "hub", "y": -0.1}, "cut off"),
        ({"said": "the “hub”"}, "Chinese quotes"),
    ],
)
def test_what_is_wrong_is_told(drawing: dict[str, str], told: str) -> None:
    assert any(told in said for said in wrong(_sheet(**drawing), "en"))


def test_what_is_right_is_let_pass() -> None:
    assert not [*wrong(_sheet("㮾梨 ≥ 85 %"), "zh"), *wrong(_sheet('the "hub" is ≥ 85 %'), "en")]


def test_matplotlib_s_own_complaint_is_heard() -> None:
    with every_chart._overheard() as complaints:
        _sheet("ﷺ")
    assert any("missing from font" in said for said in complaints)


def full_findings() -> Findings:
    """A brief that has something to say in every part."""
    return made.made_findings(
        targets=(made.made_target(), made.made_effective(), made.made_brands()),
        options=(made.made_option("plan", "base"), made.made_option()),
        factors=(made.made_factor_set(),),
        money=made.made_money(),
        after=(made.made_after(),),
        grid=made.made_grid(),
        assumptions=(made.made_assumption(),),
        calibration=made.made_calibration(),
    )


def briefs() -> list[Path]:
    """The findings of the sample briefs."""
    return sorted(BRIEFS.glob("*/findings.json"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [None, *briefs()], ids=lambda path: path.parent.name if path else "made up")
def test_the_house_font_has_every_letter_of_a_brief(path: Path | None, lang: str) -> None:
    said = lines(compose(full_findings() if path is None else load(path), {}, lang))
    assert len(said) > 60
    assert not {line: strange for line in said if (strange := without_glyph(line))}
