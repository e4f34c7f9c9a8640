"""Many runs: forecasts and their verification; comparisons, sweeps and sensitivity, resumable and paired.

`from miaopu.experiments import compare, sweep, sensitivity, model_function` is what a notebook needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .comparison import compare
    from .plain import model_function
    from .study import sensitivity, sweep

__all__ = ["compare", "model_function", "sensitivity", "sweep"]
_HOMES = {"compare": "comparison", "sweep": "study", "sensitivity": "study", "model_function": "plain"}


def __getattr__(name: str) -> Any:
    """Import a function when it is first asked for: the command line must start without pandas and the like."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
