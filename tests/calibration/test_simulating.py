"""One simulation of the calibration's places: its luck, what it draws, and what it measures."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from miaopu.calibration.bank import make_bank, read_bank, write_bank
from miaopu.calibration.observations import by_id
from miaopu.calibration.settings import settings
from miaopu.calibration.simulating import figure_of, load_simulator, luck_of, only
from miaopu.experiments.variants import levers_times
from miaopu.model.vocabulary import levers, parameters
from miaopu.scenarios.compiling import load

HUBS = ("hunan-stations-2018-2019", "ningbo-2010-2018")


@pytest.fixture(scope="module")
def hubs():
    """The two smallest places, two runs each."""
    few = replace(settings(), replicates=dict.fromkeys(HUBS, 2))
    return only(load_simulator(few), HUBS)


@pytest.fixture(scope="module")
def centre(hubs) -> dict[str, float]:
    return {name: parameters()[name].value for name in hubs.names}


def _same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    return one.keys() == other.keys() and all((one[name] == other[name]).all() for name in one)


def test_a_proposal_gives_the_same_figures_wherever_it_is_tried(hubs, centre) -> None:
    first = hubs(centre)
    hubs({name: 1.01 * value for name, value in centre.items()})
    assert _same(hubs(dict(reversed(centre.items()))), first)


def test_what_was_observed_at_a_place_hangs_on_that_place_alone(hubs, centre) -> None:
    alone = only(hubs, HUBS[:1])
    assert _same(alone(centre), {"hn_stations": hubs(centre)["hn_stations"]})


def test_the_luck_is_another_for_the_smallest_change_of_a_proposal() -> None:
    assert luck_of(1, [0.1, 0.2]) == luck_of(1, [0.1, 0.2])
    others = {luck_of(1, [0.1, math.nextafter(0.2, 1)]), luck_of(2, [0.1, 0.2]), luck_of(1, [0.2, 0.1])}
    assert len(others | {luck_of(1, [0.1, 0.2])}) == 4


def test_what_is_of_a_place_differs_between_places_and_runs_and_the_rest_does_not(hubs, centre) -> None:
    told = hubs.simulated(centre)
    for name in ("start_nominal_share", "district_spread", "hubs"):
        runs = [told.local[f"{name}@{scenario}"] for scenario in HUBS]
        assert len(set(np.concatenate(runs).tolist())) == 4
    assert set(told.common) == set(parameters()) - set(hubs.settings.of_place)
    assert all(told.common[name] == value for name, value in centre.items())


def test_a_policy_that_is_known_in_size_is_taken_as_written(hubs, centre) -> None:
    local = hubs.simulated(centre).local
    assert "policy_size@" + HUBS[0] not in local
    assert ((local["policy_size@" + HUBS[1]] >= 0.5) & (local["policy_size@" + HUBS[1]] <= 1.5)).all()


def test_a_rule_of_a_rival_is_never_drawn(hubs, centre) -> None:
    nothing = {"hub_initiative": 0.0, "hub_imitation": 0.0, "hub_order": 0.0, "start_coverage": 0.0}
    assert (replace(hubs, fixed=nothing)(centre)["nb_hubs"] == 0.0).all()


def test_levers_are_moved_from_their_neutral_values_and_stay_in_their_ranges() -> None:
    inputs = load("town")
    for times in (0.0, 0.5, 1.0, 3.0):
        sized = levers_times(inputs, times)
        for lever in levers().values():
            before, after = inputs.timetable[lever.field], sized.timetable[lever.field]
            wanted = np.clip(lever.neutral + (before - lever.neutral) * times, lever.low, lever.high)
            np.testing.assert_allclose(after, wanted)
    assert levers_times(inputs, 1.0).timetable.tobytes() == inputs.timetable.tobytes()


def test_growth_is_over_twelve_months_and_mean_growth_per_year() -> None:
    from miaopu.model.tallies import TALLIES

    inputs = load("town")
    months = np.arange(inputs.months)
    tallies = np.zeros((inputs.months, 1, len(TALLIES)))
    tallies[:, 0, list(TALLIES).index("filed")] = 100.0 * 1.1 ** (months / 12)
    year, month = inputs.year_month(24)
    at = by_id("sd_growth")._replace(month=f"{year}-{month:02d}")
    assert figure_of(at, tallies, inputs) == pytest.approx(0.1)
    assert figure_of(at._replace(measure="mean_growth"), tallies, inputs) == pytest.approx(0.1)
    assert figure_of(at._replace(measure="level"), tallies, inputs) == pytest.approx(121.0)
    assert figure_of(at._replace(measure="level", indicator="organizations/filed"), tallies, inputs) == 1.0


def test_a_bank_is_the_same_for_any_number_of_workers_and_comes_back_from_its_file(hubs, tmp_path) -> None:
    one, two = make_bank(hubs, 6, workers=1), make_bank(hubs, 6, workers=2)
    write_bank(two, tmp_path / "bank.parquet", {"seed": 1})
    back = read_bank(tmp_path / "bank.parquet", {"seed": 1})
    assert back is not None
    for other in (two, back):
        assert one.values.tobytes() == np.ascontiguousarray(other.values).tobytes()
        assert _same(one.figures, other.figures)
        assert _same(one.common, other.common)
        assert _same(one.local, other.local)
    assert read_bank(tmp_path / "bank.parquet", {"seed": 2}) is None
    assert read_bank(tmp_path / "none.parquet") is None
