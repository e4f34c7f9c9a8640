"""Process 8: sessions of every tier with their seats; staff learn too."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from miaopu.model.codes import TRAINING

from .agents import District, Organization, Prefecture, Street
from .money import best

if TYPE_CHECKING:
    from .world import PlainWorld

WHOLE = 1 - 1e-9


def teach(rows: list[Organization], seats: int, effect: float, k: int, world: PlainWorld) -> None:
    """Leaders who have most to learn get the seats of a session."""
    luck = world.luck(TRAINING)
    invited = [org for org in rows if org.active and org.known + org.ladder >= 1]
    claims = [
        (1 - org.trained)
        + 0.3 * org.is_body
        + 0.3 * org.district.levers.rural_tilt * org.community.rural
        + 0.5 * luck.draw(org, k)
        for org in invited
    ]
    for i in best(claims, seats):
        org = invited[i]
        org.trained += effect * (1 - org.trained)
        org.district.tally["trained_seats"] += 1


def hold_city_sessions(prefecture: Prefecture, world: PlainWorld) -> None:
    """City and provincial sessions become seats for the districts."""
    districts = prefecture.districts
    if not districts:
        return
    sessions = max(0.0, *(d.levers.training_city_sessions for d in districts))
    provincial = max(0.0, *(d.levers.training_provincial_classes for d in districts))
    seats = max(0.0, *(d.levers.training_seats for d in districts))
    shock = sum(district.shock.training for district in districts) / max(1, len(districts))
    prefecture.due_city += shock * sessions / 12
    held = 0
    while prefecture.due_city >= WHOLE:
        prefecture.due_city -= 1
        held += 1
    districts[0].tally["sessions_city"] += held
    province = shock * provincial / 12 / len(world.prefectures)
    for district in districts:
        district.due_city += seats * (held + province) / max(1, len(districts))


def hold_district_sessions(district: District, world: PlainWorld) -> None:
    """A district's own sessions, its seats in the city's, its officials and its talent."""
    p, levers, shock = world.p, district.levers, district.shock.training
    rows = district.rows
    district.due_district += shock * levers.training_district_sessions / 12
    held = 0
    while district.due_district >= WHOLE:
        district.due_district -= 1
        teach(rows, int(levers.training_seats), p.session_effect, 1 + held, world)
        held += 1
    district.tally["sessions_district"] += held
    seats = int(district.due_city + 1e-9)
    if seats > 0:
        district.due_city -= seats
        teach(rows, seats, p.session_effect, 0, world)
    if held > 0 or seats > 0:
        district.trained_month = world.t
    skill = district.staff_skill
    learnt = 1 - math.exp(-p.staff_session_effect * levers.training_staff_sessions * shock / 12)
    district.staff_skill = skill + ((1 - skill) * learnt - skill / p.training_memory)
    licensed = p.licensed + p.licence_gain * levers.training_exam_support
    district.licensed += (licensed - district.licensed) / 24
    district.talent += (levers.training_talent_pool - district.talent) / 12
    district.backbone = district.talent / max(1, len(rows))


def hold_street_sessions(street: Street, world: PlainWorld) -> None:
    """A street's sessions."""
    levers = street.district.levers
    street.due_sessions += street.district.shock.training * levers.training_street_sessions / 12
    while street.due_sessions >= WHOLE:
        street.due_sessions -= 1
        teach(street.rows, int(0.4 * levers.training_seats), world.p.short_session_effect, 30, world)
        street.trained_month = world.t
        street.district.tally["sessions_street"] += 1


def forget(org: Organization, world: PlainWorld) -> None:
    """What a leader learnt fades."""
    org.trained *= math.exp(-1 / world.p.training_memory)
