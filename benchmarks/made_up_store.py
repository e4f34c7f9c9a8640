"""A folder with the results of a large experiment whose figures are made up, written as a sweep writes its own.

Real runs of Shenzhen are repeated with noise on every figure, so that nothing compresses better than it would.
"""

from __future__ import annotations

import json
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from timed_sweep import sweep_of

from miaopu.experiments.campaign.folder import Campaign, begin
from miaopu.experiments.campaign.parts import tables_of
from miaopu.experiments.campaign.plan import Task
from miaopu.experiments.campaign.subject import Tables
from miaopu.experiments.design.reading import inputs_of_experiment

REPLICATES = 4
REAL = 12  # runs that are really made
TOLD = "made.json"  # beside the folder: what making it took


def campaign_of(folder: Path, runs: int) -> Campaign:
    """The experiment of `runs` runs in a folder; nothing is run."""
    experiment = sweep_of(runs // REPLICATES, REPLICATES)
    return begin(experiment, inputs_of_experiment(experiment), "sweep", folder)


def make(folder: Path, runs: int) -> dict[str, float]:
    """Write plan and parts; seconds of both, of a block, and bytes on the disk."""
    shutil.rmtree(folder, ignore_errors=True)
    begun = time.perf_counter()
    campaign = campaign_of(folder, runs)
    campaign.write_plan()
    planned = time.perf_counter() - begun
    subject, plan = campaign.subject, campaign.plan
    real = [subject(task) for task in list(plan.tasks([0]))[:REAL]]
    blocks = [_write(campaign, block, real) for block in range(plan.blocks)]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    told = {"plan": planned, "parts": sum(blocks), "block": statistics.median(blocks), "blocks": len(blocks)}
    return {**told, "bytes": float(size)}


def _write(campaign: Campaign, block: int, real: list[Tables]) -> float:
    """Seconds that a block takes from its runs' tables to a part on the disk."""
    done = list(_made_up(list(campaign.plan.tasks([block])), real))
    begun = time.perf_counter()
    campaign.parts.put(block, tables_of(campaign.subject, done), [])
    return time.perf_counter() - begun


def _made_up(tasks: list[Task], real: list[Tables]) -> Iterator[tuple[Task, Tables]]:
    for task in tasks:
        chance = np.random.default_rng(task.run)
        yield task, {name: {key: _noisy(column, chance) for key, column in columns.items()}
                     for name, columns in real[task.run % len(real)].items()}  # fmt: skip


def _noisy(column: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    if column.dtype.kind == "f":
        return (column * chance.normal(1, 0.02, column.shape)).astype(column.dtype)
    if column.dtype.kind == "b":
        return chance.random(column.shape) < 0.5
    return column


def made(folder: Path, runs: int) -> dict[str, float]:
    """The folder, made unless it is there already; what making it took."""
    told = folder.with_name(f"{folder.name}-{TOLD}")
    if not (folder.is_dir() and told.is_file()):
        told.parent.mkdir(parents=True, exist_ok=True)
        told.write_text(json.dumps(make(folder, runs)))
    return json.loads(told.read_text())
