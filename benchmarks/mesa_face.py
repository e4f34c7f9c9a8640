"""What Mesa's face costs: a run by `simulate`, by `Ecosystem.step`, and with eight model reporters every month.

Run by hand: python benchmarks/mesa_face.py [SCENARIO] [REPETITIONS]. The three take turns, so that other work on the
machine falls on all of them. In processor time: the least of the repetitions, and the ratio to `simulate` in the same
repetition, median and quartiles. The first run of each (compilation) is left out.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import mesa
import numpy as np

from miaopu import scenarios
from miaopu.model import Ecosystem
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import simulate

REPORTED = (
    "street_hub_coverage",
    "street_hub_coverage_effective",
    "organizations",
    "active_share",
    "capability",
    "needs_met",
    "trust",
    "newly_filed",
)


def by_simulate(inputs: Inputs, seed: int) -> None:
    """The engine alone."""
    simulate(inputs, None, seed)


def by_steps(inputs: Inputs, seed: int) -> None:
    """Month by month, nobody looking."""
    Ecosystem(inputs, rng=seed).run()


def with_reporters(inputs: Inputs, seed: int) -> None:
    """Month by month, Mesa's collector asking for eight indicators."""
    reporters = {name: (lambda model, name=name: model.indicator(name)) for name in REPORTED}
    collector = mesa.DataCollector(model_reporters=reporters)
    place = Ecosystem(inputs, rng=seed)
    while place.running:
        place.step()
        collector.collect(place)
    assert len(collector.model_vars["trust"]) == inputs.months


def timed(inputs: Inputs, ways: list[Callable[[Inputs, int], None]], repetitions: int) -> np.ndarray:
    """Processor seconds (repetitions, ways); one repetition is one seed, run in each way in turn."""
    seconds = np.zeros((repetitions + 1, len(ways)))
    for seed in range(repetitions + 1):
        for k, way in enumerate(ways):
            begun = time.process_time()
            way(inputs, seed)
            seconds[seed, k] = time.process_time() - begun
    return seconds[1:]


def main(name: str, repetitions: int) -> None:
    """Prints the table."""
    ways = [by_simulate, by_steps, with_reporters]
    seconds = timed(scenarios.load(name), ways, repetitions)
    print(f"{name}, Mesa {mesa.__version__}, Python {sys.version.split()[0]}, {repetitions} repetitions\n")
    print("| run | least ms | ratio | quartiles |\n|---|---:|---:|---|")
    for k, way in enumerate(ways):
        low, middle, high = np.percentile(seconds[:, k] / seconds[:, 0], (25, 50, 75))
        told = way.__name__.replace("_", " ")
        print(f"| {told} | {1e3 * seconds[:, k].min():.1f} | {middle:.2f} | {low:.2f} to {high:.2f} |")


if __name__ == "__main__":
    given = [*sys.argv[1:3], *("shenzhen-2022-2025", "25")[len(sys.argv) - 1 :]]
    main(given[0], int(given[1]))
