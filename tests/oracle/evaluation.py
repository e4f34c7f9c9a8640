"""Process 15: festivals; in November evaluation, awards and exemplars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miaopu.model.codes import EVALUATION, OWN_BRANCH

from .agents import District, Organization, Prefecture
from .awarding import has_access
from .money import best, fen, hand_over, pay

if TYPE_CHECKING:
    from .world import PlainWorld


def celebrate(district: District) -> None:
    """Festivals draw attention."""
    district.due_festival += district.levers.activities_festivals / 12
    while district.due_festival >= 1 - 1e-9:
        district.due_festival -= 1
        district.publicity = min(1.0, district.publicity + 0.25)


def evaluate(org: Organization, world: PlainWorld) -> None:
    """An organization that takes part is rated, and learns from it."""
    p, luck = world.p, world.luck(EVALUATION)
    org.exemplar = 0
    org.took_part = bool(org.is_body and org.active and luck.draw(org, 0) < org.district.levers.evaluation_coverage)
    if not org.took_part:
        return
    party = 0.5 * (org.party > 0) + 0.5 * (org.party == OWN_BRANCH)
    activity = min(1.0, org.activity / p.activities)
    true = (
        0.3 * org.governance
        + 0.3 * org.service
        + 0.15 * org.finance
        + 0.1 * org.leadership
        + 0.1 * party
        + 0.05 * activity
    )
    org.rating = min(1.0, max(0.0, true * 1.15 + 0.1 * (luck.draw(org, 1) - 0.5) - 0.3 * (org.clean == 0)))
    levers = org.district.levers
    at_stake = min(1.0, levers.funding_performance_weight + levers.evaluation_gate)
    lesson = p.evaluation_lesson * (1 + p.stakes * at_stake)
    org.governance = min(1.0, org.governance + lesson * (1 - org.governance))
    if not org.clean and org.rating > 0.5:
        org.clean = 1
    org.district.tally["evaluated"] += 1


def give_awards(district: District, world: PlainWorld) -> None:
    """The best of a district get an award and are made known."""
    luck, size = world.luck(EVALUATION), fen(district.levers.funding_award)
    candidates = [org for org in district.rows if org.took_part and org.rating >= 0.6 and has_access(org)]
    scores = [org.rating + 0.001 * luck.draw(org, 2) for org in candidates]
    for i in best(scores, int(0.5 * len(district.streets) + 0.5)):
        if size > 0 and district.bureau.cash >= size:
            hand_over(world, candidates[i], pay(world, district.bureau, "award", size))
            candidates[i].exemplar = 1


def is_excellent(org: Organization, world: PlainWorld) -> bool:
    """Whether an organization is an example to others."""
    return bool(org.is_body and org.active and org.clean and org.age >= 24 and org.level >= world.p.excellent_level)


def name_exemplars(prefecture: Prefecture, world: PlainWorld) -> None:
    """The best of a prefecture are named and publicised."""
    luck = world.luck(EVALUATION)
    wanted = max((d.levers.training_exemplars for d in prefecture.districts), default=0.0)
    if wanted < 1:
        return
    candidates = [org for d in prefecture.districts for org in d.rows if is_excellent(org, world)]
    scores = [org.level + 0.05 * luck.draw(org, 3) for org in candidates]
    for i in best(scores, int(wanted)):
        candidates[i].exemplar = 1
        candidates[i].district.tally["named"] += 1
