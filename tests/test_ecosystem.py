"""Ecosystem: the months of `simulate` as a Mesa model, which looking at does not change."""

from __future__ import annotations

import copy
import gc
import runpy
import subprocess
import sys
import weakref
from pathlib import Path

import mesa
import numpy as np
import pytest

from miaopu.model import Ecosystem, Organization, Street
from miaopu.model.agents import AGENT_TYPES
from miaopu.model.indicators import indicator_table
from miaopu.model.inputs import Inputs
from miaopu.model.simulation import Outcome, simulate
from miaopu.model.uncertainty import draw_parameters
from miaopu.model.views import RowAgent
from miaopu.scenarios import load

SEED = 2024
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return load("town")


@pytest.fixture(scope="module")
def simulated(inputs: Inputs) -> Outcome:
    return simulate(inputs, None, SEED)


def _same(one: Outcome, other: Outcome) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def _modules_after(statement: str) -> set[str]:
    script = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_model_imports_neither_mesa_nor_numba() -> None:
    assert not {"mesa", "numba", "numpy"} & _modules_after("import miaopu.model")
    assert "mesa" in _modules_after("from miaopu.model import Organization")


def test_every_month_is_that_of_simulate(inputs: Inputs, simulated: Outcome) -> None:
    town = Ecosystem(inputs, rng=SEED)
    for month in range(inputs.months):
        assert (town.month, town.running) == (month, True)
        town.step()
        assert np.array_equal(town.outcome().tallies, simulated.tallies[: month + 1])
    assert (town.month, town.running) == (inputs.months, False)
    assert _same(town.outcome(), simulated)


def test_parameters_are_those_of_simulate(inputs: Inputs, simulated: Outcome) -> None:
    drawn = draw_parameters(inputs.parameters, 5, 0)
    outcome = Ecosystem(inputs, rng=SEED, parameters=drawn).run()
    assert _same(outcome, simulate(inputs, drawn, SEED))
    assert not _same(outcome, simulated)


def test_indicators_are_those_of_the_table(inputs: Inputs, simulated: Outcome) -> None:
    table = indicator_table(simulated.tallies)
    town = Ecosystem(inputs, rng=SEED)
    assert np.isnan(town.indicator("street_hub_coverage")), "no month has been lived"
    for month in range(14):
        town.step()
        for name in ("street_hub_coverage", "newly_filed", "capability"):
            assert town.indicator(name) == pytest.approx(table[name][month], rel=1e-12, abs=0, nan_ok=True)
        assert np.isnan(town.indicator("newly_filed")) == (month < 11), "a yearly flow needs a year"
    with pytest.raises(KeyError, match="did you mean 'street_hub_coverage'"):
        town.indicator("street_hub_covrage")


def test_the_end_is_an_end(inputs: Inputs) -> None:
    town = Ecosystem(inputs, rng=SEED)
    town.run()
    with pytest.raises(RuntimeError, match="has come to its end after 60 months"):
        town.step()
    assert town.month == inputs.months


def test_a_run_stopped_early_tells_of_the_months_that_passed(inputs: Inputs, simulated: Outcome) -> None:
    class Impatient(Ecosystem):
        def step(self) -> None:
            super().step()
            self.running = self.month < 7

    assert np.array_equal(Impatient(inputs, rng=SEED).run().tallies, simulated.tallies[:7])


def test_without_rng_every_run_is_another(inputs: Inputs) -> None:
    towns = [Ecosystem(inputs) for _ in range(3)]
    assert len({town.seed for town in towns}) == 3
    keep = towns[0].run()
    assert not np.array_equal(keep.tallies, towns[1].run().tallies)
    assert _same(keep, simulate(inputs, None, towns[0].seed)), "the seed is kept, so any run can be redone"


def test_a_generator_draws_the_seed(inputs: Inputs) -> None:
    def seeds(generator: np.random.Generator) -> list[int]:
        return [Ecosystem(inputs, rng=generator).seed for _ in range(2)]

    first, second = seeds(np.random.default_rng(1))
    assert first != second
    assert [first, second] == seeds(np.random.default_rng(1))
    assert max(seeds(np.random.default_rng(2))) >= 2**32, "all 64 bits are drawn"
    assert Ecosystem(inputs, rng=2**64 - 1).seed == 2**64 - 1
    for wrong in (-1, 2**64):
        with pytest.raises(ValueError, match="a seed is a whole number"):
            Ecosystem(inputs, rng=wrong)


def test_a_run_that_nobody_inspects_makes_no_agent(inputs: Inputs) -> None:
    town = Ecosystem(inputs, rng=SEED)
    made: list[RowAgent] = []
    original = RowAgent.__init__

    def counting(self: RowAgent, *args: object, **kwargs: object) -> None:
        made.append(self)
        original(self, *args, **kwargs)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RowAgent, "__init__", counting)
        town.run()
        held = [thing for thing in gc.get_objects() if isinstance(thing, RowAgent) and thing.model is town]
        assert not made and not held and not town.columns
        assert len(list(town.agents_by_type[Organization])) == len(made) > 0


def test_looking_changes_nothing(inputs: Inputs, simulated: Outcome) -> None:
    town = Ecosystem(inputs, rng=SEED)
    while town.running:
        town.step()
        for agent in town.agents.shuffle():
            for name in agent.fields:
                getattr(agent, name)
        assert town.random.random() != town.rng.random()
    assert _same(town.outcome(), simulated)


def test_data_collector_collects_when_asked(inputs: Inputs) -> None:
    town = Ecosystem(inputs, rng=SEED)
    collector = mesa.DataCollector(
        model_reporters={"coverage": lambda model: model.indicator("street_hub_coverage"), "month": "month"},
        agent_reporters={
            "cash": lambda agent: getattr(agent, "cash", None),
            "kind": lambda agent: type(agent).__name__,
        },
        agenttype_reporters={Street: {"hubs": "hubs"}},
    )
    seen = []
    for _ in range(3):
        town.step()
        collector.collect(town)
        seen.append(town.agents_by_type[Organization].array("cash").sum())
    months = collector.get_model_vars_dataframe()
    assert list(months["month"]) == [1, 2, 3]
    table = indicator_table(town.outcome().tallies)
    assert months["coverage"].to_numpy() == pytest.approx(table["street_hub_coverage"], rel=1e-12)
    agents = collector.get_agent_vars_dataframe()
    assert agents.index.is_unique, "ids tell all kinds of agents apart"
    cash = agents[agents["kind"] == "Organization"].groupby(level="Step")["cash"].sum()
    assert list(cash) == seen
    streets = collector.get_agenttype_vars_dataframe(Street)
    assert len(streets) == 3 * len(inputs.place.street_name)


def test_discarded_models_are_freed(inputs: Inputs) -> None:
    kept = []
    for number in range(50):
        town = Ecosystem(inputs, rng=number)
        town.step()
        assert [agent.unique_id for agent in town.agents]
        with pytest.raises(TypeError):
            mesa.Agent(town)
        kept.append(weakref.ref(town))
        del town
    gc.collect()
    assert [ref for ref in kept if ref() is not None] == []


def test_agents_that_are_no_rows_are_refused(inputs: Inputs) -> None:
    town = Ecosystem(inputs, rng=SEED)
    with pytest.raises(TypeError, match="rows of its world"):
        mesa.Agent(town)
    assert town.agent_types == list(AGENT_TYPES) == list(town.agents_by_type)


def test_copies_are_refused(inputs: Inputs) -> None:
    town = Ecosystem(inputs, rng=SEED)
    for thing in (town, town.agents, town.agents[0]):
        with pytest.raises(TypeError, match="pickled"):
            copy.deepcopy(thing)


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "docs" / "examples" / "town.py"))
    assert "street hub coverage" in capsys.readouterr().out
