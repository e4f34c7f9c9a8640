"""The plan of an experiment as tables: every planned run, and the parameters of every draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ... import __version__
from ..columns import Columns, text_column

if TYPE_CHECKING:
    from .folder import Campaign


def runs_table(campaign: Campaign) -> Columns:
    """One row per planned run: where its luck and its parameters come from."""
    plan = campaign.plan
    hashes = text_column(campaign.manifest["scenario_sha256"])
    axes = ("block", "scenario", "point", "draw", "replicate")
    columns = {name: plan.columns[name].astype(np.int32) for name in axes}
    return {
        "run": np.arange(len(plan), dtype=np.int32),
        **columns,
        "scenario_hash": hashes[plan.columns["scenario"]],
        "seed": plan.seeds.view(np.int64),  # the same 64 bits: readers disagree on unsigned
        "version": text_column([__version__] * len(plan)),
    }


def draws_table(campaign: Campaign) -> Columns:
    """The drawn parameters: one row per scenario and draw, `p_<name>` for every parameter that varies."""
    from ...model.uncertainty import parameters_of_draw
    from ..tables import varying

    draws, seed = campaign.waves[-1].draws, campaign.experiment.seed
    names = dict.fromkeys(name for inputs in campaign.inputs for name in varying(inputs))
    drawn = [parameters_of_draw(inputs, seed, draw) for inputs in campaign.inputs for draw in range(draws)]
    scenarios = len(campaign.inputs)
    return {
        "scenario": np.repeat(np.arange(scenarios, dtype=np.int32), draws),
        "draw": np.tile(np.arange(draws, dtype=np.int32), scenarios),
        **{f"p_{name}": np.array([one[name] for one in drawn], np.float64) for name in names},
    }
