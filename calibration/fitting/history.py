"""The history of a fit in its folder: pyabc's own database, and beside it what it belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ...model.text import Text
from . import refusals
from .marker import refuse_if_different

DATABASE, MARKER, FAILURES = "history.db", "fit.json", "failures.json"


class Generation(NamedTuple):
    """One generation, from 1; simulations include failed ones and the rest of the last batch."""

    generation: int
    temperature: float  # inf: everything accepted
    simulations: int
    accepted: int
    acceptance_rate: float
    ess: float
    failed: int  # of the simulations


@dataclass(frozen=True)
class Fitted:
    """What a fit found: weighted parameter sets, and the figures that each was accepted with."""

    names: tuple[str, ...]
    values: np.ndarray  # (sets, names)
    z: np.ndarray  # (sets, names): the same, standard normal under the priors
    weights: np.ndarray  # (sets,), their sum is 1
    figures: dict[str, np.ndarray]  # (sets, replicates) by observation
    log_likelihoods: np.ndarray  # (sets,), as estimated
    generations: tuple[Generation, ...]
    marker: dict[str, Any]  # what it belongs to
    note: Text | None  # why temperature 1 was not reached

    @property
    def converged(self) -> bool:
        """Whether temperature 1 was reached: only then is it the posterior."""
        return self.temperature <= 1.0

    @property
    def temperature(self) -> float:
        """Of the generation that is given."""
        return self.generations[-1].temperature

    @property
    def simulations(self) -> int:
        """Of all complete generations."""
        return sum(one.simulations for one in self.generations)


class History:
    """The database of one fit."""

    def __init__(self, folder: Path, marker: dict[str, Any]) -> None:
        self.path = folder / DATABASE
        self.failures = folder / FAILURES
        self.marker = marker
        self.generations: tuple[Generation, ...] = ()
        self.read()

    @classmethod
    def open(cls, folder: Path, marker: dict[str, Any], resume: bool) -> History:
        """Begin a history, or go on with one. Raises Refusal (see `fit.fit`)."""
        known = folder / MARKER
        if resume:
            if not known.is_file():
                raise refusals.nothing_to_resume(folder)
            refuse_if_different(json.loads(known.read_text(encoding="utf-8")), marker)
        elif (folder / DATABASE).exists():
            raise refusals.begun_before(folder)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            known.write_text(json.dumps(marker, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return cls(folder, marker)

    @property
    def temperatures(self) -> list[float]:
        """Of every complete generation, the first pyabc's way (finite)."""
        from .tempering import PRIOR

        return [min(one.temperature, PRIOR) for one in self.generations]

    @property
    def simulations(self) -> int:
        """Spent on complete generations."""
        return sum(one.simulations for one in self.generations)

    @property
    def acceptance(self) -> float:
        """Of the last complete generation."""
        return self.generations[-1].acceptance_rate if self.generations else 1.0

    @property
    def finished(self) -> bool:
        """Whether temperature 1 was reached."""
        return bool(self.generations) and self.generations[-1].temperature <= 1.0

    def note_failures(self, t: int, failed: int) -> None:
        """Keep how many simulations of pyabc's generation `t` failed."""
        self.failures.write_text(json.dumps({**self._failures(), str(t): failed}) + "\n", encoding="utf-8")

    def _failures(self) -> dict[str, int]:
        return json.loads(self.failures.read_text(encoding="utf-8")) if self.failures.is_file() else {}

    def give_to(self, smc: Any) -> None:
        """Let pyabc begin here, or go on after the last complete generation."""
        if self.generations:
            smc.load(self._address, 1, {})
        else:
            self.path.unlink(missing_ok=True)  # begun, but nothing was complete
            smc.new(self._address, {})

    def fitted(
        self, names: Sequence[str], values: Callable[[Mapping[str, float]], dict[str, float]], ended: str | None
    ) -> Fitted:
        """The last complete generation; `values` turns z into parameters."""
        import pyabc

        last = len(self.generations) - 1
        particles = pyabc.History(self._address, _id=1, create=False).get_population(last).particles
        points = [{name: float(one.parameter[name]) for name in names} for one in particles]
        weights = np.array([one.weight for one in particles], np.float64)
        ids = list(particles[0].sum_stat)
        return Fitted(
            tuple(names),
            np.array([[found[name] for name in names] for found in map(values, points)]),
            np.array([[point[name] for name in names] for point in points]),
            weights / weights.sum(),
            {name: np.stack([one.sum_stat[name] for one in particles]) for name in ids},
            np.array([one.distance for one in particles], np.float64),
            self.generations,
            self.marker,
            None if self.finished else _why(ended, self.generations[-1].temperature),
        )

    @property
    def _address(self) -> str:
        return f"sqlite:///{self.path.absolute()}"

    def read(self) -> None:
        """Take note of every complete generation."""
        if not self.path.is_file() or not self.path.stat().st_size:
            return
        import pyabc

        from .tempering import PRIOR

        stored = pyabc.History(self._address, _id=1, create=False)
        table: Any = stored.get_all_populations()
        table = table[table["t"] >= 0].sort_values("t")
        failed = self._failures()
        found = []
        for t, simulations, temperature in zip(table["t"], table["samples"], table["epsilon"], strict=True):
            weights = stored.get_distribution(0, int(t))[1]
            ess = float(weights.sum() ** 2 / (weights**2).sum())
            shown = float("inf") if temperature >= PRIOR else float(temperature)
            rate = len(weights) / int(simulations)
            lost = failed.get(str(int(t)), 0)
            found.append(Generation(int(t) + 1, shown, int(simulations), len(weights), rate, ess, lost))
        self.generations = tuple(found)


def _why(ended: str | None, temperature: float) -> Text:
    zh, en = {
        "budget": ("推演次数用完", "the limit of simulations was reached"),
        "acceptance": ("接受率低于下限", "fewer were accepted than the least share allowed"),
    }[ended or "acceptance"]
    return Text(
        f"{zh}，停在温度 {temperature:.3g}，没有到达 1：所得不是后验，比后验宽",
        f"{en} at temperature {temperature:.3g}, before 1: what was found is wider than the posterior, and is not it",
    )
