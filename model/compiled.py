"""Compilation: Numba with a cache on disk that is never stale.

Numba's own cache does not notice an edited rule in another file, nor a changed table. The cache therefore lives in a
folder named by a hash of every source file and table that compiled code is made from, of Numba's version and of the
processor. A place that cannot be written falls back to no cache.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba import types

from .linking import RuleCompiler

HERE = Path(__file__).parent


# Modules that no compiled function lives in or takes a constant from: Mesa's face, and what begins and reads runs.
NOT_COMPILED = {
    *("agent_sets.py", "agents.py", "attributes.py", "ecosystem.py", "members.py", "views.py"),
    *("posterior.py", "posterior_choice.py", "posterior_file.py"),
    *("indicators.py", "simulation.py", "targets.py", "uncertainty.py", "tables/clauses.csv", "tables/indicators.yaml"),
}


def source_hash(leave_out: Collection[str] = ()) -> str:
    """A digest of the sources and tables of the model but for some (16 hexadecimal digits)."""
    digest = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        name = path.relative_to(HERE).as_posix()
        if path.suffix in (".py", ".yaml", ".csv") and name not in leave_out:
            digest.update(name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path | None:
    import platformdirs
    from llvmlite import binding

    cpu = f"{platform.machine()}-{binding.get_host_cpu_name()}"
    versions = f"numba{numba.__version__}-numpy{np.__version__}"
    base = os.environ.get("MIAOPU_CACHE") or platformdirs.user_cache_dir("miaopu")
    folder = Path(base) / "compiled" / f"{source_hash(NOT_COMPILED)}-{versions}-{cpu}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return folder


CACHE = _cache_folder()
if CACHE is not None:
    numba.config.CACHE_DIR = str(CACHE)


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a small rule for other rules to call; Python reaches it through an `entry`.

    A constant argument (`draw(luck, key, 3)`) must not make a compilation of its own, so its type is widened first.
    """
    options: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "pipeline_class": RuleCompiler}
    rule = numba.njit(function, **options)
    resolve = rule.get_call_template

    def widened(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        return resolve(
            tuple(types.unliteral(arg) for arg in args),
            {name: types.unliteral(arg) for name, arg in kws.items()},
        )

    rule.get_call_template = widened
    return rule


def entry(function: Callable[..., Any]) -> Any:
    """Compile a function that Python calls, and keep the result on disk."""
    return numba.njit(function, cache=CACHE is not None)


def is_warm() -> bool:
    """Whether an earlier start left compiled code for exactly these sources."""
    return CACHE is not None and any(CACHE.rglob("*.nbi"))
