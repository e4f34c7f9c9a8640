"""The gallery of charts: what each is called, which question it answers, and how it is read.

Briefs take their captions from here, and the documents their pages (gallery_page.py).
"""

from __future__ import annotations

from ..model.text import Text
from . import gallery_calibration, gallery_experiments, gallery_forecast
from .gallery_entry import ASSUMPTIONS, SCREENING, Entry

__all__ = ["ASSUMPTIONS", "ENTRIES", "SCREENING", "Entry", "belongs", "caption", "entry"]

ENTRIES: tuple[Entry, ...] = (
    *gallery_forecast.ENTRIES,
    *gallery_experiments.ENTRIES,
    *gallery_calibration.ENTRIES,
)


def entry(name: str, kind: str | None = None) -> Entry:
    """The entry of a chart by its name ("coverage", "indices_hubs_nominal_reached") and the kind of its folder.

    Without a kind the first that has a chart of this name. Raises KeyError where there is none.
    """
    found = [one for one in ENTRIES if kind in (None, one.kind) and belongs(name, one)]
    if not found:
        raise KeyError(f"{name} of {kind}")
    return max(found, key=lambda one: len(one.name))


def belongs(name: str, one: Entry) -> bool:
    """Whether a chart of this name is one of the entry's family."""
    return name == one.name or name.startswith((f"{one.name}_", f"{one.name}-"))


def caption(name: str, kind: str | None = None) -> Text:
    """What stands below a chart in a brief: what it shows, in a few words and without figures. Raises KeyError as
    `entry` does."""
    return entry(name, kind).title
