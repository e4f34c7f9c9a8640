"""What a sound experiment file says, and that nothing else ends in anything but placed problems."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaopu.experiments.design import scenario_list
from miaopu.experiments.design.experiment import Experiment
from miaopu.experiments.design.factor import Factor
from miaopu.experiments.design.nouns import nouns
from miaopu.experiments.design.points import points_of
from miaopu.experiments.design.reading import experiment_of, inputs_of_experiment, read_experiment, study_names
from miaopu.experiments.design.size import number_of_points, number_of_runs
from miaopu.model.priors import Prior
from miaopu.model.text import Refusal
from miaopu.model.vocabulary import levers, parameters
from miaopu.scenarios.units import BARE, written

TOWN: dict[str, Any] = {"name": "n", "scenarios": ["town"]}
CASES = Path(__file__).parent / "cases" / "experiments"


def experiment(**more: Any) -> Experiment:
    return experiment_of({**TOWN, **more})


def factor(section: str, name: str, form: Any) -> Factor:
    """The one factor of an experiment."""
    return experiment(**{section: {name: form}}, design={"method": "grid"}).factors[0]


def refused(**more: Any) -> list[str]:
    with pytest.raises(Refusal) as caught:
        experiment(**more)
    return [problem.text.en for problem in caught.value.problems]


def test_without_anything_else_each_scenario_is_run_once_as_it_is() -> None:
    read = experiment()
    assert (read.factors, read.constants, read.draws, read.replicates) == ((), {}, None, 1)
    assert number_of_runs(read) == 1


@pytest.mark.parametrize("name", study_names())
def test_shipped_studies_are_sound(name: str) -> None:
    assert number_of_runs(read_experiment(name)) >= 24


def test_the_sobol_study_of_the_town_says_what_its_file_says() -> None:
    read = read_experiment("town-sobol")
    order, workers, coverage, felt = read.factors
    assert (order.role, order.kind, order.low, order.high) == ("lever", "real", 0.0, 0.6)
    assert (workers.kind, workers.low, workers.high) == ("integer", 0.0, 3.0)
    assert (coverage.role, coverage.prior) == ("uncertainty", parameters()["start_coverage"].prior)
    assert (felt.low, felt.high, felt.prior) == (0.2, 0.9, None)
    assert (read.design.method, read.design.points, read.design.up_to, read.design.seed) == ("sobol", 4, 8, 11)
    assert (read.until, read.draws, read.replicates, read.block) == ((2026, 12), None, 2, 8)
    assert (read.keep.indicators, read.keep.months) == (("street_hub_coverage", "needs_met"), "year_ends")
    assert read.decide_on == ("hubs.nominal.measured",)


def test_values_are_in_the_units_of_the_model() -> None:
    grant = factor("levers", "hubs.startup_grant", {"low": "5万元", "high": "300000 yuan"})
    share = factor("levers", "hubs.commissioned_share", {"values": ["10 %", "百分之五十"]})
    flag = factor("levers", "guidance.pilot", {"values": ["是", "no"]})
    assert (grant.low, grant.high, grant.unit) == (50_000, 300_000, "yuan")
    assert (share.kind, share.values) == ("choice", (0.1, 0.5))
    assert flag.kind == "flag"
    assert experiment(constants={"funding.venture_budget": "每区每年30万元"}).constants == {
        "funding.venture_budget": 300_000
    }


def test_a_factor_may_multiply_what_the_scenario_says() -> None:
    budget = factor("levers", "funders.city.budget", {"times": {"low": 0.5, "high": 2}})
    listed = factor("levers", "funding.venture_budget", {"times": {"values": [0, 1, 3]}})
    assert (budget.times, budget.role, budget.low, budget.high, budget.unit) == (True, "lever", 0.5, 2.0, "multiplier")
    assert (listed.times, listed.kind, listed.values) == (True, "choice", (0.0, 1.0, 3.0))


def test_a_reading_is_an_uncertain_choice_of_words() -> None:
    reading = factor("uncertainties", "readings.rounding", {"values": ["whole_place", "each_district"]})
    assert (reading.role, reading.kind, reading.values) == ("uncertainty", "choice", ("whole_place", "each_district"))


def test_a_prior_is_the_one_that_the_scenario_lays_over_the_table() -> None:
    data = {"name": "n", "scenarios": ["scenes/believer.yaml"], "uncertainties": {"order_felt": "prior"}}
    read = experiment_of({**data, "design": {"method": "latin", "points": 8}}, CASES)
    assert read.factors[0].prior == Prior("uniform", 0.5, 1.5) != parameters()["order_felt"].prior


def test_points_of_a_csv_are_those_of_the_same_rows() -> None:
    ranges: dict[str, Any] = {"levers": {"hubs.slots": {"low": 0, "high": 12}}}
    by_file = experiment_of({**TOWN, **ranges, "design": {"method": "list", "file": "good.csv"}}, CASES)
    by_rows = experiment(**ranges, design={"method": "list", "rows": [{"hubs.slots": 0}, {"hubs.slots": 6}]})
    assert by_file.design == by_rows.design
    assert by_file.design.rows == ({"hubs.slots": 0.0}, {"hubs.slots": 6.0})


def test_the_record_of_a_csv_needs_the_csv_no_more(tmp_path: Path) -> None:
    levers_: dict[str, Any] = {"hubs.startup_grant": {"low": "0元", "high": "30万元"}}
    (tmp_path / "points.csv").write_text("hubs.startup_grant\n10万元\n200000 yuan\n", encoding="gb18030")
    design = {"method": "list", "file": "points.csv"}
    read = experiment_of({**TOWN, "levers": levers_, "design": design}, tmp_path)
    (tmp_path / "points.csv").unlink()
    again = experiment_of(read.record, tmp_path)
    assert again.design == read.design
    assert [row["hubs.startup_grant"] for row in again.design.rows] == [100_000, 200_000]


@pytest.mark.parametrize("name", study_names())
def test_an_experiment_is_the_same_when_read_again_from_its_record(name: str) -> None:
    read = read_experiment(name)
    again = experiment_of(read.record, "nowhere", read.scenarios)
    for part in ("name", "factors", "constants", "design", "draws", "keep", "until", "decide_on", "record"):
        assert getattr(again, part) == getattr(read, part), part
    assert again.scenarios is read.scenarios


def test_a_scenario_beside_the_experiment_goes_before_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "town.yaml").write_text("extends: town-baseline.yaml\n", encoding="utf-8")
    own, shipped = experiment_of(TOWN, tmp_path), experiment_of(TOWN)
    assert own.scenarios[0].path == tmp_path / "town.yaml" != shipped.scenarios[0].path


def test_no_path_of_a_machine_stands_in_the_record(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("extends: town.yaml\n", encoding="utf-8")
    read = experiment_of({"name": "n", "scenarios": [path]})
    assert read.scenarios[0].path == path
    assert read.record["scenarios"] == ["mine.yaml"]


def test_numbers_of_numpy_are_numbers() -> None:
    slots = {"low": np.int64(0), "high": np.float64(12.0), "whole": np.True_}
    read = experiment(levers={"hubs.slots": slots}, design={"method": "latin", "points": np.int32(3)})
    assert (read.factors[0].kind, read.factors[0].high, read.design.points) == ("integer", 12.0, 3)
    assert json.loads(json.dumps(read.record)) == read.record


def test_scenarios_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def counted(resolved: Any, **how: Any) -> Any:
        done.append(resolved.path.stem)
        return inputs_of(resolved, **how)

    inputs_of = scenario_list.inputs_of
    monkeypatch.setattr(scenario_list, "inputs_of", counted)
    read = read_experiment("town-grid")
    inputs_of_experiment(read)
    assert done == ["town", "town-baseline"]


def test_runs_end_with_until() -> None:
    whole, short = (inputs_of_experiment(one)[0] for one in (experiment(), experiment(until="2026年12月")))
    assert whole.months == 60
    assert short.months == len(short.timetable) == 36
    assert short.year_month(35) == (2026, 12)


def test_an_unknown_study_is_told_the_nearest_name() -> None:
    with pytest.raises(Refusal, match="did you mean `town-sobol`"):
        read_experiment("town-sobl")


def test_plain_data_has_no_place_but_a_path() -> None:
    with pytest.raises(Refusal) as caught:
        experiment(levers={"hubs.slots": {"low": 9, "high": 3}}, design={"method": "grid"})
    (problem,) = caught.value.problems
    assert problem.line("en").startswith("levers.hubs.slots.high: ")


DESIGNS = [
    {"method": "grid", "levels": 3},
    {"method": "latin", "points": 7},
    {"method": "sobol", "points": 4},
    {"method": "sobol", "points": 4, "second_order": True},
    {"method": "morris", "points": 3},
    {"method": "list", "rows": [{"hubs.slots": 3, "order_felt": 0.5}]},
]


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: "-".join(map(str, design.values()))[:20])
def test_the_number_of_points_is_known_before_they_are_laid_out(design: dict[str, Any]) -> None:
    read = experiment(
        levers={"hubs.slots": {"low": 0, "high": 12, "whole": True}},
        uncertainties={"order_felt": {"low": 0.2, "high": 0.9}},
        design=design,
    )
    assert number_of_points(read) == len(points_of(read, (read.design.points,)))


def test_the_most_that_an_experiment_may_grow_to_counts() -> None:
    slots = {"hubs.slots": {"low": 0, "high": 12}}
    small = experiment(levers=slots, design={"method": "sobol", "points": 4, "up_to": 1024}, replicates=4)
    # Base points × (two factors, for the inert one is among them, and 2) × replicates.
    assert number_of_runs(small) == 1024 * (2 + 2) * 4
    (told,) = refused(levers=slots, design={"method": "sobol", "points": 4, "up_to": 4_194_304})
    assert "16,777,216 runs in all" in told


VARIED = [noun for noun in nouns().values() if noun.kind == "lever" and noun.unit != "flag"]


@st.composite
def lever_factors(draw: st.DrawFn) -> dict[str, Any]:
    """Some levers with ranges inside their own, as a planner may write them."""
    found: dict[str, Any] = {}
    for noun in draw(st.lists(st.sampled_from(VARIED), min_size=1, max_size=5, unique_by=lambda noun: noun.name)):
        first, second = draw(st.lists(st.integers(0, 100), min_size=2, max_size=2, unique=True))
        low, high = (noun.low + (noun.high - noun.low) * share / 100 for share in sorted((first, second)))
        said: list[Any] = [low, high]
        if noun.unit not in BARE:
            said = [written(value, noun.unit).of(draw(st.sampled_from(["zh", "en"]))) for value in said]
        found[noun.name] = {"low": said[0], "high": said[1]} if draw(st.booleans()) else {"values": said}
    return found


@given(lever_factors())
@settings(max_examples=40, deadline=None)
def test_every_range_inside_a_levers_own_is_taken_as_written(forms: dict[str, Any]) -> None:
    read = experiment(levers=forms, design={"method": "latin", "points": 3})
    assert [one.name for one in read.factors] == list(forms)
    for one in read.factors:
        lever = levers()[one.name]
        assert lever.low <= one.low < one.high <= lever.high


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of plain data, as keys and indices."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, child in children for place in _places(child, (*path, key)))]


def _with(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = _with(copy[path[0]], path[1:], value)
    return copy


_study = cache(read_experiment)
WRONG = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(),
    st.text("年月%元-x:1@.", max_size=6),
    st.just([]),
    st.just({}),
    st.just(["town", "town"]),
    st.just({"low": 1, "times": {"values": [[], {}]}}),
)


@given(st.sampled_from(["town-sobol", "town-grid"]), WRONG, st.data())
@settings(max_examples=150, deadline=None)
def test_no_wrong_value_anywhere_ends_in_a_traceback(name: str, wrong: Any, data: st.DataObject) -> None:
    sound = _study(name)
    place = data.draw(st.sampled_from([place for place in _places(sound.record) if place]))
    scenarios = None if place[0] == "scenarios" else sound.scenarios
    try:
        experiment_of(_with(sound.record, place, wrong), ".", scenarios)
    except Refusal as refusal:
        assert refusal.problems


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_text_whatever_ends_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(Refusal) as caught:
        read_experiment(path)
    assert caught.value.problems
