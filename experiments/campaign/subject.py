"""What is run: the model at a point of the design. Anything with the same two methods can take its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from ...model.inputs import Inputs
from ...model.vocabulary import indicators
from ..columns import Columns, text_column
from ..design.applying import applied
from ..design.experiment import Experiment, Keep
from ..design.points import Points
from ..money import spent_by_year
from ..single import judged, target_rows
from .plan import Plan, Task

Tables = dict[str, Columns]  # by the table's name, without ".parquet"


class Subject(Protocol):
    """Something that an experiment can run: it goes to the workers as a whole, once."""

    def __call__(self, task: Task) -> Tables:
        """What one run gives; rows of each table without the run's number. Raises whatever goes wrong."""
        ...

    def index(self, table: str, scenario: int) -> Columns:
        """Columns of a table that are the same in every run of a scenario and so are not sent about."""
        ...


@dataclass(frozen=True, eq=False)  # hashed by identity, for the caches below
class ModelSubject:
    """The model under the scenarios of an experiment."""

    scenarios: tuple[Inputs, ...]
    points: Points
    constants: dict[str, float | str]
    seed: int
    drawn: bool  # whether parameters are drawn; else they stay at their medians
    keep: Keep

    def __call__(self, task: Task) -> Tables:
        """Simulate one run and keep what the experiment asks for."""
        from ...model.simulation import simulate

        inputs, fixed = _at_point(self, task.scenario, task.point)
        parameters = _drawn(self, task.scenario, task.draw) | fixed
        outcome = simulate(inputs, parameters, task.seed)
        tables = {
            "outcomes": _outcomes(inputs, outcome.tallies),
            "months": _months(inputs, outcome.tallies, self.keep),
            "money": {"public_yuan": spent_by_year(outcome.ledger)},
        }
        if "districts" in self.keep.tables:
            tables["districts"] = _districts(inputs, outcome.tallies, self.keep)
        if "streets" in self.keep.tables:
            nominal, effective = outcome.street_first_nominal, outcome.street_first_effective
            tables["streets"] = {
                "first_nominal": nominal.astype(np.int16),
                "first_effective": effective.astype(np.int16),
            }
        if "ledger" in self.keep.tables:
            tables["ledger"] = _ledger(inputs, outcome.ledger)
        return tables

    def index(self, table: str, scenario: int) -> Columns:
        """Target and way of counting, month, year, district or street of the rows of one run."""
        inputs = self.scenarios[scenario]
        if table == "outcomes":
            rows = target_rows(inputs)
            return {
                "target": text_column([row.id for row in rows]),
                "counts": text_column([row.counts for row in rows]),
            }
        if table == "months":
            return _calendar(inputs, kept_months(inputs, self.keep))
        if table == "districts":
            months, districts = kept_months(inputs, self.keep), inputs.place.districts
            calendar = {name: np.repeat(column, districts) for name, column in _calendar(inputs, months).items()}
            return {**calendar, "district": np.tile(np.arange(districts, dtype=np.int32), len(months))}
        if table == "streets":
            return {"street": np.arange(len(inputs.place.street_name), dtype=np.int32)}
        return {"year": np.array(inputs.years, np.int32)} if table == "money" else {}


def model_subject(experiment: Experiment, inputs: tuple[Inputs, ...], plan: Plan) -> ModelSubject:
    """The model under an experiment's scenarios."""
    drawn = experiment.draws is not None
    return ModelSubject(inputs, plan.points, experiment.constants, experiment.seed, drawn, experiment.keep)


def kept_months(inputs: Inputs, keep: Keep) -> np.ndarray:
    """The month indices that are kept of a run."""
    last = inputs.months - 1
    if keep.months == "last":
        return np.array([last])
    months = range(inputs.months)
    if keep.months == "year_ends":
        months = [month for month in months if inputs.year_month(month)[1] == 12 or month == last]
    return np.array(months)


def kept_by_district(keep: Keep) -> list[str]:
    """Those of the kept indicators that are told by district."""
    return [name for name in keep.indicators if indicators()[name].by_district]


@lru_cache(maxsize=64)
def _at_point(subject: ModelSubject, scenario: int, point: int) -> tuple[Inputs, dict[str, float]]:
    """Replicates of one point follow each other and share its inputs."""
    return applied(subject.scenarios[scenario], subject.points.settings_at(point, subject.constants))


@lru_cache(maxsize=4096)
def _drawn(subject: ModelSubject, scenario: int, draw: int) -> dict[str, float]:
    from ...model.uncertainty import central_parameters, parameters_of_draw

    inputs = subject.scenarios[scenario]
    return parameters_of_draw(inputs, subject.seed, draw) if subject.drawn else central_parameters(inputs.parameters)


def _outcomes(inputs: Inputs, tallies: np.ndarray) -> Columns:
    from ...model.targets import first_reached

    figures, reached = judged(inputs, tallies)
    first = np.array([first_reached(row, tallies, inputs) for row in target_rows(inputs)], np.int32)
    return {"measured": figures, "reached": reached, "first": first}


def _months(inputs: Inputs, tallies: np.ndarray, keep: Keep) -> Columns:
    from ...model.indicators import indicator_values

    months, whole = kept_months(inputs, keep), np.ones((tallies.shape[1], 1))
    return {name: indicator_values(name, tallies, whole)[months, 0].astype(np.float32) for name in keep.indicators}


def _districts(inputs: Inputs, tallies: np.ndarray, keep: Keep) -> Columns:
    from ...model.indicators import indicator_by_district

    months, names = kept_months(inputs, keep), kept_by_district(keep)
    found = indicator_by_district(tallies, names)
    return {name: found[name][months].astype(np.float32).ravel() for name in names}


def _ledger(inputs: Inputs, fen: np.ndarray) -> Columns:
    """Movements that are not zero, by year, payer and instrument."""
    from ...model.ledger import ACCOUNTS, FEN, INSTRUMENTS

    year, payer, instrument = np.nonzero(fen)
    return {
        "year": np.array(inputs.years, np.int32)[year],
        "payer": text_column([ACCOUNTS[k] for k in payer]),
        "instrument": text_column([INSTRUMENTS[k].name for k in instrument]),
        "yuan": fen[year, payer, instrument] / FEN,
    }


def _calendar(inputs: Inputs, months: np.ndarray) -> Columns:
    calendar = np.array([inputs.year_month(int(month)) for month in months], np.int32)
    return {"month": months.astype(np.int32), "year": calendar[:, 0], "month_of_year": calendar[:, 1]}
