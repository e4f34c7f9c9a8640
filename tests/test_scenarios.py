"""What a scenario says is what the model gets, and every value remembers where it was written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from miaopu.model.inputs import FUNDERS, Inputs, neutral_timetable
from miaopu.model.text import Refusal
from miaopu.scenarios import check, load

Write = Callable[..., Path]
BASE = """
name: {zh: 试, en: trial}
calendar: {from: 2024-01, until: 2026-12}
place: regions/town.yaml
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a scenario over a small valid one and give its path."""

    def make(text: str, name: str = "trial.yaml", base: str = BASE) -> Path:
        path = tmp_path / name
        path.write_text(base + text, encoding="utf-8")
        return path

    return make


def lever(inputs: Inputs, name: str, district: int = 0) -> list[float]:
    """A lever's value in each month."""
    return inputs.timetable[name][:, district].tolist()


def test_a_plan_holds_from_its_first_to_its_last_month_and_nowhere_else(write: Write) -> None:
    inputs = load(write("plan: {from: 2024-03, until: 2024-05, hubs: {slots: 7}}"))
    assert lever(inputs, "hubs_slots")[:6] == [0, 0, 7, 7, 7, 0]
    assert inputs.plan_from == 2


def test_without_a_plan_every_lever_is_neutral(write: Write) -> None:
    inputs = load(write(""))
    assert np.array_equal(inputs.timetable, neutral_timetable(36, 2))
    assert (inputs.plan_from, inputs.deadline, inputs.checks) == (-1, -1, ())


def test_a_target_alone_changes_nothing_in_the_world(write: Write) -> None:
    target = "targets: [{id: hubs, indicator: street_hub_coverage, at_least: 85 %, by: 2026-06}]"
    bare, aimed = load(write("", "bare.yaml")), load(write(target, "aimed.yaml"))
    assert np.array_equal(bare.timetable, aimed.timetable)
    assert (aimed.deadline, aimed.checks) == (-1, ())
    assert aimed.targets[0].by == 29


def test_a_ramp_builds_up_in_equal_steps_from_what_was_before(write: Write) -> None:
    inputs = load(
        write("""
existing: {funding: {micro_project_share: 10 %}}
plan: {from: 2024-03, until: 2024-08, funding: {micro_project_share: {value: 30 %, ramp: 4 months}}}
""")
    )
    assert lever(inputs, "funding_micro_project_share")[:9] == pytest.approx(
        [0.1, 0.1, 0.15, 0.2, 0.25, 0.3, 0.3, 0.3, 0.1]
    )


def test_a_ramp_that_began_before_the_calendar_goes_on(write: Write) -> None:
    inputs = load(write("plan: {from: 2023-11, until: 2024-06, hubs: {slots: {value: 8, ramp: 4 months}}}"))
    assert lever(inputs, "hubs_slots")[:4] == [6, 8, 8, 8]


def test_dated_values_follow_one_another(write: Write) -> None:
    inputs = load(
        write("""
plan:
  until: 2024-06
  hubs:
    slots: [{value: 2, until: 2024-02}, {value: 4, from: 2024-04}, {value: 6, from: 2024-05}]
""")
    )
    assert lever(inputs, "hubs_slots")[:7] == [2, 2, 0, 4, 6, 6, 0]


def test_the_dates_of_a_group_hold_for_its_levers_unless_one_says_otherwise(write: Write) -> None:
    inputs = load(
        write("""
plan:
  until: 2024-06
  platform: {from: 2024-02, until: 2024-03, reach: 40 %, smart_services: {value: 0.2, until: 2024-05}}
""")
    )
    assert lever(inputs, "platform_reach")[:5] == [0, 0.4, 0.4, 0, 0]
    assert lever(inputs, "platform_smart_services")[:6] == [0, 0.2, 0.2, 0.2, 0.2, 0]


def test_a_phase_holds_in_its_places_and_over_the_plan(write: Write) -> None:
    inputs = load(
        write("""
plan: {until: 2024-12, hubs: {slots: 5}}
phases:
  - name: {zh: 试点, en: pilot}
    from: 2024-02
    until: 2024-03
    where: {district: [云上区]}
    plan: {hubs: {slots: 9}}
""")
    )
    assert lever(inputs, "hubs_slots", 0)[:4] == [5, 9, 9, 5]
    assert lever(inputs, "hubs_slots", 1)[:4] == [5, 5, 5, 5]


@pytest.mark.parametrize("name", ["云上区", "Cloudside District", "cloudside  district"])
def test_a_place_may_be_named_in_chinese_or_english(write: Write, name: str) -> None:
    inputs = load(
        write(f"""
shocks:
  - name: flood
    from: 2024-02
    until: 2024-02
    where: {{except: {{district: {name}}}}}
    multiply: {{service: 0.5}}
""")
    )
    assert inputs.shocks["service"][1].tolist() == [1.0, 0.5]


def test_one_district_may_do_things_its_own_way(write: Write) -> None:
    inputs = load(
        write("""
plan: {until: 2024-06, hubs: {slots: 5}}
districts: {雾里区: {hubs: {slots: {value: 3, from: 2024-03}}}}
""")
    )
    assert lever(inputs, "hubs_slots", 0)[:7] == [5, 5, 5, 5, 5, 5, 0]
    assert lever(inputs, "hubs_slots", 1)[:7] == [5, 5, 3, 3, 3, 3, 0]


def test_checks_are_the_year_ends_under_orders_and_the_deadline_is_the_last_such_month(write: Write) -> None:
    inputs = load(write("plan: {from: 2024-07, until: 2026-03, assessment: {order_strength: 0.3}}"))
    assert (inputs.deadline, inputs.checks) == (26, (11, 23, 26))


def test_checks_and_the_deadline_may_be_given(write: Write) -> None:
    inputs = load(
        write("plan: {assessment: {order_strength: 0.3, checks: [2025-06, 2024-06], deadline: 2025-12}}")
    )
    assert (inputs.deadline, inputs.checks) == (23, (5, 17))


def test_shocks_at_one_time_multiply_and_a_clean_up_adds_up_to_its_share(write: Write) -> None:
    inputs = load(
        write("""
shocks:
  - {name: flood, from: 2024-01, until: 2024-02, multiply: {service: 0.5}}
  - {name: heat, from: 2024-02, until: 2024-03, multiply: {service: 0.8, founding: 0}}
  - {name: clean-up, from: 2024-05, until: 2024-08, clean_up: 60 %}
""")
    )
    assert inputs.shocks["service"][:4, 0].tolist() == pytest.approx([0.5, 0.4, 0.8, 1.0])
    assert inputs.shocks["founding"][:4, 1].tolist() == [1, 0, 0, 1]
    assert 1 - np.prod(1 - inputs.clean_up[:, 0]) == pytest.approx(0.6)
    assert np.count_nonzero(inputs.clean_up[:, 0]) == 4


def test_budgets_are_yuan_per_year_and_unit_as_in_force_in_each_month(write: Write) -> None:
    inputs = load(
        write("""
funders:
  district_bureau:
    budget: [10万元 每年 每区, {value: 30万元 每年 每区, from: 2025-01}]
    fiscal_month: 4
    carry_over: yes
    share_for_organizations: 80 %
""")
    )
    plan = inputs.funders["district_bureau"]
    assert plan.budget_yuan[[0, 11, 12, 35]].tolist() == [1e5, 1e5, 3e5, 3e5]
    assert (plan.fiscal_month, plan.carry_over, plan.share_for_organizations) == (4, True, 0.8)
    assert set(inputs.funders) == set(FUNDERS)
    assert not inputs.funders["city"].budget_yuan.any()


def test_priors_are_laid_over_those_of_the_table(write: Write) -> None:
    inputs = load(
        write("""
start: {start_coverage: 12 %}
parameters: {order_felt: {median: 1, low: 0.5, high: 2}}
""")
    )
    assert inputs.parameters["start_coverage"].prior == ("fixed", 0.12, 0.0, 0.0)
    assert inputs.parameters["order_felt"].prior == ("lognormal", 1.0, 0.5, 2.0)
    assert inputs.parameters["order_felt"].source.endswith("trial.yaml:7")


def test_a_reading_comes_from_the_target_or_else_from_the_scenario(write: Write) -> None:
    inputs = load(
        write("""
readings: {sessions: city_level_only}
targets:
  - {id: a, indicator: leader_training_sessions, at_least: 2, every: year}
  - {id: b, indicator: leader_training_sessions, at_least: 2, every: year, reading: each_tier}
""")
    )
    assert [target.reading for target in inputs.targets] == ["city_level_only", "each_tier"]
    assert [(target.by, target.every_year) for target in inputs.targets] == [(None, True)] * 2


def test_a_missing_scenario_is_answered_with_the_nearest() -> None:
    with pytest.raises(Refusal, match=r"did you mean `town\.yaml`"):
        load("twon.yaml")


ROSTER = """prefecture,district,street,kind,residents,communities,hub,filed,registered
东市,南区,甲街道,街道,20000,4,是,10,2
东市,北区,乙镇,镇,10000,5,否,3,0
西市,南区,丙街道,街道,15000,3,否,6,1
"""


@pytest.fixture
def roster(write: Write) -> Write:
    """Write a scenario on a roster of two prefectures that both have a 南区."""

    def make(text: str) -> Path:
        write(ROSTER, "mine.csv", base="")
        base = BASE.replace("regions/town.yaml", "{roster: mine.csv, name: {zh: 自己的地方, en: my place}}")
        return write(text, base=base)

    return make


def test_a_roster_may_stand_for_the_place(roster: Write) -> None:
    place = load(roster("")).place
    assert (place.districts, place.streets, place.communities) == (3, 3, 12)
    assert place.name.en == "my place"


def test_a_name_that_two_districts_bear_takes_the_prefecture_before_it(roster: Write) -> None:
    with pytest.raises(Refusal, match="called `南区`; say which: 东市/南区, 西市/南区"):
        load(roster("districts: {南区: {hubs: {slots: 3}}}"))
    inputs = load(roster("districts: {西市/南区: {hubs: {slots: 3}}}"))
    touched = [
        inputs.place.district_prefecture[d] for d in range(3) if inputs.timetable["hubs_slots"][0, d] == 3
    ]
    assert touched == [list(name.zh for name in inputs.place.prefectures).index("西市")]


def test_what_is_wrong_in_a_roster_is_told_with_what_is_wrong_in_the_scenario(
    roster: Write, write: Write
) -> None:
    path = roster("plan: {hubs: {slots: 5 slots}}")
    write(ROSTER.replace("20000", "many"), "mine.csv", base="")
    with pytest.raises(Refusal) as caught:
        load(path)
    files = [Path((problem.where or "").split(":")[0]).name for problem in caught.value.problems]
    assert files == ["trial.yaml", "mine.csv"]


def test_a_roster_that_is_missing_is_told(write: Write) -> None:
    with pytest.raises(Refusal, match="no such place"):
        load(write("place: {roster: nowhere.csv}", base=BASE.replace("place: regions/town.yaml\n", "")))


def test_a_check_gives_the_resolved_scenario(write: Write) -> None:
    assert check(write("")).data["name"] == {"zh": "试", "en": "trial"}


def test_resolving_needs_no_heavy_library() -> None:
    code = (
        "import sys; from miaopu.scenarios.layers import resolve; resolve('town'); "
        "print([name for name in ('pandas', 'scipy', 'mesa', 'pydantic') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
