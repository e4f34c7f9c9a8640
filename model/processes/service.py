"""Service (process 12): organizations turn capability, volunteers and money into service; residents respond.

What they can do meets known needs with diminishing returns. Trust and volunteering follow over years.
"""

from __future__ import annotations

import numpy as np

from ..codes import (
    AFFAIRS,
    CULTURE,
    CUSTOMS,
    DIFFICULTY,
    DOMAINS,
    EDUCATION,
    ELDERLY_CHILDREN,
    ENVIRONMENT,
    INTERNATIONAL,
    MEDIATION,
)
from ..compiled import compiled
from ..ledger import fen

MONTH = 1.0 / 12.0  # of a year


@compiled
def series(domain, levers):
    """Strength of the activity series that an organization of this domain takes part in, 0-1."""
    if domain == ELDERLY_CHILDREN:
        return 0.5 * levers.activities_neighbour_watch + 0.5 * levers.activities_child_friendly
    if domain == DIFFICULTY:
        return levers.activities_neighbour_watch
    if domain == AFFAIRS:
        return levers.activities_consultation
    if domain == MEDIATION:
        return levers.activities_safety
    if domain == ENVIRONMENT:
        return 0.5 * levers.activities_safety
    if domain in (CULTURE, EDUCATION):
        return levers.activities_culture
    if domain == CUSTOMS:
        return levers.activities_rural_councils
    return levers.activities_international if domain == INTERNATIONAL else 0.0


@compiled
def shocked(shock, drills):
    """What a shock leaves of service; a blow is softened where organizations have drilled for it."""
    if shock > 1.0:
        return shock
    return 1.0 - (1.0 - shock) * (1.0 - 0.5 * (1.0 - np.exp(-drills / 2.0)))


@compiled
def project_money(org, p):
    """Fen that an organization works off this month: an eighth of what exceeds a comfortable purse."""
    return int(max(0, org.cash - fen(p.comfortable_purse))) // 8


@compiled
def bought(org, levers, p):
    """Activities that project money pays for this month; a good project sure of renewal loses no time to new starts."""
    steady = 1.0 + p.renewal_gain * levers.funding_continuity * (org.rating > 0.6)
    return project_money(org, p) * steady / fen(p.activity_cost)


@compiled
def work(org, place, levers, p):
    """Activities of an organization this month: people, skill and a purse, more where a series calls, and projects."""
    people = 0.5 + 0.025 * org.members * place.helpers
    skill = (0.5 + 1.25 * org.service) * (0.7 + 0.7 * org.leadership)
    purse = 0.85 + 0.3 * min(1.0, org.cash * p.per_purse)
    room = 0.7 + 0.6 * place.venue
    called = 1.0 + p.series_gain * series(org.domain, levers)
    return p.activities * people * skill * purse * room * called + bought(org, levers, p)


@compiled
def serve(org, place, levers, shock, p):
    """One organization's month: its activities, and the people that they can serve."""
    done = 0.0
    if org.active == 1:
        done = work(org, place, levers, p)
        if shock != 1.0:
            done *= shocked(shock, levers.activities_drills)
        place.capacity[org.domain] += done * p.served_per_activity * (0.5 + org.service)
    org.activity += (done - org.activity) * MONTH


@compiled
def respond(place, district, levers, p):
    """Needs met with diminishing returns; trust and volunteering move slowly towards what was experienced."""
    wanted, helped = 0.0, 0.0
    reach = 0.2 + 0.8 * place.known
    for k in range(DOMAINS):
        place.met[k] = 0.0
        if place.capacity[k] > 0.0:
            place.met[k] = (1.0 - np.exp(-place.capacity[k] * place.match / max(1e-9, place.need[k] * reach))) * reach
        wanted += place.need[k]
        helped += place.need[k] * place.met[k]
    experience = helped / max(1e-9, wanted)
    councils = 0.03 * levers.activities_rural_councils * place.rural
    voice = 0.05 * levers.committee_co_option + 0.05 * levers.activities_consultation + councils
    trust = min(1.0, p.trust + p.trust_gain * experience + voice)
    place.trust += (trust - place.trust) / (12.0 * p.trust_years)
    willing = (
        p.volunteering
        * (0.5 + place.trust)
        * (1.0 + 0.3 * levers.activities_neighbour_watch + 0.3 * levers.social_pooling + 0.3 * district.publicity)
    )
    place.volunteering += (willing - place.volunteering) / 12.0
    place.helpers = 0.5 + 0.5 * place.volunteering / p.volunteering


@compiled
def open_books(place):
    """Before organizations serve: nobody is served yet this month."""
    for k in range(DOMAINS):
        place.capacity[k] = 0.0
