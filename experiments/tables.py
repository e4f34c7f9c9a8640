"""The tables of a forecast, made from an ensemble. Columns and their order are part of the format."""

from __future__ import annotations

import numpy as np

from .. import __version__
from ..model.inputs import Inputs
from ..model.vocabulary import indicators
from .columns import Columns, text_column
from .ensemble import Ensemble
from .single import by_district, kept_months, target_rows


def runs_table(ensemble: Ensemble, scenario_hash: str) -> Columns:
    """One row per run: where its luck and its parameters come from."""
    run = ensemble.run
    draw = ensemble.draw[run]
    table: Columns = {
        "run": run.astype(np.int32),
        "scenario_hash": text_column([scenario_hash] * len(run)),
        "draw": draw.astype(np.int32),
        "replicate": ensemble.replicate[run].astype(np.int32),
        "seed": ensemble.seed[run].view(np.int64),  # the same 64 bits: readers disagree on unsigned
        "version": text_column([__version__] * len(run)),
    }
    for name in varying(ensemble.inputs):
        drawn = np.array([parameters[name] for parameters in ensemble.parameters], np.float64)
        table[f"p_{name}"] = drawn[draw]
    return table


def varying(inputs: Inputs) -> list[str]:
    """Names of the parameters that are drawn."""
    return [name for name, parameter in inputs.parameters.items() if not parameter.prior.is_fixed]


def months_table(ensemble: Ensemble) -> Columns:
    """One row per run and month, one column per indicator of the whole place."""
    months = np.arange(ensemble.inputs.months)
    table = _run_by_month(ensemble, months)
    for place, name in enumerate(indicators()):
        table[name] = ensemble.kept.months[:, :, place].ravel()
    return table


def districts_table(ensemble: Ensemble) -> Columns:
    """One row per run, district and kept month (every December and the last)."""
    months = np.array(kept_months(ensemble.inputs))
    districts = len(ensemble.inputs.place.district_name)
    table = {name: np.repeat(column, districts) for name, column in _run_by_month(ensemble, months).items()}
    table["district"] = np.tile(np.arange(districts, dtype=np.int32), len(ensemble.run) * len(months))
    for place, name in enumerate(by_district()):
        table[name] = ensemble.kept.districts[:, :, :, place].ravel()
    return table


def _run_by_month(ensemble: Ensemble, months: np.ndarray) -> Columns:
    calendar = np.array([ensemble.inputs.year_month(int(month)) for month in months], np.int32)
    return {
        "run": np.repeat(ensemble.run.astype(np.int32), len(months)),
        "month": np.tile(months.astype(np.int32), len(ensemble.run)),
        "year": np.tile(calendar[:, 0], len(ensemble.run)),
        "month_of_year": np.tile(calendar[:, 1], len(ensemble.run)),
    }


def streets_table(ensemble: Ensemble) -> Columns:
    """One row per run and street: the month of its first hub, nominal and effective, or -1."""
    streets = ensemble.kept.first_nominal.shape[1]
    return {
        "run": np.repeat(ensemble.run.astype(np.int32), streets),
        "street": np.tile(np.arange(streets, dtype=np.int32), len(ensemble.run)),
        "first_nominal": ensemble.kept.first_nominal.ravel(),
        "first_effective": ensemble.kept.first_effective.ravel(),
    }


def ledger_table(ensemble: Ensemble) -> Columns:
    """One row per run, year, payer and instrument, in yuan.

    Pairs of payer and instrument that never move money in any run are left out; all others have a row in
    every run and year, zeros included, so that quantiles over runs are right.
    """
    from ..model.ledger import ACCOUNTS, INSTRUMENTS

    fen = ensemble.kept.ledger
    payer, instrument = np.nonzero(fen.any(axis=(0, 1)))
    runs, years, pairs = fen.shape[0], fen.shape[1], len(payer)
    return {
        "run": np.repeat(ensemble.run.astype(np.int32), years * pairs),
        "year": np.tile(np.repeat(np.array(ensemble.inputs.years, np.int32), pairs), runs),
        "payer": np.tile(text_column([ACCOUNTS[i] for i in payer]), runs * years),
        "instrument": np.tile(text_column([INSTRUMENTS[i].name for i in instrument]), runs * years),
        "yuan": fen[:, :, payer, instrument].ravel() / 100.0,
    }


def outcomes_table(ensemble: Ensemble) -> Columns:
    """One row per run and row of targets.csv: the measured value, and whether the target is reached."""
    rows = target_rows(ensemble.inputs)
    runs = len(ensemble.run)
    return {
        "run": np.repeat(ensemble.run.astype(np.int32), len(rows)),
        "target": np.tile(text_column([row.id for row in rows]), runs),
        "counts": np.tile(text_column([row.counts for row in rows]), runs),
        "measured": ensemble.kept.measured.ravel(),
        "reached": ensemble.kept.reached.ravel(),
    }


def failures_table(ensemble: Ensemble) -> Columns:
    """One row per run that failed, with its error."""
    failed = np.array([failure.position for failure in ensemble.failures], np.int64)
    return {
        "run": failed,
        "draw": ensemble.draw[failed].astype(np.int64),
        "replicate": ensemble.replicate[failed].astype(np.int64),
        "seed": ensemble.seed[failed].view(np.int64),
        "error": text_column([" ".join(failure.error.split()) for failure in ensemble.failures]),
    }


def places_table(inputs: Inputs) -> Columns:
    """Prefectures (where there are any), districts and streets; `parent` is an index of the level above."""
    place = inputs.place
    levels = [
        ("prefecture", place.prefectures, [-1] * len(place.prefectures)),
        ("district", place.district_name, place.district_prefecture.tolist()),
        ("street", place.street_name, place.street_district.tolist()),
    ]
    rows = [
        (level, index, name.zh, name.en, int(parent))
        for level, names, parents in levels
        for index, (name, parent) in enumerate(zip(names, parents, strict=True))
    ]
    level, index, zh, en, parent = (list(column) for column in zip(*rows, strict=True))
    return {
        "level": text_column(level),
        "index": np.array(index, np.int64),
        "name_zh": text_column(zh),
        "name_en": text_column(en),
        "parent": np.array(parent, np.int64),
    }
