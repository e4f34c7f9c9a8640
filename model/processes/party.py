"""Party building (process 14): branches of their own on filing, joint branches for the others, instructors, members."""

from __future__ import annotations

from ..codes import FILED, JOINT_BRANCH, NO_PARTY, OWN_BRANCH
from ..compiled import compiled
from ..draws import happens
from ..world import World


@compiled
def set_up_on_filing(org, levers, u):
    """An organization that can form a branch does so when it is filed."""
    if org.party_ready == 1 and u < levers.party_cells_at_filing:
        org.party = OWN_BRANCH


@compiled
def build(org, street, levers, luck, p):
    """Branches come with time, joint ones where none of its own can be formed; leaders may become members."""
    pays = levers.funding_party_priority + levers.incubation_party_priority * street.hub_quality
    pushed = 4.0 * levers.party_cells_at_filing + street.instructed + p.priority_pull * pays
    own = p.own_branch * org.party_ready * (1.0 + pushed)
    joint = p.joint_branch * levers.party_joint_branches + p.by_instructor * street.instructed
    if org.party < OWN_BRANCH and org.ladder >= FILED and happens(own, luck, org.key, 0):
        org.party = OWN_BRANCH
    elif org.party == NO_PARTY and happens(joint, luck, org.key, 1):
        org.party = JOINT_BRANCH
    if org.leader_party == 0 and happens(p.recruitment * levers.party_recruitment, luck, org.key, 2):
        org.leader_party = 1
        org.party_ready = 1


@compiled
def instruct(w: World) -> None:
    """What share of a street's organizations its Party-building instructors look after."""
    for s in range(len(w.streets)):
        street = w.streets[s]
        looked_after = w.levers[street.district].party_instructors * w.parameters[0].clients_per_instructor
        street.instructed = min(1.0, looked_after / max(1.0, street.filed + street.registered))
