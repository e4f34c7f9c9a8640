"""Training (process 8): sessions of every tier with their seats; what leaders learn fades; staff learn too.

Seats go first to leaders who know least, then by luck; street sessions have two fifths of the seats. A session that
is owed is held as soon as a whole one is due.
"""

from __future__ import annotations

import numpy as np

from ..codes import FILED, TRAINING
from ..compiled import compiled
from ..draws import draw, stream
from ..grouping import best, rows_of_district, rows_of_street
from ..tallies import SESSIONS_CITY, SESSIONS_DISTRICT, SESSIONS_STREET, TRAINED_SEATS
from ..world import World

STREET_SEATS = 0.4
WHOLE = 1.0 - 1e-9


@compiled
def wish(org, place, levers, u):
    """Claim to a seat."""
    return (1.0 - org.trained) + 0.3 * (org.ladder >= FILED) + 0.3 * levers.rural_tilt * place.rural + 0.5 * u


@compiled
def teach(w, rows, seats, effect, luck, k):
    """Seats up to `seats` leaders among `rows`; `effect` is the share of the gap closed, `k` tells sessions apart."""
    claims = np.empty(len(rows))
    found = np.empty(len(rows), np.int64)
    count = 0
    for i in rows:
        org = w.organizations[i]
        if org.active == 1 and org.known + org.ladder >= 1:
            claims[count] = wish(org, w.communities[org.community], w.levers[org.district], draw(luck, org.key, k))
            found[count] = i
            count += 1
    for j in best(claims[:count], seats):
        org = w.organizations[found[j]]
        org.trained += effect * (1.0 - org.trained)
        w.tallies[org.district, TRAINED_SEATS] += 1.0


@compiled
def hold_city(w, prefecture, shock):
    """City sessions of a prefecture that are due this month."""
    prefecture.due_city += shock
    held = 0
    while prefecture.due_city >= WHOLE:
        prefecture.due_city -= 1.0
        held += 1
    return held


@compiled
def city_level(w, now):
    """Sessions of cities or prefectures; their seats are spread over the districts."""
    for f in range(len(w.prefectures)):
        prefecture = w.prefectures[f]
        first = -1
        sessions, provincial, seats, shock = 0.0, 0.0, 0.0, 0.0
        for d in range(len(w.districts)):
            if w.districts[d].prefecture == f:
                first = d if first < 0 else first
                shock += w.shocks[now.month, d].training
                levers = w.levers[d]
                sessions = max(sessions, levers.training_city_sessions)
                provincial = max(provincial, levers.training_provincial_classes)
                seats = max(seats, levers.training_seats)
        shock /= max(1, prefecture.districts)
        held = hold_city(w, prefecture, shock * sessions / 12.0)
        w.tallies[first, SESSIONS_CITY] += held
        province = shock * provincial / 12.0 / len(w.prefectures)
        for d in range(len(w.districts)):
            if w.districts[d].prefecture == f:
                w.districts[d].due_city += seats * (held + province) / max(1, prefecture.districts)


@compiled
def district_level(w, d, now, luck):
    """City seats and the district's own sessions, for its organizations; staff sessions for its officials."""
    district, levers, p = w.districts[d], w.levers[d], w.parameters[0]
    shock = w.shocks[now.month, d].training
    rows = rows_of_district(w, d)
    district.due_district += shock * levers.training_district_sessions / 12.0
    held = 0
    while district.due_district >= WHOLE:
        district.due_district -= 1.0
        teach(w, rows, int(levers.training_seats), p.session_effect, luck, 1 + held)
        held += 1
    w.tallies[d, SESSIONS_DISTRICT] += held
    seats = int(district.due_city + 1e-9)
    if seats > 0:
        district.due_city -= seats
        teach(w, rows, seats, p.session_effect, luck, 0)
    if held > 0 or seats > 0:
        district.trained_month = now.month
    learnt = 1.0 - np.exp(-p.staff_session_effect * levers.training_staff_sessions * shock / 12.0)
    district.staff_skill += (1.0 - district.staff_skill) * learnt - district.staff_skill / p.training_memory
    licensed = p.licensed + p.licence_gain * levers.training_exam_support
    district.licensed += (licensed - district.licensed) / 24.0
    district.talent += (levers.training_talent_pool - district.talent) / 12.0
    district.backbone = district.talent / max(1.0, len(rows))


@compiled
def street_level(w, s, now, luck):
    """A street's own sessions."""
    street = w.streets[s]
    levers, p = w.levers[street.district], w.parameters[0]
    street.due_sessions += w.shocks[now.month, street.district].training * levers.training_street_sessions / 12.0
    while street.due_sessions >= WHOLE:
        street.due_sessions -= 1.0
        teach(w, rows_of_street(w, s), int(STREET_SEATS * levers.training_seats), p.short_session_effect, luck, 30)
        street.trained_month = now.month
        w.tallies[street.district, SESSIONS_STREET] += 1.0


@compiled
def training(w: World) -> None:
    """Holds the month's sessions."""
    now = w.clock[0]
    luck = stream(now.seed, now.month, TRAINING)
    city_level(w, now)
    for d in range(len(w.districts)):
        district_level(w, d, now, luck)
    for s in range(len(w.streets)):
        street_level(w, s, now, luck)


@compiled
def kept(p):
    """Share of what was learnt that is left after a month."""
    return np.exp(-1.0 / p.training_memory)


@compiled
def forget(org, share_kept):
    """What a leader learnt fades."""
    org.trained *= share_kept
