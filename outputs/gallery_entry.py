"""One entry of the gallery of charts."""

from __future__ import annotations

from typing import NamedTuple

from ..model.text import Text

SCREENING, ASSUMPTIONS = "screening", "assumptions"  # of a sensitivity analysis by Morris; of the assumptions log


class Entry(NamedTuple):
    """A chart, or a family of charts that differ by what they show, as somebody meets it who has not seen it before."""

    name: str  # of the chart; of a family what its names begin with: "indices" of "indices_hubs_nominal_reached"
    kind: str  # of the folder: forecast, compare, sweep, sensitivity, screening, calibration, assumptions
    title: Text  # short, without figures: also the caption in a brief
    question: Text
    reading: Text  # how to read it

    @property
    def file(self) -> str:
        """What its picture in the documents is called, without language and ending."""
        return self.name if self.kind == "forecast" else f"{self.kind}-{self.name}"
