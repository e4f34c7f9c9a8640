"""pyabc's proposals on this project's pool, so that a fit repeats exactly whatever the number of workers. Needs pyabc.

pyabc's own parallel samplers take whichever results come first and seed each worker for itself, so that no two fits
are alike. Here proposal k of generation t is made with NumPy seeded by (seed, t, k), acceptance is decided with what
follows in the same stream, and proposals are taken in the order of k until enough are accepted. Workers only simulate:
they get parameter values and hand back figures, and need no pyabc. What was simulated beyond the last accepted proposal
(the rest of a batch) is thrown away but counted as a simulation.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
from pyabc.model import Model
from pyabc.sampler import Sampler

SMALLEST = 64  # proposals of a batch: enough for many cores, few to throw away
SURELY = 256  # no more than so many at once on the strength of a guess
LARGEST = 2000

Point = dict[str, float]  # a proposal, in z
Figures = dict[str, np.ndarray]  # (replicates,) by observation: what a simulation gave; empty where it failed
Simulate = Callable[[Sequence[Point], Callable[[int], None]], list[Figures]]  # simulate(points, tell(how many done))
Note = Callable[[int, int], None]  # note(generation, simulations that failed in it)
Tell = Callable[[int, float, int, int], None]  # tell(generation, temperature, simulations, how many it may take)


class _Wanted(Exception):
    """Raised in place of a simulation to learn which one is wanted."""


class Answering(Model):
    """A model for pyabc that simulates nothing: it says what is wanted, and repeats what it was told."""

    def __init__(self) -> None:
        super().__init__("miaopu")
        self.answer: Figures | None = None

    def sample(self, pars: Any) -> Figures:
        """The figures that were found for `pars`; before they are there, an exception that carries `pars`."""
        if self.answer is None:
            raise _Wanted(dict(pars))
        return self.answer


class InOrder(Sampler):
    """Proposals in their order, simulated in batches whose size hangs on nothing but what was accepted so far."""

    def __init__(self, model: Answering, simulate: Simulate, seed: int, budget: float, tell: Tell, note: Note) -> None:
        """`budget` is what all generations together may simulate, `spent` what they have."""
        super().__init__()
        self.model = model
        self.simulate = simulate
        self.seed = seed
        self.budget = budget
        self.tell = tell
        self.spent = 0
        self.note = note
        self.failed = 0  # in this generation
        self.ended: str | None = None  # why a generation was given up: "budget" or "acceptance"
        self.acceptance = 1.0  # of the generation before

    def sample_until_n_accepted(
        self,
        n: int,
        simulate_one: Callable[[], Any],
        t: int,
        *,
        max_eval: float = math.inf,
        all_accepted: bool = False,
        ana_vars: Any = None,
    ) -> Any:
        """One generation of `n` particles, or one that is not `ok` where the budget does not suffice."""
        sample = self._create_empty_sample()
        temperature = float(ana_vars.eps(t))
        tried = self.failed = 0
        while sample.n_accepted < n:
            room = min(max_eval - tried, self.budget - self.spent)
            if room < 1:
                self.ended = "budget" if self.budget - self.spent < 1 else "acceptance"
                sample.ok = False
                break
            needed = self._needed(n, sample.n_accepted, tried)
            size = int(min(needed if needed <= SURELY else needed // 2, LARGEST, room))  # half, then look again
            tell = partial(self._tell, t, temperature, tried, tried + needed)
            for particle in self._batch(simulate_one, t, range(tried, tried + size), tell):
                if sample.n_accepted < n:
                    sample.append(particle)
            tried += size
        self._tell(t, temperature, tried, tried, 0)
        self.note(t, self.failed)
        self.nr_evaluations_ = tried
        self.acceptance = sample.n_accepted / max(1, tried)
        return sample

    def _needed(self, n: int, accepted: int, tried: int) -> int:
        """Simulations that are probably still to come; at first by the acceptance of the generation before."""
        guess = (accepted + 1) / (tried + 1 / self.acceptance)
        return max(SMALLEST, math.ceil((n - accepted) / guess))

    def _tell(self, t: int, temperature: float, before: int, total: int, done: int) -> None:
        self.tell(t, temperature, before + done, total)

    def _batch(self, simulate_one: Callable[[], Any], t: int, ks: range, tell: Callable[[int], None]) -> Iterator[Any]:
        """The particles of proposals `ks` of generation `t`, accepted or not, in order."""
        found = self.simulate([self._proposal(simulate_one, t, k) for k in ks], tell)
        self.spent += len(ks)
        self.failed += sum(not one for one in found)
        for k, figures in zip(ks, found, strict=True):
            self.model.answer = figures
            try:
                with _luck_of(self.seed, t, k):
                    particle = simulate_one()
            finally:
                self.model.answer = None
            yield particle

    def _proposal(self, simulate_one: Callable[[], Any], t: int, k: int) -> Point:
        with _luck_of(self.seed, t, k):
            try:
                simulate_one()
            except _Wanted as wanted:
                return {name: float(value) for name, value in wanted.args[0].items()}
        raise AssertionError("pyabc made a particle without asking for a simulation")


@contextmanager
def _luck_of(seed: int, t: int, k: int) -> Iterator[None]:
    """NumPy's common generator, which pyabc draws from, seeded for one proposal; afterwards as it was."""
    digest = hashlib.sha256(f"proposal {seed} {t} {k}".encode()).digest()
    before = np.random.get_state()
    np.random.seed(np.frombuffer(digest, "<u4"))
    try:
        yield
    finally:
        np.random.set_state(before)
