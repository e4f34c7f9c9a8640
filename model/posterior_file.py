"""The file of a posterior: JSON, one parameter set a line.

    format         1
    names          names of the table of parameters
    sets           values, a row for each set, in the table's units
    weights        of the sets; they add up to 1
    place_effects  [{name, sd, parameters}]
    …              whatever else is worth telling: the fit, the data's digest, quantiles
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .posterior import PlaceEffect, Posterior
from .text import Problem, Refusal, Text

FORMAT = 1
LARGEST = 20_000_000  # bytes
_OWN = ("format", "names", "sets", "weights", "place_effects")


class _Unusable(ValueError):
    """What is wrong with the content, in two languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)


def read(path: Path) -> Posterior:
    """The posterior in a file. Raises Refusal with the first thing that is wrong."""
    try:
        if path.stat().st_size > LARGEST:
            raise refusal(f"{path} 过大，不是后验参数文件", f"{path} is too large for a file of posterior parameters")
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refusal(
            f"读不到后验参数文件 {path}（{error.strerror}）",
            f"the file of posterior parameters {path} cannot be read ({error.strerror})",
        ) from None
    except UnicodeDecodeError:
        content = ""
    try:
        return _checked(json.loads(content))
    except _Unusable as wrong:
        raise refusal(
            f"{path} 不是可用的后验参数文件：{wrong.text.zh}",
            f"{path} is no usable file of posterior parameters: {wrong.text.en}",
        ) from None
    except ValueError:
        raise refusal(f"{path} 不是 JSON 文件，读不出后验参数", f"{path} is no JSON: it holds no posterior") from None


def write(
    path: Path,
    names: Sequence[str],
    values: np.ndarray,
    weights: np.ndarray,
    place_effects: Sequence[PlaceEffect],
    told: dict[str, Any],
) -> Posterior:
    """See `posterior.write_posterior`."""
    share = np.asarray(weights, np.float64) / np.sum(weights)
    data = {
        **json.loads(json.dumps(told)),
        "format": FORMAT,
        "names": list(names),
        "sets": [[_rounded(value, 6) for value in row] for row in np.asarray(values, np.float64).tolist()],
        "weights": [_rounded(value, 8) for value in share.tolist()],
        "place_effects": [effect._asdict() | {"parameters": list(effect.parameters)} for effect in place_effects],
    }
    try:
        found = _checked(data)
    except _Unusable as wrong:
        raise Refusal([Problem(wrong.text)]) from None
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_text(text_of(found), encoding="utf-8", newline="\n")
    unfinished.replace(path)
    return found


def text_of(posterior: Posterior) -> str:
    """The file's text: reading it gives the same posterior and the same digest."""
    rows = [f" {json.dumps(key)}: {_written(key, value)}" for key, value in sorted(_data(posterior).items())]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _written(key: str, value: Any) -> str:
    if key == "sets":
        return "[\n" + ",\n".join(f"  {json.dumps(row)}" for row in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _data(posterior: Posterior) -> dict[str, Any]:
    effects = [effect._asdict() | {"parameters": list(effect.parameters)} for effect in posterior.place_effects]
    own = (FORMAT, list(posterior.names), posterior.values.tolist(), posterior.weights.tolist(), effects)
    return posterior.told | dict(zip(_OWN, own, strict=True))


def _checked(data: Any) -> Posterior:
    """The posterior in plain data. Raises _Unusable."""
    if not isinstance(data, dict) or any(key not in data for key in _OWN):
        raise _Unusable(f"应有 {'、'.join(_OWN)} 各项", f"it should have the entries {', '.join(_OWN)}")
    if data["format"] != FORMAT:
        raise _Unusable(f"格式应为 {FORMAT}", f"its format should be {FORMAT}")
    names = _names(data["names"])
    values, weights = _numbers(data["sets"], 2), _numbers(data["weights"], 1)
    if not len(values) or values.shape != (len(weights), len(names)):
        raise _Unusable("sets 与 names、weights 的个数不符", "`sets` fits neither `names` nor `weights` in size")
    if (weights <= 0).any() or not math.isclose(weights.sum(), 1.0, abs_tol=1e-3):
        raise _Unusable("weights 应都大于 0、合计为 1", "`weights` should be above 0 and add up to 1")
    _check_range(names, values)
    effects = _effects(data["place_effects"], names)
    told = {key: value for key, value in data.items() if key not in _OWN}
    made = Posterior(names, values, weights, effects, "", told)
    canonical = json.dumps(_data(made), sort_keys=True, ensure_ascii=False)
    return Posterior(names, values, weights, effects, hashlib.sha256(canonical.encode()).hexdigest(), told)


def _names(given: Any) -> tuple[str, ...]:
    from .vocabulary import parameters

    if not isinstance(given, list) or not given or not all(isinstance(name, str) for name in given):
        raise _Unusable("names 应为参数名称的列表", "`names` should be a list of names of parameters")
    unknown = sorted(set(given) - set(parameters()))
    if unknown:
        raise _Unusable(f"没有这些参数：{'、'.join(unknown)}", f"no such parameters: {', '.join(unknown)}")
    if len(set(given)) < len(given):
        raise _Unusable("names 里有重复的名称", "`names` has a name twice")
    return tuple(given)


def _numbers(given: Any, depth: int) -> np.ndarray:
    """Finite numbers: an array of so many dimensions."""
    rows = given if depth == 2 else [given]
    sound = isinstance(rows, list) and all(isinstance(row, list) and all(map(_is_number, row)) for row in rows)
    if not sound or len({len(row) for row in rows}) != 1:
        name = "sets" if depth == 2 else "weights"
        raise _Unusable(f"{name} 应由有限的数组成，各行等长", f"`{name}` should be finite numbers, rows of one length")
    found = np.array(rows, np.float64)
    return found if depth == 2 else found[0]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _check_range(names: tuple[str, ...], values: np.ndarray) -> None:
    """Shares lie between 0 and 1; what a prior keeps above 0 does so here."""
    from .vocabulary import parameters

    for name, column in zip(names, values.T, strict=True):
        row = parameters()[name]
        bounded = row.unit == "share" or row.prior.kind in ("lognormal", "beta", "halfnormal")
        highest = 1.0 if row.unit == "share" or row.prior.kind == "beta" else math.inf
        if (bounded and column.min() < 0.0) or column.max() > highest:
            raise _Unusable(f"参数 {name} 的取值超出范围", f"values of `{name}` are out of range")


def _effects(given: Any, names: tuple[str, ...]) -> tuple[PlaceEffect, ...]:
    found = []
    for row in given if isinstance(given, list) else [None]:
        if not isinstance(row, dict) or set(row) != {"name", "sd", "parameters"} or not isinstance(row["name"], str):
            raise _Unusable("place_effects 各项应有 name、sd、parameters",
                            "each of `place_effects` should have name, sd and parameters")  # fmt: skip
        within = isinstance(row["parameters"], list) and set(map(str, row["parameters"])) <= set(names)
        if not within or not _is_number(row["sd"]) or row["sd"] < 0:
            raise _Unusable(
                f"地方效应 {row['name']} 的 sd 应不小于 0，其参数应列在 names 中",
                f"the place effect {row['name']}: sd should be 0 or more, its parameters among `names`",
            )
        found.append(PlaceEffect(row["name"], float(row["sd"]), tuple(row["parameters"])))
    return tuple(found)


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def refusal(zh: str, en: str) -> Refusal:
    return Refusal([Problem(Text(zh, en))])
