"""F4, limiting cases of the whole month: a chain of two states, immigration and death, and a queue of a known length.

All other rates are zero, so the closed form is exact. Error rate: ERROR_RATE for each test as a whole (Bonferroni).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import stats

from miaopu.model.codes import FILED, GROUP
from miaopu.tests.model.worlds import ERROR_RATE, inputs, place, values
from miaopu.tests.verification.quiet import FADING, NO_CAPABILITY, month_by_month, still_world

FALLS, REVIVES = 1.1, 1.5  # per year
MONTHS, SEEDS, COUNT = 48, 400, 250
CHAIN = {"exit_filed": FALLS / FADING, "reviving": REVIVES, "purse_protects": 1.0}


def _chance(rate: float) -> float:
    return float(1 - np.exp(-rate / 12))


def _share() -> np.ndarray:
    """Chance of being at work after each month, by the matrix of the chain: all start at work."""
    down, up = _chance(FALLS), _chance(REVIVES)
    step = np.array([[1 - up, up], [down, 1 - down]])  # from (dormant, at work) to (dormant, at work)
    return np.array([np.linalg.matrix_power(step, t)[1, 1] for t in range(1, MONTHS + 1)])


@cache
def _chains() -> np.ndarray:
    """At work, by seed and month: how many of `COUNT` filed organizations."""
    told = inputs(place(1, 2, 5), MONTHS)
    found = np.empty((SEEDS, MONTHS), np.int64)
    for seed in range(SEEDS):
        w = still_world(told, seed, CHAIN, COUNT, ladder=FILED, **NO_CAPABILITY)
        found[seed] = [w.organizations["active"][:COUNT].sum() for _ in month_by_month(w, told)]
    return found


def test_the_active_share_has_the_mean_of_a_two_state_chain_in_every_month() -> None:
    total = _chains().sum(axis=0)
    for month, share in enumerate(_share()):
        assert stats.binomtest(int(total[month]), SEEDS * COUNT, share).pvalue > ERROR_RATE / MONTHS, month


def test_the_active_share_has_the_variance_of_independent_chains_in_every_month() -> None:
    """Binomial over seeds: nothing ties one organization's fate to another's, and nothing is drawn twice."""
    for month, share in enumerate(_share()):
        spread = (SEEDS - 1) * _chains()[:, month].var(ddof=1) / (COUNT * share * (1 - share))
        tail = min(stats.chi2.cdf(spread, SEEDS - 1), stats.chi2.sf(spread, SEEDS - 1))
        assert 2 * tail > ERROR_RATE / MONTHS, month


@pytest.mark.parametrize("lag", [1, 3, 6, 12])
def test_the_active_share_remembers_itself_as_a_two_state_chain_does(lag: int) -> None:
    """Correlation over seeds of two months of the settled chain: (1 − down − up) to the power of the lag."""
    share, early = _share(), 30
    memory = (1 - _chance(FALLS) - _chance(REVIVES)) ** lag
    now, then = share[early], share[early + lag]
    expected = memory * np.sqrt(now * (1 - now) / (then * (1 - then)))
    seen = np.corrcoef(_chains()[:, early], _chains()[:, early + lag])[0, 1]
    z = (np.arctanh(seen) - np.arctanh(expected)) * np.sqrt(SEEDS - 3)
    assert abs(z) < stats.norm.isf(ERROR_RATE / 2)


def test_the_share_of_four_years_varies_between_seeds_as_the_closed_form_says() -> None:
    """Variance of the time average: the sum of all covariances of the chain over the months squared."""
    share, memory = _share(), 1 - _chance(FALLS) - _chance(REVIVES)
    later = np.abs(np.subtract.outer(np.arange(MONTHS), np.arange(MONTHS)))
    first = np.minimum.outer(np.arange(MONTHS), np.arange(MONTHS))
    variance = (share[first] * (1 - share[first]) * memory**later).sum() / MONTHS**2 / COUNT
    spread = (SEEDS - 1) * (_chains() / COUNT).mean(axis=1).var(ddof=1) / variance
    assert ERROR_RATE / 2 < stats.chi2.cdf(spread, SEEDS - 1) < 1 - ERROR_RATE / 2


BIRTHS, DEATHS = 3.0, 0.9  # per year and community; per year and group
PLACES, YEARS = 10_000, 10
BIRTH_AND_DEATH = {
    "exit_group": DEATHS / FADING, "newness": 1.0, "purse_protects": 1.0, "group_vanishing": 1e9, "trust": 0.5,
    "trust_gain": 0.0, "start_capability": 0.0, "leaders_party": 0.0, "leaders_among_elders": 1e6,
    "founding_balance": 1.0, "find_anyway": 0.0,
}  # fmt: skip


@cache
def _groups() -> np.ndarray:
    """Groups at work by community after each month, where there were none."""
    told = inputs(place(1, 4, PLACES // 4), 12 * YEARS)
    w = still_world(told, 7, BIRTH_AND_DEATH)
    w.communities["base_births"] = BIRTHS
    found = np.zeros((12 * YEARS, PLACES), np.int64)
    for month, _ in enumerate(month_by_month(w, told)):
        rows = w.organizations[: w.clock["organizations"][0]]
        assert not rows["ladder"].any()
        found[month] = np.bincount(rows["community"][(rows["active"] == 1) & (rows["alive"] == 1)], minlength=PLACES)
    return found


def _groups_expected(months: int) -> float:
    """Immigration and death from nothing: born Poisson each month, each survives every month's end, its first too."""
    survives = np.exp(-DEATHS / 12)
    return float(BIRTHS / 12 * survives * (1 - survives**months) / (1 - survives))


def test_groups_that_are_founded_and_fade_number_as_immigration_and_death_say() -> None:
    for month in (1, 2, 6, 12, 24, 60, 120):
        mean = PLACES * _groups_expected(month)
        total = int(_groups()[month - 1].sum())
        tail = min(stats.poisson.cdf(total, mean), stats.poisson.sf(total - 1, mean))
        assert 2 * tail > ERROR_RATE / 7, month


def test_in_the_long_run_the_number_of_groups_is_poisson_with_births_over_deaths() -> None:
    mean = _groups_expected(12 * YEARS)
    assert mean == pytest.approx(BIRTHS / DEATHS, rel=0.04), "the month's step costs half a month of deaths"
    last = _groups()[-1]
    most = int(stats.poisson.isf(5 / PLACES, mean))
    seen = np.bincount(np.minimum(last, most), minlength=most + 1)
    chance = np.append(stats.poisson.pmf(np.arange(most), mean), stats.poisson.sf(most - 1, mean))
    assert stats.chisquare(seen, PLACES * chance).pvalue > ERROR_RATE


def test_communities_of_groups_are_independent_and_remember_as_deaths_let_them() -> None:
    """Autocorrelation of an immigration-death process: exp(−deaths · time)."""
    early, late = _groups()[-25], _groups()[-13]
    expected = np.exp(-DEATHS)
    z = (np.arctanh(np.corrcoef(early, late)[0, 1]) - np.arctanh(expected)) * np.sqrt(PLACES - 3)
    assert abs(z) < stats.norm.isf(ERROR_RATE / 2)
    half = np.corrcoef(late[: PLACES // 2], late[PLACES // 2 :])[0, 1] * np.sqrt(PLACES / 2)
    assert abs(half) < stats.norm.isf(ERROR_RATE / 2)


def test_filing_with_staff_for_all_is_a_geometric_wait_and_the_set_time() -> None:
    """Groups ask at a constant rate and are filed after three months: so many are filed after each month."""
    count, months, wait, rate = 20_000, 30, 3, 0.7
    told = inputs(place(1, 2, 5), months, {"ladder.filing_months": float(wait), "ladder.filing_staff": 10.0})
    p = values(filing_flow=0.5)
    usual = p["filing_flow"] / (p["start_group_ratio"] * max(0.1, p["start_known_groups"]))
    asks = usual * 0.4  # those who can do nothing ask at 0.4 of the usual rate
    changed = {"filing_flow": 0.5 * rate / asks, "filings_per_staff": 1e9}
    w = still_world(told, 3, changed, count, ladder=GROUP, **NO_CAPABILITY)
    for month, _ in enumerate(month_by_month(w, told)):
        filed = int((w.organizations["ladder"][:count] == FILED).sum())
        asked = max(0, month + 1 - wait)
        assert stats.binomtest(filed, count, _chance(rate * asked)).pvalue > ERROR_RATE / months, month
