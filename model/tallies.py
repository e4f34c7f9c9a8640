"""Tallies: what is counted every month in every district. Indicators are sums of tallies over sums of tallies.

The first ones are flows, counted where they happen; the rest are taken by the record process at the month's end.
"""

from __future__ import annotations

# fmt: off
FLOWS = (
    "founded", "brought_in", "newly_filed", "newly_registered", "dissolved", "dissolved_groups", "incubated",
    "graduated", "left_incubation", "mentored", "sessions_city", "sessions_district", "sessions_street",
    "trained_seats", "evaluated", "named", "public_paid",
)
STOCKS = (
    "one", "streets", "counted", "effective", "hubs", "hubs_working", "hubs_nominal", "hubs_idle", "workers",
    "hubs_capable", "hubs_capable_staffed", "commitment", "push", "streets_trained", "district_trained",
    "groups", "filed", "registered", "urban_stock", "rural_stock", "urban_communities", "rural_communities",
    "communities", "rich_communities", "active", "regular", "paper", "class_filed", "nascent", "growing", "mature",
    "brands", "district_with_brand", "governance", "service", "finance", "leadership", "leaders_trained",
    "excellent", "excellent_leaders", "party_covered", "party_own", "in_custody", "granted", "self_funding",
    "urban_level", "urban_active", "rural_level", "rural_active", "incubating", "waiting", "residents", "need",
    "helped", "focus_need", "focus_helped", "rural_need", "rural_helped", "known", "volunteers", "trust",
    "activities", "cash_organizations",
    "cash_hubs", "gini", "domain_0", "domain_1", "domain_2", "domain_3", "domain_4", "domain_5", "domain_6",
    "domain_7", "domain_8", "domain_9",
)
TALLIES = FLOWS + STOCKS
(FOUNDED, BROUGHT_IN, NEWLY_FILED, NEWLY_REGISTERED, DISSOLVED, DISSOLVED_GROUPS, INCUBATED, GRADUATED,
 LEFT_INCUBATION, MENTORED, SESSIONS_CITY, SESSIONS_DISTRICT, SESSIONS_STREET, TRAINED_SEATS, EVALUATED, NAMED,
 PUBLIC_PAID) = range(len(FLOWS))
(ONE, STREETS, COUNTED, EFFECTIVE, HUBS_THERE, HUBS_WORKING, HUBS_NOMINAL, HUBS_IDLE, WORKERS, HUBS_CAPABLE,
 HUBS_CAPABLE_STAFFED, COMMITMENT, PUSH, STREETS_TRAINED, DISTRICT_TRAINED, GROUPS, FILED_THERE, REGISTERED_THERE,
 URBAN_STOCK, RURAL_STOCK, URBAN_COMMUNITIES, RURAL_COMMUNITIES, COMMUNITIES, RICH_COMMUNITIES, ACTIVE, REGULAR,
 PAPER_THERE, CLASS_FILED, CLASS_NASCENT, CLASS_GROWING, CLASS_MATURE, BRANDS, DISTRICT_WITH_BRAND, GOVERNANCE,
 SERVICE_LEVEL, FINANCE, LEADERSHIP, LEADERS_TRAINED, EXCELLENT, EXCELLENT_LEADERS, PARTY_COVERED, PARTY_OWN,
 IN_CUSTODY, GRANTED, SELF_FUNDING, URBAN_LEVEL, URBAN_ACTIVE, RURAL_LEVEL, RURAL_ACTIVE, INCUBATING, WAITING,
 RESIDENTS, NEED, HELPED, FOCUS_NEED, FOCUS_HELPED, RURAL_NEED, RURAL_HELPED, KNOWN, VOLUNTEERS, TRUST,
 ACTIVITIES, CASH_ORGANIZATIONS,
 CASH_HUBS, GINI, DOMAIN_FIRST) = range(len(FLOWS), len(FLOWS) + len(STOCKS) - 9)
