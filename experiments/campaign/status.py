"""How far an experiment is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...model.text import Text
from .folder import Campaign
from .lock import is_held


@dataclass(frozen=True)
class Status:
    """Runs planned, done and failed; whether somebody is at work; bytes on the disk."""

    name: Text
    purpose: str
    planned: int
    done: int
    failed: int
    at_work: bool
    bytes: int

    @property
    def left(self) -> int:
        """Runs that have neither results nor an error."""
        return self.planned - self.done - self.failed

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do; runs that failed count as done."""
        return self.left == 0


def status_of(campaign: Campaign) -> Status:
    """Count what is in the folder; nothing is changed."""
    parts = campaign.parts
    return Status(
        campaign.experiment.name,
        campaign.purpose,
        len(campaign.plan),
        parts.runs_done(),
        len(parts.failed()),
        is_held(campaign.folder),
        sum(_bytes(path) for path in campaign.folder.rglob("*")),
    )


def _bytes(path: Path) -> int:
    """The size of a file; 0 of one that vanished just now, for others may be writing."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0
