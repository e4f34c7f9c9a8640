"""What all layouts share: draws, the order of rows, the best k.

The k-th draw of an agent in a month and process is the k-th output of the SplitMix64 generator seeded with
mix64(agent key ^ mix(seed, month, process)): no generator state anywhere.
"""
import numpy as np
from numba import njit

GAMMA, FIRST, SECOND = (np.uint64(c) for c in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
S11, S27, S30, S31 = (np.uint64(s) for s in (11, 27, 30, 31))
INCUBATION, LIFE = 7, 12
GROW, CLIMB, STOP = 1, 2, 4
ALL = GROW | CLIMB | STOP
MOST_SLOTS = 64


@njit
def mix64(x):
    x = (x ^ (x >> S30)) * FIRST
    x = (x ^ (x >> S27)) * SECOND
    return x ^ (x >> S31)


@njit
def month_key(seed, month, process):
    return mix64(mix64(np.uint64(seed)) + np.uint64(month * 64 + process))


@njit
def draw(stream, k):
    return np.float64(mix64(stream + np.uint64(k) * GAMMA) >> S11) * 2.0 ** -53


@njit
def monthly(rate_per_year):
    return 1.0 - np.exp(-rate_per_year / 12.0)


@njit
def row(order, k):
    """The k-th row by community: k itself where rows are sorted, else through the index."""
    return k if order is None else order[k]


@njit
def keep_best(scores, rows, kept, k, score, i, keys, key):
    """Keep the k best so far, best first; ties go to the smaller key. Returns how many are kept."""
    if kept == k:
        last = k - 1
        if score < scores[last] or (score == scores[last] and key > keys[last]):
            return kept
    else:
        last = kept
        kept += 1
    while last > 0 and (score > scores[last - 1] or (score == scores[last - 1] and key < keys[last - 1])):
        scores[last], rows[last], keys[last] = scores[last - 1], rows[last - 1], keys[last - 1]
        last -= 1
    scores[last], rows[last], keys[last] = score, i, key
    return kept


@njit
def domain_weight(domain, levers):
    if domain == 0:
        return levers.elderly_weight
    if domain == 1:
        return levers.difficulty_weight
    return levers.mediation_weight if domain == 4 else 0.0
