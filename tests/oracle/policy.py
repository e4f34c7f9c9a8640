"""Process 2: the timetable becomes the levers in force, as far as the money reaches."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING

from miaopu.model.vocabulary import Lever, levers

from .agents import District, Funder, Prefecture
from .money import pay

if TYPE_CHECKING:
    from .world import PlainWorld

BY_CITY = ("whole", "prefecture")


def govern(world: PlainWorld) -> None:
    """The city and then each district pay their dues; every lever comes into force."""
    city_share = settle(world, world.city, city_dues(world))
    for district in world.districts:
        district.dues = district_dues(district)
        district.delivered = settle(world, district.bureau, district.dues)
        district.levers = SimpleNamespace(
            **{lever.field: in_force(lever, district, city_share) for lever in levers().values()}
        )


def settle(world: PlainWorld, funder: Funder, due: int) -> float:
    """The share of its dues that a payer could pay."""
    return 1.0 if due <= 0 else pay(world, funder, "programme", due) / due


def in_force(lever: Lever, district: District, city_share: float) -> float:
    """A lever thinned by its payer's purse."""
    planned = district.planned[lever.field]
    share = 1.0
    if lever.cost is not None and planned > lever.neutral:
        share = city_share if lever.cost.basis in BY_CITY else district.delivered
    return lever.neutral + (planned - lever.neutral) * share


def excess(lever: Lever, district: District) -> float:
    """How far a lever is planned above neutral."""
    return max(0.0, district.planned[lever.field] - lever.neutral)


def priced(by_city: bool) -> Iterable[tuple[Lever, float, str]]:
    """Levers that have a price, with yuan and basis."""
    for lever in levers().values():
        if lever.cost is not None and (lever.cost.basis in BY_CITY) == by_city:
            yield lever, lever.cost.yuan, lever.cost.basis


def city_dues(world: PlainWorld) -> int:
    """What the city owes this month, in fen."""
    yuan = 0.0
    for lever, price, basis in priced(by_city=True):
        if basis == "whole":
            yuan += greatest(lever, world.districts) * price / 12
        else:
            yuan += sum(greatest(lever, prefecture) for prefecture in world.prefectures) * price / 12
    return round(yuan * 100)


def greatest(lever: Lever, among: list[District] | Prefecture) -> float:
    """The greatest excess among districts."""
    districts = among.districts if isinstance(among, Prefecture) else among
    return max((excess(lever, district) for district in districts), default=0.0)


def district_dues(district: District) -> int:
    """What a district owes this month, in fen."""
    communities = [community for street in district.streets for community in street.communities]
    places = {
        "district": 1,
        "street": len(district.streets),
        "township": sum(street.rural for street in district.streets),
        "community": len(communities),
        "village": sum(community.rural for community in communities),
    }
    yuan = 0.0
    for lever, price, basis in priced(by_city=False):
        yuan += excess(lever, district) * places[basis] * price / 12
    return round(yuan * 100)
