"""A finished experiment opened for reading: its tables from its folder, nothing run and nothing written."""

from __future__ import annotations

import shlex
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

from ....experiments.campaign.folder import LOG, MANIFEST, Campaign, reopen
from ....experiments.columns import Columns, read_csv
from ....experiments.study import Study
from ....model.text import Problem, Refusal, Text
from ...experiment_facts import ExperimentFacts

NEEDED = {"compare": ("differences", "costs", "paths", "changes"), "sensitivity": ("indices", "chance")}
STUDIES, POLICIES = "experiments/studies", "experiments/studies/policies"
MORE = {"sobol": ("convergence", "stages", "response"), "latin": ("response",)}  # by method, of sensitivity


def finished_study(folder: Path) -> Study:
    """The comparison or sensitivity analysis in a folder, as it was when its work ended; read once while it stays so.

    Raises Refusal where there is none, where runs are missing, or where its tables have not been written.
    """
    return _opened(folder, tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.glob("*"))))


@lru_cache(maxsize=4)
def _opened(folder: Path, stamps: tuple[tuple[str, int], ...]) -> Study:
    """`stamps` are the folder's files and when each was written."""
    from ....experiments.campaign.results import outcomes_of

    campaign = reopen(folder)
    needed = NEEDED.get(campaign.purpose)
    if needed is None:
        raise Refusal([Problem(Text(
            f"{folder} 是批量推演（sweep）的结果，简报不收录",
            f"{folder} holds a sweep, which a brief does not cover",
        ))])  # fmt: skip
    done = campaign.parts.runs_done() + len(campaign.parts.failed())
    if done < len(campaign.plan) or not all((folder / f"{name}.csv").is_file() for name in needed):
        raise Refusal([Problem(Text(
            f"{folder} 尚未完成；先运行 miaopu resume {folder}",
            f"{folder} is not finished; miaopu resume {folder} goes on with it",
        ))])  # fmt: skip
    there = [name for name in (*needed, *_more(campaign)) if (folder / f"{name}.csv").is_file()]
    kinds = _kinds()
    tables = {name: read_csv(folder / f"{name}.csv", kinds[name]) for name in there}
    return Study(campaign, tables, len(campaign.parts.failed()), {}, outcomes_of(campaign))


def _more(campaign: Campaign) -> tuple[str, ...]:
    method = campaign.experiment.design.method
    return MORE.get(method, ()) if campaign.purpose == "sensitivity" else ()


def _kinds() -> dict[str, dict[str, str]]:
    """The kind of every column of every table."""
    from ....experiments.analysis import cost, paired, paths
    from ....experiments.analysis.chance import Chance
    from ....experiments.analysis.convergence import Convergence
    from ....experiments.analysis.indices import Index
    from ....experiments.analysis.response import Response

    rows: dict[str, type] = {
        "indices": Index, "stages": Index, "chance": Chance, "convergence": Convergence, "response": Response,
    }  # fmt: skip
    words = {str: "text", int: "int", float: "float", bool: "bool"}
    found = {name: {key: words[hint] for key, hint in get_type_hints(row).items()} for name, row in rows.items()}
    return found | {"differences": paired.KINDS, "costs": cost.KINDS, "paths": paths.KINDS, "changes": {}}


def known(study: Study) -> ExperimentFacts:
    """What charts know of the study."""
    from ...study_charts import facts

    return facts(study)


def day(study: Study) -> str:
    """The day on which its runs began, 2026-11-22: as its log says, else that of its manifest."""
    log = study.folder / LOG
    first = log.read_text(encoding="utf-8")[:10] if log.is_file() else ""
    try:
        return datetime.fromisoformat(first).strftime("%Y-%m-%d")
    except ValueError:
        return datetime.fromtimestamp((study.folder / MANIFEST).stat().st_mtime).strftime("%Y-%m-%d")


def command(study: Study) -> str:
    """The command that makes such a study, as far as its manifest tells."""
    manifest, stem = study.campaign.manifest, study.folder.name
    record = manifest["experiment"]
    if study.purpose == "sensitivity":
        words = ["miaopu", "sensitivity", _shipped(study) or f"{stem}.yaml"]
    else:
        rule, now = manifest.get("until_sure"), study.campaign.waves[-1]
        words = ["miaopu", "compare", *map(_policy, record["scenarios"], manifest["scenarios"])]
        words += _sure(rule) if rule else ["--runs", str(now.draws)]
        words += ["--replicates", str(now.replicates)] if now.replicates > 1 else []
        words += ["--seed", str(record["seed"])] if "seed" in record else []
    return shlex.join(words)


def _policy(name: str, scenario: dict[str, Any]) -> str:
    """A scenario as one would type it: one of the shipped policies with its folder."""
    return f"{POLICIES}/{Path(name).name}" if _is_file_of(POLICIES, Path(name).name, scenario["data"]["name"]) else name


def _sure(rule: dict[str, Any]) -> list[str]:
    from ....experiments.comparison import SURE_HALF_WIDTH, SURE_MOST

    usual = {"half_width": SURE_HALF_WIDTH, "most": SURE_MOST, "precision": None}
    told = [(name, rule.get(name)) for name, value in usual.items() if rule.get(name) != value]
    return ["--until-sure", *(word for name, value in told for word in (f"--{name.replace('_', '-')}", str(value)))]


def _shipped(study: Study) -> str:
    """The name of the shipped study that this is, by its folder's name and its own; empty where it is none."""
    stem = study.folder.name
    return stem if _is_file_of(STUDIES, f"{stem}.yaml", study.campaign.manifest["name"]) else ""


def _is_file_of(folder: str, file: str, name: dict[str, str]) -> bool:
    """Whether a file of this program is called `name`."""
    import yaml

    path = Path(__file__).parents[3] / folder / file
    return path.is_file() and (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("name") == name


def table(study: Study, name: str) -> Any:
    """A table as a frame; without rows or columns where the study has none of this name."""
    import pandas as pd

    columns: Columns = study.tables.get(name, {})
    return pd.DataFrame(columns)
