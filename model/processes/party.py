"""Party building (process 13): branches of their own on filing, joint branches for the others, instructors, members."""

from __future__ import annotations

from ..codes import FILED, JOINT_BRANCH, NO_PARTY, OWN_BRANCH, PARTY
from ..compiled import compiled
from ..draws import draw, happens, stream
from ..world import World


@compiled
def set_up_on_filing(org, levers, u):
    """An organization that can form a branch does so when it is filed."""
    if org.party_ready == 1 and u < levers.party_cells_at_filing:
        org.party = OWN_BRANCH


@compiled
def build(org, street, district, levers, luck, p):
    """Branches come with time, joint ones where none of its own can be formed; leaders may become members."""
    instructed = levers.party_instructors * p.clients_per_instructor / max(1.0, street.filed + street.registered)
    own = p.own_branch * org.party_ready * (1.0 + 4.0 * levers.party_cells_at_filing + min(1.0, instructed))
    joint = p.joint_branch * levers.party_joint_branches + p.by_instructor * min(1.0, instructed)
    if org.party < OWN_BRANCH and org.ladder >= FILED and happens(own, draw(luck, org.key, 0)):
        org.party = OWN_BRANCH
    elif org.party == NO_PARTY and happens(joint, draw(luck, org.key, 1)):
        org.party = JOINT_BRANCH
    if org.leader_party == 0 and happens(p.recruitment * levers.party_recruitment, draw(luck, org.key, 2)):
        org.leader_party = 1
        org.party_ready = 1


@compiled
def party(w: World) -> None:
    """One month of party building."""
    now = w.clock[0]
    luck = stream(now.seed, now.month, PARTY)
    for i in range(now.organizations):
        org = w.organizations[i]
        if org.alive == 1 and org.active == 1:
            build(org, w.streets[org.street], w.districts[org.district], w.levers[org.district], luck, w.parameters[0])
