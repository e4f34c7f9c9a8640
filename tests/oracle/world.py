"""The plain model: a Mesa model whose step is one month, in the order of the description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import mesa
from mesa.agent import AgentSet

from miaopu.model.codes import HUBS
from miaopu.model.inputs import Inputs
from miaopu.model.uncertainty import central_parameters

from . import (
    budgets,
    calls,
    counts,
    custody,
    evaluation,
    exits,
    founding,
    growth,
    hubs,
    incubation,
    ladder,
    mentoring,
    needs,
    party,
    policy,
    pressure,
    record,
    service,
    start,
    training,
)
from .agents import Community, District, Funder, Hub, Organization, Prefecture, Street
from .chance import Luck


class PlainWorld(mesa.Model):
    """One run of a scenario with ordinary agents; `step()` lives a month."""

    def __init__(self, inputs: Inputs, parameters: Mapping[str, float] | None, seed: int) -> None:
        super().__init__(rng=seed)
        self.inputs, self.seed_of_run = inputs, seed
        self.p: Any = SimpleNamespace(**completed(inputs, parameters))
        self.t = 0
        self.month_of_year, self.to_check = 0, 1000
        self.districts: list[District] = []
        self.prefectures: list[Prefecture] = []
        self.streets: list[Street] = []
        self.communities: list[Community] = []
        self.hub_rows: list[Hub] = []
        self.funders: list[Funder] = []
        self.city: Funder
        self.reference_stock = 0.0
        self.ledger: dict[tuple[str, str], int] = defaultdict(int)  # of the calendar year
        self.lucks: dict[int, Luck] = {}
        self.hub_luck = Luck.of(seed, -1, HUBS)  # of hubs yet to be founded
        start.settle(self)

    @property
    def organizations(self) -> AgentSet:
        """All organizations on the books, in the order in which they came into being."""
        there = self.agents_by_type
        return there[Organization] if Organization in there else AgentSet([], random=self.random)

    def all(self, kind: type[mesa.Agent]) -> AgentSet:
        """All agents of a kind, by row."""
        return self.agents_by_type[kind]

    def luck(self, process: int) -> Luck:
        """The luck of a process in this month."""
        if process not in self.lucks:
            self.lucks[process] = Luck.of(self.seed_of_run, self.t, process)
        return self.lucks[process]

    def enter(self, account: str, instrument: str, amount: int) -> None:
        """An entry in the ledger of the year."""
        self.ledger[account, instrument] += amount

    def full_budget(self, kind: str) -> int:
        """The yearly budget of one unit of a kind of funder, in fen, as in force this month."""
        plan = self.inputs.funders.get(kind)
        if plan is None:
            return 0
        return round(float(plan.budget_yuan[self.t]) * plan.share_for_organizations * 100)

    def fiscal_year(self, kind: str) -> tuple[int, bool]:
        """The month in which a kind's money arrives, and whether what is unspent survives it."""
        plan = self.inputs.funders.get(kind)
        return (1, False) if plan is None else (plan.fiscal_month, plan.carry_over)

    def clean_up_of(self, district: District) -> float:
        """The share of dormant bodies struck off this month by a clean-up."""
        return float(self.inputs.clean_up[self.t, district.row])

    def begin_month(self) -> None:
        """The calendar, the timetable and the shocks of this month; empty tallies; a new ledger each year."""
        inputs, t = self.inputs, self.t
        year, self.month_of_year = inputs.year_month(t)
        if t > 0 and year != inputs.year_month(t - 1)[0]:
            self.ledger = defaultdict(int)
        dated = [c for c in (*inputs.checks, inputs.deadline) if c >= t]
        self.to_check = min(dated) - t if dated else 1000
        self.lucks = {}
        for district in self.districts:
            district.planned = as_dict(inputs.timetable[t, district.row])
            district.shock = SimpleNamespace(**as_dict(inputs.shocks[t, district.row]))
            district.tally = defaultdict(float)

    def step(self) -> None:
        """One month."""
        self.begin_month()
        self.all(Funder).do(budgets.receive, self)
        policy.govern(self)
        pressure.press(self)
        self.all(Community).do(needs.look_around, self.p)
        self.all(District).do(hubs.build, self)
        self.all(Community).do(founding.count_births, self)
        self.all(Community).do(founding.place_births, self)
        counts.regroup(self)
        self.support_and_pay()
        self.evaluate()
        self.prepare()
        self.organizations.do(live, self)
        self.all(Community).do(service.respond, self)
        record.record_places(self)
        if self.t % 6 == 5:
            self.organizations.sort(lambda org: org.community.row, ascending=True, inplace=True)
        self.t += 1

    def support_and_pay(self) -> None:
        """Incubation, training, mentoring and calls."""
        self.all(District).do(incubation.wear_out, self.p)
        self.all(Street).do(incubation.admit_and_advise, self)
        if self.month_of_year % 3 == 1:
            self.all(District).do(incubation.run_base, self)
        self.all(Prefecture).do(training.hold_city_sessions, self)
        self.all(District).do(training.hold_district_sessions, self)
        self.all(Street).do(training.hold_street_sessions, self)
        self.all(District).do(mentoring.mentor, self)
        self.all(District).do(calls.district_calls, self)
        self.all(Street).do(calls.street_calls, self)

    def evaluate(self) -> None:
        """Festivals; in November evaluation, awards and exemplars."""
        self.all(District).do(evaluation.celebrate)
        if self.month_of_year == 11:
            self.organizations.do(evaluation.evaluate, self)
            self.all(District).do(evaluation.give_awards, self)
            self.all(Prefecture).do(evaluation.name_exemplars, self)

    def prepare(self) -> None:
        """What places offer to all their organizations; then the counts begin anew."""
        self.all(Street).do(custody.offer_custody, self.p)
        self.all(Street).do(ladder.hire_filing_staff, self.p)
        self.all(Street).do(party.instruct, self)
        counts.clear(self)


def live(org: Organization, world: PlainWorld) -> None:
    """The month of one organization."""
    incubation.receive_support(org, world)
    incubation.advance(org)
    training.forget(org, world)
    custody.keep_money(org, world)
    calls.start_up(org, world)
    service.serve(org, world)
    growth.grow(org, world)
    if org.active:
        party.organize(org, world)
    ladder.climb(org, world)
    exits.leave(org, world)
    if org.alive:
        counts.count(org)
        record.record_organization(org, world)


def as_dict(record_of_fields: Any) -> dict[str, float]:
    """A NumPy record as plain floats by name."""
    return dict(zip(record_of_fields.dtype.names, record_of_fields.tolist(), strict=True))


def completed(inputs: Inputs, parameters: Mapping[str, float] | None) -> dict[str, float]:
    """The parameters of a run, with what follows from them."""
    full = dict(central_parameters(inputs.parameters) if parameters is None else parameters)
    both = inputs.readings.get("hub_kinds") == "federations_and_centres"
    full["centres_count"] = float(both)
    full["per_purse"] = 0.01 / full["comfortable_purse"]
    full["per_activity"] = 1 / full["activities"]
    full["filing_rate"] = full["filing_flow"] / (full["start_group_ratio"] * max(0.1, full["start_known_groups"]))
    return full


def run_plain(inputs: Inputs, parameters: Mapping[str, float] | None, seed: int, months: int) -> PlainWorld:
    """Live some months of a scenario with ordinary agents; the world at their end."""
    world = PlainWorld(inputs, parameters, seed)
    for _ in range(months):
        world.step()
    return world
