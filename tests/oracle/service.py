"""Process 11: organizations turn capability, volunteers and money into service; residents respond."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from miaopu.model.codes import DOMAINS

from .agents import Community, Organization
from .chance import MONTH
from .money import fen, project_money

if TYPE_CHECKING:
    from .world import PlainWorld


def serve(org: Organization, world: PlainWorld) -> None:
    """Activities of the month, and the people whom they can serve."""
    done = activities_of(org, world) if org.active else 0.0
    if org.active:
        org.community.capacity[org.domain] += done * world.p.served_per_activity * (0.5 + org.service)
    org.activity += (done - org.activity) * MONTH


def activities_of(org: Organization, world: PlainWorld) -> float:
    """How many activities an organization holds this month."""
    p, community, levers = world.p, org.community, org.district.levers
    people = 0.5 + 0.025 * org.members * community.helpers
    skill = (0.5 + 1.25 * org.service) * (0.7 + 0.7 * org.leadership)
    purse = 0.85 + 0.3 * min(1.0, org.cash * p.per_purse)
    room = 0.7 + 0.6 * community.venue
    called = 1 + p.series_gain * series(levers)[org.domain]
    steady = 1 + p.renewal_gain * levers.funding_continuity * (org.rating > 0.6)
    bought = project_money(org, p) * steady / fen(p.activity_cost)
    done = p.activities * people * skill * purse * room * called + bought
    shock = org.district.shock.service
    if shock < 1:
        done *= 1 - (1 - shock) * (1 - 0.5 * (1 - math.exp(-levers.activities_drills / 2)))
    if shock > 1:
        done *= shock
    return done


def series(levers: Any) -> list[float]:
    """How strongly a series of activities calls for each domain."""
    return [
        0.5 * levers.activities_neighbour_watch + 0.5 * levers.activities_child_friendly,
        levers.activities_neighbour_watch,
        0.0,
        levers.activities_consultation,
        levers.activities_safety,
        0.5 * levers.activities_safety,
        levers.activities_culture,
        levers.activities_culture,
        levers.activities_rural_councils,
        levers.activities_international,
    ]


def respond(community: Community, world: PlainWorld) -> None:
    """Needs met make trust, trust makes volunteers."""
    p, levers = world.p, community.district.levers
    aware = 0.2 + 0.8 * community.known
    met_people = all_people = 0.0
    for k in range(DOMAINS):
        community.met[k] = 0.0
        if community.capacity[k] > 0:
            known_need = max(1e-9, community.need[k] * aware)
            community.met[k] = (1 - math.exp(-community.capacity[k] * community.match / known_need)) * aware
        met_people += community.need[k] * community.met[k]
        all_people += community.need[k]
    experience = met_people / max(1e-9, all_people)
    voice = (
        0.05 * levers.committee_co_option
        + 0.05 * levers.activities_consultation
        + 0.03 * levers.activities_rural_councils * community.rural
    )
    target = min(1.0, p.trust + p.trust_gain * experience + voice)
    community.trust += (target - community.trust) / (12 * p.trust_years)
    called = (
        1 + 0.3 * levers.activities_neighbour_watch + 0.3 * levers.social_pooling + 0.3 * community.district.publicity
    )
    willing = p.volunteering * (0.5 + community.trust) * called
    community.volunteering += (willing - community.volunteering) / 12
    community.helpers = 0.5 + 0.5 * community.volunteering / p.volunteering
