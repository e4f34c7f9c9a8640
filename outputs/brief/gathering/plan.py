"""Which plan a folder is about, and whether several are about the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....model.text import Problem, Refusal, Text

if TYPE_CHECKING:
    from ....experiments.store import Results
    from ....experiments.study import Study
    from ...calibration_tables import Calibration


@dataclass(frozen=True)
class About:
    """A scenario as a folder has it: its file, its name, and its place."""

    stem: str
    name: Text
    place: str  # of what the scenario's `place` says
    data: dict[str, Any]  # the scenario, its layers merged

    @property
    def same(self) -> tuple[str, str]:
        """By which two folders are of one plan."""
        return self.stem, self.place

    @property
    def is_baseline(self) -> bool:
        """Whether nothing is planned in it."""
        return not self.data.get("plan")


@dataclass(frozen=True)
class Opened:
    """A folder of one of the kinds that a brief is made from."""

    folder: Path
    kind: str  # forecast, compare, sensitivity or calibration
    scenarios: tuple[About, ...]  # the base first; none of a calibration
    results: Results | None = None
    study: Study | None = None
    calibration: Calibration | None = None
    as_run: Study | None = None  # a comparison as it was run, where it is read with another base
    first: int = 0  # place of its base there


def about_of(scenario: dict[str, Any]) -> About:
    """A scenario as a manifest keeps it."""
    data = scenario["data"]
    place = data.get("place")
    if isinstance(place, dict):
        place = place.get("roster")
    name = data.get("name") or {}
    stem = Path(scenario["file"]).stem
    return About(stem, Text(name.get("zh", stem), name.get("en", stem)), str(place), data)


def place_name(scenario: dict[str, Any]) -> Text:
    """What a scenario's place is called, from what a manifest keeps of the scenario; empty where it does not say."""
    import yaml

    from ....scenarios.layers import SHIPPED, inside

    place = scenario["data"].get("place")
    name = place.get("name") if isinstance(place, dict) else None
    if isinstance(place, str):
        kept = scenario.get("place_file") or {}
        path = inside(place, SHIPPED)
        text = kept.get("content") or (path.read_text(encoding="utf-8") if path else "")
        told = yaml.load(text, Loader=yaml.CSafeLoader)
        name = told.get("name") if isinstance(told, dict) else None
    return Text(str(name["zh"]), str(name["en"])) if isinstance(name, dict) else Text("", "")


def of_kind(opened: Iterable[Opened], kind: str) -> list[Opened]:
    """The folders of one kind."""
    return [one for one in opened if one.kind == kind]


def plan_of(opened: Sequence[Opened]) -> About | None:
    """The scenario that the brief is about; none where there is only a calibration."""
    for kind in ("forecast", "compare", "sensitivity"):
        for one in of_kind(opened, kind):
            planned = (about for about in one.scenarios if not about.is_baseline)
            return next(planned, one.scenarios[0])
    return None


def check_one_plan(opened: Sequence[Opened], plan: About | None) -> None:
    """Every folder must be about the plan; a further forecast about the same place."""
    wrong = [one for one in opened if plan is not None and one.scenarios and not _fits(one, plan)]
    if plan is None or not wrong:
        return
    problems = [Problem(Text(
        "这些文件夹不是同一个方案的结果，不能写成一份简报：",
        "These folders are not about one plan and do not make one brief:",
    ))]  # fmt: skip
    for one in opened:
        for about in one.scenarios[:1]:
            problems.append(Problem(Text(
                f"{one.folder}：{about.name.zh}（{about.stem}，{about.place}）",
                f"{one.folder}: {about.name.en} ({about.stem}, {about.place})",
            )))  # fmt: skip
    raise Refusal(problems)


def _fits(one: Opened, plan: About) -> bool:
    if one.kind == "forecast":
        return one.scenarios[0].place == plan.place
    return plan.same in [about.same for about in one.scenarios]
