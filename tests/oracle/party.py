"""Process 13: branches of their own, joint branches, members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miaopu.model.codes import JOINT_BRANCH, NO_PARTY, OWN_BRANCH, PARTY

from .agents import Organization, Street

if TYPE_CHECKING:
    from .world import PlainWorld


def instruct(street: Street, world: PlainWorld) -> None:
    """The share of a street's bodies that its instructors look after."""
    bodies = street.filed + street.registered
    reached = street.district.levers.party_instructors * world.p.clients_per_instructor
    street.instructed = min(1.0, reached / max(1, bodies))


def organize(org: Organization, world: PlainWorld) -> None:
    """The Party organization of one organization at work."""
    p, levers, instructed, luck = world.p, org.district.levers, org.street.instructed, world.luck(PARTY)
    pays = levers.funding_party_priority + levers.incubation_party_priority * org.street.hub_quality
    called = 4 * levers.party_cells_at_filing + instructed + p.priority_pull * pays
    own = p.own_branch * org.party_ready * (1 + called)
    joint = p.joint_branch * levers.party_joint_branches + p.by_instructor * instructed
    if org.party < OWN_BRANCH and org.is_body and luck.happens(own, org, 0):
        org.party = OWN_BRANCH
    elif org.party == NO_PARTY and luck.happens(joint, org, 1):
        org.party = JOINT_BRANCH
    if org.leader_party == 0 and luck.happens(p.recruitment * levers.party_recruitment, org, 2):
        org.leader_party = org.party_ready = 1
