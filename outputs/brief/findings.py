"""What a brief knows: every figure that its sentences and tables are built from, and nothing else.

Findings are gathered from results folders once; text in either language, tables and captions follow from them alone.
They can be kept as JSON, so that a brief can be written again, word for word, without the runs. Shares and
probabilities are between 0 and 1, money is in yuan; an unknown figure is nan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import nan

from ...model.text import Text
from ..experiment_facts import Measure

NOMINAL, EFFECTIVE, ALL = "nominal", "effective", "all"


@dataclass(frozen=True)
class Chance:
    """A probability with its 95 % interval, and the runs it rests on."""

    value: float
    low: float
    high: float
    draws: int  # parameter draws: what the interval counts
    runs: int  # runs in all
    covers: Text  # what the interval covers


@dataclass(frozen=True)
class Spread:
    """A median with its 5–95 % range over runs, and the Monte Carlo standard error of the median."""

    value: float
    low: float
    high: float
    error: float = nan


@dataclass(frozen=True)
class Change:
    """A mean difference with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class TargetFinding:
    """One target, counted one way. The first of a target's rows is counted as the target itself says."""

    id: str  # "hubs"
    counts: str  # nominal, effective, or all where there is one way
    own: bool  # counted as the target itself says
    label: Text
    clause: str  # "SZ-01i"; may be empty
    indicator: str
    unit: str
    scope: str  # as in targets.csv: "whole", "every district", "every prefecture: 3"
    sense: str  # ">=" or "<="
    threshold: float
    deadline: str  # "2025-12" or "every year"
    reading: str  # which reading of an ambiguous clause; may be empty
    chance: Chance
    outcome: Spread
    baseline: Chance | None = None  # without the plan
    baseline_outcome: Spread | None = None

    @property
    def key(self) -> str:
        """What options, levers and assumptions call it: "hubs.nominal"."""
        return f"{self.id}.{self.counts}"


@dataclass(frozen=True)
class Price:
    """What one more percentage point of a target's figure costs in an option, against the base (yuan)."""

    target: str  # key of the target
    value: float
    low: float
    high: float
    verdict: str  # as in costs.csv: dearer, saving, ...
    why: Text


@dataclass(frozen=True)
class OptionFinding:
    """One of several policies: chances, figures and money, and how they differ from the base."""

    key: str  # file name of the scenario
    name: Text
    about: str  # "base", "other", or "baseline" for the scenario without a plan
    chances: Mapping[str, Chance]  # by key of the target
    outcomes: Mapping[str, Spread] = field(default_factory=dict)  # figure at the check: mean, with its 95 % interval
    money: Spread | None = None  # public money up to the last deadline: mean, with its 95 % interval
    chance_changes: Mapping[str, Change] = field(default_factory=dict)  # other minus base, paired
    outcome_changes: Mapping[str, Change] = field(default_factory=dict)
    money_change: Change | None = None
    prices: tuple[Price, ...] = ()
    differs_in: tuple[tuple[str, str, str], ...] = ()  # what the scenarios say: path, base's value, this one's


@dataclass(frozen=True)
class Interaction:
    """How much two factors do only together (S2), with its interval."""

    other: Text
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class FactorFinding:
    """How much of an outcome hangs on a factor."""

    name: str
    label: Text
    role: str  # lever or uncertainty
    value: float  # ST, mu_star or pawn, as `FactorSet.index` says
    low: float
    high: float
    alone: float = nan  # S1, where there is one
    rises: int = 0  # +1: a higher value raises the outcome, -1 lowers it, 0 not clear
    interactions: tuple[Interaction, ...] = ()
    mark: str = ""  # of the parameter's figure: S, M, D, K; empty for levers
    source: str = ""


@dataclass(frozen=True)
class FactorSet:
    """What carries one outcome, from a sensitivity analysis; factors in falling order."""

    target: str  # key of the target, "hubs.nominal"; may be empty for other outcomes
    kind: str  # reached, measured, ...: of what the indices speak
    label: Text  # of the outcome
    scenario: Text
    index: str  # ST, mu_star or pawn
    levers: tuple[FactorFinding, ...]
    uncertainties: tuple[FactorFinding, ...]
    inert_high: float  # upper end of the control's interval: nothing below it is told from nothing
    converged: bool | None  # None: not judged
    points: int
    share_chance: float = nan  # of a single run's variance


@dataclass(frozen=True)
class Payment:
    """What is paid for by one instrument over all years, mean over runs (yuan)."""

    label: Text
    yuan: float


@dataclass(frozen=True)
class MoneyFinding:
    """What funders pay from the first to the last year (yuan)."""

    first_year: int
    last_year: int
    total: Spread  # over runs
    payments: tuple[Payment, ...]  # largest first
    baseline: Spread | None = None


@dataclass(frozen=True)
class AfterFinding:
    """What remains of a figure at the end of the simulation, after the last deadline."""

    indicator: str
    label: Text
    unit: str
    deadline: str  # "2025-12"
    end: str
    at_deadline: Spread
    at_end: Spread
    change: Change  # of the median run by run: end minus deadline, mean with 95 % interval


@dataclass(frozen=True)
class GridFinding:
    """How the answer hangs on the two unobserved figures of a hub target."""

    target: str  # key
    worst: float  # lowest probability on the grid, and where
    worst_at: tuple[float, float]  # start coverage, order strength
    best: float
    best_at: tuple[float, float]
    centre: float
    needed: float  # lowest start coverage on the grid at which P ≥ 0.66 with the plan's own order strength; nan if none


@dataclass(frozen=True)
class AssumptionFinding:
    """A judged figure, and how far the answer moves between its ends."""

    name: str
    label: Text
    value: str
    low: str
    high: str
    unit: str
    mark: str
    source: str
    target: str = ""  # key of the target whose probability it moves
    at_low: float = nan
    at_high: float = nan
    difference: Change | None = None


@dataclass(frozen=True)
class CalibrationFinding:
    """How far the parameters rest on data."""

    figures_fitted: int
    parameters_fitted: int
    hindcasts: int  # series
    hindcasts_won: int  # in which the model beats every naive forecast
    patterns: Mapping[str, int]  # verdict → number of stylised facts: reproduced, partly, not
    rivals_excluded: tuple[Text, ...]  # rival rules that the data rule out
    rivals_open: tuple[Text, ...]  # rival rules that they do not
    rankings_changed: int  # pairs of policies that surely change places under an open rival rule
    rankings: int


@dataclass(frozen=True)
class Source:
    """One folder that the brief was made from."""

    kind: str  # forecast, compare, sensitivity, calibration
    name: Text
    run_id: str
    date: str  # 2026-11-22
    version: str
    draws: int
    replicates: int
    runs: int
    failed: int
    seed: int
    parameters: Text  # one sentence: where the parameters come from
    command: str  # by which it was made


@dataclass(frozen=True)
class ChartFinding:
    """A chart that can be drawn from one of the folders: its name, and from which source."""

    name: str  # "coverage", "differences", …: as `outputs/gallery.py` calls it
    source: int  # place in `Findings.sources`


@dataclass(frozen=True)
class Findings:
    """All that a brief is written from."""

    plan: Text  # name of the (first) scenario
    baseline: Text | None  # name of the scenario without the plan
    place: Text
    sources: tuple[Source, ...]
    targets: tuple[TargetFinding, ...] = ()
    options: tuple[OptionFinding, ...] = ()  # the base first
    factors: tuple[FactorSet, ...] = ()
    money: MoneyFinding | None = None
    after: tuple[AfterFinding, ...] = ()
    grid: GridFinding | None = None
    assumptions: tuple[AssumptionFinding, ...] = ()  # largest effect first
    calibration: CalibrationFinding | None = None
    measures: Mapping[str, Measure] = field(default_factory=dict)  # by key of the target and other outcomes
    charts: tuple[ChartFinding, ...] = ()
