"""The charts of the calibration's documents: what they are called, where they stand, and their files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..model.text import LANGUAGES, Text
from .calibration_tables import Calibration
from .calibration_words import PLANS
from .chart_hindcast import draw_hindcast
from .chart_policy_ranks import draw_ranking
from .chart_posterior import draw_marginals, draw_pairs
from .chart_predictive import draw_predictive
from .chart_prior_posterior import draw_forecasts
from .chart_ranks import draw_ranks
from .charts import finished, write
from .fan import Drawing


class Chart(NamedTuple):
    """A chart, the part of the page that it follows, what it needs, and its caption."""

    draw: Callable[[Calibration, str], Drawing | None]
    part: str
    needs: tuple[str, ...]  # tables; "sets" are the posterior's parameter sets
    caption: Text


RANKED = ("shenzhen-2022-2025", "hunan-2021-2023")
CHARTS = {
    "marginals": Chart(
        draw_marginals, "contraction", ("contraction", "sets"), Text("各参数的先验与后验", "Priors and posteriors")
    ),
    "pairs": Chart(draw_pairs, "pairs", ("pairs", "sets"), Text("参数两两相对", "Pairs of parameters")),
    "predictive": Chart(
        draw_predictive, "predictive", ("predictive",), Text("观测值与推演值", "Observed and simulated figures")
    ),
    "ranks": Chart(draw_ranks, "sbc", ("sbc",), Text("校准检验的秩", "Ranks of simulation-based calibration")),
    "hindcast": Chart(draw_hindcast, "hindcast", ("hindcast",), Text("回测", "Hindcasts")),
    **{
        f"ranking-{plan.split('-')[0]}": Chart(
            partial(draw_ranking, plan=plan),
            "ranking",
            ("ranking", "survival"),
            Text(f"{PLANS[plan].zh}：各规则下的政策名次", f"{PLANS[plan].en}: ranks of policies by rule"),
        )
        for plan in RANKED
    },
    "forecasts": Chart(
        draw_forecasts, "forecasts", ("forecasts",), Text("先验与后验下的达标概率", "Targets with priors and posterior")
    ),
}


def drawable(known: Calibration) -> list[str]:
    """Names of the charts that there are data for."""
    return [name for name, chart in CHARTS.items() if all(_has(known, need) for need in chart.needs)]


def _has(known: Calibration, need: str) -> bool:
    return known.sets is not None if need == "sets" else known.get(need) is not None


def file_name(name: str, lang: str) -> str:
    """A chart's picture in the folder of pictures."""
    return f"{name}-{lang}.png"


def draw_all(known: Calibration, folder: Path) -> list[Path]:
    """Draw every chart that there are data for, in both languages; the PNG files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in drawable(known):
        for lang in LANGUAGES:
            drawing = finished(lambda name=name, lang=lang: CHARTS[name].draw(known, lang))
            assert drawing is not None
            target = folder / file_name(name, lang)
            with tempfile.TemporaryDirectory() as aside:
                write(drawing, Path(aside), name, known.marks(CHARTS[name].caption.of(lang)))
                shutil.copyfile(Path(aside) / f"{name}.png", target)
            written.append(target)
    return written
