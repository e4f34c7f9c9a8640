"""Places small enough for the plain model, and four policies to live through: plan, baseline, shock and strong."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

import miaopu
from miaopu.model.inputs import FUNDERS, READINGS, FunderPlan, Inputs, neutral_timetable, no_shocks
from miaopu.model.place import Place
from miaopu.model.uncertainty import draw_parameters
from miaopu.model.vocabulary import Lever, levers
from miaopu.scenarios.compiling import load

from .slicing import part_of

SCENARIOS = Path(str(miaopu.__file__)).parent / "scenarios"
MONTHS = 24
# budgets that reach for something, in yuan a year for one unit; some funders have none in some worlds
PURSES = dict(zip(FUNDERS, (3e6, 8e6, 6e5, 5e5, 3e5, 4e4), strict=True))


@cache
def scenario(name: str, streets: tuple[int, ...] = (), communities: int | None = None) -> Inputs:
    """A shipped scenario, or some of its streets (by row; none given: all), with all or few of their communities."""
    inputs = load(SCENARIOS / f"{name}.yaml")
    if not streets and communities is None:
        return inputs
    whole = inputs.place
    place, districts = part_of(whole, sorted(streets) or list(range(whole.streets)), communities)
    if communities is not None:
        place = replace(place, residents=0.1 * place.residents)  # few organizations, so that many streets can be lived
    return replace(
        inputs,
        place=place,
        timetable=np.ascontiguousarray(inputs.timetable[:, districts]),
        shocks=np.ascontiguousarray(inputs.shocks[:, districts]),
        clean_up=np.ascontiguousarray(inputs.clean_up[:, districts]),
    )


def shocked(inputs: Inputs, seed: int) -> Inputs:
    """For some months everything that a shock can hit is hit, harder in one district; with a clean-up of the books."""
    luck = random.Random(seed)
    shocks = no_shocks(inputs.months, inputs.place.districts)
    first = luck.randrange(2, 10)
    for name, least, most in (
        ("founding", 0.0, 3.0),
        ("service", 0.1, 1.6),
        ("hubs", 0.0, 3.0),
        ("filing", 0.0, 2.0),
        ("training", 0.0, 2.0),
        ("money", 0.2, 1.4),
        ("exit", 0.5, 12.0),
    ):
        for district in range(inputs.place.districts):
            shocks[name][first : first + luck.randrange(3, 12), district] = luck.uniform(least, most)
    clean_up = np.zeros((inputs.months, inputs.place.districts))
    clean_up[first + 4] = luck.uniform(0.2, 1.0)
    return replace(inputs, shocks=shocks, clean_up=clean_up)


def strong(inputs: Inputs, seed: int) -> Inputs:
    """Most levers far from neutral, in each district others and changed every half-year, with rich and poor purses."""
    luck = random.Random(seed)
    table = neutral_timetable(inputs.months, inputs.place.districts)
    for lever in levers().values():
        for first in range(0, inputs.months, 6):
            for district in range(inputs.place.districts):
                table[lever.field][first : first + 6, district] = moved(lever, luck)
    funders = {
        kind: FunderPlan(
            np.repeat([yuan * luck.uniform(0.2, 3.0) for _ in range(inputs.months // 6 + 1)], 6)[: inputs.months],
            fiscal_month=luck.randrange(1, 13),
            carry_over=luck.random() < 0.4,
            share_for_organizations=luck.uniform(0.3, 1.0),
        )
        for kind, yuan in PURSES.items()
        if luck.random() < 0.85
    }
    return replace(
        inputs,
        place=with_roster(inputs.place, luck),
        timetable=table,
        funders=funders,
        first_month=luck.randrange(1, 13),
        checks=tuple(sorted(luck.sample(range(inputs.months), 2))),
        readings=inputs.readings | {"hub_kinds": luck.choice(READINGS["hub_kinds"])},
    )


def with_roster(place: Place, luck: random.Random) -> Place:
    """A place where some numbers of organizations and some hubs of the start are known."""
    lists = {name: getattr(place, name).copy() for name in ("registered", "filed", "groups")}
    for numbers, most in zip(lists.values(), (3, 12, 8), strict=True):
        for community in range(place.communities):
            if luck.random() < 0.3:
                numbers[community] = luck.randrange(most)
    hubs = np.array([luck.choice((-1, 0, 1)) for _ in range(place.streets)], place.street_hub.dtype)
    return replace(place, street_hub=hubs, **lists)


def moved(lever: Lever, luck: random.Random) -> float:
    """A strong setting of a lever, sometimes its neutral one."""
    if luck.random() < 0.25:
        return lever.neutral
    if lever.name in ("hubs.startup_grant", "hubs.annual_support", "funding.purchase_budget"):
        return luck.uniform(0.0, 0.1) * lever.high  # what purses can pay
    if lever.name in ("ladder.filing_months", "ladder.registration_months", "incubation.months"):
        return luck.uniform(lever.low, lever.neutral)
    return luck.uniform(lever.neutral, luck.choice((lever.low, lever.high)))


def world_of(place: str, policy: str, seed: int, rule: str = "") -> tuple[Inputs, dict[str, float]]:
    """The inputs of one comparison and parameters drawn for it, with the model's own rules or a rival one."""
    plan, baseline, streets, communities = PLACES[place]
    inputs = scenario(baseline if policy == "baseline" else plan, streets, communities)
    if policy == "shock":
        inputs = shocked(inputs, seed)
    if policy in ("strong", "hard times"):
        inputs = strong(inputs, seed)
    drawn = draw_parameters(inputs.parameters, 20 + seed, seed)
    return inputs, drawn | (HARD_TIMES if policy == "hard times" else {}) | RIVALS.get(rule, {})


# shipped plan and baseline; rows of the streets that are kept; how many communities each of them keeps
PLACES: dict[str, tuple[str, str, tuple[int, ...], int | None]] = {
    "town": ("town", "town-baseline", (), None),
    "two districts of Shenzhen": ("shenzhen-2022-2025", "shenzhen-baseline", (20, 21, 71, 72), None),
    "streets of Shenzhen": ("shenzhen-2022-2025", "shenzhen-baseline", (), 1),
    "villages of Hunan": ("hunan-2021-2023", "hunan-baseline", (80, 81, 140, 170, 175), None),
}
# what makes rare things frequent: capabilities are lost, officials leave, centres are founded and do not count
HARD_TIMES = {
    "erosion": 0.9,
    "misuse": 3.0,
    "official_share": 0.9,
    "federation_if_asked": 0.1,
    "hub_initiative": 0.5,
    "hub_awakening": 0.2,
    "hub_idling": 0.4,
    "hub_closing": 0.8,
    "order_event_from": 0.2,
    "order_event_rate": 0.5,
    "brand_level": 0.3,
    "mature_level": 0.25,
    "growing_level": 0.2,
}
# rules that a run may follow instead of the model's own (by the description: 7.5 and 7.6)
RIVALS: dict[str, dict[str, float]] = {
    "pressure alone": {"hub_rule": 1.0},
    "imitation alone": {"hub_rule": 2.0},
    "unmet need": {"founding_rule": 1.0},
    "imitation alone and unmet need": {"hub_rule": 2.0, "founding_rule": 1.0},
}
POLICIES = ("plan", "baseline", "shock", "strong")
