"""What a fit found, written down: the posterior for forecasts, and the table of generations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...model.priors import Prior
from ..checks.weighted import quantiles
from .history import Fitted, Generation

if TYPE_CHECKING:
    from ...model.posterior import PlaceEffect

QUANTILES = (0.05, 0.5, 0.95)
_DIGITS = 6


def store(path: Path, fitted: Fitted, place_effects: Sequence[PlaceEffect]) -> None:
    """Write `fitted` as the posterior that forecasts draw from.

    Raises ValueError where the fit did not reach temperature 1: it is no posterior then.
    """
    if not fitted.converged:
        raise ValueError(f"no posterior: {fitted.note.en if fitted.note else 'temperature 1 was not reached'}")
    from ...model.posterior import write_posterior
    from ...model.vocabulary import parameters

    known = {name: parameters()[name] for name in fitted.names}
    priors = {name: row.prior for name, row in known.items()}
    settings = fitted.marker["settings"]
    write_posterior(
        path,
        names=fitted.names,
        values=fitted.values,
        weights=fitted.weights,
        place_effects=place_effects,
        told={
            "parameters": parameter_rows(fitted, priors, {name: row.unit for name, row in known.items()}),
            "settings": {**settings, "subject": fitted.marker["subject"]},
            "fit": fit_record(fitted, settings["seed"]),
            "made_with": fitted.marker["made_with"],
            "data_sha256": fitted.marker["data_sha256"],
        },
    )


def parameter_rows(fitted: Fitted, priors: Mapping[str, Prior], units: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """By name: unit, and 5 %, 50 % and 95 % quantiles of prior and posterior."""
    return {
        name: {
            "unit": units[name],
            "prior": [_rounded(priors[name].ppf(share)) for share in QUANTILES],
            "posterior": [_rounded(found) for found in quantiles(column, fitted.weights, QUANTILES)],
        }
        for name, column in zip(fitted.names, fitted.values.T, strict=True)
    }


def fit_record(fitted: Fitted, seed: int) -> dict[str, Any]:
    """How it was found: library, sampler, effort and what came of it."""
    last = fitted.generations[-1]
    return {
        "library": f"pyabc {metadata.version('pyabc')}",
        "sampler": "sequential Monte Carlo, proposals in order (calibration/fitting/sampler.py)",
        "generations": len(fitted.generations),
        "temperature": last.temperature,
        "simulations": fitted.simulations,
        "acceptance": _rounded(last.acceptance_rate),
        "ess": _rounded(last.ess),
        "seed": seed,
    }


def generations_table(fitted: Fitted) -> dict[str, np.ndarray]:
    """generations.csv by column; the temperature of the first generation is inf (everything accepted)."""
    columns = zip(*fitted.generations, strict=True)
    return {name: np.array(column) for name, column in zip(Generation._fields, columns, strict=True)}


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else float(f"{float(value):.{_DIGITS}g}")
