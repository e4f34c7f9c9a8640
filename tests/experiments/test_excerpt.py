"""A part of a place is the same place with fewer prefectures: the same keys, people, neighbours and levers."""

from __future__ import annotations

import numpy as np
import pytest

from miaopu.experiments.excerpt import part_of
from miaopu.model.inputs import Inputs
from miaopu.scenarios import load

CHOSEN = ("湘潭市", "娄底市")


@pytest.fixture(scope="module")
def hunan() -> Inputs:
    return load("hunan-2021-2023")


@pytest.fixture(scope="module")
def part(hunan: Inputs) -> Inputs:
    return part_of(hunan, CHOSEN)


def test_a_part_has_what_lies_in_its_prefectures_and_nothing_else(hunan: Inputs, part: Inputs) -> None:
    whole = [name.zh for name in hunan.place.prefectures]
    inside = [d for d in range(hunan.place.districts) if whole[hunan.place.district_prefecture[d]] in CHOSEN]
    assert {name.zh for name in part.place.prefectures} == set(CHOSEN)
    assert part.place.district_key.tolist() == hunan.place.district_key[inside].tolist()
    assert part.place.streets == sum(np.isin(hunan.place.street_district, inside))
    assert part.place.residents.sum() == hunan.place.residents[np.isin(hunan.place.community_district, inside)].sum()


def test_every_community_stays_in_its_street_and_district_with_its_levers(hunan: Inputs, part: Inputs) -> None:
    def home(inputs: Inputs) -> dict[int, tuple[int, int, str, bytes]]:
        place = inputs.place
        return {
            int(key): (int(place.street_key[s]), int(place.district_key[place.street_district[s]]),
                       place.street_name[s].zh, inputs.timetable[:, place.street_district[s]].tobytes())
            for key, s in zip(place.community_key, place.community_street, strict=True)
        }  # fmt: skip

    whole = home(hunan)
    assert all(whole[key] == where for key, where in home(part).items())


def test_streets_keep_their_neighbours_in_the_part(hunan: Inputs, part: Inputs) -> None:
    row = {int(key): s for s, key in enumerate(hunan.place.street_key)}
    for s, key in enumerate(part.place.street_key):
        now = {int(part.place.street_key[t]) for t in part.place.neighbours_of(s)}
        then = {int(hunan.place.street_key[t]) for t in hunan.place.neighbours_of(row[int(key)])}
        assert now == then & {int(k) for k in part.place.street_key}


def test_a_prefecture_that_is_not_there_is_refused(hunan: Inputs) -> None:
    with pytest.raises(ValueError, match="深圳市"):
        part_of(hunan, ("深圳市",))
