"""The calibration from end to end: a folder in which every stage leaves its tables.

| stage | what it leaves |
|---|---|
| bank | bank.parquet; screening.csv |
| fit | history.db, fit.json, generations.csv; posterior.json |
| checks | tables of `checking.py` |
| recovery | recovery-K/, recovery_fits.csv; the tables of `checking.py` anew |
| rivals | bank-RULE.parquet; rivals.csv, ranking.csv, survival.csv, swaps.csv |
| patterns | patterns.csv, rival_patterns.csv |
| forecasts | forecasts.csv |

A stage that is there already and of the same code, data and settings is not done again where it is dear (bank, fit).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.text import Problem, Refusal, Text
from ..model.vocabulary import parameters
from .bank import Bank, make_bank, read_bank, write_bank
from .observations import fitted
from .settings import Settings, settings
from .simulating import SCENARIOS, Simulator, load_simulator, only

if TYPE_CHECKING:
    from ..experiments.columns import Columns
    from ..experiments.ensemble import Progress
    from ..model.posterior import Posterior
    from .fitting.history import Fitted
    from .observations import Observation

POSTERIOR = "posterior.json"
RECOVERY = "recovery_fits.csv"
HERE = Path(__file__).parent
SMALL = ("hunan-stations-2018-2019", "ningbo-2010-2018")
USUAL = ("bank", "fit", "checks")
GENERATIONS = 3  # of a fit: from the priors, one step in between, the posterior; so few data need no more


@dataclass(frozen=True)
class Calibration:
    """Where a calibration is done, of what, and by how many workers."""

    folder: Path
    settings: Settings
    workers: int | None = None
    progress: Progress | None = None
    scenarios: tuple[str, ...] = ()  # of the places that are used; all where there is none

    @cached_property
    def simulator(self) -> Simulator:
        """The places, under the model's own rules."""
        return self.under({})

    def under(self, fixed: Mapping[str, float]) -> Simulator:
        """The places, some parameters held fixed."""
        whole = load_simulator(self.settings, fixed)
        return only(whole, self.scenarios) if self.scenarios else whole

    @property
    def observations(self) -> tuple[Observation, ...]:
        """What is simulated: fitted, and held out."""
        return self.simulator.observations

    @cached_property
    def subject(self) -> dict[str, Any]:
        """What simulations follow from: the code, the scenarios, what is measured, and the settings but for numbers."""
        from ..experiments.manifest import fingerprint

        made_with, chosen = fingerprint(), asdict(self.settings)
        numbers = ("bank", "rival_bank", "early_particles", "particles")
        measures = [(seen.id, seen.indicator, seen.measure, seen.scenario, seen.month) for seen in self.observations]
        found = {
            "miaopu": made_with["miaopu"],
            "model_sources": made_with["model_sources"],
            "simulator": digest([HERE / name for name in ("simulating.py", "settings.py")]),
            "scenarios": digest(sorted(SCENARIOS.glob("*.yaml")) + sorted(SCENARIOS.glob("regions/*.yaml"))),
            "measured": measures,
            "settings": {name: value for name, value in chosen.items() if name not in numbers},
        }
        return json.loads(json.dumps(found))  # as it comes back from a file

    def bank(self, fixed: Mapping[str, float] | None = None, name: str = "bank", rows: int | None = None) -> Bank:
        """The bank in the folder, made first where there is none of the same making."""
        path, rows = self.folder / f"{name}.parquet", rows or self.settings.bank
        told = self.subject | {"fixed": dict(fixed or {}), "rows": rows}
        found = read_bank(path, told)
        if found is None:
            found = make_bank(self.under(fixed or {}), rows, self.workers, self.progress)
            write_bank(found, path, told)
        return found

    def search(self, seen: Sequence[Observation], seed: int, particles: int, early: int, folder: Path) -> Fitted:
        """Fit to `seen` in `folder`, going on where a fit was interrupted. Raises Refusal (see `fitting.fit.fit`)."""
        from .fitting.fit import FitSettings, fit

        priors = {name: parameters()[name].prior for name in self.settings.fitted}
        subject = self.subject | {"fitting": digest(sorted(HERE.glob("fitting/*.py")))}
        return fit(
            self.simulator, priors, seen, FitSettings(seed, particles, early, GENERATIONS), folder,
            self.workers, self.progress, resume=(folder / "fit.json").exists(), subject=subject,
        )  # fmt: skip

    def posterior(self) -> Posterior:
        """What the fit has left. Raises Refusal where there is none yet."""
        from ..model.posterior import read_posterior

        return read_posterior(self.folder / POSTERIOR)

    def write(self, tables: Mapping[str, Columns]) -> None:
        """Tables by file name, each appearing whole."""
        from ..experiments.campaign.parts import write_csv_whole

        for name, columns in tables.items():
            write_csv_whole(self.folder / name, columns)


def install(work: Calibration) -> None:
    """Let the program use this posterior by default. Raises Refusal where it cannot be read."""
    import shutil

    work.posterior()
    shutil.copyfile(work.folder / POSTERIOR, HERE / POSTERIOR)


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 of the files, names and contents."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def calibrate(work: Calibration, stages: Sequence[str] = USUAL) -> Calibration:
    """Do the `stages` in their order, in the folder. Raises Refusal, also for a stage that there is not."""
    if unknown := [stage for stage in stages if stage not in STAGES]:
        listed = ", ".join(STAGES)
        raise Refusal([
            Problem(Text(f"没有“{stage}”这一步；可选：{listed}", f"no such stage: `{stage}`; there are {listed}"))
            for stage in unknown
        ])  # fmt: skip
    work.folder.mkdir(parents=True, exist_ok=True)
    for stage, do in STAGES.items():
        if stage in stages:
            do(work)
    return work


def _bank(work: Calibration) -> None:
    """Simulations from the priors, and what each observation hangs on."""
    from .checks.screening import screening

    bank = work.bank()
    work.write({"screening.csv": screening(bank.common, bank.figures, work.observations, bank.local)})


def _fit(work: Calibration) -> None:
    """The posterior."""
    from .fitting.stored import generations_table, store

    chosen = work.settings
    seen = fitted(work.observations)
    found = work.search(seen, chosen.seed, chosen.particles, chosen.early_particles, work.folder)
    work.write({"generations.csv": generations_table(found)})
    store(work.folder / POSTERIOR, found, chosen.place_effects)


def _checks(work: Calibration) -> None:
    """Everything that the bank and the posterior can tell without another simulation."""
    from .checking import tables
    from .recovering import with_fits

    found = tables(work.bank(), work.posterior(), work.observations, work.settings)
    fits = work.folder / RECOVERY
    if fits.is_file():
        found["recovery.csv"] = with_fits(found["recovery.csv"], fits)
    work.write(found)


def _recovery(work: Calibration) -> None:
    """Fits of made data: does the search find what made them?"""
    from .recovering import recovered_fits

    work.write({RECOVERY: recovered_fits(work)})
    _checks(work)


def _rivals(work: Calibration) -> None:
    """Rival rules on the same observations, and whether the ranking of policies survives them."""
    from .rivalry import rival_tables

    work.write(rival_tables(work))


def _patterns(work: Calibration) -> None:
    """Stylised facts under the posterior."""
    from .rivalry import pattern_tables

    work.write(pattern_tables(work))


def _forecasts(work: Calibration) -> None:
    """Both plans with the priors and with the posterior."""
    from .forecasts import forecasts

    found = forecasts(str(work.folder / POSTERIOR), None, work.workers, work.progress)
    work.write({"forecasts.csv": found})


STAGES: dict[str, Callable[[Calibration], None]] = {
    "bank": _bank,
    "fit": _fit,
    "checks": _checks,
    "recovery": _recovery,
    "rivals": _rivals,
    "patterns": _patterns,
    "forecasts": _forecasts,
}


def small(folder: Path | str, workers: int | None = None, progress: Progress | None = None) -> Calibration:
    """Two places, few simulations: to try the way from end to end in a minute, not to be used for anything."""
    chosen = settings()
    few = replace(
        chosen,
        replicates=dict.fromkeys(chosen.replicates, 2),
        bank=150,
        rival_bank=150,
        early_particles=20,
        particles=20,
    )
    return Calibration(Path(folder), few, workers, progress, SMALL)
