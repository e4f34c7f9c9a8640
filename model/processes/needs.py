"""Needs (process 4): needs arise from the population; visits and channels make a share of them known.

The committee's knowledge fades unless it is renewed. The smart-community platform, once a community is connected,
improves the match of known needs with organizations.
"""

from __future__ import annotations

import numpy as np

from ..codes import (
    AFFAIRS,
    CULTURE,
    CUSTOMS,
    DIFFICULTY,
    EDUCATION,
    ELDERLY_CHILDREN,
    ENVIRONMENT,
    INTERNATIONAL,
    LIVING,
    MEDIATION,
)
from ..compiled import compiled
from ..world import World

USUALLY_MET = 0.02  # share of needs that organizations meet before any plan (K)


@compiled
def arise(place, p):
    """Sets the people with a need, by category, from a community's population."""
    people = place.residents
    place.need[ELDERLY_CHILDREN] = people * (place.elderly + place.children) * p.need_elderly_children
    place.need[DIFFICULTY] = people * place.difficulty
    place.need[LIVING] = people * p.need_living
    place.need[AFFAIRS] = people * p.need_affairs
    place.need[MEDIATION] = people * p.need_mediation
    place.need[ENVIRONMENT] = people * p.need_environment
    place.need[CULTURE] = people * p.need_culture
    place.need[EDUCATION] = people * p.need_education
    place.need[CUSTOMS] = people * p.need_customs * place.rural
    place.need[INTERNATIONAL] = people * place.foreign


@compiled
def finding_rate(place, levers, p):
    """Rate per year at which unknown needs become known to the committee."""
    visits = p.find_by_visit * np.sqrt(levers.needs_visits) * (1.0 + 0.3 * levers.party_regular_contact)
    online = p.find_online * levers.needs_online_channels
    urged = levers.needs_committee_discovery + min(1.0, levers.committee_liaison_posts) + place.pilot
    committee = p.find_by_committee * urged
    survey = p.find_by_survey * levers.needs_surveys
    platform = p.find_by_platform * place.platform
    return p.find_anyway + visits + online + committee + survey + platform


@compiled
def matching(place, levers, p):
    """How well service reaches the needs that are known, 0-1."""
    platform = p.match_platform * place.platform * (0.5 + 0.5 * levers.platform_smart_services)
    people = p.match_people * min(1.0, levers.committee_liaison_posts + 0.5 * levers.needs_committee_discovery)
    return 1.0 - (1.0 - p.match_anyway) * (1.0 - platform) * (1.0 - people)


@compiled
def connect(place, levers):
    """Platform, pilot status: reached communities are those of lowest rank, and a connection once made stays."""
    if place.rank < levers.platform_reach:
        place.platform = 1
    place.pilot = 1 if place.rural == 1 and place.pilot_rank < levers.rural_pilot_share else 0


@compiled
def needs(w: World) -> None:
    """Updates needs, what is known of them, and the match."""
    p = w.parameters[0]
    for c in range(len(w.communities)):
        place = w.communities[c]
        levers = w.levers[place.district]
        connect(place, levers)
        arise(place, p)
        found = 1.0 - np.exp(-finding_rate(place, levers, p) / 12.0)
        forgotten = 1.0 - np.exp(-p.forgetting / 12.0)
        place.known += (1.0 - place.known) * found - place.known * forgotten
        place.match = matching(place, levers, p)
        room = 1.0 - (1.0 - p.venue_share) * (1.0 - 0.5 * levers.venues_shared) * (1.0 - 0.4 * levers.party_venues)
        place.venue += (room - place.venue) / 6.0
