"""Do what is left of a plan: runs go to workers in chunks, come back in any order, and become whole parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..ensemble import SIMULATING, Progress, compile_first
from ..pool import run_all
from .folder import Campaign
from .parts import Parts, tables_of
from .plan import Plan, Task
from .subject import ModelSubject, Subject, Tables


@dataclass(frozen=True)
class Done:
    """What a session brought: runs done in it, and runs of the whole plan that failed."""

    runs: int
    failed: int


@dataclass
class _Collector:
    """Results by block; a block becomes a part when its last run has come."""

    subject: Subject
    plan: Plan
    parts: Parts
    tasks: list[Task]
    waiting: dict[int, dict[int, Tables | str]] = field(default_factory=dict)

    def keep(self, position: int, result: Tables | str) -> None:
        task = self.tasks[position]
        block = int(self.plan.columns["block"][task.run])
        held = self.waiting.setdefault(block, {})
        held[position] = result
        if len(held) == len(self.plan.runs_of(block)):
            self._put(block, self.waiting.pop(block))

    def _put(self, block: int, held: dict[int, Tables | str]) -> None:
        done = [(self.tasks[k], found) for k, found in sorted(held.items()) if not isinstance(found, str)]
        failed = [(self.tasks[k].run, found) for k, found in held.items() if isinstance(found, str)]
        self.parts.put(block, tables_of(self.subject, done), failed)


def carry_out(
    campaign: Campaign,
    workers: int | None = None,
    chunk: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    retry: bool = False,
    subject: Subject | None = None,
) -> Done:
    """Do every run of the plan that has not been done; those that failed once more only with `retry`.

    May be interrupted or killed at any moment: parts on disk are whole, and the next call does what is left. `subject`
    takes the model's place. Raises Refusal where another process is at work in the folder.
    """
    subject = subject or campaign.subject
    with campaign.alone():
        campaign.parts.clear_unfinished()
        campaign.write_plan()
        if retry:
            for block in campaign.parts.blocks_with_failures():
                campaign.parts.drop(block)
        done = set(campaign.parts.done())
        tasks = list(campaign.plan.tasks([block for block in range(campaign.plan.blocks) if block not in done]))
        if tasks:
            _do(campaign, subject, tasks, (workers, chunk, scheduler), progress)
        return Done(len(tasks), len(campaign.parts.failed()))


def _do(
    campaign: Campaign,
    subject: Subject,
    tasks: list[Task],
    how: tuple[int | None, int | None, str | None],
    progress: Progress | None,
) -> None:
    workers, chunk, scheduler = how
    collector = _Collector(subject, campaign.plan, campaign.parts, tasks)
    tell = None if progress is None else lambda done, total: progress(SIMULATING, done, total)
    campaign.note(f"begins: {len(tasks)} of {len(campaign.plan)} runs to do")
    try:
        if isinstance(subject, ModelSubject):
            warm_up(subject, tasks[0], progress)
        run_all(
            run_task, subject, tasks, collector.keep, workers, chunk, tell, failed=collector.keep, scheduler=scheduler,
            notice=lambda text: campaign.note(text.en),
        )
    except BaseException as error:
        campaign.note(f"stops: {type(error).__name__}")
        raise
    campaign.note("ends: nothing is left to do")


def run_task(subject: Subject, task: Task) -> Tables:
    """One run, in a worker."""
    return subject(task)


def warm_up(subject: ModelSubject, task: Task, progress: Progress | None) -> None:
    """Compile here before workers start, so that they find compiled code on disk; told if that is slow."""
    from ...model.compiled import is_warm

    if not is_warm():
        compile_first(run_task, subject, task, progress)
