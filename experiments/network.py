"""Who is tied to whom in one run: hubs, the organizations they incubate or hold money for, mentors and funders.

The run is the one whose coverage lies nearest the median of all at the last deadline; it is done again up to that
month. Only what the model keeps is linked. It knows of every organization its hub, its custodian and its mentor, and of
every hub whom it has its support from: the civil-affairs bureau of its district. It does not keep which funder's money
reached which organization, so funders are not linked to organizations, and what a bureau paid a hub is known only for
months in which the bureau had money left at the end, that is, paid everything in full.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..model.inputs import Inputs
from .columns import Columns, table_of
from .ensemble import Ensemble
from .network_kinds import LINK_KINDS, NODE_KINDS
from .network_nodes import bureau_id, hub_id, nodes_of, organization_id, organizations

if TYPE_CHECKING:
    from ..model.world import World

NODES, LINKS = "network_nodes.csv", "network_links.csv"
COVERAGE = "street_hub_coverage"
YEAR = 12  # months
_BUREAU = 1  # the funders' rows: the city, then one bureau for each district


class Network(NamedTuple):
    """The two tables, and what the manifest says of them."""

    tables: dict[str, Columns]
    told: dict[str, int]


class Year(NamedTuple):
    """What is seen at the end of each of the last months, the oldest first; money in fen."""

    months: list[int]
    purse: np.ndarray  # (months, districts) what each bureau had left
    support: np.ndarray  # (months, districts) a month's support of one hub
    startup: np.ndarray  # (months, districts) a hub's start-up grant
    paid: np.ndarray  # (accounts, instruments) over these months, the whole place


class Link(NamedTuple):
    """A tie from one node to another; yuan, nan where unknown."""

    source: str
    target: str
    relation: str
    amount: float


def network_of(ensemble: Ensemble) -> Network:
    """The network of the run in the middle."""
    inputs = ensemble.inputs
    month = last_deadline(inputs)
    run = middle_run(ensemble, month)
    parameters = ensemble.parameters[int(ensemble.draw[run])]
    world, year = lived(inputs, parameters, int(ensemble.seed[run]), month)
    links = [*_paid(world, year), *_ties(world)]
    nodes = nodes_of(inputs, world, year, links)
    alive = len(organizations(world))
    tables = {NODES: table_of(nodes, NODE_KINDS), LINKS: table_of(links, LINK_KINDS)}
    return Network(tables, {"run": run, "month": month, "organizations": alive})


def last_deadline(inputs: Inputs) -> int:
    """The last month that a dated target is checked in; the last of the calendar without any."""
    dated = [target.by for target in inputs.targets if target.by is not None and not target.every_year]
    return min(max(dated), inputs.months - 1) if dated else inputs.months - 1


def middle_run(ensemble: Ensemble, month: int) -> int:
    """The run whose nominal coverage in `month` is nearest the median of all; of equals the first."""
    from ..model.vocabulary import indicators

    coverage = ensemble.kept.months[:, month, list(indicators()).index(COVERAGE)].astype(np.float64)
    return int(ensemble.run[np.abs(coverage - np.median(coverage)).argmin()])


def lived(inputs: Inputs, parameters: Mapping[str, float], seed: int, month: int) -> tuple[World, Year]:
    """The run's world at the end of `month`, and the year before, seen month by month."""
    from ..model.ledger import FEN
    from ..model.simulation import begin, go_on, layout_of

    layout = layout_of(inputs)
    world = begin(inputs, parameters, seed)
    tallies = np.zeros((inputs.months, layout.districts, layout.tallies))
    ledgers = np.zeros(layout.ledger_shape, np.int64)
    months = list(range(max(0, month - YEAR + 1), month + 1))
    if months[0] > 0:
        go_on(world, months[0], tallies, ledgers)
    before = ledgers.sum(axis=0)
    purse, support, startup = [], [], []
    for t in months:
        go_on(world, t + 1, tallies, ledgers)
        purse.append(world.funders["cash"][_BUREAU : _BUREAU + layout.districts].copy())
        support.append(np.floor(world.levers["hubs_annual_support"] / YEAR * FEN + 0.5))
        startup.append(np.floor(world.levers["hubs_startup_grant"] * FEN + 0.5))
    paid = ledgers.sum(axis=0) - before
    return world, Year(months, np.array(purse), np.array(support), np.array(startup), paid)


def _paid(world: World, year: Year) -> list[Link]:
    """What bureaus paid to the hubs of streets; a link where one month's payment at least is certain.

    Money reaches a bureau before its hubs are paid and at no other time of the month. So one that has some left at the
    end has paid every hub in full; where it has none left, who was paid how much is not kept.
    """
    found = []
    for row, hub in enumerate(world.hubs):
        if hub["status"] == 0 or hub["street"] < 0:
            continue
        d = int(hub["district"])
        months = np.array(year.months)
        there = months >= hub["founded"]
        due = year.support[:, d] * there + year.startup[:, d] * (months == hub["founded"])
        certain = year.purse[:, d] > 0
        if not (due[certain] > 0).any():
            continue
        whole = certain[due > 0].all()
        found.append(Link(bureau_id(d), hub_id(row), "pays", float(due.sum() / 100.0) if whole else np.nan))
    return found


def _ties(world: World) -> list[Link]:
    """Who is incubated by which hub, mentored by whom, and whose money a hub holds."""
    rows = organizations(world)
    known = set(rows["key"].tolist())
    there = world.hubs["status"] > 0
    found = []
    for org in rows:
        name = organization_id(org["key"])
        if org["incubating"] > 0 and org["hub"] >= 0 and there[org["hub"]]:
            found.append(Link(hub_id(int(org["hub"])), name, "incubates", np.nan))
        if org["mentored"] > 0 and int(org["mentor"]) in known:
            found.append(Link(organization_id(org["mentor"]), name, "mentors", np.nan))
        if org["custodian"] >= 0 and there[org["custodian"]]:
            found.append(Link(hub_id(int(org["custodian"])), name, "holds_money", float(org["cash"] / 100.0)))
    return found
