"""How closely a simulation must agree to be accepted, generation by generation. Needs pyabc.

A proposal is accepted by chance, with probability min(1, exp((d - c)/T)), where d <= 0 is the log of its estimated
likelihood (weighing.py), T the generation's temperature and c its norm. What lies above one is carried as a weight, so
that the weighted particles follow exp(d/T) exactly whatever c is (rejection control). At T = 1 this is the posterior
under Gaussian errors of observation and definition with the stated tolerances (Wilkinson 2013), the very posterior that
weighing simulations from the priors gives; that the likelihood is itself an average over a few runs does no harm, as it
is unbiased.

c = 0, the most that d can be, would be plain rejection, and accept very little; pyabc's default, the largest found so
far, is little better. Here c is as low as the weights' effective size allows: it is set from the generation before so
that they keep a stated share of the particles. A uniform ball of residuals would accept about as much, but it is
another error model, narrower or wider than the stated tolerances as its radius has it (benchmarks/fit_acceptance.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from pyabc.acceptor import StochasticAcceptor, pdf_norm_from_kernel
from pyabc.distance import SCALE_LOG, StochasticKernel
from pyabc.epsilon import TemperatureBase
from pyabc.populationstrategy import PopulationStrategy
from pyabc.random_variables import RVBase

from ..observations import Observation
from ..weighing import log_likelihood

PRIOR = 1e12  # a temperature at which everything is accepted: the first generation is drawn from the priors


class StandardNormal(RVBase):
    """The prior of a parameter in z: pyabc's wrapper of SciPy's, twenty times as fast."""

    def copy(self) -> StandardNormal:
        """Another of the same."""
        return StandardNormal()

    def rvs(self, *args: Any, **kwargs: Any) -> float:
        """One value, from NumPy's common generator."""
        return float(np.random.standard_normal())

    def pdf(self, x: float, *args: Any, **kwargs: Any) -> float:
        """The density at `x`."""
        return math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)

    def pmf(self, x: float, *args: Any, **kwargs: Any) -> float:
        """A continuous variable has none."""
        return 0.0

    def cdf(self, x: float, *args: Any, **kwargs: Any) -> float:
        """The share below `x`."""
        return 0.5 * math.erfc(-x / math.sqrt(2.0))


class LogLikelihood(StochasticKernel):
    """The log of the estimated likelihood (weighing.py); minus infinity where a run failed or a figure is undefined."""

    def __init__(self, observations: Sequence[Observation]) -> None:
        super().__init__(ret_scale=SCALE_LOG, keys=[seen.id for seen in observations], pdf_max=0.0)
        self.observations = tuple(observations)

    def __call__(self, x: Mapping[str, np.ndarray], x_0: Any, t: int | None = None, par: Any = None) -> float:
        """Of one simulation, given by its figures, (replicates,) each; none at all where it failed."""
        found = float(log_likelihood(x, self.observations)) if x else -math.inf
        return found if math.isfinite(found) else -math.inf


class WithNorm(StochasticAcceptor):
    """pyabc's acceptance with weights, at the norm that goes with the temperature."""

    def __init__(self) -> None:
        super().__init__(pdf_norm_method=pdf_norm_from_kernel)

    def __call__(self, distance_function: Any, eps: Any, x: Any, x_0: Any, t: int, par: Any) -> Any:
        """Accept or reject one simulation."""
        self.pdf_norms[t] = eps.norms[t]
        return super().__call__(distance_function, eps, x, x_0, t, par)


class Temperatures(TemperatureBase):
    """From the priors to temperature 1 in a stated number of generations, and the norm of each.

    The second generation's temperature is the one at which a share `first` of the first generation would have been
    accepted; from there equal ratios lead to 1. `kept` is the effective share of particles that weights from acceptance
    may not fall below. pyabc's own schemes would forget, in a resumed fit, what they had done before; this one needs
    nothing but the generation before: `earlier` are the temperatures in the history.
    """

    def __init__(self, generations: int, first: float, kept: float, earlier: Sequence[float]) -> None:
        self.generations = generations
        self.first = first
        self.kept = kept
        self.found = list(earlier)
        self.norms: dict[int, float] = {}

    def __call__(self, t: int) -> float:
        """The temperature of generation `t`."""
        return self.found[t]

    def initialize(
        self,
        t: int,
        get_weighted_distances: Callable[[], Any],
        get_all_records: Any,
        max_nr_populations: Any,
        acceptor_config: Any,
    ) -> None:
        """Called by pyabc when a fit begins or goes on."""
        self._next(t, get_weighted_distances)

    def update(
        self,
        t: int,
        get_weighted_distances: Callable[[], Any],
        get_all_records: Any,
        acceptance_rate: float,
        acceptor_config: Any,
    ) -> None:
        """Called by pyabc with the particles of the generation before `t`."""
        self._next(t, get_weighted_distances)

    def _next(self, t: int, get_weighted_distances: Callable[[], Any]) -> None:
        if t == 0:
            self.found[:], self.norms[0] = [PRIOR], 0.0
            return
        before = get_weighted_distances().sort_values(["distance", "w"])  # the order of a history is another's
        kernels, weights = (before[name].to_numpy(np.float64) for name in ("distance", "w"))
        if t == 1:
            self.found[1:] = [self._second(kernels)]
        else:
            left = max(1, self.generations - t)  # this one and those after it
            self.found[t:] = [self.found[t - 1] ** ((left - 1) / left)]
        cooling = 1.0 / self.found[t] - 1.0 / self.found[t - 1]
        tempered = weights * np.exp(cooling * (kernels - kernels.max()))
        self.norms[t] = norm_of(kernels, tempered / tempered.sum(), self.found[t], self.kept)

    def _second(self, kernels: np.ndarray) -> float:
        """Found on the log scale; never below 1."""
        from scipy.optimize import brentq

        def excess(heat: float) -> float:
            temperature = math.exp(heat)
            tempered = np.exp((kernels - kernels.max()) / temperature)
            norm = norm_of(kernels, tempered / tempered.sum(), temperature, self.kept)
            return float(np.exp(np.minimum((kernels - norm) / temperature, 0.0)).mean()) - self.first

        if self.generations <= 2 or excess(0.0) >= 0.0:
            return 1.0
        heat: Any = brentq(excess, 0.0, math.log(PRIOR))
        return math.exp(heat)


class Sizes(PopulationStrategy):
    """Fewer particles while temperatures fall, all that are wanted at temperature 1."""

    def __init__(self, temperatures: Temperatures, early: int, last: int) -> None:
        super().__init__()
        self.temperatures = temperatures
        self.early = early
        self.last = last

    def __call__(self, t: int | None = None) -> int:
        """Particles of generation `t`."""
        return self.last if t is not None and t >= 0 and self.temperatures(t) <= 1.0 else self.early


def norm_of(kernels: np.ndarray, weights: np.ndarray, temperature: float, kept: float) -> float:
    """The lowest norm at which weights from acceptance keep a share `kept` of the particles, for particles like these.

    `weights` are those of particles that follow exp(kernel/temperature); their sum is 1. With s = exp((d - c)/T), the
    effective share is 1 / (E[min(1/s, 1)]·E[max(1, s)]): one where c is above every kernel, and falling with c.
    """
    from scipy.optimize import brentq

    def excess(norm: float) -> float:
        above = np.clip((kernels - norm) / temperature, -700.0, 700.0)
        few = float((weights * np.exp(np.minimum(-above, 0.0))).sum())
        heavy = float((weights * np.exp(np.maximum(above, 0.0))).sum())
        return 1.0 / (few * heavy) - kept

    low, high = float(kernels.min()), min(0.0, float(kernels.max()) + 1e-9)
    if excess(low) >= 0.0:
        return low
    norm: Any = brentq(excess, low, high)
    return float(norm)
