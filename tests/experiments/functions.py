"""Functions whose sensitivity indices are known, and factors to go with them."""

from __future__ import annotations

import numpy as np

from miaopu.experiments.design.factor import Factor, inert_factor
from miaopu.model.text import Text

PI = np.pi
G_COEFFICIENTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0])


def factors(count: int) -> tuple[Factor, ...]:
    """`count` levers and the inert control behind them."""
    levers = tuple(Factor(f"lever{j}", "lever", "real", Text(f"杠杆{j}", f"lever {j}"), "") for j in range(count))
    return (*levers, inert_factor())


def ishigami(u: np.ndarray) -> np.ndarray:
    """Of the first three coordinates; a = 7, b = 0.1."""
    x = PI * (2 * u[:, :3] - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_indices() -> tuple[np.ndarray, np.ndarray, float]:
    """S1 and ST of the three factors and an inert one, and S2 of the first and third."""
    first, second, both = 0.5 * (1 + 0.1 * PI**4 / 5) ** 2, 49 / 8, 0.01 * PI**8 * (1 / 18 - 1 / 50)
    variance = first + second + both
    s1 = np.array([first, second, 0, 0]) / variance
    st = np.array([first + both, second, both, 0]) / variance
    return s1, st, both / variance


def sobol_g(u: np.ndarray) -> np.ndarray:
    """Sobol's g function of the first five coordinates."""
    return np.prod((np.abs(4 * u[:, :5] - 2) + G_COEFFICIENTS) / (1 + G_COEFFICIENTS), axis=1)


def sobol_g_indices() -> tuple[np.ndarray, np.ndarray]:
    """S1 and ST of the five factors and an inert one."""
    parts = 1 / (3 * (1 + G_COEFFICIENTS) ** 2)
    variance = np.prod(1 + parts) - 1
    total = parts * np.prod(1 + parts) / (1 + parts) / variance
    return np.append(parts / variance, 0.0), np.append(total, 0.0)
