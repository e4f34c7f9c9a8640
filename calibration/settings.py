"""The settings of the calibration, read from the table beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..model.posterior import PlaceEffect
from ..model.priors import Prior

FILE = Path(__file__).parent / "settings.yaml"


@dataclass(frozen=True)
class Settings:
    """What is fitted, what differs from place to place, and how much is simulated."""

    fitted: tuple[str, ...]  # parameters whose posterior is sought
    of_place: tuple[str, ...]  # parameters that each place draws anew
    place_effects: tuple[PlaceEffect, ...]
    policy_size: Prior  # factor on all levers of a place
    policy_known: tuple[str, ...]  # scenarios whose policy is known in size
    replicates: dict[str, int]  # runs of each place in one simulation, by scenario
    seed: int
    bank: int  # simulations from the priors
    rival_bank: int  # simulations from the priors under each rival rule
    early_particles: int  # of the generations before the last
    particles: int  # parameter sets of the posterior


@cache
def settings() -> Settings:
    """The settings that come with the project. Raises ValueError for names that are no parameters."""
    from ..model.vocabulary import parameters

    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    size = found["policy_size"]
    effects = tuple(
        PlaceEffect(row["name"], float(row["sd"]), tuple(row["parameters"])) for row in found["place_effects"]
    )
    named = {*found["fitted"], *found["of_place"], *(name for effect in effects for name in effect.parameters)}
    if unknown := named - set(parameters()):
        raise ValueError(f"no parameters: {sorted(unknown)}")
    if both := set(found["fitted"]) & set(found["of_place"]):
        raise ValueError(f"what is fitted is common to all places: {sorted(both)}")
    return Settings(
        tuple(found["fitted"]), tuple(found["of_place"]), effects,
        Prior("uniform", float(size["low"]), float(size["high"])), tuple(size["known"]),
        {name: int(runs) for name, runs in found["replicates"].items()},
        *(int(found[name]) for name in ("seed", "bank", "rival_bank", "early_particles", "particles")),
    )  # fmt: skip
