"""The workbook against the folder it was made from: the same figures with their units, in cells that are numbers, and
no formula whatever a name says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from miaopu.experiments.columns import text_column
from miaopu.experiments.store import Results, open_results, write_tables
from miaopu.model.text import LANGUAGES, Refusal
from miaopu.model.vocabulary import indicators
from miaopu.outputs.money import paid_by_instrument
from miaopu.outputs.reading import bands
from miaopu.outputs.workbook.cells import Column, Number, Sheet, clean, sheet_names
from miaopu.outputs.workbook.file import HEAD_ROW, Properties, write_sheets
from miaopu.outputs.workbook.sheets_targets import targets_sheet
from miaopu.outputs.workbook.writing import write_workbook
from miaopu.tests import synthetic_experiment as made
from miaopu.tests import synthetic_sensitivity as analysed
from miaopu.tests.synthetic import make

Call = Callable[..., Any]
HOSTILE = (
    '=HYPERLINK("http://a.b/c","click")', "+cmd|' /C calc'!A0", "@SUM(A1:A9)", "-2+3", "\t=1+1", "=1+1", "{=1+1}",
    "'=1+1", "http://a.b/c", "mailto:a@b.c", "internal:Targets!A1", "00123", "1E5", "TRUE", "2025-12-01", "_x0041_",
    "<b>&amp;</b>", "￥＝１＋１", "",
)  # fmt: skip
ALLOWED = ("{=1+1}", "mailto:a@b.c", "internal:Targets!A1", "00123", "1E5", "TRUE", "2025-12-01", "_x0041_", "<b>&amp;")
SAID = Properties("title", "subject", "abcd1234", "0.1.0", datetime(2026, 11, 22))
WORDS = {
    "zh": {"targets": "目标", "whole": "全域指标", "districts": "分区县指标", "streets": "街道（乡镇）",
           "money": "资金明细", "totals": "资金合计", "readme": "说明"},
    "en": {"targets": "Targets", "whole": "Indicators", "districts": "Districts", "streets": "Streets",
           "money": "Money", "totals": "Money by year", "readme": "Read me"},
}  # fmt: skip


def with_districts(results: Results) -> Results:
    """The made-up folder with figures of its districts, as a forecast has them."""
    months = results.months[results.months["month_of_year"] == 12]
    count = int((results.places["level"] == "district").sum())
    table = pd.concat([months.assign(district=np.int32(k)) for k in range(count)], ignore_index=True)
    table["capability"] = table["capability"] * (1 + table["district"] / 100)
    table.loc[table["district"] == 1, "trust"] = np.nan  # never known in that district
    columns = ["run", "month", "year", "month_of_year", "district", "capability", "organizations", "trust"]
    write_tables(results.folder, {"districts.parquet": {name: table[name].to_numpy() for name in columns}})
    return open_results(results.folder)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return with_districts(make(tmp_path_factory.mktemp("made") / "city", draws=12, replicates=2))


@pytest.fixture(scope="module", params=LANGUAGES)
def written(results: Results, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    lang = str(request.param)
    path = write_workbook(results.folder, tmp_path_factory.mktemp("book") / f"{lang}.xlsx", lang)
    return lang, openpyxl.load_workbook(path)


def table(book: Any, name: str) -> pd.DataFrame:
    """The cells between the heads and the first empty row."""
    found = []
    for row in book[name].iter_rows(min_row=HEAD_ROW + 1, values_only=True):
        if all(cell is None for cell in row):
            break
        found.append(row)
    return pd.DataFrame(found[1:], columns=list(found[0]))


def head(frame: pd.DataFrame, *parts: str) -> str:
    """The one head that holds all the parts."""
    found = [str(name) for name in frame.columns if all(part in str(name) for part in parts)]
    assert len(found) == 1, (parts, list(frame.columns))
    return found[0]


def cells(book: Any) -> Iterator[Any]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def test_probabilities_and_outcomes_are_those_of_the_targets(written: Any, results: Results) -> None:
    lang, book = written
    frame = table(book, WORDS[lang]["targets"])
    heads = {"zh": ("达标概率", "概率下限", "概率上限", "中位数", "值5%（", "95%（"),
             "en": ("probability (%)", "probability, low", "probability, high", "median", ", 5", ", 95")}  # fmt: skip
    names = ("probability", "probability_low", "probability_high", "median", "p05", "p95")
    for part, name in zip(heads[lang], names, strict=True):
        assert frame[head(frame, part)].tolist() == pytest.approx(results.targets[name].tolist(), rel=1e-12)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [(0.91, 0.98, "很可能", "very likely"), (0.89, 0.98, "较有可能", "likely"), (0.6, 0.98, "尚不能判断", "open"),
     (0.02, 0.3, "不大可能", "unlikely")],
)  # fmt: skip
def test_a_target_is_called_likely_only_where_its_whole_interval_is(
    results: Results, low: float, high: float, zh: str, en: str, lang: str
) -> None:
    known = Results(results.folder)
    known.targets = results.targets.assign(probability_low=low, probability_high=high)
    sheet = targets_sheet(known, lang)
    assert sheet is not None
    assert {row[5] for row in sheet.rows} == {zh if lang == "zh" else en}


def test_indicators_are_the_quantiles_of_all_runs_at_the_end_of_every_year(written: Any, results: Results) -> None:
    lang, book = written
    frame = table(book, WORDS[lang]["whole"])
    for name in ("street_hub_coverage", "filed", "public_money", "trust"):
        mine = frame[frame.iloc[:, 0] == indicators()[name].label.of(lang)]
        wanted = bands(results.months, name).query("month_of_year == 12")
        assert mine.iloc[:, 2].tolist() == wanted["year"].tolist()
        assert [date.month for date in mine.iloc[:, 3]] == [12] * len(wanted)
        for place, level in ((4, "p50"), (5, "p05"), (6, "p95")):
            assert mine.iloc[:, place].tolist() == pytest.approx(wanted[level].tolist(), rel=1e-9)
    assert set(frame.iloc[:, 0]) == {one.label.of(lang) for one in indicators().values()}


def test_districts_have_their_own_figures_and_names(written: Any, results: Results) -> None:
    lang, book = written
    frame = table(book, WORDS[lang]["districts"])
    name = results.places.query("level == 'district' and index == 3")[f"name_{lang}"].iloc[0]
    mine = frame[(frame.iloc[:, 0] == name) & (frame.iloc[:, 1] == indicators()["capability"].label.of(lang))]
    wanted = bands(results.districts.query("district == 3"), "capability")
    assert mine.iloc[:, 5].tolist() == pytest.approx(wanted["p50"].tolist(), rel=1e-9)
    assert mine.iloc[:, 6].tolist() == pytest.approx(wanted["p05"].tolist(), rel=1e-9)
    unknown = frame[(frame.iloc[:, 1] == indicators()["trust"].label.of(lang)) & frame.iloc[:, 5].isna()]
    second = results.places.query("level == 'district' and index == 1")[f"name_{lang}"].iloc[0]
    assert set(unknown.iloc[:, 0]) == {second}


def test_a_street_has_the_share_of_runs_with_a_hub_by_the_deadline(written: Any, results: Results) -> None:
    lang, book = written
    frame, rows = table(book, WORDS[lang]["streets"]), results.streets
    assert len(frame) == (results.places["level"] == "street").sum()
    for place, kind in ((2, "first_nominal"), (4, "first_effective")):
        by = rows.assign(there=(rows[kind] >= 0) & (rows[kind] <= 47)).groupby("street")["there"].mean()
        assert frame.iloc[:, place].tolist() == pytest.approx(by.tolist())
        for street in (0, 17, 60):
            first = np.sort([month if month >= 0 else 999 for month in rows[rows["street"] == street][kind]])
            half = len(first) // 2
            said = frame.iloc[street, place + 1]
            known = first[half] < 999
            assert pd.notna(said) == known
            if known:
                assert (said.year - 2022) * 12 + said.month - 1 == first[half - 1]


def test_money_adds_up_to_what_the_ledger_has(written: Any, results: Results) -> None:
    lang, book = written
    runs = results.ledger["run"].nunique()
    entries, totals = (table(book, WORDS[lang][name]) for name in ("money", "totals"))
    assert entries.iloc[:, 4].sum() == pytest.approx(results.ledger["yuan"].sum() / runs)
    paid = paid_by_instrument(results, 99).sum()
    assert totals.iloc[:, 1].tolist() == pytest.approx(paid.tolist())


def test_every_figure_has_a_unit_in_its_head_or_beside_it(written: Any) -> None:
    lang, book = written
    units = {
        "zh": ("%", "元", "年", "个", "组", "次", "单位", "月"),
        "en": ("%", "yuan", "year", "number", "unit", "month"),
    }
    for sheet in book.worksheets[1:]:
        frame = table(book, sheet.title)
        for name in frame.columns:
            if pd.api.types.is_numeric_dtype(frame[name]):
                assert any(unit in str(name) for unit in units[lang]), (sheet.title, name)
        if "unit" in frame.columns or "单位" in frame.columns:
            beside = frame["单位" if lang == "zh" else "unit"]
            assert beside.astype(bool).all()


def test_columns_of_figures_hold_numbers_and_blanks_only(written: Any) -> None:
    _, book = written
    for sheet in book.worksheets[1:]:
        frame = table(book, sheet.title)
        for name in frame.columns:
            kinds = {type(cell) for cell in frame[name] if cell is not None and cell == cell}
            assert not (str in kinds and kinds - {str}), (sheet.title, name)
    assert not [cell.coordinate for cell in cells(book) if cell.value in ("—", "nan", "NaN")]


def test_sheets_can_be_scrolled_filtered_and_printed(written: Any) -> None:
    _, book = written
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9"
        assert sheet.print_title_rows == f"${HEAD_ROW + 1}:${HEAD_ROW + 1}"
        assert sheet.freeze_panes and len(sheet.title) <= 31
        assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"等线"}
    assert all(sheet.auto_filter.ref for sheet in book.worksheets[1:])


def test_the_workbook_says_what_it_is(written: Any, results: Results) -> None:
    lang, book = written
    told = {str(row[0]): str(row[1]) for row in book.worksheets[0].iter_rows(values_only=True) if row[1]}
    run_id = results.manifest["scenario_sha256"][:8]
    assert run_id in told.values() and run_id in book.properties.keywords
    assert results.manifest["name"][lang] in told.values()
    assert book.properties.created == datetime(2026, 11, 22, 8)
    assert any("miaopu verify" in said for said in told.values())
    assert ("2026-11-22" in told.values()) and any("24" in said for said in told.values())
    assert all(any(name in key for key in told) for name in book.sheetnames[1:])


def test_equal_results_give_equal_bytes(results: Results, tmp_path: Path) -> None:
    twin = shutil.copytree(results.folder, tmp_path / "twin")
    one, other = (
        write_workbook(folder, tmp_path / name, "zh").read_bytes()
        for folder, name in ((results.folder, "a.xlsx"), (twin, "b.xlsx"))
    )
    assert one == other


def test_a_baseline_stands_beside_the_plan_where_one_was_run(results: Results, tmp_path: Path) -> None:
    class WithBaseline(Results):
        baseline_targets = results.targets.assign(probability=0.125, probability_low=0.05, probability_high=0.25)
        baseline_months = results.months.assign(filed=results.months["filed"] / 2)
        baseline_ledger = results.ledger.assign(yuan=results.ledger["yuan"] / 4)

    known, told = WithBaseline(results.folder), {"name": {"zh": "不实施计划", "en": "no plan"}, "runs": 12, "draws": 12}
    known.manifest = results.manifest | {"baseline": told}
    book = openpyxl.load_workbook(write_workbook(known, tmp_path / "b.xlsx", "en"))
    assert "no plan (12 runs, on the plan's parameters)" in [row[1] for row in book["Read me"].values]
    frame = table(book, "Targets")
    assert set(frame[head(frame, "baseline: probability")]) == {0.125}
    frame = table(book, "Indicators")
    mine = frame[frame.iloc[:, 0] == indicators()["filed"].label.en]
    plan, base = mine[head(frame, "median (see")], mine[head(frame, "baseline: median")]
    assert base.tolist() == pytest.approx((plan / 2).tolist())
    frame = table(book, "Money")
    plan, base = frame["amount (yuan, mean)"], frame["baseline: amount (yuan, mean)"]
    assert base.sum() == pytest.approx(plan.sum() / 4) and plan.sum() > 0


def hostile(results: Results, folder: Path) -> Results:
    """The folder with names that a spreadsheet might run."""
    shutil.copytree(results.folder, folder)
    places = results.places.copy()
    for column in ("name_zh", "name_en"):
        names = places[column].tolist()
        names[: len(HOSTILE)] = HOSTILE
        places[column] = names
    columns = {name: places[name].to_numpy() for name in places}
    write_tables(
        folder, {"places.csv": columns | {n: text_column(list(columns[n])) for n in ("level", "name_zh", "name_en")}}
    )
    return open_results(folder)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_becomes_a_formula_a_link_or_a_number(results: Results, tmp_path: Path, lang: str) -> None:
    found = hostile(results, tmp_path / "hostile")
    book = openpyxl.load_workbook(write_workbook(found, tmp_path / "h.xlsx", lang))
    assert not [cell.coordinate for cell in cells(book) if cell.data_type == "f" or cell.hyperlink]
    texts = {cell.value for cell in cells(book) if cell.data_type == "s"}
    assert {name for name in HOSTILE if name} <= texts
    marked = [cell for cell in cells(book) if cell.data_type == "s" and cell.value.startswith(("=", "+", "-", "@"))]
    assert len(marked) > 4 and all(cell.quotePrefix for cell in marked)  # nor when somebody edits the cell


def test_text_that_no_workbook_can_hold_is_cleaned() -> None:
    assert clean("a\x00b\x0bc\ufffe\ud800d") == "abcd"
    assert clean("=a\r\nb\rc\td") == "=a\nb\nc\td"
    assert len(clean("长" * 40_000)) == 32_767


def test_names_of_sheets_are_short_allowed_and_different() -> None:
    names = sheet_names(["目标", "目标", "a/b:c*d?[e]\\", "'quoted'", "x" * 40, "X" * 40, "", "\x00"])
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") and name.strip("'") == name for name in names)
    assert names[:2] == ["目标", "目标 2"]


def test_words_among_figures_are_refused() -> None:
    with pytest.raises(ValueError, match="—"):
        Sheet("s", "t", "a", (Column("x", True),), [["—"]])


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"before")
    sheet = Sheet("s", "t", "a", (Column("x (%)", True), Column("y")), [[Number(0.5, "share"), "b"]])

    def locked(*_: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", locked)
        with pytest.raises(Refusal, match="in use"):
            write_sheets([sheet], path, SAID)
    assert path.read_bytes() == b"before" and [one.name for one in tmp_path.iterdir()] == ["book.xlsx"]
    assert openpyxl.load_workbook(write_sheets([sheet], path, SAID))["s"]["A4"].value == 0.5


def test_a_calibration_is_named_beside_the_others(results: Results, tmp_path: Path) -> None:
    (tmp_path / "calibration").mkdir()
    (tmp_path / "calibration" / "hindcast.csv").write_text("series\n", encoding="utf-8")
    path = write_workbook([results.folder, tmp_path / "calibration"], tmp_path / "x.xlsx", "en")
    book = openpyxl.load_workbook(path)
    assert ("source", "calibration 2") in list(book["Read me"].values) and "Targets" in book.sheetnames
    assert book.properties.created == datetime(2026, 11, 22, 8)


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        write_workbook(tmp_path, tmp_path / "x.xlsx", "en")
    assert not list(tmp_path.iterdir())


def study(folder: Path, purpose: str, tables: dict[str, pd.DataFrame]) -> Path:
    """The folder of a made-up experiment: its manifest and tables."""
    folder.mkdir()
    told = {
        "made_by": "miaopu", "kind": "experiment", "format": 1, "purpose": purpose,
        "name": {"zh": "加强考核与增加经费的比较", "en": "Orders against money"},
        "experiment": {"decide_on": ["hubs.nominal.reached"], "draws": "central" if purpose == "sensitivity" else 200},
        "experiment_sha256": "5e1d0c9b" + "0" * 56, "waves": [[1, 200, 4]], "made_with": {"miaopu": "0.4.0"},
        "scenarios": [{"file": f"{key}.yaml", "data": {"name": name._asdict()}} for key, name in made.NAMES.items()],
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "log.txt").write_text("2026-11-21T23:30:00-02:00 begins\n", encoding="utf-8")
    for name, rows in (("runs", 1600), ("points", 1)):
        write_tables(folder, {f"{name}.parquet": {name: np.arange(rows)}})
    for name, frame in tables.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    return folder


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_has_its_differences_and_says_which_are_none(tmp_path: Path, lang: str) -> None:
    known = made.differences(3)
    changes = pd.DataFrame({
        "base": made.BASE, "other": made.DRAFT, "path": ["name.zh", "plan.hubs.slots"], "base_value": ["a", ""],
        "other_value": ["b", "=8"],
    })  # fmt: skip
    folder = study(tmp_path / "compare", "compare", {"differences": known, "changes": changes})
    book = openpyxl.load_workbook(write_workbook(folder, tmp_path / "c.xlsx", lang))
    frame = table(book, {"zh": "方案差异", "en": "Differences"}[lang])
    assert frame.iloc[:, 4].tolist() == pytest.approx(known["base_value"].tolist())
    assert frame.iloc[:, 6].tolist() == pytest.approx(known["difference"].tolist())
    told = (known["difference_low"] > 0) | (known["difference_high"] < 0)
    assert (frame.iloc[:, 10] == {"zh": "能", "en": "yes"}[lang]).tolist() == told.tolist() and not told.all()
    assert frame.iloc[0, 1] == made.NAMES[made.DRAFT].of(lang)
    said = table(book, {"zh": "方案不同之处", "en": "What differs"}[lang])
    assert said.iloc[:, 2].tolist() == ["plan.hubs.slots"] and said.iloc[0, 4] == "=8"
    assert book.properties.created == datetime(2026, 11, 22, 1, 30)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sensitivity_analysis_has_the_indices_of_what_it_decides_on(tmp_path: Path, lang: str) -> None:
    known = analysed.indices()
    known = known.assign(
        factor_zh=known["factor"], factor_en=known["factor"], label_zh="结果", label_en="=out", note=""
    )
    chance = analysed.chance().assign(share_parameters=np.nan)
    folder = study(tmp_path / "levers", "sensitivity", {"indices": known, "chance": chance})
    book = openpyxl.load_workbook(write_workbook([folder], tmp_path / "s.xlsx", lang))
    frame = table(book, {"zh": "敏感性指数", "en": "Sensitivity"}[lang])
    mine = known[known["outcome"] == "hubs.nominal.reached"]
    assert sorted(frame.iloc[:, 6]) == pytest.approx(sorted(mine["value"]))
    for kind in frame.iloc[:, 4].unique():
        values = frame[frame.iloc[:, 4] == kind].iloc[:, 6].tolist()
        assert values == sorted(values, reverse=True)
    shares = table(book, {"zh": "随机性占比", "en": "Chance"}[lang])
    assert shares.iloc[:, 3].isna().all() and shares.iloc[0, 4] == pytest.approx(float(chance["share_chance"].iloc[0]))


def test_sheets_of_several_folders_have_different_names(results: Results, tmp_path: Path) -> None:
    known = made.differences()
    folders = [study(tmp_path / name, "compare", {"differences": known}) for name in ("a", "b")]
    book = openpyxl.load_workbook(write_workbook([results.folder, *folders], tmp_path / "x.xlsx", "en"))
    assert book.sheetnames[-2:] == ["Differences", "Differences 2"]


ROSTER = "district,street,kind,residents,communities,hub,filed,registered,groups,neighbours\n"
SCENARIO = """\
name: {zh: '=HYPERLINK("x","名")', en: '=HYPERLINK("x","name")'}
extends: town-baseline.yaml
place: {roster: streets.csv, name: {zh: '=1+1', en: '=1+1'}}
plan: {from: 2024-07, until: 2026-12, hubs: {startup_grant: 10 yuan}}
targets:
  - {id: hubs, indicator: street_hub_coverage, at_least: 80 %, by: 2026-12, counts: nominal}
runs: {parameter_draws: 2, replicates: 1, seed: 3}
"""


@pytest.mark.slow
def test_names_of_a_roster_arrive_as_they_were_written(miaopu: Call, tmp_path: Path) -> None:
    lines = [f'District {k // 3},"{name}",street,9000,3,no,5,1,9,' for k, name in enumerate(ALLOWED)]
    (tmp_path / "streets.csv").write_text(ROSTER + "\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(SCENARIO, encoding="utf-8")
    done = miaopu("forecast", tmp_path / "plan.yaml", "--out", tmp_path / "made", "--workers", "1")
    assert done.code == 0, done.err
    book = openpyxl.load_workbook(write_workbook(tmp_path / "made", tmp_path / "made.xlsx", "en"))
    assert set(table(book, "Streets").iloc[:, 1]) == set(ALLOWED)
    assert not [cell.coordinate for cell in cells(book) if cell.data_type == "f" or cell.hyperlink]
    assert book.properties.title == '=HYPERLINK("x","name")'
    assert '=HYPERLINK("x","name")' in {cell.value for cell in cells(book)}
