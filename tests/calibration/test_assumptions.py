"""The assumptions log: every judged figure is in it, and what a target makes of a figure is told rightly."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from miaopu.calibration.assumptions import runs as assumption_runs
from miaopu.calibration.assumptions.factors import NOT_JUDGED, ends, factors
from miaopu.calibration.assumptions.influence import beyond_chance, influence, noise, share
from miaopu.calibration.assumptions.listing import KINDS, Assumption, assumptions, plan_of
from miaopu.calibration.assumptions.marks import comments, judged
from miaopu.calibration.assumptions.point import inputs_at, prices
from miaopu.calibration.assumptions.region import moved
from miaopu.calibration.assumptions.runs import answer, design, run, tasks_of
from miaopu.calibration.assumptions.settings import assumption_settings
from miaopu.calibration.assumptions.table import COLUMNS, TARGETS, rows_of, targets_of, write
from miaopu.model.text import LANGUAGES
from miaopu.model.vocabulary import TABLES, levers
from miaopu.outputs import assumption_words
from miaopu.outputs.assumptions_page import FIRST, PLANS, parts
from miaopu.outputs.chart_tornado import draw_tornado
from miaopu.outputs.charts import finished
from miaopu.scenarios.layers import SHIPPED
from miaopu.scenarios.place import build_place

NAMES = tuple(assumption_settings().plans)
LAYERS = {
    "shenzhen-2022-2025": ("shenzhen-2022-2025", "shenzhen-baseline", "defaults"),
    "hunan-2021-2023": ("hunan-2021-2023", "hunan-baseline", "defaults"),
}
NO_FIGURES = ("fiscal_month", "carry_over", "from", "until", "ramp")  # may be left of a line whose figure is replaced
REGION = ("communities", "villages", "communities_split", "populations", "urban_per_town", "stations")
MARKED = re.compile(r"^\s*[^#\s].*\s#\s.*\bK\b")  # an entry with a K in the comment beside it


def kinds(listed: list[Assumption], *wanted: str) -> list[Assumption]:
    return [one for one in listed if one.kind in wanted]


def marks_in(path: Path) -> int:
    return len(re.findall(r"mark: K\b", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", NAMES)
def test_every_marked_parameter_price_and_figure_of_the_region_is_listed(name: str) -> None:
    listed, plan = assumptions(name), plan_of(name)
    rows = kinds(listed, "parameter", "definition")
    overlaid = [one for one in rows if one.where.startswith("scenarios/") and one.values]
    table = [one for one in rows if one.where.startswith("model/")]
    replaced = [one for one in overlaid if f"\n{one.figure}:" in _judged_entries()]
    assert len(table) + len(replaced) == marks_in(TABLES / "parameters.yaml")
    assert len(kinds(listed, "price")) == marks_in(TABLES / "levers.yaml")
    assert len(kinds(listed, "region")) == marks_in(SHIPPED.parent / plan.region_file)
    assert {one.kind for one in listed} == set(KINDS)
    assert all(one.label.zh != one.figure for one in kinds(listed, "constant"))  # each has a name in both languages
    assert len({one.figure for one in listed}) == len(listed)


def _judged_entries() -> str:
    blocks = re.split(r"\n(?=\w)", (TABLES / "parameters.yaml").read_text(encoding="utf-8"))
    return "".join(f"\n{block}" for block in blocks if "mark: K" in block)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_with_a_mark_beside_it_is_listed_unless_a_layer_above_replaces_it(name: str) -> None:
    listed = {one.where for one in assumptions(name)}
    origins = plan_of(name).inputs.origin.items()
    said = {f"{one.file}:{one.line}" for path, one in origins if path.rsplit(".", 1)[-1] not in NO_FIGURES}
    seen = 0
    for layer in LAYERS[name]:
        for number, line in enumerate((SHIPPED / f"{layer}.yaml").read_text(encoding="utf-8").splitlines(), 1):
            where = f"scenarios/{layer}.yaml:{number}"
            if MARKED.match(line) and where in said:
                seen += 1
                assert where in listed, line
    assert seen > 60


@pytest.mark.parametrize("name", NAMES)
def test_every_place_exists_and_every_varied_figure_has_a_factor_of_its_own(name: str) -> None:
    listed = assumptions(name)
    for one in listed:
        file, line = one.where.rsplit(":", 1)
        assert len((SHIPPED.parent / file).read_text(encoding="utf-8").splitlines()) >= int(line)
        assert one.label.zh and one.label.en and one.source
    made = [one for one in factors(plan_of(name), listed) if one.kind != NOT_JUDGED]
    assert sum(len(one.figures) for one in made) == sum(bool(one.factor) for one in listed)
    assert len({one.name for one in made}) == len(made)
    still = [one.figure for one in listed if not one.factor and one.kind not in ("definition", "region", "constant")]
    assert all(0.0 in one.values for one in listed if one.figure in still)


def test_a_comment_marks_its_line_what_stands_below_it_and_what_follows_a_block(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "# Marks: K judgement\nname: x\ngroup:  # all of it: K\n  one: 1\n  two: 2  # official (S)\n"
        "other:\n  # guessed (K),\n  # both of them\n  three: 3\n  four: 4\n  # found (S)\n  five: 5\nsix: 6\n",
        encoding="utf-8",
    )
    assert sorted(judged(file)) == [3, 4, 9, 10]
    assert comments(file)[9] == "guessed (K), both of them"
    assert comments(file)[13] == ""


@pytest.mark.parametrize("name", NAMES)
def test_at_multiples_of_one_the_inputs_are_the_plans_own(name: str) -> None:
    plan = plan_of(name)
    made = factors(plan, assumptions(name))
    still = {one.name: 1.0 for one in made if one.multiplies}
    inputs = inputs_at(name, still)
    assert np.array_equal(inputs.timetable, plan.inputs.timetable[: inputs.months])
    assert np.allclose(inputs.clean_up, plan.inputs.clean_up[: inputs.months], atol=1e-12)
    for hit in inputs.shocks.dtype.names or ():
        assert np.allclose(inputs.shocks[hit], plan.inputs.shocks[hit][: inputs.months], atol=1e-12)
    assert np.array_equal(inputs.place.residents, plan.inputs.place.residents)
    for kind, row in inputs.funders.items():
        assert np.array_equal(row.budget_yuan, plan.inputs.funders[kind].budget_yuan[: inputs.months])


def test_only_judged_sizes_move() -> None:
    name = "hunan-2021-2023"
    before, after = (inputs_at(name, {"training.district_sessions": size, "hubs.startup_grant": size, "shocks.1": size,
                                      "funders.city.budget": size, "assessment.quota": size})
                     for size in (1.0, 0.5))  # fmt: skip
    assert np.allclose(after.timetable["hubs_startup_grant"], before.timetable["hubs_startup_grant"] / 2)
    assert np.array_equal(after.timetable["assessment_quota"], before.timetable["assessment_quota"])
    month = before.month_index(2022, 6)
    assert before.shocks["founding"][month, 0] == pytest.approx(0.7)
    assert after.shocks["founding"][month, 0] == pytest.approx(0.85)
    assert np.allclose(after.funders["city"].budget_yuan, before.funders["city"].budget_yuan / 2)


@pytest.mark.parametrize("name", NAMES)
def test_a_moved_region_keeps_its_residents_and_its_certain_figures(name: str) -> None:
    data = plan_of(name).region
    place = build_place(data)
    reaches = assumption_settings().region
    for end in (min, max):
        at = {f"region.{key}": end(reaches[key][:2]) for key in REGION}
        at["region.prefectures"] = at["region.populations"]
        at["region.spread.street"] = end(reaches["spread"][:2])
        other = build_place(moved(data, at))
        assert other.residents.sum() == place.residents.sum()
        assert other.streets == place.streets
        assert not np.array_equal(other.residents, place.residents)
    longgang = [one.communities for one in data.districts if one.communities and one.communities.mark == "S"]
    same = [one.communities for one in moved(data, {"region.communities": 1.05}).districts]
    assert all(figure in same for figure in longgang)


def test_prices_hold_for_a_while_and_come_back() -> None:
    name, before = "guidance.census", levers()["guidance.census"].cost
    with prices({f"price.{name}": 1.5}):
        now = levers()[name].cost
        assert now and before and now.yuan == 1.5 * before.yuan
    assert levers()[name].cost == before


def test_a_known_response_is_found_and_an_inert_figure_is_not() -> None:
    """10,000 points; reached with chance x, the figure being x and noise of equal variance: a share of half."""
    rng = np.random.default_rng(1)
    x, idle = rng.random(10_000), rng.random((200, 10_000))
    figure = x + rng.normal(0.0, np.sqrt(1 / 12), x.size)
    reached = (rng.random(x.size) < x).astype(float)
    seen = influence(x, figure, reached)
    assert seen.at_low == pytest.approx(0.1, abs=0.03)  # 4.5 standard errors
    assert seen.at_high == pytest.approx(0.9, abs=0.03)
    assert seen.low < 0.8 < seen.high
    assert seen.share == pytest.approx(0.5, abs=0.03)
    assert influence(-x, figure, reached).difference == pytest.approx(-seen.difference)
    assert beyond_chance(seen, x.size, 200)
    nothing = [share(one, figure) for one in idle]
    assert 0 <= sum(value > noise(x.size) for value in nothing) <= 8  # 2 expected; more than 8 in one case of 4,000
    assert not any(beyond_chance(seen._replace(share=value), x.size, 200) for value in nothing)  # error rate 5 %


def test_a_target_that_is_never_reached_has_an_interval_and_no_difference() -> None:
    x = np.linspace(0.0, 1.0, 200)
    seen = influence(x, np.zeros(200), np.zeros(200))
    assert (seen.difference, seen.share) == (0.0, 0.0)
    assert -0.1 < seen.low < 0.0 < seen.high < 0.1


def test_fitted_parameters_come_from_the_posterior_once_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(NAMES[0])
    made = factors(plan, assumptions(NAMES[0]))
    values, said = design(made, 8, 1)

    class Fitted:
        def draw(self, seed: int, draw: int) -> dict[str, float]:
            return {"hub_order": 100.0 * seed + draw}

    file = tmp_path / "posterior.json"
    file.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(assumption_runs, "POSTERIOR", file)
    monkeypatch.setattr("miaopu.model.posterior.read_posterior", lambda path: Fitted(), raising=False)
    fitted, now = design(made, 8, 1)
    at = [one.name for one in made].index("hub_order")
    assert (said, now) in (("prior", "posterior"), ("posterior", "posterior"))
    assert fitted[:, at].tolist() == [100.0 + row for row in range(8)]
    others = [k for k, one in enumerate(made) if one.name == "guidance.census"]
    assert np.array_equal(np.delete(fitted, at, 1)[:, others], np.delete(values, at, 1)[:, others])


@pytest.mark.slow
def test_a_small_run_repeats_and_reads_in_both_languages(tmp_path: Path) -> None:
    name = NAMES[0]
    found = run(name, 6, workers=1)
    assert (found.failed, found.figures.shape[0]) == (0, 6)
    task = tasks_of(list(found.factors), found.values, found.seed)[3]
    assert np.array_equal(answer(name, task)[0], found.figures[3])
    listed = assumptions(name)
    rows = list(rows_of(found, listed))
    for row in rows[:3]:  # as if they had been told from chance
        row["clear"] = True
    _check_pages(tmp_path, name, rows, list(targets_of(found)), listed)


def _check_pages(folder: Path, name: str, rows: list[Any], targets: list[Any], listed: list[Assumption]) -> None:
    write(folder / "assumptions.csv", COLUMNS, rows)
    write(folder / "assumption-targets.csv", TARGETS, targets)
    log = assumption_words.read_log(folder, name)
    assert {row["figure"] for row in log.rows} == {one.factor or one.figure for one in listed}
    for lang in LANGUAGES:
        made = parts(log, lang)
        assert made["first"].count("\n| ") == 1 + 3
        assert made["all"].count("\n| ") >= len({one.factor or one.figure for one in listed})
        assert sum(map(int, re.findall(r"\*\*[（ (]+(\d+)", made["all"]))) == len(listed)
        for target in log.targets:
            assert assumption_words.label(target, lang) in made["targets"]
        drawing = finished(lambda lang=lang: draw_tornado(log, lang))
        assert drawing is not None
        assert len(drawing.data) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("short", PLANS)
def test_the_pages_show_what_the_tables_say(short: str, lang: str) -> None:
    root = SHIPPED.parent / "docs"
    log = assumption_words.read_log(root / "data" / "calibration", PLANS[short])
    page = (root / lang / "assumptions.md").read_text(encoding="utf-8")
    for name, text in parts(log, lang).items():
        assert f"<!-- generated: {short}-{name} -->\n{text}\n<!-- end -->" in page
    assert {row["figure"] for row in log.rows} == {one.factor or one.figure for one in assumptions(PLANS[short])}
    clear = [row for row in assumption_words.strongest(log) if row["clear"] == "True"]
    assert parts(log, lang)["first"].count("\n| ") == 1 + min(FIRST, len(clear))


def test_a_factor_of_one_size_tells_its_ends_in_its_unit_and_of_several_in_multiples() -> None:
    made = {one.name: one for one in factors(plan_of(NAMES[1]), assumptions(NAMES[1]))}
    assert ends(made["funding.rural_share"]) == ("0.25", "0.75")
    assert ends(made["hubs.startup_grant"]) == ("×0.5", "×1.5")
    assert ends(made["region.urban_per_town"]) == ("1", "3")
    alone = made["funding.tax_relief"]
    assert ends(alone._replace(figures=(replace_value(alone.figures[0], 0.9),)))[1] == "1"


def replace_value(one: Assumption, value: float) -> Assumption:
    return one._replace(values=(value,))
