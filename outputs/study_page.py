"""The two real studies: run, and written into the generated parts and pictures of docs/*/studies.md.

`python -m miaopu.outputs.study_page shenzhen` (about an hour on four cores) and `… hunan` (about a quarter of an hour).
Both may be interrupted and started again; what has been run lies in results/studies/. What was found in plain words is
written by hand around the generated parts.
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from ..experiments.comparison import compare
from ..experiments.study import Study, sensitivity
from ..model.text import LANGUAGES, Text
from . import study_charts, study_report
from .experiment_facts import factor_label

DOCS = Path(__file__).parent.parent / "docs"
POLICIES = Path(__file__).parent.parent / "experiments" / "studies" / "policies"
RESULTS = Path("results") / "studies"
PART = re.compile(r"<!-- generated: (\S+) -->\n.*?<!-- end -->", re.DOTALL)
_FACTOR_HEADS = Text("因素/类别", "factor/kind")
_ROLES = {"lever": Text("政策", "lever"), "uncertainty": Text("未知", "unknown"), "inert": Text("对照", "control")}
FIRST = 15  # factors of a screening that the page shows
COMPARED: dict[str, tuple[tuple[str | Path, ...], int]] = {
    "shenzhen": (
        ("shenzhen-2022-2025", "shenzhen-baseline", POLICIES / "shenzhen-orders.yaml",
         POLICIES / "shenzhen-operation.yaml"), 100,
    ),
    "hunan": (("hunan-2021-2023", "hunan-baseline", POLICIES / "hunan-operation.yaml"), 30),
}  # fmt: skip
ANALYSED = {"shenzhen": ("shenzhen-screening", "shenzhen-levers"), "hunan": ("hunan-screening",)}
PICTURES = {
    "shenzhen-levers": ("indices_hubs_nominal_reached", "indices_hubs_effective_measured",
                        "response_hubs_nominal_reached", "convergence_hubs_nominal_measured"),
    "shenzhen-compare": ("paths", "differences"),
    "hunan-screening": ("indices_hubs_nominal_measured",),
    "hunan-compare": ("paths",),
}  # fmt: skip


def studies(place: str, workers: int | None = None, anyway: bool = False) -> Iterator[tuple[str, Study]]:
    """The studies of a place by name, each run to its end or taken up where it stands."""
    for name in ANALYSED[place]:
        yield name, sensitivity(name, RESULTS / name, workers=workers, anyway=anyway, progress=_told)
    scenarios, runs = COMPARED[place]
    name = f"{place}-compare"
    yield name, compare(scenarios, runs, RESULTS / name, workers=workers, anyway=anyway, progress=_told)


def write(place: str, workers: int | None = None, anyway: bool = False) -> None:
    """Run the studies of a place and renew what the documents show of them."""
    for name, study in studies(place, workers, anyway):
        for lang in LANGUAGES:
            study_charts.draw(study, lang)
            _pictures(name, study, lang)
            page = DOCS / lang / "studies.md"
            parts = {name: _PARTS[_kind(name)](study, lang)}
            page.write_text(rewritten(page.read_text(encoding="utf-8"), parts), encoding="utf-8")
        for table in ("indices", "chance", "convergence", "differences", "costs"):
            source = study.folder / f"{table}.csv"
            if source.is_file():
                shutil.copyfile(source, DOCS / "data" / f"{name}-{table}.csv")


def rewritten(text: str, parts: dict[str, str]) -> str:
    """The page with these generated parts put in; the others stay as they are."""

    def anew(found: re.Match[str]) -> str:
        name = found[1]
        return f"<!-- generated: {name} -->\n{parts[name]}\n<!-- end -->" if name in parts else found[0]

    return PART.sub(anew, text)


def _kind(name: str) -> str:
    return name.rsplit("-", 1)[1]


def _screening(study: Study, lang: str) -> str:
    """The factors with the greatest mean effect on the targets' figures."""
    table, known = study.to_pandas("indices"), study_charts.facts(study)
    outcomes = study.campaign.experiment.decide_on
    wide = table[table["index"] == "mu_star"].pivot_table(index=["factor", "role"], columns="outcome", values="value")
    order = wide[list(outcomes)].max(axis=1).sort_values(ascending=False).index[:FIRST]
    heads = [*_FACTOR_HEADS.of(lang).split("/"), *(f"μ*: {study.labels[one].of(lang)}" for one in outcomes)]
    rows = []
    for factor, role in order:
        effects = [f"{100 * wide.loc[(factor, role), one]:.1f}" for one in outcomes]
        rows.append([factor_label(known, factor, lang), _role(role, lang), *effects])
    return _markdown(heads, rows)


def _levers(study: Study, lang: str) -> str:
    """ST and S1 of every factor, by outcome; then the share of chance and the convergence."""
    table, known = study.to_pandas("indices"), study_charts.facts(study)
    outcomes = study.campaign.experiment.decide_on
    chosen = table[table["index"].isin(["S1", "ST"]) & table["outcome"].isin(outcomes)]
    cells = chosen.set_index(["factor", "outcome", "index"])
    order = chosen[(chosen["index"] == "ST") & (chosen["outcome"] == outcomes[0])].sort_values("value", ascending=False)
    heads = _FACTOR_HEADS.of(lang).split("/")
    heads += [f"{kind}: {study.labels[one].of(lang)}" for one in outcomes for kind in ("ST", "S1")]
    rows = []
    for _, row in order.iterrows():
        figures = [cells.loc[(row["factor"], one, kind)] for one in outcomes for kind in ("ST", "S1")]
        rows.append([factor_label(known, row["factor"], lang), _role(row["role"], lang), *map(_interval, figures)])
    return _markdown(heads, rows) + "\n\n" + _sureness(study, outcomes, lang)


def _sureness(study: Study, outcomes: Sequence[str], lang: str) -> str:
    chance, told = study.to_pandas("chance").set_index("outcome"), study.to_pandas("convergence")
    heads = Text(
        "结果/随机性所占方差/最宽区间/排序稳定/已收敛",
        "outcome/share of chance/widest interval/ranking stands/converged",
    )
    yes, no = Text("是", "yes"), Text("否", "no")
    rows = []
    for name in outcomes:
        last = told[(told["outcome"] == name) & (told["base_points"] == told["base_points"].max())]
        yes_no = [yes if bool(last[column].all()) else no for column in ("ranking_stands", "converged")]
        rows.append([study.labels[name].of(lang), f"{100 * float(chance.loc[name, 'share_chance']):.0f} %",
                     f"{float(last['widest'].max()):.3f}", *(word.of(lang) for word in yes_no)])  # fmt: skip
    return _markdown(heads.of(lang).split("/"), rows)


def _compare(study: Study, lang: str) -> str:
    """The sections that the command prints, as Markdown, without the list of what the scenarios say."""
    parts = []
    for section in list(study_report.sections(study, lang))[:-2]:
        if section.rows:
            parts.append(f"**{section.title}**\n\n" + _markdown(section.rows[0], section.rows[1:]))
    return "\n\n".join(parts)


_PARTS: dict[str, Callable[[Study, str], str]] = {"screening": _screening, "levers": _levers, "compare": _compare}


def _interval(row: pd.Series) -> str:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    return "—" if value != value else f"{value:.2f} [{low:.2f}, {high:.2f}]".replace("-0.00", "0.00")


def _role(role: str, lang: str) -> str:
    return _ROLES[role].of(lang)


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [list(heads), ["---"] * len(heads), *map(list, rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)


def _pictures(name: str, study: Study, lang: str) -> None:
    for picture in PICTURES.get(name, ()):
        source = study.folder / "charts" / f"{picture}.png"
        if source.is_file():
            shutil.copyfile(source, DOCS / "images" / f"{name}-{picture.replace('_', '-')}-{lang}.png")


def _told(stage: Text, done: int, total: int) -> None:
    if done == total or done % 500 == 0:
        print(f"{stage.en} {done}/{total}", flush=True)


def main() -> None:
    """Renew the documents' parts of the places named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="+", choices=list(ANALYSED))
    parser.add_argument("--workers", type=int)
    parser.add_argument("--anyway", action="store_true", help="although code has changed since runs were done")
    asked = parser.parse_args()
    for place in asked.places:
        write(place, asked.workers, asked.anyway)


if __name__ == "__main__":
    main()
