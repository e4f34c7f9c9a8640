"""The nodes of the network: funders, hubs, and the organizations that are tied to somebody, with names for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model.inputs import Inputs
from ..model.text import Text

if TYPE_CHECKING:
    from ..model.world import World
    from .network import Link, Year

Row = tuple[object, ...]  # in the order of network.NODE_KINDS
NOWHERE = -1
STATUS = ("", "nominal", "working", "idle")
STAGES = ("nascent", "growing", "mature", "brand")
HUB_KINDS = (
    Text("社区社会组织联合会", "federation"),
    Text("社区社会组织服务中心", "service centre"),
    Text("培育基地", "incubation base"),
)


def organizations(world: World) -> np.ndarray:
    """The living organizations, by key, so that their order hangs on nothing else."""
    rows = world.organizations[: int(world.clock["organizations"][0])]
    rows = rows[rows["alive"] == 1]
    return rows[np.argsort(rows["key"], kind="stable")]


def hub_id(row: int) -> str:
    """The node of the hub in this row."""
    return f"hub:{row}"


def organization_id(key: int) -> str:
    """The node of the organization with this key."""
    return f"organization:{int(key):016x}"


def bureau_id(district: int) -> str:
    """The node of a district's civil-affairs bureau."""
    return f"funder:district_bureau:{district}"


def nodes_of(inputs: Inputs, world: World, year: Year, links: list[Link]) -> list[Row]:
    """Funders, then the hubs that exist, then the organizations with a link."""
    linked = {name for link in links for name in (link.source, link.target)}
    paid = {link.target: link.amount for link in links if link.relation == "pays"}
    return [
        *_bureaus(inputs, linked, links),
        *_other_funders(year),
        *(_hub(inputs, row, hub, paid) for row, hub in enumerate(world.hubs) if hub["status"] > 0),
        *(_organization(inputs, org) for org in organizations(world) if organization_id(org["key"]) in linked),
    ]


def _bureaus(inputs: Inputs, linked: set[str], links: list[Link]) -> list[Row]:
    """The bureaus that are known to have paid hubs, with what they paid them where all of it is known."""
    from ..model.ledger import ACCOUNT_LABELS, BUREAU

    label = ACCOUNT_LABELS[BUREAU]
    found = []
    for d, name in enumerate(inputs.place.district_name):
        if bureau_id(d) in linked:
            paid = float(sum(link.amount for link in links if link.source == bureau_id(d)))
            zh, en = f"{name.zh}{label.zh}", f"{label.en} of {name.en}"
            found.append((bureau_id(d), "funder", zh, en, d, NOWHERE, "", "", paid))
    return found


def _other_funders(year: Year) -> list[Row]:
    """The other kinds of funder that paid organizations: a node for each kind, for nobody keeps whom they paid."""
    from ..model.ledger import ACCOUNT_LABELS, ACCOUNTS, BUREAU, HUB, INSTRUMENTS

    passed = [place for place, item in enumerate(INSTRUMENTS) if item.flow in ("hub", "organization")]
    found = []
    for kind in range(HUB):
        paid = float(year.paid[kind, passed].sum() / 100.0)
        if kind != BUREAU and paid > 0:
            label = ACCOUNT_LABELS[kind]
            found.append((f"funder:{ACCOUNTS[kind]}", "funder", label.zh, label.en, NOWHERE, NOWHERE, "", "", paid))
    return found


def _hub(inputs: Inputs, row: int, hub: np.void, paid: dict[str, float]) -> Row:
    """A hub, with what its bureau paid it (nan where that is not known in full)."""
    street, district = int(hub["street"]), int(hub["district"])
    where = inputs.place.street_name[street] if street >= 0 else inputs.place.district_name[district]
    kind = HUB_KINDS[int(hub["kind"])]
    status = STATUS[int(hub["status"])]
    label = (f"{where.zh}{kind.zh}", f"{where.en} {kind.en}")
    return (hub_id(row), "hub", *label, district, street, status, "", paid.get(hub_id(row), np.nan))


def _organization(inputs: Inputs, org: np.void) -> Row:
    """An organization, with the public money of about the last year as the model keeps it (a smoothed sum)."""
    from ..model.codes import DOMAIN

    where, domain = inputs.place.community_name(int(org["community"])), DOMAIN[int(org["domain"])]
    label = (f"{where.zh}·{domain.zh}", f"{where.en}: {domain.en}")
    about = (int(org["district"]), int(org["street"]), "", STAGES[int(org["stage"])])
    return (organization_id(org["key"]), "organization", *label, *about, float(org["public12"] / 100.0))
