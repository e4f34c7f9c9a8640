"""Every chart of the program on made-up data, each drawn once: what tests of all charts look at."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from miaopu.outputs import assumptions_page, calibration_charts, charts, experiment_charts
from miaopu.outputs.assumption_words import read_log
from miaopu.outputs.calibration_tables import read_calibration
from miaopu.outputs.chart_tornado import draw_tornado
from miaopu.outputs.experiment_charts import Draw, Tables
from miaopu.outputs.experiment_facts import ExperimentFacts
from miaopu.outputs.fan import Drawing
from miaopu.tests import synthetic, synthetic_calibration
from miaopu.tests import synthetic_experiment as made
from miaopu.tests import synthetic_sensitivity as analysed
from miaopu.tests.outputs import made_tables

STEPS = (128, 256, 512, 1024)
EXPERIMENTS = ("compare", "sweep", "sensitivity", "interactions", "screening", "pawn")
KINDS = ("forecast", *EXPERIMENTS, "calibration", "assumptions")


class Drawn(NamedTuple):
    """A chart (nothing where the made-up data has no numbers for it), and what matplotlib complained of."""

    drawing: Drawing | None
    complaints: tuple[str, ...]


def names(kind: str) -> list[str]:
    """Names of all charts of a kind."""
    return list(_planned(kind, "en"))


@cache
def drawn(kind: str, name: str, lang: str) -> Drawn:
    """One chart in the house style, laid out as on paper."""
    charts.prepare()
    with _overheard() as complaints:
        drawing = charts.finished(_planned(kind, lang)[name])
    return Drawn(drawing, tuple(complaints))


def of_experiments(lang: str) -> Iterator[Draw]:
    """What draws the charts of all experiments, planned anew."""
    for kind in EXPERIMENTS:
        yield from experiment_charts.plan(*_experiment(kind), lang).values()


@cache
def _planned(kind: str, lang: str) -> dict[str, Draw]:
    if kind == "forecast":
        folder = _aside("forecast")
        results = made_tables.with_network(synthetic.make(folder, without=True))
        return {name: partial(draw, results, lang) for name, draw in charts.CHARTS.items()}
    if kind == "calibration":
        folder = synthetic_calibration.make(_aside("calibration"))
        known = read_calibration(folder, folder / "posterior.json")
        return {name: partial(one.draw, known, lang) for name, one in calibration_charts.CHARTS.items()}
    if kind == "assumptions":
        logs = {short: read_log(assumptions_page.DATA, plan) for short, plan in assumptions_page.PLANS.items()}
        return {f"assumptions-{short}": partial(draw_tornado, log, lang) for short, log in logs.items()}
    return experiment_charts.plan(*_experiment(kind), lang)


def _experiment(kind: str) -> tuple[str, Tables, ExperimentFacts]:
    """Kind, tables and facts of an experiment; one outcome is decided on, so each family of charts has one."""
    few = replace(made.facts(2, 14336, None), decide_on=("hubs.effective.measured",))
    summary, points = analysed.sweep()
    return {
        "compare": (
            "compare",
            {"paths": made.paths(4), "differences": made.differences(4), "costs": made_tables.costs()},
            made.facts(4),
        ),
        "sweep": ("sweep", {"summary": summary, "points": points}, few),
        "sensitivity": (
            "sensitivity",
            {"indices": analysed.indices(base=STEPS), "chance": analysed.chance(), "response": analysed.response(),
             "convergence": analysed.convergence(base=STEPS)},
            few,
        ),
        "interactions": ("sensitivity", {"indices": made_tables.second_order(), "chance": analysed.chance()}, few),
        "screening": ("sensitivity", {"indices": analysed.indices("morris", (40,))}, few),
        "pawn": ("sensitivity", {"indices": analysed.indices("pawn")}, few),
    }[kind]  # fmt: skip


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="miaopu-charts-")  # goes when the process ends


def _aside(name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=name, dir=_home().name)) / "results"


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """Warnings of glyphs and layouts, and what the search for fonts logs."""
    heard: list[str] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = lambda record: heard.append(record.getMessage())
    logger = logging.getLogger("matplotlib")
    logger.addHandler(listener)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield heard
        heard += [str(one.message) for one in caught]
    finally:
        logger.removeHandler(listener)
