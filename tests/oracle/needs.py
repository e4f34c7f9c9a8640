"""Process 4: needs arise from the population; committees know a share of them."""

from __future__ import annotations

import math
from typing import Any

from .agents import Community


def look_around(community: Community, p: Any) -> None:
    """A month of one committee."""
    levers = community.district.levers
    if community.rank < levers.platform_reach:
        community.platform = 1
    community.pilot = int(community.rural and community.pilot_rank < levers.rural_pilot_share)
    community.need = needs_of(community, p)
    asking = levers.needs_committee_discovery + min(1.0, levers.committee_liaison_posts) + community.pilot
    found = (
        p.find_anyway
        + p.find_by_visit * math.sqrt(levers.needs_visits) * (1 + 0.3 * levers.party_regular_contact)
        + p.find_online * levers.needs_online_channels
        + p.find_by_committee * asking
        + p.find_by_survey * levers.needs_surveys
        + p.find_by_platform * community.platform
    )
    known = community.known
    community.known = known + ((1 - known) * (1 - math.exp(-found / 12)) - known * (1 - math.exp(-p.forgetting / 12)))
    by_platform = p.match_platform * community.platform * (0.5 + 0.5 * levers.platform_smart_services)
    by_people = p.match_people * min(1.0, levers.committee_liaison_posts + 0.5 * levers.needs_committee_discovery)
    community.match = 1 - (1 - p.match_anyway) * (1 - by_platform) * (1 - by_people)
    room = 1 - (1 - p.venue_share) * (1 - 0.5 * levers.venues_shared) * (1 - 0.4 * levers.party_venues)
    community.venue += (room - community.venue) / 6


def needs_of(community: Community, p: Any) -> list[float]:
    """People with a need, by category."""
    people = community.residents
    return [
        people * (community.elderly + community.children) * p.need_elderly_children,
        people * community.difficulty,
        people * p.need_living,
        people * p.need_affairs,
        people * p.need_mediation,
        people * p.need_environment,
        people * p.need_culture,
        people * p.need_education,
        people * p.need_customs * community.rural,
        people * community.foreign,
    ]
