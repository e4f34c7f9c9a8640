"""The fit: parameter values that agree with what was observed, found by sequential Monte Carlo (pyabc).

Parameters are proposed as z, standard normal under the priors; values follow as prior.ppf(Φ(z)). The first generation
comes from the priors, each later one from a smooth of the one before, at a lower temperature (tempering.py), down to 1,
where the weighted particles are the posterior. What fixes a fit: seed, settings, priors, observations, the simulator,
and the packages' versions; not the number of workers (sampler.py), nor whether it was interrupted and resumed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ...experiments.pool import run_all
from ...model.priors import Prior
from ...model.text import Text
from ..observations import Observation
from . import refusals
from .history import Fitted, History
from .marker import marker_of
from .quiet import quiet_pyabc

if TYPE_CHECKING:
    import numpy as np

    from ...experiments.ensemble import Progress
    from .sampler import Figures, InOrder, Tell

# Proposals are spread wider than the density estimate of the generation before (its variance times this): otherwise
# particles in thin tails get heavy weights, and the effective sample size promises more than the posterior holds.
SMOOTH = 2.0


class Simulator(Protocol):
    """Anything that turns proposed values into figures; goes to workers by pickle."""

    @property
    def names(self) -> tuple[str, ...]:
        """What is proposed."""
        ...

    def __call__(self, values: Mapping[str, float]) -> dict[str, np.ndarray]:
        """Every observation's figure, (replicates,). The same values give the same figures. Raises where it fails."""
        ...


@dataclass(frozen=True)
class FitSettings:
    """How a fit is done. All but the limits (the last two) decide what is found."""

    seed: int
    particles: int = 600  # parameter sets of the last generation
    early_particles: int = 400  # of each generation before it
    generations: int = 5  # at most, from the priors (the first) to temperature 1 (the last)
    first_acceptance: float = 0.25  # share that the second generation should accept
    kept: float = 0.6  # effective share of particles that acceptance's weights leave (tempering.py)
    min_acceptance: float = 0.002  # a generation that accepts less is given up
    max_simulations: int = 25000  # of all generations together

    def decisive(self) -> dict[str, float]:
        """Settings without the limits."""
        limits = ("min_acceptance", "max_simulations")
        return {name: value for name, value in asdict(self).items() if name not in limits}


def fit(
    simulator: Simulator,
    priors: Mapping[str, Prior],
    observations: Sequence[Observation],
    settings: FitSettings,
    folder: Path,
    workers: int | None = None,
    progress: Progress | None = None,
    resume: bool = False,
    subject: Mapping[str, Any] | None = None,
    chunk: int | None = None,
) -> Fitted:
    """Fit `simulator.names` to `observations` (all of them: give those that are to be fitted).

    Every generation is kept in `folder`/history.db as soon as it is complete; with `resume` a fit goes on after the
    last one, whatever ended it, to the same result. `subject` is plain data that simulations follow from beside what is
    given here (settings of places, digests of scenarios). A history begun with another is refused, as with other data,
    priors, settings or versions. Where limits are reached before temperature 1, the last complete generation is given,
    with `converged` false and the reason in `note`.

    Raises Refusal: pyabc is missing, all simulations fail, nothing complete, or a history lies in the folder where none
    should; OtherFit for a history of something else.
    """
    from ...experiments.ensemble import compile_first

    work = _Work(simulator, priors, workers, chunk)
    with quiet_pyabc(progress):
        marker = marker_of(simulator.names, priors, observations, settings.decisive(), subject)
        history = History.open(folder, marker, resume)
        ended = None
        if not history.finished:
            compile_first(simulate_one, simulator, work.values(dict.fromkeys(simulator.names, 0.0)), progress)
            ended = _run(work, observations, settings, history, progress).ended
            history.read()
        if not history.generations:
            raise refusals.nothing_accepted(settings.max_simulations)
        return history.fitted(simulator.names, work.values, ended)


class _Work:
    """Proposals in z go out to the pool as values; figures come back."""

    def __init__(
        self, simulator: Simulator, priors: Mapping[str, Prior], workers: int | None, chunk: int | None
    ) -> None:
        self.simulator = simulator
        self.priors = priors
        self.workers = workers
        self.chunk = chunk
        self.succeeded = False

    def values(self, point: Mapping[str, float]) -> dict[str, float]:
        """Of a proposal in z."""
        from scipy.special import ndtr

        return {name: self.priors[name].ppf(float(ndtr(point[name]))) for name in self.simulator.names}

    def simulate(self, points: Sequence[dict[str, float]], tell: Callable[[int], None]) -> list[Figures]:
        """Figures of each proposal, none of those that failed. Raises Refusal when nothing has succeeded so far."""
        found: list[Figures] = [{} for _ in points]
        tasks = [self.values(point) for point in points]
        failures = run_all(
            simulate_one, self.simulator, tasks, found.__setitem__, self.workers, self.chunk, lambda done, _: tell(done)
        )
        self.succeeded |= len(failures) < len(tasks)
        if not self.succeeded:
            raise refusals.all_failed(len(tasks), failures[0].error)
        return found


def simulate_one(simulator: Simulator, values: dict[str, float]) -> dict[str, np.ndarray]:
    """What a worker does."""
    return simulator(values)


def _run(
    work: _Work, observations: Sequence[Observation], settings: FitSettings, history: History, progress: Progress | None
) -> InOrder:
    """Go on from the history to temperature 1 or to a limit."""
    import pyabc

    from .sampler import Answering, InOrder
    from .tempering import LogLikelihood, Sizes, StandardNormal, Temperatures, WithNorm

    model = Answering()
    tell = _telling(progress, settings)
    sampler = InOrder(model, work.simulate, settings.seed, settings.max_simulations, tell, history.note_failures)
    sampler.spent, sampler.acceptance = history.simulations, history.acceptance
    temperatures = Temperatures(settings.generations, settings.first_acceptance, settings.kept, history.temperatures)
    smc = pyabc.ABCSMC(
        model,
        pyabc.Distribution(**{name: StandardNormal() for name in work.simulator.names}),
        LogLikelihood(observations),
        Sizes(temperatures, settings.early_particles, settings.particles),
        transitions=pyabc.MultivariateNormalTransition(scaling=SMOOTH),
        eps=temperatures,
        acceptor=WithNorm(),
        sampler=sampler,
    )
    history.give_to(smc)
    smc.run(min_acceptance_rate=settings.min_acceptance)
    return sampler


def _telling(progress: Progress | None, settings: FitSettings) -> Tell:
    def tell(t: int, temperature: float, simulations: int, total: int) -> None:
        if progress is not None:
            progress(_stage(t, settings.generations, temperature), simulations, total)

    return tell


def _stage(t: int, generations: int, temperature: float) -> Text:
    if t == 0:
        return Text(f"拟合第 1 代（共 {generations} 代，按先验）", f"fit, generation 1 of {generations} (priors)")
    return Text(
        f"拟合第 {t + 1} 代（共 {generations} 代，温度 {temperature:.3g}）",
        f"fit, generation {t + 1} of {generations} (temperature {temperature:.3g})",
    )
