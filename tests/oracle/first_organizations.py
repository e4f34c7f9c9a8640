"""The start, continued: how many organizations there are, who they are, and the usual foundings of each community."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from scipy import special

from miaopu.model.codes import (
    BRAND,
    FILED,
    GROUP,
    GROWING,
    JOINT_BRANCH,
    MATURE,
    NO_PARTY,
    OWN_BRANCH,
    REGISTERED,
)

from .agents import Community, Organization
from .chance import Luck, child_key, poisson
from .founding import choose_domain, gather_people

if TYPE_CHECKING:
    from .world import PlainWorld

LONG_AGO = 9999  # in the place of a month in the keys of the first organizations
RUNGS = (REGISTERED, FILED, GROUP)  # the order in which they are drawn and made


class Expected(NamedTuple):
    """Expected numbers by rung (in the order of RUNGS): this community's own, and what is usual for one like it."""

    own: tuple[float, float, float]
    usual: tuple[float, float, float]


def populate(world: PlainWorld, lucks: list[Luck]) -> None:
    """Numbers, usual foundings, the order of pilots, and the first organizations."""
    numbers = []
    for community in world.communities:
        expected = expected_numbers(community, world)
        community.base_births = usual_foundings(community, expected, world.p)
        numbers.append([draw_number(community, i, expected, lucks[1 + i], world) for i in range(3)])
    bodies = sum(registered + filed for registered, filed, _ in numbers)
    world.reference_stock = bodies / max(1, len(world.streets))
    order_pilots(world, numbers)
    for community, counts in zip(world.communities, numbers, strict=True):
        ordinal = 0
        for rung, count in zip(RUNGS, counts, strict=True):
            for _ in range(count):
                make_first(community, rung, ordinal, lucks[3], world)
                ordinal += 1


def roster(community: Community, world: PlainWorld) -> tuple[float, float, float]:
    """The numbers that a roster gives, nan where it gives none, in the order of RUNGS."""
    place, row = world.inputs.place, community.row
    return float(place.registered[row]), float(place.filed[row]), float(place.groups[row])


def expected_numbers(community: Community, world: PlainWorld) -> Expected:
    """How many organizations a community should have."""
    p = world.p
    relative = community.residents / (2200 if community.rural else 5000)
    first = p.start_filed_rural if community.rural else p.start_filed_urban
    usual = first * relative**p.size_power * community.street.effect
    typical = (
        usual * p.start_registered_share,
        usual * (1 - p.start_registered_share),
        usual * p.start_group_ratio,
    )
    given = roster(community, world)
    registered = typical[0] if math.isnan(given[0]) else given[0]
    filed = typical[1] if math.isnan(given[1]) else given[1]
    groups = (filed + registered) * p.start_group_ratio if math.isnan(given[2]) else given[2]
    return Expected((registered, filed, groups), typical)


def usual_foundings(community: Community, expected: Expected, p: Any) -> float:
    """Groups founded a year with no policy, such as balance what leaves."""
    registered, filed, groups = (0.5 * (own + usual) for own, usual in zip(*expected, strict=True))
    stock = registered + filed
    leading = 0.85 * (groups + stock * p.start_active_share)
    room = 1.0 if p.founding_rule == 1 else max(0.1, 1 - leading / max(0.1, community.leader_pool))
    leaving = p.exit_group * groups + p.filing_flow * stock
    return p.founding_balance * leaving / (room * (0.7 + 0.6 * community.trust))


def draw_number(community: Community, i: int, expected: Expected, luck: Luck, world: PlainWorld) -> int:
    """The number of organizations on a rung: the roster's, or a Poisson count."""
    given = roster(community, world)[i]
    return poisson(expected.own[i], luck.draw(community, 1)) if math.isnan(given) else int(given)


def order_pilots(world: PlainWorld, numbers: list[list[int]]) -> None:
    """Villages with a better base, and lucky ones, become pilots first."""
    claims = []
    for community, (registered, filed, _) in zip(world.communities, numbers, strict=True):
        n, typical = registered + filed, expected_numbers(community, world).usual
        m = typical[0] + typical[1]
        lower = float(special.pdtr(n - 1, m)) if n > 0 else 0.0
        below = 0.5 * (float(special.pdtr(n, m)) + lower)
        claims.append(1 - below + community.rank if community.rural else math.inf)
    villages = sum(community.rural for community in world.communities)
    for j, i in enumerate(sorted(range(len(claims)), key=lambda i: claims[i])):
        world.communities[i].pilot_rank = (j + 0.5) / max(1, villages)


def make_first(community: Community, rung: int, ordinal: int, luck: Luck, world: PlainWorld) -> None:
    """An organization that was there before the first month."""
    p = world.p
    org = Organization(world, child_key(community.key, LONG_AGO, ordinal), community)
    gather_people(org, luck, world)
    org.domain = choose_domain(community, False, luck.draw(org, 11), p)
    org.ladder = rung
    if rung == GROUP:
        org.known = int(luck.draw(org, 14) < p.start_known_groups)
    else:
        org.active = int(luck.draw(org, 13) < p.start_active_share)
        branch = OWN_BRANCH if org.party_ready else JOINT_BRANCH
        org.party = branch if luck.draw(org, 22) < p.start_party else NO_PARTY
    scale = {GROUP: 40, FILED: 75, REGISTERED: 90}[rung]
    org.age = min(240, 3 + int(-scale * math.log(1 - luck.draw(org, 15))))
    since = int(-12 / max(1e-6, p.filing_flow) * math.log(1 - luck.draw(org, 19)))
    org.ladder_months = min(org.age - 1, since)
    give_experience(org, luck, p)
    give_stage(org, luck, p)
    org.activity = p.activities * org.active
    earned = (p.earned_group, p.earned_filed, p.earned_registered)[rung]
    org.own12 = 100 * earned
    org.cash = int(100 * earned * 0.5 * luck.draw(org, 17))


def give_experience(org: Organization, luck: Luck, p: Any) -> None:
    """Capabilities after so many years without support."""
    years = org.age / 12
    habit = p.habit + p.professional * (org.ladder == REGISTERED)
    a = org.gift * (0.7 + 0.6 * luck.draw(org, 16))

    def after(x: float, push: float) -> float:
        rest = push / (push + p.erosion)
        return min(0.95, rest + (x - rest) * math.exp(-(push + p.erosion) * years))

    org.governance = after(org.governance, a * habit)
    org.service = after(org.service, a * (p.habit + p.practice))
    org.finance = after(org.finance, a * habit)
    org.leadership = after(org.leadership, a * (p.habit + 0.5 * p.practice))


def give_stage(org: Organization, luck: Luck, p: Any) -> None:
    """The stage that age and capability allow."""
    level = org.level
    if level >= p.mature_level and org.age >= 30 and org.is_body:
        brand = level >= p.brand_level and luck.draw(org, 18) < p.start_brands
        org.stage = BRAND if brand else MATURE
    elif org.age >= 12 and level >= p.growing_level:
        org.stage = GROWING
