"""What is the same in every run of a scenario: offsets, the calendar, and what priced levers cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .inputs import FUNDERS, Inputs, lever_dtype
from .ledger import ACCOUNTS, FEN, INSTRUMENTS
from .place import Place
from .processes.policy import BY_CITY, BY_DISTRICT, FREE
from .tallies import TALLIES
from .vocabulary import Lever, levers
from .world import CALENDAR

FAR = 1000.0  # months to a check that never comes
CITY_PAYS = ("whole", "prefecture")


@dataclass(frozen=True)
class Layout:
    """Fixed arrays of a scenario; see `World` for their shapes."""

    place: Place
    streets: int
    districts: int
    communities: int
    prefectures: int
    prefecture_of: np.ndarray  # (districts,)
    district_of_community: np.ndarray
    street_first: np.ndarray
    community_first: np.ndarray
    neighbours: np.ndarray
    neighbour_first: np.ndarray
    registered_known: np.ndarray  # (communities,) whether a roster gives the count
    filed_known: np.ndarray
    groups_known: np.ndarray
    calendar: np.ndarray
    timetable: np.ndarray
    neutral: np.ndarray
    payer: np.ndarray
    dues: np.ndarray
    budgets: np.ndarray
    fiscal: np.ndarray
    tallies: int
    ledger_shape: tuple[int, int, int]


def _starts(owner: np.ndarray, owners: int) -> np.ndarray:
    """First row of each owner's block in a sorted column."""
    return np.searchsorted(owner, np.arange(owners + 1)).astype(np.int64)


def calendar(inputs: Inputs) -> np.ndarray:
    """Year, month of the year and months to the next dated check, for every month."""
    rows = np.zeros(inputs.months, CALENDAR)
    last = [inputs.deadline] if inputs.deadline >= 0 else []
    dated: list[int] = sorted(set([*inputs.checks, *last]))
    for t in range(inputs.months):
        year, month = inputs.year_month(t)
        rows[t]["year"], rows[t]["month_of_year"] = year - inputs.year_month(0)[0], month
        rows[t]["to_check"] = next((float(check - t) for check in dated if check >= t), FAR)
        rows[t]["in_plan"] = inputs.plan_from >= 0 and inputs.plan_from <= t <= inputs.deadline
    return rows


def _basis_counts(place: Place, prefecture_of: np.ndarray) -> dict[str, np.ndarray]:
    """How many units of each basis a district has."""
    districts = len(place.district_key)
    community_district = place.street_district[place.community_street]

    def count(rows: np.ndarray) -> np.ndarray:
        return np.bincount(rows, minlength=districts).astype(float)

    return {
        "district": np.ones(districts),
        "street": count(place.street_district),
        "township": count(place.street_district[place.street_rural]),
        "community": count(community_district),
        "village": count(community_district[place.community_rural]),
    }


def _city_dues(lever: Lever, values: np.ndarray, prefecture_of: np.ndarray) -> np.ndarray:
    """Units of a lever that the city pays for, by month: once, or once for each prefecture."""
    if lever.cost is not None and lever.cost.basis == "whole":
        return values.max(axis=1)
    return np.sum([values[:, prefecture_of == f].max(axis=1) for f in np.unique(prefecture_of)], axis=0)


def priced(inputs: Inputs, prefecture_of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Who pays each lever, and what priced levers cost in fen a month: (months, districts + the city)."""
    counts = _basis_counts(inputs.place, prefecture_of)
    districts = len(prefecture_of)
    payer = np.full(len(levers()), FREE, np.int64)
    yuan = np.zeros((inputs.months, districts + 1))
    for k, lever in enumerate(levers().values()):
        if lever.cost is None:
            continue
        values = np.maximum(0.0, inputs.timetable[lever.field] - lever.neutral)
        if lever.cost.basis in CITY_PAYS:
            payer[k] = BY_CITY
            yuan[:, districts] += _city_dues(lever, values, prefecture_of) * lever.cost.yuan / 12
        else:
            payer[k] = BY_DISTRICT
            yuan[:, :districts] += values * counts[lever.cost.basis] * lever.cost.yuan / 12
    return payer, np.rint(yuan * FEN).astype(np.int64)


def _budgets(inputs: Inputs) -> tuple[np.ndarray, np.ndarray]:
    """Yearly budget of a unit of each kind of funder in fen, and its fiscal month and carry-over."""
    fen = np.zeros((inputs.months, len(FUNDERS)), np.int64)
    fiscal = np.zeros((len(FUNDERS), 2), np.int64)
    fiscal[:, 0] = 1
    for kind, name in enumerate(FUNDERS):
        plan = inputs.funders.get(name)
        if plan is not None:
            fen[:, kind] = np.rint(plan.budget_yuan * plan.share_for_organizations * FEN).astype(np.int64)
            fiscal[kind] = plan.fiscal_month, plan.carry_over
    return fen, fiscal


def lay_out(inputs: Inputs) -> Layout:
    """The fixed arrays of a scenario."""
    place = inputs.place
    streets, communities = len(place.street_key), len(place.community_key)
    districts = len(place.district_key)
    prefecture_of = np.maximum(0, place.district_prefecture).astype(np.int64)
    payer, dues = priced(inputs, prefecture_of)
    budgets, fiscal = _budgets(inputs)
    table = np.ascontiguousarray(inputs.timetable).view(np.float64).reshape(inputs.months, districts, len(levers()))
    return Layout(
        place,
        streets,
        districts,
        communities,
        max(1, len(place.prefectures)),
        prefecture_of,
        place.street_district[place.community_street].astype(np.int64),
        _starts(place.street_district, districts),
        _starts(place.community_street, streets),
        np.asarray(place.neighbours.indices, np.int64),
        np.asarray(place.neighbours.indptr, np.int64),
        ~np.isnan(place.registered),
        ~np.isnan(place.filed),
        ~np.isnan(place.groups),
        calendar(inputs),
        table,
        np.array([lever.neutral for lever in levers().values()]),
        payer,
        dues,
        budgets,
        fiscal,
        len(TALLIES),
        (len(inputs.years), len(ACCOUNTS), len(INSTRUMENTS)),
    )


def first_levers(layout: Layout) -> tuple[np.ndarray, np.ndarray]:
    """Levers in force before the first month: all neutral; as records and as the same memory in columns."""
    flat = np.tile(layout.neutral, (layout.districts, 1))
    return flat.view(lever_dtype()).reshape(layout.districts), flat
