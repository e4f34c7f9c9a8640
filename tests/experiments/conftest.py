"""One small forecast that the tests of this folder share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from miaopu.experiments.forecast import forecast, with_settings
from miaopu.experiments.store import Results
from miaopu.model.inputs import Inputs
from miaopu.scenarios.compiling import inputs_of
from miaopu.scenarios.layers import Resolved, resolve

DRAWS, REPLICATES = 3, 2


@pytest.fixture(scope="session")
def town() -> tuple[Inputs, Resolved]:
    resolved = resolve("town")
    return with_settings(inputs_of(resolved), DRAWS, REPLICATES, None), resolved


@pytest.fixture(scope="session")
def made(town: tuple[Inputs, Resolved], tmp_path_factory: pytest.TempPathFactory) -> Results:
    return forecast(*town, tmp_path_factory.mktemp("results") / "town", workers=1)


@pytest.fixture
def copied(made: Results, tmp_path: Path) -> Path:
    return shutil.copytree(made.folder, tmp_path / "copied")
