"""The agents of the plain model: ordinary Mesa agents that hold Python numbers and point to one another.

Variables have the names of the description; where that says "row", here stands the agent itself.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import mesa

from miaopu.model.codes import DOMAINS, GRASS_ROOTS, GROUP, NASCENT, NO_HUB, NO_PARTY

if TYPE_CHECKING:
    from .world import PlainWorld

PARTNER = "a legal partner"  # a custodian that is no hub


class Prefecture(mesa.Agent):
    """A city or prefecture."""

    def __init__(self, world: PlainWorld) -> None:
        super().__init__(world)
        self.districts: list[District] = []
        self.due_city = 0.5


class District(mesa.Agent):
    """A district or county."""

    def __init__(self, world: PlainWorld, row: int, key: int, prefecture: Prefecture) -> None:
        super().__init__(world)
        self.row, self.key, self.prefecture = row, key, prefecture
        self.streets: list[Street] = []
        self.levers: Any = SimpleNamespace()  # in force this month
        self.shock: Any = SimpleNamespace()  # multipliers of this month
        self.tally: dict[str, float] = {}
        self.dues = 0  # fen: what its priced levers cost this month by the plan
        self.quota = 0  # hubs asked of it
        self.effect = self.finance = self.licensed = 0.0
        self.order = self.nearness = self.push = self.plan = self.rules = self.worn = 0.0
        self.achieved = self.delivered = self.publicity = self.staff_skill = self.talent = self.backbone = 0.0
        self.due_city = self.due_district = self.due_pairs = self.due_outside = self.due_festival = 0.0
        self.trained_month = -1
        self.bureau: Funder
        self.lottery: Funder
        self.base: Hub

    @property
    def rows(self) -> list[Organization]:
        """Its organizations, as the index lists them."""
        return [org for street in self.streets for org in street.rows]


class Street(mesa.Agent):
    """A street office or township."""

    def __init__(self, world: PlainWorld, row: int, key: int, district: District) -> None:
        super().__init__(world)
        self.row, self.key, self.district = row, key, district
        self.communities: list[Community] = []
        self.neighbours: list[Street] = []
        self.hub_rows: list[Hub] = []
        self.funder: Funder
        self.rural = self.station = 0
        self.effect = self.finance = self.money = 0.0
        self.commitment = self.learning = self.readiness = 0.0
        self.hubs = self.counted = self.effective = 0
        self.hub_quality = self.hub_reach = 0.0
        self.pending = self.first_nominal = self.first_effective = self.trained_month = -1
        self.ever = self.pending_route = 0
        self.pending_haste = 0.0
        self.filing_staff = self.filing_chance = self.instructed = self.due_sessions = 0.0
        self.advice = self.partners = 0.0
        self.custodian: Hub | None = None
        self.filed = self.registered = self.capable = self.waiting = self.backlog = 0
        self.stock = 1.0

    @property
    def rows(self) -> list[Organization]:
        """Its organizations, as the index lists them."""
        return [org for community in self.communities for org in community.rows]


class Community(mesa.Agent):
    """The area of one residents' or villagers' committee."""

    def __init__(self, world: PlainWorld, row: int, key: int, street: Street) -> None:
        super().__init__(world)
        self.row, self.key, self.street, self.district = row, key, street, street.district
        self.rows: list[Organization] = []  # the index: made once a month
        self.livelihood: Funder
        self.community_fund: Funder
        self.rural = self.pilot = self.platform = self.fund = 0
        self.rank = self.pilot_rank = 0.0
        self.residents = self.elderly = self.children = self.difficulty = self.foreign = self.party = 0.0
        self.need = [0.0] * DOMAINS
        self.met = [0.02] * DOMAINS
        self.capacity = [0.0] * DOMAINS
        self.known = self.match = self.venue = self.trust = self.volunteering = self.helpers = 0.0
        self.base_births = self.leader_pool = self.leading = self.successes = 0.0
        self.births = self.stock = self.there = 0


class Hub(mesa.Agent):
    """A place for a hub in a street (two of them), or for a district's incubation base."""

    def __init__(self, world: PlainWorld, district: District, street: Street | None) -> None:
        super().__init__(world)
        self.district, self.street = district, street
        self.row = -1
        self.key = 0
        self.status, self.kind, self.route = NO_HUB, 0, 0
        self.commissioned = self.official_head = self.registered = self.custody = 0
        self.head_months = self.founded = self.staff = 0
        self.quality = self.solvency = 0.0
        self.served = [0] * 12
        self.occupied = self.culture = 0
        self.cash = 0


class Funder(mesa.Agent):
    """A purse of public or donated money."""

    def __init__(self, world: PlainWorld, kind: str, unit: Any, district: District) -> None:
        super().__init__(world)
        self.kind, self.unit, self.district = kind, unit, district
        self.cash = self.budget = 0


class Organization(mesa.Agent):
    """A group of residents at work, on any rung of the ladder; new-made it is blank."""

    def __init__(self, world: PlainWorld, key: int, community: Community) -> None:
        super().__init__(world)
        self.key, self.community = key, community
        self.street, self.district = community.street, community.district
        self.alive = self.active = self.clean = 1
        self.domain, self.ladder, self.stage, self.origin, self.party = 0, GROUP, NASCENT, GRASS_ROOTS, NO_PARTY
        self.party_ready = self.leader_party = self.leader_committee = 0
        self.exemplar = self.graduate = self.known = 0
        self.age = self.ladder_months = self.idle_months = self.incubating = self.mentored = 0
        self.since_grant = 1000
        self.queue = -1
        self.hub: Hub | None = None
        self.custodian: Hub | str | None = None
        self.mentor: Organization | None = None
        self.took_part = False  # in this year's evaluation
        self.governance = self.service = self.finance = self.leadership = 0.0
        self.gift = 1.0
        self.mentor_level = self.support = self.trained = self.members = self.activity = 0.0
        self.rating = -1.0
        self.public12 = self.own12 = 0.0
        self.cash = 0

    @property
    def level(self) -> float:
        """Mean capability."""
        return 0.25 * (self.governance + self.service + self.finance + self.leadership)

    @property
    def is_body(self) -> bool:
        """Whether it is filed or registered."""
        return self.ladder > GROUP

    @property
    def has_grown(self) -> bool:
        """Whether it has outgrown incubation."""
        return self.stage > NASCENT and self.is_body
