"""Figures known by now, forecast from earlier ones and other places, beside forecasts without a model."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from miaopu.calibration.checks.hindcast import hindcasts, naive_forecast, scored
from miaopu.calibration.checks.naive import Figure, last_value, logistic, trend
from miaopu.calibration.checks.series import SERIES, Naive, Series
from miaopu.calibration.observations import by_id, observations
from miaopu.model.text import Text
from miaopu.tests.calibration.toy import DIFFERENCE, SUM, seen, world

MEASURED = {one.id: one for one in observations() if one.role in {"fit", "check"}}


def _figure(year: float, value: float) -> Figure:
    return Figure(year, value, "somewhere", "K")


def test_growth_goes_on_at_its_rate() -> None:
    pair = (_figure(2016, 100.0), _figure(2018, 121.0))
    assert last_value(pair[1]) == 121.0
    assert trend(pair[1], pair, 2020) == pytest.approx(146.41)
    assert trend(_figure(2020, 10.0), pair, 2021) == pytest.approx(11.0), "the rate of another place"


def test_an_s_curve_goes_through_both_figures_and_never_beyond_the_whole() -> None:
    pair = (_figure(2010, 0.01), _figure(2019, 0.45))
    assert logistic(pair[0], pair, 2019) == pytest.approx(0.45)
    assert logistic(pair[1], pair, 2010) == pytest.approx(0.01)
    assert 0.999 < logistic(pair[1], pair, 2060) < 1
    rate = (math.log(0.45 / 0.55) - math.log(0.01 / 0.99)) / 9
    assert logistic(_figure(2000, 0.5), pair, 2001) == pytest.approx(1 / (1 + math.exp(-rate)))


def test_none_and_all_are_taken_for_one_and_ninety_nine_percent() -> None:
    pair = (_figure(2018, 0.0), _figure(2020, 1.0))
    assert logistic(pair[0], pair, 2019) == pytest.approx(0.5)
    assert logistic(pair[0], pair, 2020) == pytest.approx(0.99)


def test_a_rate_needs_two_times() -> None:
    with pytest.raises(ValueError, match="earlier"):
        trend(_figure(2018, 1.0), (_figure(2018, 1.0), _figure(2018, 2.0)), 2020)


def test_no_series_uses_what_it_is_scored_on_or_a_plan() -> None:
    for one in SERIES:
        assert not set(one.parts) & set(one.fitted_to), one.name
        assert {*one.parts, *one.fitted_to} <= set(MEASURED), "measured in a scenario of the calibration"
        same_place = {by_id(name).place for name in one.parts}
        assert all(
            by_id(used).month < min(by_id(name).month for name in one.parts)
            or by_id(used).indicator != by_id(next(iter(one.parts))).indicator
            for used in one.fitted_to
            if by_id(used).place in same_place
        ), f"{one.name}: earlier figures of the place only"
        for naive in one.naive:
            assert naive.last.year < one.year, f"{one.name}: a forecast begins before what it forecasts"
            assert "plan" not in naive.fitted_to
            for figure in (naive.last, *(naive.pair or ())):
                assert figure.mark in {"S", "M", "D", "K"}
                assert figure.mark == "K" or figure.source.startswith("http")
    figures = {figure.value for one in SERIES for naive in one.naive for figure in (naive.last, *(naive.pair or ()))}
    assert 0.6 not in figures, "Ningbo's plan for 2019 is no observation"


def test_parts_add_up_to_the_published_stocks() -> None:
    told = {one.name: scored(one, MEASURED) for one in SERIES}
    assert told["zhejiang_stock"].point == pytest.approx(262_000, rel=0.001)
    per_community = MEASURED["zj_urban"].tolerance * 100_000 / 19 + MEASURED["zj_rural"].tolerance * 162_100 / 9
    assert told["zhejiang_stock"].tolerance == pytest.approx(per_community)
    assert told["shandong_stock"].point == pytest.approx(183_400, rel=0.001)
    assert told["ningbo_hubs"].low == 0.45


def test_naive_forecasts_of_the_series_by_hand() -> None:
    told = {(one.name, naive.forecast, naive.fitted_to): naive_forecast(naive, one.year)
            for one in SERIES for naive in one.naive}  # fmt: skip
    assert told["zhejiang_stock", "last_value", "zj_filed_2018"] == 150_000
    assert told["zhejiang_stock", "trend", "zj_start zj_filed_2018"] == pytest.approx(225_000)  # half more in 3 years
    assert told["shandong_stock", "last_value", "sd_start"] == 172_400
    growth = 2.62 ** (1 / 6)
    assert told["shandong_stock", "trend", "sd_start zj_start zj_stock"] == pytest.approx(172_400 * growth)
    steep = (math.log(0.45 / 0.55) + math.log(99)) / 9 * 9.75 - math.log(99)
    assert told["shandong_hubs", "logistic", "sd_start nb_hubs"] == pytest.approx(1 / (1 + math.exp(-steep)))


TOY = Series(
    "toy", Text("玩具", "toy"), Text("个", "things"), 2020.0, {"difference": 1.0}, ("sum",),
    (Naive("last_value", "before", _figure(2019, 1.5)),),
)  # fmt: skip


def test_the_model_forecasts_from_the_other_figure_alone() -> None:
    figures = world(40_000).figures
    model, naive = _rows(TOY, figures)
    # the sum says nothing of the difference: its forecast is the prior with the tolerance, sd of (2.04 + 0.8²)
    sd = math.sqrt(2.04 + 0.8**2)
    assert [model["p05"], model["median"], model["p95"]] == pytest.approx([-1.645 * sd, 0, 1.645 * sd], abs=0.06)
    assert (naive["p05"], naive["median"], naive["p95"], naive["crps"]) == (1.5, 1.5, 1.5, 2.0)
    assert model["observed"] == -0.5
    assert model["ess"] > 1000
    assert math.isnan(naive["ess"])


def test_a_figure_that_is_told_narrows_the_forecast() -> None:
    figures = world(40_000).figures
    told = figures | {"again": figures["difference"]}
    again = seen("again", -0.5, -0.5, 0.1)  # in a place with the same luck
    wide = _rows(TOY, told)[0]
    narrow = _rows(replace(TOY, fitted_to=("again",)), told, again)[0]
    assert narrow["p95"] - narrow["p05"] < 0.7 * (wide["p95"] - wide["p05"])
    assert narrow["crps"] < wide["crps"]


def test_a_bound_is_scored_by_what_is_known() -> None:
    figures = world(2000).figures
    more = DIFFERENCE._replace(high=math.inf)
    model, naive = _rows(TOY, figures, difference=more)
    assert naive["crps"] == 0.0, "1.5 is more than -0.5"
    assert 0 < model["crps"] < _rows(TOY, figures)[0]["crps"]
    assert model["observed"] == -0.5


def test_no_more_than_the_whole_is_published() -> None:
    figures = {name: np.full((500, 2), 1.0) for name in ("sum", "difference")}
    model = _rows(replace(TOY, limits=(0.0, 1.0)), figures)[0]
    assert [model["p05"], model["median"], model["p95"]] == [0.0, 1.0, 1.0], "with errors of 0.8 on both sides of 1"


def test_constant_and_times_put_the_forecast_into_the_unit_of_the_series() -> None:
    figures = world(2000).figures
    plain = _rows(TOY, figures)[0]
    large = _rows(replace(TOY, parts={"difference": 100.0}, constant=1000.0, naive=()), figures)[0]
    for name in ("p05", "median", "p95", "observed"):
        assert large[name] == pytest.approx(1000 + 100 * plain[name])
    assert large["crps"] == pytest.approx(100 * plain["crps"])


def _rows(series: Series, figures: dict[str, np.ndarray], *more: object, difference: object = DIFFERENCE) -> list[dict]:
    table = hindcasts(figures, [SUM, difference, *more], [series])  # type: ignore[list-item]
    return [{name: column[place] for name, column in table.items()} for place in range(len(table["series"]))]
