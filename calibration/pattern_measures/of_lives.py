"""Patterns in the lives of single organizations: who stops, and when."""

from __future__ import annotations

import numpy as np

from ...model.codes import FILED, REGISTERED
from .figures import ratio, relative_risk, risk
from .histories import Lives
from .runs import Runs

YOUNG = 24  # months
_FIRST_YEAR, _FIVE_YEARS = 12, 60


def newness(runs: Runs) -> float:
    """Without public money: risk of the young over that of the older, by rung."""
    return youth_risk(runs["usual"].history.lives, funded=False)


def newness_removed(runs: Runs) -> float:
    """The same among those with public money in the last year."""
    return youth_risk(runs["funded"].history.lives, funded=True)


def youth_risk(lives: Lives, funded: bool) -> float:
    """Risk of stopping under two years of age over that of older organizations of the same rung."""
    rows = lives.at_work & (lives.funded == funded)
    return relative_risk(lives.stopped[rows], lives.age[rows] < YOUNG, lives.ladder[rows])


def old_without_money_last(runs: Runs) -> float:
    """Older filed and registered organizations: risk with public money over that without, by rung."""
    lives = runs["support"].history.lives
    rows = lives.at_work & (lives.age >= YOUNG) & (lives.ladder >= FILED)
    return relative_risk(lives.stopped[rows], lives.funded[rows], lives.ladder[rows])


def small_stop_more(runs: Runs) -> float:
    """Filed and registered organizations: risk of the third with least income over that of the third with most."""
    lives = runs["usual"].history.lives
    rows = lives.at_work & (lives.ladder >= FILED)
    low, high = np.quantile(lives.income[rows], (1 / 3, 2 / 3)) if rows.any() else (0.0, 0.0)
    poor, rich = rows & (lives.income <= low), rows & (lives.income >= high)
    return ratio(risk(lives.stopped, poor), risk(lives.stopped, rich))


def hazard_inverted_u(runs: Runs) -> float:
    """Once funded: risk at one to five years of age over the mean of that before and after."""
    lives = runs["funded"].history.lives
    rows = lives.at_work & lives.ever_funded & (lives.ladder >= FILED)
    ages = (lives.age < _FIRST_YEAR, lives.age >= _FIVE_YEARS)
    young, old = (risk(lives.stopped, rows & age) for age in ages)
    return ratio(risk(lives.stopped, rows & ~ages[0] & ~ages[1]), 0.5 * (young + old))


def registered_exit(runs: Runs) -> float:
    """Registered organizations that leave the books in a year, over all years without a plan."""
    lives = runs["usual"].history.lives
    return risk(lives.gone, lives.ladder == REGISTERED)


MEASURES = {
    measure.__name__: measure
    for measure in (
        newness, newness_removed, old_without_money_last, small_stop_more, hazard_inverted_u, registered_exit,
    )
}  # fmt: skip
