"""What a calibration's folder says: how far parameters rest on data, and how far the answer hangs on judged figures."""

from __future__ import annotations

from pathlib import Path

from ....experiments.grid import COVERAGE_PARAMETER, FELT_PARAMETER
from ....model.text import Text
from ....model.vocabulary import parameters
from ...assumption_words import Row, read_log
from ...calibration_tables import Calibration
from ..findings import AssumptionFinding, CalibrationFinding, Change, Source
from .from_comparison import key_of

MOST = 12  # assumptions of a target
RULED_OUT = 3.0  # a rule whose log evidence is surely this far behind: odds of 20 to 1 against it
NAME = Text("参数校准", "Calibration of the parameters")


def finding(known: Calibration, plan: str) -> CalibrationFinding:
    """How far the model rests on data; rankings of policies are those of the plan of this file name, else of all."""
    predictive, patterns = known.get("predictive"), known.get("patterns")
    excluded, still = _rivals(known)
    wins = _hindcasts(known)
    changed, rankings = _rankings(known, plan, [rule for rule, _ in still])
    verdicts = [] if patterns is None else list(patterns["verdict"])
    return CalibrationFinding(
        figures_fitted=0 if predictive is None else int((predictive["role"] == "fit").sum()),
        parameters_fitted=len(known.told.get("names", ())),
        hindcasts=len(wins),
        hindcasts_won=sum(wins),
        patterns={name: verdicts.count(name) for name in ("reproduced", "partly", "not") if name in verdicts},
        rivals_excluded=tuple(label for _, label in excluded),
        rivals_open=tuple(label for _, label in still),
        rankings_changed=changed,
        rankings=rankings,
    )


def _rivals(known: Calibration) -> tuple[list[tuple[str, Text]], list[tuple[str, Text]]]:
    """The rival rules that the data rule out, and the others, by name and label."""
    table = known.get("rivals")
    found: tuple[list[tuple[str, Text]], list[tuple[str, Text]]] = ([], [])
    if table is not None:
        for _, row in table[table["quantity"] == "log_evidence_over_own"].iterrows():
            out = float(row["high"]) < -RULED_OUT
            found[0 if out else 1].append((str(row["rule"]), Text(str(row["label_zh"]), str(row["label_en"]))))
    return found


def _hindcasts(known: Calibration) -> list[bool]:
    """Of each series whether the model's score beats that of every naive forecast."""
    table = known.get("hindcast")
    if table is None:
        return []
    found = []
    for _, rows in table.groupby("series", sort=False):
        own, naive = (rows.loc[(rows["forecast"] == "model") == mine, "crps"] for mine in (True, False))
        if len(own):
            found.append(bool(own.iloc[0] < naive.min()))
    return found


def _rankings(known: Calibration, plan: str, rules: list[str]) -> tuple[int, int]:
    """Pairs of policies that surely change places under rules that the data leave open, of how many."""
    table = known.get("survival")
    if table is None:
        return 0, 0
    mine = table[(table["plan"] == plan) & table["rule"].isin(rules)]
    return int(mine["surely_swapped"].sum()), int(mine["pairs"].sum())


def assumptions(folder: Path, plan: str) -> tuple[AssumptionFinding, ...]:
    """The judged figures on which a target of the plan clearly hangs; for each target the largest effect first."""
    if not all((folder / name).is_file() for name in ("assumptions.csv", "assumption-targets.csv")):
        return ()
    rows = [row for row in read_log(folder, plan).rows if row["outcome"] and row["clear"] == "True"]
    found: dict[str, list[AssumptionFinding]] = {}
    for one in map(_assumption, rows):
        if one.difference is not None and (one.difference.low > 0 or one.difference.high < 0):
            found.setdefault(one.target, []).append(one)
    return tuple(one for some in found.values() for one in sorted(some, key=_size)[:MOST])


def _size(one: AssumptionFinding) -> float:
    return -abs(one.difference.value) if one.difference else 0.0


def _assumption(row: Row) -> AssumptionFinding:
    change = Change(*(float(row[f"difference{end}"]) for end in ("", "_low", "_high")))
    label = Text(row["label_zh"], row["label_en"])
    return AssumptionFinding(
        row["figure"], label, row["value"], row["low"], row["high"], row["unit"], row["mark"], row["source"],
        key_of(row["outcome"]), float(row["at_low"]), float(row["at_high"]), change,
    )  # fmt: skip


def unobserved() -> tuple[AssumptionFinding, ...]:
    """The two figures that nobody has published and that decide on hub targets, from the model's own table."""
    rows = (parameters()[name] for name in (COVERAGE_PARAMETER, FELT_PARAMETER))
    return tuple(
        AssumptionFinding(
            row.name, row.label, f"{row.value:.6g}", f"{row.low:.6g}", f"{row.high:.6g}", row.unit, row.mark, row.source
        )
        for row in rows
    )


def source(known: Calibration) -> Source:
    """Where a calibration comes from; its tables carry no date."""
    told, fit = known.told, known.told.get("fit", {})
    sets, names, runs = (len(told.get("weights", ())), len(told.get("names", ())), int(fit.get("simulations", 0)))
    return Source(
        kind="calibration",
        name=NAME,
        run_id=known.digest,
        date="",
        version=str(told.get("made_with", {}).get("miaopu", "")),
        draws=sets,
        replicates=1,
        runs=runs,
        failed=0,
        seed=int(fit.get("seed", 0)),
        parameters=Text(
            f"{names}个参数拟合自已公布的数据，后验参数{sets}组，其余取先验。",
            f"{names} parameters were fitted to published figures ({sets} sets); the others keep their priors.",
        ),
        command="miaopu calibrate",
    )
