"""Which variables of which agents are compared: all that rules write, and what the start draws once."""

from __future__ import annotations

# fmt: off
DISTRICT = (
    "key", "effect", "finance", "order", "nearness", "worn", "push", "plan", "rules", "achieved", "delivered",
    "publicity", "staff_skill", "licensed", "talent", "backbone", "due_city", "due_district", "due_pairs",
    "due_outside", "due_festival", "trained_month",
)
STREET = (
    "key", "rural", "station", "effect", "finance", "commitment", "money", "learning", "readiness", "stock", "hubs",
    "counted", "effective", "hub_quality", "hub_reach", "advice", "partners", "ever", "filing_chance", "pending",
    "first_nominal", "first_effective", "filing_staff", "filed", "registered", "capable", "waiting", "backlog",
    "instructed", "due_sessions", "trained_month",
)
COMMUNITY = (
    "key", "rural", "rank", "pilot_rank", "residents", "pilot", "platform", "fund", "need", "met", "capacity",
    "known", "match", "venue", "volunteering", "helpers", "trust", "base_births", "leader_pool", "leading",
    "successes", "births", "stock", "there",
)
HUB = (
    "key", "kind", "route", "registered", "commissioned", "official_head", "custody", "head_months", "founded",
    "staff", "quality", "solvency", "served", "occupied", "culture", "cash",
)
FUNDER = ("cash", "budget")
ORGANIZATION = (
    "active", "domain", "ladder", "stage", "origin", "party", "party_ready", "leader_party", "leader_committee",
    "clean", "exemplar", "graduate", "known", "age", "ladder_months", "queue", "incubating", "mentored",
    "idle_months", "since_grant", "governance", "service", "finance", "leadership", "gift", "mentor_level",
    "support", "trained", "members", "rating", "activity", "public12", "own12", "cash",
)
# fmt: on
