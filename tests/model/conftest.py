"""The small town with a plan, without one, and under shocks: what the tests of whole runs share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from miaopu.model.inputs import Inputs
from miaopu.scenarios import load

pytest.register_assert_rewrite("miaopu.tests.model.invariants")  # so that a failure shows its figures


@pytest.fixture(scope="session")
def plan() -> Inputs:
    """The town's plan, which uses nearly every lever."""
    return load("town")


@pytest.fixture(scope="session")
def baseline() -> Inputs:
    """The town without a plan."""
    return load("town-baseline")


@pytest.fixture(scope="session")
def shocked(plan: Inputs) -> Inputs:
    """The plan under heavy shocks to everything, one after another, and a clean-up."""
    shocks, clean_up = plan.shocks.copy(), plan.clean_up.copy()
    for k, name in enumerate(shocks.dtype.names or ()):
        shocks[name][3 + 4 * k : 9 + 4 * k] = 4.0 if name == "exit" else 0.0
    clean_up[30:33] = 0.8
    return replace(plan, shocks=shocks, clean_up=clean_up)


@pytest.fixture(scope="session", params=["baseline", "plan", "shocked"])
def town(request: pytest.FixtureRequest) -> Inputs:
    """Each of the three."""
    return request.getfixturevalue(request.param)
