"""Chance: the generator is the published one, its numbers are uniform, and agents never share luck."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from scipy import stats

from miaopu.model.codes import EXIT
from miaopu.model.draws import key_of
from miaopu.model.start import BEFORE, uniforms
from miaopu.tests.model import calling
from miaopu.tests.model.worlds import ERROR_RATE, agrees

# SplitMix64 with seed 1234567, as published with Vigna's reference code and on Rosetta Code
PUBLISHED = (
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
)
KEYS = np.arange(1, 200_001, dtype=np.uint64) * np.uint64(7919)


def _is_uniform(numbers: np.ndarray) -> bool:
    """Neither a bin of a hundred nor the whole distribution tells the numbers from uniform ones."""
    counts = np.bincount((numbers * 100).astype(int), minlength=100)
    return bool(stats.chisquare(counts).pvalue > ERROR_RATE and stats.kstest(numbers, "uniform").pvalue > ERROR_RATE)


def test_outputs_are_those_published_for_splitmix64() -> None:
    luck, key = 987654321, 1234567 ^ 987654321  # together the seed of the published vector
    assert tuple(int(x) for x in calling.outputs(np.uint64(luck), np.uint64(key), 5)) == PUBLISHED


def test_numbers_are_uniform_over_agents() -> None:
    numbers = uniforms(np.uint64(42), KEYS, 0)
    assert numbers.min() >= 0.0 and numbers.max() < 1.0
    assert _is_uniform(numbers)


@pytest.mark.parametrize("over", ["index", "month", "seed", "process"])
def test_numbers_are_uniform_over_index_month_seed_and_process(over: str) -> None:
    n = 64 if over == "process" else 50_000
    steps, zeros = np.arange(n), np.zeros(n, np.int64)
    keys = np.repeat(KEYS[:1000], n) if over == "process" else np.full(n, KEYS[0])
    count = len(keys)
    lucks = calling.streams(
        steps.astype(np.uint64) if over == "seed" else zeros.astype(np.uint64),
        steps if over == "month" else zeros,
        steps if over == "process" else zeros,
    )
    numbers = calling.uniform_numbers(
        np.resize(lucks, count), keys, np.resize(steps, count) if over == "index" else np.zeros(count, np.int64)
    )
    assert _is_uniform(numbers)


@pytest.mark.parametrize("apart", ["index", "key", "month", "seed"])
def test_neighbouring_draws_are_unrelated(apart: str) -> None:
    n = 100_000
    zeros = np.zeros(n, np.int64)

    def numbers(step: int) -> np.ndarray:
        seeds = np.full(n, 5 + step * (apart == "seed"), np.uint64)
        lucks = calling.streams(seeds, zeros + step * (apart == "month"), zeros + EXIT)
        keys = KEYS[:n] + np.uint64(step * (apart == "key"))
        return calling.uniform_numbers(lucks, keys, zeros + step * (apart == "index"))

    assert stats.pearsonr(numbers(0), numbers(1)).pvalue > ERROR_RATE


def test_no_two_months_and_processes_share_their_luck() -> None:
    months, processes = np.meshgrid(np.arange(-1, 240), np.arange(1, 22))
    seeds = np.full(months.size, 1, np.uint64)
    lucks = calling.streams(seeds, months.ravel(), processes.ravel())
    assert len(np.unique(lucks)) == months.size


@pytest.mark.parametrize("mean", [0.003, 0.2, 1.0, 4.4, 17.0, 30.0])
def test_poisson_is_the_inverse_of_its_distribution(mean: float) -> None:
    luck = (np.arange(20_000) + 0.5) / 20_000
    counts = calling.poisson_counts(mean, luck)
    np.testing.assert_array_equal(counts, stats.poisson.ppf(luck, mean))


def test_poisson_counts_have_their_mean_as_variance() -> None:
    luck = uniforms(np.uint64(3), KEYS, 1)
    counts = calling.poisson_counts(2.5, luck)
    error = np.sqrt(2.5 / len(luck))
    assert counts.mean() == pytest.approx(2.5, abs=4 * error)
    assert counts.var() == pytest.approx(2.5, rel=0.02)
    assert not calling.poisson_counts(0.0, luck).any()


@pytest.mark.parametrize("rate", [0.01, 0.3, 1.0, 4.5, 30.0])
def test_a_yearly_rate_happens_within_a_month_with_its_stated_chance(rate: float) -> None:
    chance, count = calling.happenings(rate, np.uint64(11), KEYS)
    assert chance == pytest.approx(1 - np.exp(-rate / 12))
    assert agrees(count, len(KEYS), chance)


def test_rate_zero_never_happens_and_an_immense_rate_always_does() -> None:
    assert calling.happenings(0.0, np.uint64(11), KEYS)[1] == 0
    assert calling.happenings(-1.0, np.uint64(11), KEYS)[1] == 0
    assert calling.happenings(1e6, np.uint64(11), KEYS)[1] == len(KEYS)


def test_what_happens_at_a_rate_happens_at_every_higher_one() -> None:
    """Common random numbers: the same agents and a few more."""
    counts = [calling.happenings(rate, np.uint64(11), KEYS[:5000])[1] for rate in np.linspace(0, 40, 60)]
    assert counts == sorted(counts)


def test_keys_of_newborns_are_unique() -> None:
    months = np.append(np.arange(240), BEFORE)
    keys = calling.newborn_keys(KEYS[:40], months, 110)
    assert len(np.unique(keys)) == len(keys) == 40 * 241 * 110


def test_a_key_is_a_hash_of_the_name_and_of_nothing_else() -> None:
    path = "湖南省/长沙市/芙蓉区"
    assert key_of(path) == int.from_bytes(hashlib.sha256(path.encode()).digest()[:8], "little")
    assert int(key_of("town")) == 4492959039059242064  # written down: the same on every machine and in every process
    assert key_of(path) != key_of(path + "/1") and key_of(path).dtype == np.uint64


def test_processes_have_numbers_of_their_own() -> None:
    from miaopu.model import codes

    first = ("POLICY", "PRESSURE", "NEEDS", "HUBS", "FOUNDING", "BUDGETS", "INCUBATION", "TRAINING", "MENTORING")
    rest = ("CALLS", "SERVICE", "GROWTH", "PARTY", "LADDER_UP", "EVALUATION", "EXIT", "RECORD", "START", "HUB_LIFE")
    names = (*first, *rest, "CUSTODY")
    numbers = [getattr(codes, name) for name in names]
    assert len(set(numbers)) == len(numbers) and max(numbers) < 64
