"""Which charts can be drawn from the folders of a brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ....experiments.store import Results
from ..findings import ChartFinding
from .plan import Opened


def charts(opened: Sequence[Opened]) -> Iterator[ChartFinding]:
    """The charts of every folder that there may be numbers for, by name."""
    from ...charts import CHARTS
    from ...experiment_charts import plan
    from ...study_charts import facts, tables_of

    for place, one in enumerate(opened):
        names: Iterable[str] = ()
        if one.results is not None:
            names = (name for name in CHARTS if _has_numbers(one.results, name))
        elif one.study is not None:
            names = plan(one.study.purpose, tables_of(one.study), facts(one.study), "en")
        yield from (ChartFinding(name, place) for name in names)


def _has_numbers(results: Results, chart: str) -> bool:
    """Whether a forecast can have this chart at all; the chart itself has the last word."""
    if chart in ("targets", "dates", "target_table"):
        return not results.targets.empty
    if chart in ("grid", "network"):
        return bool(results.manifest.get(chart))
    return True
