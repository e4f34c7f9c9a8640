"""How many runs a mean needs: the look-ahead rule of Hoad, Robinson and Davies.

Runs are added until the interval's half width, as a share of the mean, is small enough and has stayed so while some
more runs were added; a mean that looks precise by luck does not pass (J. Oper. Res. Soc. 61, 2010, 1632-1644). The
units are parameter draws in their order, or runs where no parameter is drawn.
"""

from __future__ import annotations

import numpy as np

from ...model.text import Text
from .estimates import t_half
from .saying import as_written
from .stopping import Verdict

FEWEST = 3
PRECISION = 0.05
K_LIMIT = 5


def further(k_limit: int, n: np.ndarray) -> np.ndarray:
    """How many more units the precision found at `n` has to last."""
    return np.where(n <= 100, k_limit, k_limit * n // 100)


def next_number(n: int, most: int, k_limit: int = K_LIMIT) -> int | None:
    """How many units in all to have at the next look after `n`: as many more as are looked ahead at; None if spent."""
    more = int(further(k_limit, np.array(n)))
    return min(n + more, most) if n < most else None


def running_precision(values: np.ndarray, level: float = 0.95) -> np.ndarray:
    """Half width of the interval for the mean over |mean| after 1, 2, … values; nan after one, inf at a mean of 0."""
    n = np.arange(1, len(values) + 1)
    origin = values[0] if len(values) else 0.0  # sums of squares of what is left lose no digits
    first, second = np.cumsum(values - origin) / n, np.cumsum((values - origin) ** 2)
    sd = np.sqrt(np.maximum(second - n * first**2, 0.0) / np.maximum(n - 1, 1))
    half, mean = t_half(sd, n, level), np.abs(origin + first)
    return np.where(half == 0, 0.0, half / np.where(mean > 0, mean, np.nan)) if len(values) else half


def needed(values: np.ndarray, precision: float = PRECISION, k_limit: int = K_LIMIT, level: float = 0.95) -> int | None:
    """The first number of values whose precision is good enough and has lasted; None if there is none yet."""
    good = running_precision(values, level) <= precision
    good[: FEWEST - 1] = False
    places = np.arange(len(good))
    next_bad = np.minimum.accumulate(np.where(good, len(good), places)[::-1])[::-1]
    n = places + 1
    ahead = further(k_limit, n)
    held = good & (next_bad - places > ahead)  # the end of what has been run counts as bad
    return int(held.argmax()) + 1 if held.any() else None


def verdict_of_mean(
    values: np.ndarray,
    most: int,
    precision: float = PRECISION,
    k_limit: int = K_LIMIT,
    unit: str = "",
    level: float = 0.95,
) -> Verdict:
    """The look-ahead applied to the means of units in order (nan, a failed unit, left out).

    If sure, `n` is the number needed and the interval is that of the first `n`; what was looked ahead at is not thrown
    away by the caller, but the precision is that which was judged. If not, `n` and the interval are of all of them.
    """
    known = values[~np.isnan(values)]
    enough = needed(known, precision, k_limit, level)
    used = known[:enough]
    if len(used) < 2:
        return Verdict(
            False, "nothing", Text("推演太少，尚不能给出区间", "too few runs for an interval"), len(used),
            float(used.mean()) if len(used) else np.nan, np.nan, np.nan, np.nan, level,
        )  # fmt: skip
    middle, half = float(used.mean()), float(t_half(used.std(ddof=1), np.array(len(used)), level))
    why = "steady" if enough else "spent" if len(values) >= most else "going_on"
    reason = _reason(why, middle, half, float(running_precision(known, level)[len(used) - 1]), precision, unit)
    return Verdict(bool(enough), why, reason, len(used), middle, half, middle - half, middle + half, level)


def _reason(why: str, middle: float, half: float, reached: float, precision: float, unit: str) -> Text:
    mean, width = as_written(middle, unit), as_written(half, unit)
    zh = f"均值 {mean.zh}，误差 ±{width.zh}，为均值的 {100 * reached:.2g}%"
    en = f"the mean is {mean.en} ± {width.en}, {100 * reached:.2g} % of it"
    if why == "steady":
        limit = f"{100 * precision:.2g}"
        return Text(
            f"{zh}；不超过 {limit}%，且增加推演后仍然成立", f"{en}: within {limit} %, and it lasted as runs were added"
        )
    if why == "spent":
        return Text(f"{zh}，已用完允许的推演次数", f"{en}; the runs allowed are spent")
    return Text(
        f"{zh}，精度不够或尚未稳定，继续推演", f"{en}: not (or not yet lastingly) precise; more runs are needed"
    )
