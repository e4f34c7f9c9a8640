"""The generated parts of docs/*/calibration.md: their names, and those that say what was fitted to what."""

from __future__ import annotations

import math
from collections.abc import Callable

from ..calibration.observations import ROLES, observations
from ..calibration.settings import settings
from ..model.priors import Prior
from ..model.text import Text
from ..model.vocabulary import parameters
from . import calibration_check_parts as checks
from . import calibration_fit_parts as fit
from . import calibration_rival_parts as rivals
from . import calibration_use_parts as use
from .calibration_figures import host, markdown, plain, seen_range, seen_tolerance, three
from .calibration_tables import Calibration
from .calibration_words import EFFECTS, indicator_label, of_word, parameter_label, scenario_label, unit_label

NOT_YET = Text("（本表在完成校准后生成。）", "(This table is made when the calibration has been run.)")


def observed(_: Calibration, lang: str) -> str:
    """All observations with their definitions, whatever they are used for."""
    heads = Text("地区、时间/指标/观测值/容差/用途/口径/来源/标记",
                 "place, date/indicator/observed/tolerance/role/definition/source/mark")  # fmt: skip
    rows = []
    for seen in sorted(observations(), key=lambda one: list(ROLES).index(one.role)):
        rows.append([
            f"{seen.place.of(lang)} {seen.date}", indicator_label(seen.indicator, lang),
            seen_range(seen.low, seen.high, seen.indicator, seen.measure, lang),
            seen_tolerance(seen.tolerance, seen.indicator, seen.measure, lang),
            ROLES[seen.role].of(lang), seen.definition.of(lang), host(seen.source), seen.mark,
        ])  # fmt: skip
    return markdown(heads.of(lang).split("/"), rows)


def fitted(_: Calibration, lang: str) -> str:
    """The parameters that are fitted, with their priors, and how many are not."""
    heads = Text("参数/名称/含义/单位/先验中位数（90%范围）/标记",
                 "parameter/name/meaning/unit/prior median (90 % range)/mark")  # fmt: skip
    rows = []
    for name in settings().fitted:
        one = parameters()[name]
        rows.append([f"`{name}`", one.label.of(lang), one.about.of(lang), unit_label(one.unit, lang),
                     _range(one.prior, lang), one.mark])  # fmt: skip
    free = sum(not one.prior.is_fixed for one in parameters().values()) - len(rows)
    said = Text(
        f"其余{free}个有先验分布的参数不拟合，保持先验；其中{len(settings().of_place)}个属于地方情况，各地各自抽取。",
        f"The other {free} parameters that have a prior distribution are not fitted and stay at their priors; "
        f"{len(settings().of_place)} of them belong to a place and are drawn anew for each.",
    )
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + said.of(lang)


def places(_: Calibration, lang: str) -> str:
    """Place effects and the size of policies."""
    chosen = settings()
    heads = Text("因子/中位数（90%范围）/作用于/标记", "factor/median (90 % range)/acts on/mark")
    rows = []
    for effect in chosen.place_effects:
        reach = math.exp(1.6448536 * effect.sd)
        acts = Text("、", ", ").of(lang).join(parameter_label(name, lang) for name in effect.parameters)
        rows.append([of_word(effect.name, EFFECTS, lang), three(1 / reach, 1.0, reach, lang), acts, "K"])
    known = Text("、", ", ").of(lang).join(scenario_label(name, lang) for name in chosen.policy_known)
    levers = Text(f"一地全部政策杠杆（{known}除外，其力度已知）", f"all levers of a place (but {known}, known in size)")
    rows.append([of_word("policy_size", EFFECTS, lang), _range(chosen.policy_size, lang), levers.of(lang), "K"])
    runs = (f"{scenario_label(name, lang)} {count}" for name, count in chosen.replicates.items())
    joined = Text("、", ", ").of(lang).join(runs)
    said = Text(f"一次推演中各地运行的次数：{joined}。", f"Runs of each place in one simulation: {joined}.")
    return markdown(heads.of(lang).split("/"), rows) + "\n\n" + said.of(lang)


def _range(prior: Prior, lang: str) -> str:
    return three(prior.ppf(0.05), prior.ppf(0.5), prior.ppf(0.95), lang) if not prior.is_fixed else plain(prior.a)


PARTS: dict[str, Callable[[Calibration, str], str | None]] = {
    "in-figures": use.in_figures,
    "observations": observed,
    "fitted": fitted,
    "screening": fit.screening,
    "places": places,
    "generations": fit.generations,
    "agreement": fit.agreement,
    "contraction": fit.contraction,
    "pairs": fit.pairs,
    "moved": fit.moved,
    "predictive": fit.predictive,
    "recovery": checks.recovery,
    "sbc": checks.sbc,
    "hindcast": checks.hindcast,
    "rivals": rivals.rivals,
    "rival-patterns": rivals.patterns,
    "ranking": rivals.ranking,
    "patterns": use.patterns,
    "forecasts": use.forecasts,
}


def part(name: str, known: Calibration, lang: str) -> str:
    """One part's Markdown, without its pictures; a note where its tables have not been made."""
    return PARTS[name](known, lang) or NOT_YET.of(lang)
