"""Luck of the checks: numbers that are a hash of (seed, what they are for, position), the same on every machine.

Outputs of SplitMix64 (Steele, Lea & Flood 2014), as in the model's own draws.
"""

from __future__ import annotations

import hashlib

import numpy as np

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)
_M64 = (1 << 64) - 1


def uniforms(seed: int, purpose: str, *shape: int) -> np.ndarray:
    """Uniform numbers strictly between 0 and 1."""
    named = hashlib.sha256(f"{seed & _M64} {purpose}".encode()).digest()
    start = np.uint64(int.from_bytes(named[:8], "little"))
    count = int(np.prod(shape))
    bits = _mixed(np.arange(1, count + 1, dtype=np.uint64) * _GOLDEN + start)
    return (((bits >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53).reshape(shape)


def normals(seed: int, purpose: str, *shape: int) -> np.ndarray:
    """Standard normal numbers."""
    from scipy import special

    return special.ndtri(uniforms(seed, purpose, *shape))


def order(seed: int, purpose: str, count: int) -> np.ndarray:
    """The numbers from 0 to `count` - 1 in a random order."""
    return np.argsort(uniforms(seed, purpose, count), kind="stable")


def _mixed(x: np.ndarray) -> np.ndarray:
    x = (x ^ (x >> np.uint64(30))) * _MIX_A
    x = (x ^ (x >> np.uint64(27))) * _MIX_B
    return x ^ (x >> np.uint64(31))
