"""The shipped regions hold the facts they state, and become places by rule and without chance."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from miaopu.model.draws import key_of
from miaopu.model.place import Place
from miaopu.scenarios.allot import compressed, rings, share_of_keys, share_out, spread
from miaopu.scenarios.place import build_place, load_place
from miaopu.scenarios.region import RegionData
from miaopu.scenarios.region_file import load_region

REGIONS = Path(__file__).parents[1] / "scenarios" / "regions"
NAMES = ("town", "shenzhen", "hunan")
CENSUS_2020 = {
    "长沙市": 10047914, "株洲市": 3902738, "湘潭市": 2726181, "衡阳市": 6645243, "邵阳市": 6563520,
    "岳阳市": 5051922, "常德市": 5279102, "张家界市": 1517027, "益阳市": 3851564, "郴州市": 4667134,
    "永州市": 5289824, "怀化市": 4587594, "娄底市": 3826996, "湘西土家族苗族自治州": 2488105,
}  # fmt: skip
TOWNSHIP_UNITS = (170, 105, 70, 186, 202, 133, 169, 73, 92, 159, 182, 204, 87, 115)
COUNTIES = (9, 9, 5, 12, 12, 9, 9, 4, 6, 11, 11, 12, 5, 8)


@cache
def region(name: str) -> RegionData:
    return load_region(REGIONS / f"{name}.yaml")


@cache
def place(name: str) -> Place:
    return build_place(region(name))


def by_district(of: Place) -> np.ndarray:
    return np.bincount(of.community_district, of.residents)


def test_shenzhen_has_ten_districts_74_streets_and_as_many_communities_as_stations() -> None:
    shenzhen = place("shenzhen")
    streets = [shenzhen.streets_of(i) for i in range(shenzhen.districts)]
    assert [block.stop - block.start for block in streets] == [10, 10, 4, 8, 10, 11, 6, 6, 6, 3]
    assert shenzhen.streets == 74
    assert 651 <= shenzhen.communities <= 683
    assert not shenzhen.community_rural.any() and not shenzhen.street_rural.any()


def test_shenzhen_with_shenshan_is_the_census() -> None:
    shenzhen = place("shenzhen")
    assert shenzhen.residents.sum() + 65_663 == 17_560_061
    assert by_district(shenzhen)[shenzhen.district_name.index(("宝安区", "Baoan District"))] == 4_476_554


def test_longgang_has_the_111_communities_that_were_published() -> None:
    shenzhen = place("shenzhen")
    longgang = [name.zh for name in shenzhen.district_name].index("龙岗区")
    assert (shenzhen.community_district == longgang).sum() == 111
    stated = region("shenzhen").districts[longgang].communities
    assert stated and (stated.value, stated.mark) == (111, "S")


def test_the_ages_of_shenzhens_districts_give_the_census_shares_of_the_city() -> None:
    shenzhen = place("shenzhen")
    assert np.average(shenzhen.elderly, weights=shenzhen.residents) == pytest.approx(0.0536, abs=0.0005)
    assert np.average(shenzhen.children, weights=shenzhen.residents) == pytest.approx(0.1511, abs=0.0005)


def test_hunan_has_exactly_its_14_122_1947_and_29534() -> None:
    hunan = place("hunan")
    assert (len(hunan.prefectures), hunan.districts, hunan.streets, hunan.communities) == (
        14,
        122,
        1947,
        29_534,
    )
    assert hunan.community_rural.sum() == 23_700
    assert (~hunan.street_rural).sum() == 425


def test_every_prefecture_of_hunan_has_its_counties_townships_and_census_population() -> None:
    hunan = place("hunan")
    assert tuple(np.bincount(hunan.district_prefecture)) == COUNTIES
    assert tuple(np.bincount(hunan.district_prefecture[hunan.street_district])) == TOWNSHIP_UNITS
    people = np.bincount(hunan.district_prefecture, by_district(hunan))
    assert {name.zh: int(count) for name, count in zip(hunan.prefectures, people, strict=True)} == CENSUS_2020
    assert hunan.residents.sum() == 66_444_864


def test_the_four_pilots_hold_the_known_part_of_hunan() -> None:
    hunan = place("hunan")
    pilots = [
        i for i, name in enumerate(hunan.prefectures) if name.zh in ("长沙市", "湘潭市", "常德市", "永州市")
    ]
    assert np.isin(hunan.district_prefecture[hunan.street_district], pilots).sum() == 591


def test_hunans_streets_are_urban_and_its_townships_mainly_villages() -> None:
    hunan = place("hunan")
    rural = hunan.street_rural[hunan.community_street]
    assert not hunan.community_rural[~rural].any()
    assert hunan.community_rural[rural].mean() > 0.85
    assert np.bincount(hunan.community_street, minlength=hunan.streets).min() >= 1


def test_every_hunan_township_has_a_station_and_only_some_streets_of_shenzhen() -> None:
    assert place("hunan").street_station.all()
    assert 0.4 < place("shenzhen").street_station.mean() < 0.8


def test_the_town_is_small_and_has_everything() -> None:
    town = place("town")
    assert (town.districts, town.streets, town.communities) == (2, 6, 30)
    assert town.street_rural.sum() == 2
    assert 0 < town.community_rural.sum() < town.communities


@pytest.mark.parametrize("name", NAMES)
def test_blocks_are_contiguous_and_every_number_is_possible(name: str) -> None:
    of = place(name)
    assert (np.diff(of.street_district) >= 0).all() and (np.diff(of.community_street) >= 0).all()
    assert set(of.street_district) == set(range(of.districts))
    assert set(of.community_street) == set(range(of.streets))
    assert (of.residents >= 1).all() and (of.residents == of.residents.round()).all()
    for share in (of.elderly, of.children, of.difficulty, of.foreign, of.party_members):
        assert share.shape == of.residents.shape and (share >= 0).all() and (share <= 1).all()
    assert np.isnan(of.filed).all() and np.isnan(of.registered).all() and (of.street_hub == -1).all()
    assert of.communities_of(1) == slice(*np.flatnonzero(of.community_street == 1)[[0, -1]] + (0, 1))


@pytest.mark.parametrize("name", NAMES)
def test_no_two_agents_share_a_key(name: str) -> None:
    of = place(name)
    keys = np.concatenate([of.district_key, of.street_key, of.community_key])
    assert len(np.unique(keys)) == len(keys) and keys.dtype == np.uint64


def test_a_key_is_the_hash_of_the_full_chinese_name_and_ordinal() -> None:
    hunan = place("hunan")
    assert hunan.district_key[0] == key_of("湖南省/长沙市/芙蓉区")
    assert hunan.street_key[0] == key_of("湖南省/长沙市/芙蓉区/文艺路街道")
    assert hunan.community_key[2] == key_of("湖南省/长沙市/芙蓉区/文艺路街道/3")
    assert place("shenzhen").street_key[0] == key_of("深圳市/福田区/南园街道")


def test_a_community_is_named_by_its_number_within_its_street() -> None:
    assert place("shenzhen").community_name(2) == ("南园街道第3社区", "Nanyuan Street, community 3")
    town = place("town")
    last = town.community_name(town.communities - 1)
    assert last.zh.startswith("稻草人乡第") and last.zh.endswith("村") and "village" in last.en


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_in_both_languages_and_once_in_its_district(name: str) -> None:
    for district in region(name).districts:
        assert district.name.zh and district.name.en.isascii()
        assert all(unit.name.en.isascii() and not unit.name.zh.isascii() for unit in district.units)
        assert len({unit.name.zh for unit in district.units}) == len(district.units)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_listed_source_and_a_mark(name: str) -> None:
    data = region(name)
    assert len(data.figures) > 20
    for path, figure in data.figures.items():
        assert figure.source in data.sources and figure.mark in "SMDK", path


@pytest.mark.parametrize("name", NAMES)
def test_neighbours_are_mutual_and_of_the_same_district(name: str) -> None:
    of = place(name)
    for street in range(of.streets):
        for other in of.neighbours_of(street):
            assert other != street and street in of.neighbours_of(other)
            assert of.street_district[other] == of.street_district[street]
    assert all(len(of.neighbours_of(street)) <= 4 for street in range(of.streets))


def test_building_twice_gives_the_same_place_bit_for_bit() -> None:
    again, first = build_place(region("town")), place("town")
    for field in dataclasses.fields(Place):
        np.testing.assert_equal(getattr(again, field.name), getattr(first, field.name))


def test_a_file_that_is_neither_region_nor_roster_is_refused(tmp_path: Path) -> None:
    from miaopu.model.text import Refusal

    with pytest.raises(Refusal, match="a place is a"):
        load_place(tmp_path / "place.xlsx", "place.xlsx")


def test_shares_by_largest_remainder_are_exact_and_respect_the_least() -> None:
    assert list(share_out(10, np.array([1.0, 1.0, 1.0]))) == [4, 3, 3]
    assert list(share_out(10, np.array([5.0, 0.0, 0.1]), 1)) == [8, 1, 1]
    assert share_out(29_534, np.arange(1.0, 123.0), 3).sum() == 29_534
    with pytest.raises(ValueError, match="at the least"):
        share_out(2, np.ones(3), 1)


def test_sizes_are_spread_by_key_and_not_by_row() -> None:
    keys = np.array([key_of(name) for name in "甲乙丙丁戊"], dtype=np.uint64)
    order = np.array([3, 0, 4, 1, 2])
    np.testing.assert_array_equal(spread(keys, 0.5)[order], spread(keys[order], 0.5))
    assert np.log(spread(keys, 0.5)).std() == pytest.approx(0.5, rel=0.2)
    assert spread(keys, 0.0) == pytest.approx(1.0)


def test_a_share_of_keys_is_that_share() -> None:
    keys = np.array([key_of(str(i)) for i in range(2000)], dtype=np.uint64)
    assert share_of_keys(keys, 0.3).mean() == pytest.approx(0.3, abs=0.03)
    assert share_of_keys(keys, 1).all() and not share_of_keys(keys, 0).any()


def test_small_districts_have_small_rings() -> None:
    keys = np.arange(4, dtype=np.uint64)
    indptr, indices = rings(np.array([0, 1, 1, 1]), keys)
    assert list(np.diff(indptr)) == [0, 2, 2, 2] and set(indices) == {1, 2, 3}
    assert list(compressed(2, [(0, 1), (1, 0), (1, 1)]).indices) == [1, 0]


def test_places_load_neither_pandas_nor_matplotlib() -> None:
    code = (
        "import sys, miaopu.scenarios.place, miaopu.scenarios.roster;"
        "print([m for m in ('pandas', 'matplotlib', 'scipy', 'numba', 'networkx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
