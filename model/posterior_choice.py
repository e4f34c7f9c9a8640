"""The choice of what parameters are drawn from: the shipped posterior, the priors, or a posterior in a file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .posterior import Posterior
from .posterior_file import read, refusal

SHIPPED = Path(__file__).resolve().parent.parent / "calibration" / "posterior.json"
POSTERIOR, PRIOR = "posterior", "prior"
Choice = str | Path | Posterior | None


def chosen(choice: Choice = None, base: Path | str = ".") -> Posterior | None:
    """The posterior that a choice means; None for the priors.

    Without a choice it is the shipped one, if there is one. `posterior` insists on that, `prior` forgoes it, anything
    else is a file, looked for from `base`. Raises Refusal.
    """
    if choice is None or isinstance(choice, Posterior):
        return shipped() if choice is None else choice
    if choice == PRIOR:
        return None
    if choice != POSTERIOR:
        return read(Path(base, choice))
    found = shipped()
    if found is None:
        raise refusal("没有随附的后验参数；请用 prior，或写文件名", "no posterior is shipped: choose `prior` or a file")
    return found


def shipped() -> Posterior | None:
    """The posterior that comes with the project; None where there is none. Raises Refusal where it is unusable."""
    if not SHIPPED.is_file():
        return None
    state = SHIPPED.stat()
    return _remembered(SHIPPED, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _remembered(path: Path, changed: int, size: int) -> Posterior:
    return read(path)
