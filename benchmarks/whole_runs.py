"""How fast whole runs are: seconds and nanoseconds per organization-month, one core, everything on.

Run by hand: python benchmarks/whole_runs.py [SCENARIO …]. The first run of each scenario (compilation) is left out.
"""

from __future__ import annotations

import statistics
import sys
import time

from miaopu import scenarios
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import simulate
from miaopu.model.tallies import TALLIES

STOCKS = [TALLIES.index(name) for name in ("groups", "filed", "registered")]
RUNS = 9


def timed(inputs: Inputs, seed: int) -> tuple[float, float]:
    """Seconds of one run, and organization-months on the books in it."""
    begun = time.process_time()
    outcome = simulate(inputs, None, seed)
    return time.process_time() - begun, float(outcome.tallies[:, :, STOCKS].sum())


def main(names: list[str]) -> None:
    """One line per scenario: the median of several runs, and their range."""
    print("scenario | months | organization-months | seconds | ns per organization-month (lowest to highest)")
    for name in names:
        inputs = scenarios.load(name)
        timed(inputs, 0)
        runs = [timed(inputs, seed) for seed in range(1, RUNS + 1)]
        each = sorted(1e9 * seconds / months for seconds, months in runs)
        print(
            f"{name} | {inputs.months} | {statistics.median(m for _, m in runs):,.0f} | "
            f"{statistics.median(s for s, _ in runs):.3f} | "
            f"{statistics.median(each):.0f} ({each[0]:.0f} to {each[-1]:.0f})"
        )


if __name__ == "__main__":
    main(sys.argv[1:] or ["town", "shenzhen-2022-2025", "hunan-2021-2023"])
