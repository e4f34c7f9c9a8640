"""A planner's own roster becomes a place; a broken one is told, cell by cell, what is wrong with it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from miaopu.model.draws import key_of
from miaopu.model.place import Place
from miaopu.model.text import Refusal, Text
from miaopu.scenarios.place import load_place
from miaopu.scenarios.roster import load_roster, roster_defaults, roster_template

CASES = Path(__file__).parent / "cases" / "rosters"
BROKEN = sorted(path.name for path in CASES.iterdir() if path.suffix in (".csv", ".yaml"))
HEADER = "区县,街道乡镇,类型,居民数,社区村数,有枢纽型组织,备案数,登记数"
LINES = (
    "北区,甲街道,街道,52000,8,是,40,3",
    "北区,乙镇,镇,30000,12,否,,",
    "南区,丙街道,街道,61000,9,,55,4",
    "南区,丁乡,乡,9000,10,否,0,0",
    "北区,戊街道,街道,47000,7,有,38,2",
)


def roster(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Place:
    path = folder / "roster.csv"
    path.write_bytes("\n".join((header, *lines, "")).encode(encoding))
    return load_roster(path)


def known(place: Place) -> dict[int, tuple]:
    """What a place says of each street and community, by key: independent of any order."""
    streets = {}
    for i, key in enumerate(place.street_key):
        nearby = sorted(place.street_key[place.neighbours_of(i)].tolist())
        said = (place.street_name[i], place.street_rural[i], place.street_hub[i], place.street_station[i])
        streets[int(key)] = (*said, *nearby)
    communities = {
        int(key): (place.residents[i], place.filed[i], place.elderly[i], bool(place.community_rural[i]))
        for i, key in enumerate(place.community_key)
    }
    return streets | communities


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_exactly_these_messages(name: str) -> None:
    with pytest.raises(Refusal) as caught:
        load_place(CASES / name, name)
    told = [problem.line(lang) for lang in ("en", "zh") for problem in caught.value.problems]
    assert told == (CASES / name).with_suffix(".expected.txt").read_text("utf-8").splitlines()


def test_there_are_enough_broken_files_and_each_has_its_message() -> None:
    assert len(BROKEN) >= 60
    assert {path.name.split(".")[0] for path in CASES.iterdir()} == {name.split(".")[0] for name in BROKEN}


def test_a_roster_of_streets_is_read(tmp_path: Path) -> None:
    place = roster(tmp_path, *LINES)
    assert [name.zh for name in place.district_name] == ["北区", "南区"]
    assert [name.zh for name in place.street_name] == ["甲街道", "乙镇", "戊街道", "丙街道", "丁乡"]
    assert list(place.street_hub) == [1, 0, 1, -1, 0]
    assert list(place.street_rural) == [False, True, False, False, True]
    assert list(np.bincount(place.community_street, place.residents)) == [52000, 30000, 47000, 61000, 9000]
    assert list(np.bincount(place.community_street)) == [8, 12, 7, 9, 10]


def test_the_organizations_of_a_street_are_dealt_out_whole_and_blanks_stay_unknown(tmp_path: Path) -> None:
    place = roster(tmp_path, *LINES)
    filed = np.bincount(place.community_street, place.filed)
    assert filed[0] == 40 and np.isnan(filed[1]) and filed[4] == 0
    assert (place.filed[place.communities_of(0)] % 1 == 0).all()
    assert np.isnan(place.groups).all()


def test_the_kind_of_a_street_decides_its_committees(tmp_path: Path) -> None:
    place = roster(tmp_path, *LINES)
    villages = np.bincount(place.community_street, place.community_rural)
    assert list(villages) == [0, 10, 0, 0, 10]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_lines_changes_nothing_that_is_known_of_anyone(tmp_path: Path, seed: int) -> None:
    lines = random.Random(seed).sample(LINES, len(LINES))
    np.testing.assert_equal(known(roster(tmp_path, *lines)), known(roster(tmp_path, *LINES)))


def test_one_line_more_changes_no_other_key_and_no_other_community(tmp_path: Path) -> None:
    before = roster(tmp_path, *LINES)
    after = roster(tmp_path, LINES[0], "北区,新街道,街道,20000,4,否,5,0", *LINES[1:])
    assert set(before.district_key) == set(after.district_key)
    assert set(before.street_key) < set(after.street_key)
    communities = {
        key: value for key, value in known(before).items() if key in set(before.community_key.tolist())
    }
    np.testing.assert_equal({key: known(after)[key] for key in communities}, communities)


def test_the_name_of_the_file_has_no_part_in_the_keys(tmp_path: Path) -> None:
    place = roster(tmp_path, *LINES)
    assert place.street_key[0] == key_of("北区/甲街道") and place.community_key[1] == key_of("北区/甲街道/2")
    named = load_roster(tmp_path / "roster.csv", name=Text("某市", "Some City"))
    assert named.name == ("某市", "Some City") and (named.street_key == place.street_key).all()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    np.testing.assert_equal(
        known(roster(tmp_path, *LINES, encoding=encoding)), known(roster(tmp_path, *LINES))
    )


def test_english_headings_and_words_mean_the_same(tmp_path: Path) -> None:
    english = [
        line.replace(",街道,", ",street,").replace(",镇,", ",town,").replace(",乡,", ",Township,")
        for line in LINES
    ]
    english = [line.replace("是", "Yes").replace("否", "no").replace("有", "YES") for line in english]
    place = roster(
        tmp_path, *english, header="District,street,kind,Residents,communities,hub,filed,registered"
    )
    np.testing.assert_equal(known(place), known(roster(tmp_path, *LINES)))


def test_spreadsheet_habits_are_forgiven(tmp_path: Path) -> None:
    messy = [f" {line.replace('52000', '５２０００')} ,," for line in LINES]
    place = roster(tmp_path, "", messy[0], ",,,,", *messy[1:], header=f"{HEADER},,\r")
    np.testing.assert_equal(known(place), known(roster(tmp_path, *LINES)))


def test_a_roster_of_communities_is_read(tmp_path: Path) -> None:
    place = roster(
        tmp_path,
        "北区,甲街道,花园社区,社区,6500,是,5,1",
        "北区,甲街道,河湾村,村,2100,,,",
        "北区,乙镇,山下村,村,1800,否,0,0",
        header="区县,街道乡镇,社区村,类型,居民数,有枢纽型组织,备案数,登记数",
    )
    assert [place.community_name(i).zh for i in range(3)] == ["花园社区", "河湾村", "山下村"]
    assert list(place.residents) == [6500, 2100, 1800]
    assert list(place.street_hub) == [1, 0] and list(place.street_rural) == [False, True]
    np.testing.assert_equal(place.filed, [5.0, np.nan, 0.0])
    assert place.community_key[0] == key_of("北区/甲街道/花园社区")


def test_given_neighbours_replace_the_ring_and_are_mutual(tmp_path: Path) -> None:
    place = roster(
        tmp_path,
        "北区,甲街道,街道,52000,8,是,40,3,乙镇、南区/丙街道",
        "北区,乙镇,镇,30000,12,否,,,",
        "南区,丙街道,街道,61000,9,,55,4,",
        "南区,丁街道,街道,61000,9,,55,4,",
        header=f"{HEADER},相邻街道乡镇",
    )
    assert [list(place.neighbours_of(i)) for i in range(4)] == [[1, 2], [0], [0], []]


def test_districts_of_one_name_in_two_prefectures_stay_apart(tmp_path: Path) -> None:
    place = roster(tmp_path, "上市,城区,甲街道,街道,52000,8,是,40,3", "下市,城区,甲街道,街道,41000,6,否,,",
                   header=f"市州,{HEADER}")  # fmt: skip
    assert [name.zh for name in place.prefectures] == ["上市", "下市"]
    assert list(place.district_prefecture) == [0, 1]
    assert place.street_key[0] == key_of("上市/城区/甲街道")


@pytest.mark.parametrize("by", ["street", "community"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_template_is_itself_a_valid_roster(tmp_path: Path, by: str, lang: str) -> None:
    path = tmp_path / "template.csv"
    path.write_text(roster_template(by, lang), "utf-8")
    assert load_place(path).communities >= 2
    assert len(path.read_text("utf-8").splitlines()) == 3


def test_a_template_is_by_street_or_by_community() -> None:
    with pytest.raises(ValueError, match="by street or by community"):
        roster_template("village")


def test_a_roster_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        load_roster(tmp_path / "mine.csv", "mine.csv")


def test_what_a_roster_leaves_unsaid_is_marked_as_judgement(tmp_path: Path) -> None:
    assert {figure.mark for figure in roster_defaults().values()} == {"K"}
    place = roster(tmp_path, *LINES)
    rural = place.community_rural
    assert set(place.elderly[rural]) == {roster_defaults()["shares.elderly.rural"].value}
