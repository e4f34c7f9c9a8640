"""Parameters of a scenario: fixed values and priors laid over those of the table and of a posterior."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ..model.posterior import Posterior
from ..model.priors import Prior
from ..model.vocabulary import Parameter, parameters
from .cursor import Cursor, offer
from .grammar import PRIORS
from .units import BARE, UNITS


def beliefs_of(cursor: Cursor, only: str = "") -> dict[str, Parameter]:
    """The parameters that a section sets; with `only`, its names must begin with that word."""
    if not cursor.is_mapping():
        return {}
    known = {name: row for name, row in parameters().items() if name.startswith(only)}
    found = {}
    for name, child in cursor.entries():
        if name not in known:
            child.unknown(name, known)
        elif child.value is None:
            child.wrong("冒号后没有值；请填写，或删去这一行", "has no value; give one or remove the line", key=True)
        elif (prior := _prior(child, known[name].unit)) is not None:
            source = f"{child.node.spot.file}:{child.node.spot.line}"
            found[name] = replace(known[name], prior=prior, source=source, mark="K")
    return found


def in_force(own: dict[str, Parameter], posterior: Posterior | None) -> dict[str, Parameter]:
    """What is believed of every parameter: a scenario's own words go before the posterior, that before the table."""
    found = dict(parameters())
    if posterior is not None:
        for name in posterior.in_force:
            found[name] = replace(found[name], prior=_marginal(posterior, name))
    return found | own


@lru_cache(maxsize=64)
def _marginal(posterior: Posterior, name: str) -> Prior:
    """Every scenario that is read asks for it, and it takes some milliseconds."""
    return posterior.marginal(name, parameters()[name].prior)


def _prior(cursor: Cursor, unit: str) -> Prior | None:
    if not isinstance(cursor.value, dict):
        value = _number(cursor, unit)
        return None if value is None else Prior("fixed", value)
    kind, keys = _form(cursor)
    if not kind:
        return None
    numbers = {key: _number(part, unit) for key in keys if (part := cursor.at(key))}
    if len(numbers) < len(keys) or None in numbers.values():
        return None
    values = [float(numbers[key] or 0.0) for key in keys]
    problem = _impossible(kind, values)
    if problem:
        cursor.wrong(*problem)
        return None
    return Prior(kind, *values)


def _form(cursor: Cursor) -> tuple[str, tuple[str, ...]]:
    """Which prior the keys make: sd decides before mean."""
    allowed = sorted({key for _, keys in PRIORS.values() for key in keys})
    for key, child in cursor.entries():
        if key not in allowed:
            child.unknown(key, allowed)
            return "", ()
    for leading in ("value", "sd", "scale", "median", "mean", "low"):
        if leading in cursor.value:
            kind, keys = PRIORS[leading]
            if cursor.has_only(keys, keys) and set(cursor.value) == set(keys):
                return kind, keys
            return "", ()
    zh, en = offer("", ["{median, low, high}", "{mean, low, high}", "{low, high}", "{mean, sd}", "{scale}"])
    cursor.wrong(f"先验写法不对{zh}", f"this is no prior{en}")
    return "", ()


def _number(cursor: Cursor, unit: str) -> float | None:
    said = cursor.quantity(unit if unit in UNITS and unit not in BARE else "count")
    return None if said is None else said.value


def _impossible(kind: str, values: list[float]) -> tuple[str, str] | None:
    """What is wrong with a prior's numbers, if anything."""
    ranged = kind in ("lognormal", "beta", "uniform")
    order = [values[1], values[0], values[2]] if len(values) == 3 else values
    if ranged and sorted(set(order)) != order:
        return "应有 low < 中心值 < high", "it should hold that low < centre < high"
    if kind == "lognormal" and min(values) <= 0:
        return "对数正态先验的数都应大于 0", "the numbers of a lognormal prior should be above 0"
    if kind == "beta" and not (order[0] >= 0 and order[2] <= 1):
        return "贝塔先验的数应在 0 与 1 之间", "the numbers of a beta prior should lie between 0 and 1"
    if kind in ("normal", "halfnormal") and values[-1] <= 0:
        return "离散程度应大于 0", "the spread should be above 0"
    if kind == "beta":
        try:
            Prior(kind, *values).ppf(0.5)
        except ValueError:
            return (
                "没有贝塔分布的均值和 90% 区间是这样的",
                "no beta distribution has this mean and 90 % range",
            )
    return None
