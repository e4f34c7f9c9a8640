"""The two tables: everything in them lives in a rule, and everything has a unit, a range, a mark and both languages."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from miaopu import model
from miaopu.model.inputs import lever_dtype, neutral_timetable
from miaopu.model.layout import priced
from miaopu.model.priors import Prior
from miaopu.model.uncertainty import DERIVED, central_parameters, draw_parameters, parameter_record, run_seed
from miaopu.model.vocabulary import BASES, Lever, clauses, levers, parameters
from miaopu.tests.model.worlds import inputs, place

MARKS = {"S", "M", "D", "K"}
UNITS = {
    "yuan", "yuan per year", "share", "per year", "per month", "months", "persons", "posts", "score", "flag",
    "multiplier", "seats", "slots",
}  # fmt: skip
FOLDER = Path(model.__file__).parent
RULES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "processes").glob("*.py")))
START = (FOLDER / "start.py").read_text(encoding="utf-8")


def _reads(name: str, source: str) -> bool:
    """Whether a rule reads `p.name` or `p["name"]`, or a lever by `levers.name` or `w.levers[d].name`."""
    return re.search(rf'(\.{name}\b)|(\["{name}"\])', source) is not None


@pytest.mark.parametrize("name", parameters())
def test_every_parameter_is_read_by_a_rule_or_by_the_start(name: str) -> None:
    derived = {"start_group_ratio", "start_known_groups", "filing_flow"}
    assert _reads(name, RULES) or _reads(name, START) or name in derived


@pytest.mark.parametrize("lever", levers().values(), ids=levers())
def test_every_lever_is_read_by_a_rule(lever: Lever) -> None:
    assert _reads(lever.field, RULES)


def test_every_parameter_and_lever_that_a_rule_reads_is_in_its_table() -> None:
    fields = {lever.field for lever in levers().values()}
    read = set(re.findall(r"levers(?:\[[^\]]*(?:\[[^\]]*\][^\]]*)*\])?\.([a-z][a-z0-9_]*)", RULES)) - {"dtype"}
    assert read and {name for name in read if "_" in name} <= fields
    known = {*parameters(), *DERIVED}
    assert set(re.findall(r"\bp\.([a-z][a-z0-9_]*)", RULES + START)) <= known
    assert set(re.findall(r"\bp\[\"([a-z0-9_]+)\"\]", START)) <= known


@pytest.mark.parametrize("name", parameters())
def test_every_parameter_is_complete(name: str) -> None:
    parameter = parameters()[name]
    assert parameter.unit and parameter.source and parameter.mark in MARKS
    assert all((*parameter.label, *parameter.about)), "a label and what it is about, in both languages"
    assert re.search("[\u4e00-\u9fff]", parameter.label.zh) and re.fullmatch(r"[ -~–’]+", parameter.label.en)
    low, centre, high = parameter.low, parameter.value, parameter.high
    assert np.isfinite([low, centre, high]).all() and 0.0 <= low <= centre <= high
    if parameter.unit in {"share", "score", "flag"}:
        assert high <= 1.0


@pytest.mark.parametrize("lever", levers().values(), ids=levers())
def test_every_lever_is_complete(lever: Lever) -> None:
    assert lever.unit in UNITS
    assert lever.low <= lever.neutral <= lever.high and lever.low < lever.high
    assert all((*lever.label, *lever.about))
    assert re.search("[\u4e00-\u9fff]", lever.label.zh)
    assert lever.clauses and set(lever.clauses) <= set(clauses()), "each comes from clauses of the plans"
    if lever.unit in {"share", "score", "flag"}:
        assert lever.low >= 0.0 and lever.high <= 1.0
    if lever.cost is not None:
        assert lever.cost.yuan > 0 and lever.cost.basis in BASES and lever.cost.mark in MARKS and lever.cost.source


def test_levers_have_fields_of_their_own_in_the_order_of_the_table() -> None:
    assert lever_dtype().names == tuple(lever.field for lever in levers().values())
    assert len(set(lever_dtype().names or ())) == len(levers())


@pytest.mark.parametrize("lever", [lever for lever in levers().values() if lever.cost], ids=lambda lever: lever.name)
def test_a_priced_lever_costs_nothing_at_neutral_and_its_price_above(lever: Lever) -> None:
    where = place(2, 3, 4, prefectures=2, rural=[True] * 4 + [False] * 20)
    told = inputs(where, 2)
    payer, dues = priced(told, where.district_prefecture)
    assert not dues.any() and lever.cost is not None
    told.timetable[lever.field][1, 0] = lever.neutral + 1.0
    payer, dues = priced(told, where.district_prefecture)
    units = {"district": 1, "street": 3, "township": 1, "community": 12, "village": 4}
    by_city = lever.cost.basis in ("whole", "prefecture")
    expected = round(lever.cost.yuan * units.get(lever.cost.basis, 1) / 12 * 100)
    assert dues[1].tolist() == ([0, 0, expected] if by_city else [expected, 0, 0]) and not dues[0].any()
    assert payer[list(levers()).index(lever.name)] == (2 if by_city else 1)


def test_a_neutral_timetable_is_neutral() -> None:
    table = neutral_timetable(3, 2)
    for lever in levers().values():
        assert (table[lever.field] == lever.neutral).all()


@pytest.mark.parametrize("prior", [
    Prior("lognormal", 2.0, 1.0, 5.0), Prior("uniform", 0.2, 0.6), Prior("beta", 0.3, 0.05, 0.6),
    Prior("halfnormal", 0.4), Prior("normal", 1.0, 0.2), Prior("fixed", 3.0),
], ids=lambda prior: prior.kind)  # fmt: skip
def test_priors_are_what_they_say(prior: Prior) -> None:
    u = np.linspace(0.001, 0.999, 999)
    values = [prior.ppf(float(x)) for x in u]
    assert all(a <= b for a, b in pairwise(values))
    if prior.kind == "lognormal":
        assert [prior.ppf(x) for x in (0.05, 0.5, 0.95)] == pytest.approx([1.0, 2.0, 5.0])
    if prior.kind == "beta":
        assert np.mean(values) == pytest.approx(0.3, abs=2e-3)
        assert prior.ppf(0.95) - prior.ppf(0.05) == pytest.approx(0.55, abs=1e-3)
    if prior.kind == "halfnormal":
        assert values[0] >= 0.0 and np.sqrt(np.mean(np.square(values))) == pytest.approx(0.4, abs=5e-3)
    assert prior.is_fixed == (values[0] == values[-1])


def test_a_wrong_prior_is_told() -> None:
    for row in ({"lognormal": [1, 2]}, {"gaussian": [0, 1]}):
        with pytest.raises(ValueError, match="a prior is one of"):
            Prior.of(row)  # type: ignore[arg-type]


def test_every_prior_of_the_table_has_its_range_around_its_centre() -> None:
    for name, parameter in parameters().items():
        drawn = [parameter.prior.ppf(u) for u in (1e-6, 0.05, 0.5, 0.95, 1 - 1e-6)]
        assert drawn == sorted(drawn) and np.isfinite(drawn).all() and drawn[0] >= 0.0, name


def test_draws_of_parameters_follow_their_priors_each_by_its_own_luck() -> None:
    draws = [draw_parameters(parameters(), 3, draw) for draw in range(400)]
    free = [name for name, parameter in parameters().items() if not parameter.prior.is_fixed]
    below = {name: np.mean([draw[name] < parameters()[name].value for draw in draws]) for name in free}
    assert all(0.4 < share < 0.6 for share in below.values())
    ranks = np.array([[draw[name] for draw in draws] for name in free]).argsort(axis=1).argsort(axis=1)
    related = np.corrcoef(ranks) - np.eye(len(free))
    assert np.abs(related).max() < 0.25, "of some ten thousand pairs none is related"


def test_one_parameter_more_changes_the_draws_of_no_other() -> None:
    fewer = {name: parameter for name, parameter in parameters().items() if name != "hub_order"}
    all_drawn, drawn = draw_parameters(parameters(), 9, 4), draw_parameters(fewer, 9, 4)
    assert drawn == {name: value for name, value in all_drawn.items() if name != "hub_order"}
    assert draw_parameters(dict(reversed(list(parameters().items()))), 9, 4) == all_drawn
    assert draw_parameters(parameters(), 9, 5) != all_drawn != draw_parameters(parameters(), 10, 4)


def test_runs_have_seeds_of_their_own() -> None:
    seeds = {run_seed(seed, draw, replicate) for seed in range(3) for draw in range(60) for replicate in range(60)}
    assert len(seeds) == 3 * 60 * 60 and max(seeds) < 2**64 and max(seeds) >= 2**63


def test_the_record_holds_every_parameter_and_what_follows_from_them() -> None:
    central = central_parameters(parameters())
    record = parameter_record(central)[0]
    assert all(record[name] == value for name, value in central.items())
    known = central["start_group_ratio"] * central["start_known_groups"]
    assert record["filing_rate"] == pytest.approx(central["filing_flow"] / known)
