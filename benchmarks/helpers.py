"""What the benchmarks share: inputs by name, organization-months, times of runs, and the line about the machine."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from miaopu import scenarios
from miaopu.model.inputs import Inputs
from miaopu.model.tallies import TALLIES

ON_THE_BOOKS = [TALLIES.index(name) for name in ("groups", "filed", "registered")]
SHENZHEN, HUNAN, NATION = "shenzhen-2022-2025", "hunan-2021-2023", "nation"


def inputs_of(name: str) -> Inputs:
    """A shipped scenario, or the made-up nation."""
    if name == NATION:
        from nation import nation

        return nation()
    return scenarios.load(name)


def organization_months(tallies: np.ndarray) -> float:
    """Months that organizations (activity groups, filed, registered) spent on the books in a run."""
    return float(tallies[:, :, ON_THE_BOOKS].sum())


def processor() -> str:
    """The processor's name as the operating system tells it, and as the compiler sees it."""
    from llvmlite import binding

    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return f"{name} ({binding.get_host_cpu_name()})"


def load() -> str:
    """Processes that wanted a core during the last minute, where the system tells."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def print_machine() -> None:
    """Machine, versions, load and command: without them a time means nothing."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "llvmlite"))
    print(f"`python {' '.join(sys.argv)}`\n")
    print(f"Machine: {os.cpu_count()} cores of {processor()}; {platform.system()}; Python {platform.python_version()},")
    print(f"{versions}; load when it began {load()}.", flush=True)


def middle_and_least(values: Sequence[float], form: str) -> str:
    """Median and lowest of repeats, for a table's cell."""
    return f"{statistics.median(values):{form}} ({min(values):{form}})"


def resident() -> float:
    """Megabytes that this process holds now."""
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * resource.getpagesize() / 1e6


def most_resident() -> float:
    """Megabytes that this process has held at most."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def plain_implementation() -> Callable[..., Any] | None:
    """The plain second implementation: called like `simulate`, it returns an outcome with `tallies`."""
    try:
        return import_module("miaopu.tests.oracle").simulate
    except ModuleNotFoundError:
        return None


def shortened(inputs: Inputs, months: int) -> Inputs:
    """The first `months` of a scenario."""
    funders = {name: plan._replace(budget_yuan=plan.budget_yuan[:months]) for name, plan in inputs.funders.items()}
    return replace(
        inputs,
        months=months,
        timetable=np.ascontiguousarray(inputs.timetable[:months]),
        shocks=np.ascontiguousarray(inputs.shocks[:months]),
        clean_up=np.ascontiguousarray(inputs.clean_up[:months]),
        funders=funders,
    )
