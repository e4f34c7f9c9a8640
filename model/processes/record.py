"""Record (process 17): the month's tallies by district. Recording changes nothing that happens."""

from __future__ import annotations

import numpy as np

from ..codes import BRAND, DIFFICULTY, DOMAINS, FILED, GROUP, GROWING, IDLE, NASCENT, NOMINAL, WORKING
from ..compiled import compiled
from ..tallies import (
    ACTIVE,
    ACTIVITIES,
    BRANDS,
    CASH_HUBS,
    CASH_ORGANIZATIONS,
    CLASS_FILED,
    CLASS_GROWING,
    CLASS_MATURE,
    CLASS_NASCENT,
    COMMITMENT,
    COMMUNITIES,
    COUNTED,
    DISTRICT_TRAINED,
    DISTRICT_WITH_BRAND,
    DOMAIN_FIRST,
    EFFECTIVE,
    EXCELLENT,
    EXCELLENT_LEADERS,
    FILED_THERE,
    FINANCE,
    FOCUS_HELPED,
    FOCUS_NEED,
    FOUNDED,
    GINI,
    GOVERNANCE,
    GRANTED,
    GROUPS,
    HELPED,
    HUBS_CAPABLE,
    HUBS_CAPABLE_STAFFED,
    HUBS_IDLE,
    HUBS_NOMINAL,
    HUBS_THERE,
    HUBS_WORKING,
    IN_CUSTODY,
    INCUBATING,
    KNOWN,
    LEADERS_TRAINED,
    LEADERSHIP,
    NEED,
    ONE,
    PAPER_THERE,
    PARTY_COVERED,
    PARTY_OWN,
    PUSH,
    REGISTERED_THERE,
    REGULAR,
    RESIDENTS,
    RICH_COMMUNITIES,
    RURAL_ACTIVE,
    RURAL_COMMUNITIES,
    RURAL_HELPED,
    RURAL_LEVEL,
    RURAL_NEED,
    RURAL_STOCK,
    SELF_FUNDING,
    SERVICE_LEVEL,
    STREETS,
    STREETS_TRAINED,
    TRUST,
    URBAN_ACTIVE,
    URBAN_COMMUNITIES,
    URBAN_LEVEL,
    URBAN_STOCK,
    VOLUNTEERS,
    WAITING,
    WORKERS,
)
from ..world import World
from .evaluation import is_excellent
from .growth import dependence
from .hubs import counts
from .mentoring import level

RICH = (10, 5)  # organizations per urban and rural community that the national plan of 2017 asks for
YUAN = 0.01  # in a fen
REGULAR_ACTIVITY = 0.5  # activities a month: six a year


@compiled
def record_organization(org, place, tally, p):
    """One organization that is on the books."""
    tally[CASH_ORGANIZATIONS] += org.cash * YUAN
    tally[INCUBATING] += org.incubating > 0
    if org.ladder == GROUP:
        tally[GROUPS] += 1.0
        tally[WAITING] += org.queue >= 0
        return
    tally[FILED_THERE if org.ladder == FILED else REGISTERED_THERE] += 1.0
    tally[PAPER_THERE] += org.origin == 3
    tally[DOMAIN_FIRST + org.domain] += 1.0
    tally[PARTY_COVERED] += org.party > 0
    tally[PARTY_OWN] += org.party == 2
    tally[IN_CUSTODY] += org.ladder == FILED and org.custodian != -1
    tally[GRANTED] += org.since_grant <= 12
    record_class(org, tally)
    if org.active == 1:
        record_capability(org, place, tally, p)


@compiled
def record_class(org, tally):
    """The support class: exactly one of filed, nascent, growing, mature holds; brands are counted among the mature."""
    if org.stage == NASCENT:
        new = org.ladder == FILED and org.ladder_months < 12
        tally[CLASS_FILED if new else CLASS_NASCENT] += 1.0
    elif org.stage == GROWING:
        tally[CLASS_GROWING] += 1.0
    else:
        tally[CLASS_MATURE] += 1.0
        tally[BRANDS] += org.stage == BRAND and org.active == 1


@compiled
def record_capability(org, place, tally, p):
    """What an organization at work is able to do."""
    tally[ACTIVE] += 1.0
    tally[REGULAR] += org.activity >= REGULAR_ACTIVITY
    tally[GOVERNANCE] += org.governance
    tally[SERVICE_LEVEL] += org.service
    tally[FINANCE] += org.finance
    tally[LEADERSHIP] += org.leadership
    tally[LEADERS_TRAINED] += org.trained > 0.3
    tally[EXCELLENT] += is_excellent(org, p)
    tally[EXCELLENT_LEADERS] += org.leadership >= p.excellent_level and org.trained > 0.3
    tally[SELF_FUNDING] += 1.0 - dependence(org)
    tally[ACTIVITIES] += org.activity
    tally[RURAL_LEVEL if place.rural == 1 else URBAN_LEVEL] += level(org)
    tally[RURAL_ACTIVE if place.rural == 1 else URBAN_ACTIVE] += 1.0


@compiled
def record_place(place, tally):
    """One community and its residents."""
    tally[COMMUNITIES] += 1.0
    tally[RURAL_COMMUNITIES if place.rural == 1 else URBAN_COMMUNITIES] += 1.0
    tally[RURAL_STOCK if place.rural == 1 else URBAN_STOCK] += place.stock
    tally[RICH_COMMUNITIES] += place.stock >= (RICH[1] if place.rural == 1 else RICH[0])
    tally[FOUNDED] += place.births
    tally[RESIDENTS] += place.residents
    for k in range(DOMAINS):
        tally[NEED] += place.need[k]
        tally[HELPED] += place.need[k] * place.met[k]
        if k <= DIFFICULTY:
            tally[FOCUS_NEED] += place.need[k]
            tally[FOCUS_HELPED] += place.need[k] * place.met[k]
        if place.rural == 1:
            tally[RURAL_NEED] += place.need[k]
            tally[RURAL_HELPED] += place.need[k] * place.met[k]
    tally[KNOWN] += place.known
    tally[VOLUNTEERS] += place.residents * place.volunteering
    tally[TRUST] += place.trust


@compiled
def served_lately(hub, street):
    """Different organizations served in 12 months: one in touch is seen four times a year; at most those there are."""
    return min(hub.served.sum() / 4.0, street.filed + street.registered)


@compiled
def is_effective(hub, street, now, shock, p):
    """Working, staffed, and serving at least the stated number of organizations; exempt under a shock to service."""
    new = now.month - hub.founded < 3
    served = served_lately(hub, street) >= p.effective_served or shock < 1.0 or new
    return hub.status == WORKING and hub.staff >= 1 and served


@compiled
def record_street(w, s, tally, now):
    """One street with its hubs."""
    street, p = w.streets[s], w.parameters[0]
    street.effective = 0
    shock = w.shocks[now.month, street.district].service
    for row in range(2 * s, 2 * s + 2):
        hub = w.hubs[row]
        if hub.status == 0:
            continue
        tally[HUBS_THERE] += 1.0
        tally[HUBS_WORKING] += hub.status == WORKING
        tally[HUBS_NOMINAL] += hub.status == NOMINAL
        tally[HUBS_IDLE] += hub.status == IDLE
        tally[WORKERS] += hub.staff
        tally[CASH_HUBS] += hub.cash / 100.0
        capable = hub.status == WORKING and hub.quality >= p.capable_hub
        tally[HUBS_CAPABLE] += capable
        tally[HUBS_CAPABLE_STAFFED] += capable and hub.staff >= 1
        if counts(hub.kind, p.centres_count) and is_effective(hub, street, now, shock, p):
            street.effective = 1
    if street.effective == 1 and street.first_effective < 0:
        street.first_effective = now.month
    tally[STREETS] += 1.0
    tally[COUNTED] += street.counted
    tally[EFFECTIVE] += street.effective
    tally[COMMITMENT] += street.commitment
    tally[STREETS_TRAINED] += street.trained_month >= 0 and now.month - street.trained_month < 12


@compiled
def gini(values):
    """Gini coefficient of non-negative numbers (0 where there are none)."""
    total = values.sum()
    if total <= 0.0:
        return 0.0
    ranked = np.sort(values)
    n = len(values)
    weighted = 0.0
    for i in range(n):
        weighted += (i + 1.0) * ranked[i]
    return 2.0 * weighted / (n * total) - (n + 1.0) / n


@compiled
def record_streets(w: World) -> None:
    """The tallies of streets and hubs, and how unequal streets are."""
    now = w.clock[0]
    stocks = np.empty(len(w.streets))
    for s in range(len(w.streets)):
        street = w.streets[s]
        record_street(w, s, w.tallies[street.district], now)
        stocks[s] = street.filed + street.registered
    w.tallies[0, GINI] = gini(stocks)


@compiled
def record_districts(w: World) -> None:
    """The tallies of districts."""
    now = w.clock[0]
    for d in range(len(w.districts)):
        district, tally = w.districts[d], w.tallies[d]
        tally[ONE] = 1.0
        tally[PUSH] = district.push
        tally[DISTRICT_TRAINED] = district.trained_month >= 0 and now.month - district.trained_month < 12
        tally[DISTRICT_WITH_BRAND] = tally[BRANDS] >= 1.0
