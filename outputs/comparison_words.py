"""What charts of compared scenarios say: probabilities, title, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.text import Text
from .experiment_facts import Aim, ExperimentFacts
from .reading import counting_note, label, unit
from .words import chance, counted, month_name, quantity, threshold

if TYPE_CHECKING:
    import pandas as pd

Sure = dict[str, tuple[float, float, float]]  # probability and interval by scenario


def probabilities(differences: pd.DataFrame | None, aim: Aim | None) -> Sure:
    """Probability of reaching a target, with its interval, by scenario; empty where the table does not have it."""
    found: Sure = {}
    if differences is None or aim is None:
        return found
    for row in differences[differences["outcome"] == aim.outcome].to_dict("records"):
        for side in ("base", "other"):
            value, low, high = (float(row[f"{side}_{edge}"]) for edge in ("value", "low", "high"))
            found[str(row[side])] = (value, low, high)
    return found


def limit(aim: Aim, lang: str) -> str:
    """The threshold of a target in its unit."""
    of = unit(aim.indicator)
    return threshold(aim.threshold, lang) if of == "share" else quantity(aim.threshold, of, lang)


def headline(
    known: ExperimentFacts, keys: list[str], name: str, aim: Aim | None, sure: Sure, data: pd.DataFrame, lang: str
) -> tuple[str, str]:
    """How the probability (or, without targets, the median at the end) differs; what is grey."""
    called = Text(label(name, "zh"), label(name, "en"))
    if aim is not None and counted(aim.counts).zh:
        kind = counted(aim.counts)
        called = Text(f"{called.zh}（{kind.zh}）", f"{called.en} ({kind.en})")
    base = known.scenario(keys[0], lang)
    against = Text(f"灰线为对照情景：{base}", f"Grey: the base, {base}").of(lang)
    rows = data[data["indicator"] == name]
    if aim is None or not sure:
        last = rows[rows["at"] == rows["at"].max()]["median"]
        ends = [quantity(float(end), unit(name), lang) for end in (last.min(), last.max())]
        title = Text(
            f"{called.zh}：期末中位数从{ends[0]}到{ends[1]}", f"Medians at the end, {called.en}: {ends[0]} to {ends[1]}"
        )
        return title.of(lang), against
    worst, best = (chance(pick(found[0] for found in sure.values()), lang) for pick in (min, max))
    aimed = limit(aim, lang)
    span = (
        Text(f"从{worst}到{best}不等", f"from {worst} to {best}") if worst != best else Text(f"均为{best}", f"{best}")
    )
    if len(keys) == 2 and all(key in sure for key in keys):
        one, other = (chance(sure[key][0], lang) for key in keys)
        span = Text(f"从{one}变为{other}", f"{one} becomes {other}")
    zh, en = "", ""
    if aim.deadline is not None:
        zh, en = f"到{month_name(*aim.deadline, 'zh')}底，", f" by {month_name(*aim.deadline, 'en')}"
    title = Text(
        f"{zh}{called.zh}达到{aimed}的概率：{span.zh}", f"Probability that {called.en} reaches {aimed}{en}: {span.en}"
    )
    return title.of(lang), against


def notes(known: ExperimentFacts, name: str, sure: dict[str, Sure], lang: str) -> list[str]:
    """What the bands are, how is counted, what the intervals of probabilities cover."""
    band = Text(
        f"线为中位数，色带为各情景推演的90%范围（{known.covers('zh')}）。各情景参数和随机数相同。",
        f"Lines: medians; bands: 90 % of the runs of each scenario ({known.covers('en')}), on common random numbers.",
    )
    told = [band.of(lang), counting_note(name, lang)]
    if any(sure.values()):
        told.append(
            Text(
                f"达标概率后括号内为95%区间（{known.covers('zh')}）。",
                f"In brackets behind probabilities: 95 % intervals ({known.covers('en')}).",
            ).of(lang)
        )
    return told


def interval_note(differences: pd.DataFrame, lang: str) -> str:
    """What the intervals of a table of differences cover."""
    from ..experiments.intervals import COVERS

    keys = [str(key) for key in dict.fromkeys(differences["covers"]) if str(key)]
    said = Text("；", "; ").of(lang).join(COVERS[key].of(lang) if key in COVERS else key for key in keys)
    return Text(f"区间：{said}。", f"Intervals: {said}.").of(lang) if said else ""
