"""A world's arrays written to disk and read again: all that a run needs to go on."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import numpy as np

from miaopu.model.inputs import lever_dtype
from miaopu.model.simulation import go_on
from miaopu.model.world import World
from miaopu.scenarios import load

Saved = tuple[World, np.ndarray, np.ndarray]


def save(w: World, tallies: np.ndarray, ledgers: np.ndarray, path: Path) -> None:
    """Writes every array of the world but `levers`, which is the memory of `in_force` under names."""
    arrays = {name: getattr(w, name) for name in World.ARRAYS if name != "levers"}
    path.write_bytes(pickle.dumps((arrays, tallies, ledgers)))


def restore(path: Path) -> Saved:
    """The world, and what was recorded so far."""
    arrays, tallies, ledgers = pickle.loads(path.read_bytes())
    in_force = arrays["in_force"]
    levers = in_force.view(lever_dtype()).reshape(len(in_force))
    return World(**arrays, levers=levers), tallies, ledgers


def state_of(w: World) -> bytes:
    """Everything in the world, bit for bit, without rows that are not in use."""
    count = int(w.clock["organizations"][0])
    used = {name: getattr(w, name) for name in World.ARRAYS} | {"organizations": w.organizations[:count]}
    used["order"] = w.order[: w.first[-1]]
    return b"".join(fields(used[name]) for name in sorted(used))


def fields(array: np.ndarray) -> bytes:
    """The bytes of an array; of records, field by field, so that padding does not count."""
    if array.dtype.names is None:
        return array.tobytes()
    return b"".join(np.ascontiguousarray(array[name]).tobytes() for name in array.dtype.names)


def finish(path: str, scenario: str) -> str:
    """Goes on with a saved world to the end of its scenario; returns a digest of the state and of what was recorded."""
    import hashlib

    w, tallies, ledgers = restore(Path(path))
    go_on(w, load(scenario).months, tallies, ledgers)
    return hashlib.sha256(state_of(w) + tallies.tobytes() + ledgers.tobytes()).hexdigest()


if __name__ == "__main__":
    print(finish(*sys.argv[1:]))
