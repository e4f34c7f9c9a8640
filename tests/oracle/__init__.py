"""The plain second implementation of the whole month: the oracle of the engine's tests, the peer of its benchmark.

Ordinary Mesa agents and plain Python, written from docs/submodels. It shares with the engine the tables of parameters
and levers and the draws, and nothing else. A file for each process; `world.py` has the month, `start.py` and
`first_organizations.py` what comes before it. `pytest tests/oracle` compares the two (`comparing.py`, `cases.py`).
"""

from __future__ import annotations

from .running import PlainOutcome, simulate
from .world import run_plain

__all__ = ["PlainOutcome", "run_plain", "simulate"]
