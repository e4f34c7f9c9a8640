"""The command that writes briefs, from small real folders of every kind to files that open."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import Image

from miaopu.experiments.comparison import compare
from miaopu.experiments.forecast import forecast, with_settings
from miaopu.experiments.study import sensitivity
from miaopu.outputs.calibration_tables import DATA
from miaopu.scenarios.compiling import inputs_of
from miaopu.scenarios.layers import resolve

pytestmark = pytest.mark.slow

Call = Callable[..., Any]
PAIRS = 5
OTHER_PLAN = 'extends: town.yaml\nname: {zh: 另一个计划, en: "Another plan"}\n'
KINDS = {  # which folders, in which language: each kind alone is written in one, the words of both are tested elsewhere
    "forecast": (("forecast",), "zh", ("一、结论", "街道（乡镇）枢纽覆盖率达到80%", "方法和来源")),
    "all": (("forecast", "compare", "sensitivity", "calibration"), "en", ("The answer", "street hub coverage",
            "What to do", "Method and sources")),
    "compare": (("compare",), "zh", ("一、结论", "如不实施计划", "政策方案比较")),
    "sensitivity": (("sensitivity",), "en", ("What carries the targets?", "Of the differences between single runs")),
    "calibration": (("calibration",), "zh", ("模型校准简报", "回测", "拟合")),
    "calibration in English": (("calibration",), "en", ("Calibration of the model", "past series", "fitted to")),
}  # fmt: skip


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    top = tmp_path_factory.mktemp("folders")
    town = resolve("town")
    forecast(with_settings(inputs_of(town), 3, 2, None), town, top / "forecast", workers=1)
    compare(["town", "town-baseline"], PAIRS, top / "compare", workers=1)
    sensitivity("town-sobol", top / "sensitivity", workers=1)
    (top / "another.yaml").write_text(OTHER_PLAN, encoding="utf-8")
    compare([top / "another.yaml", "town-baseline"], 2, top / "another", workers=1)
    found = {name: top / name for name in ("forecast", "compare", "sensitivity", "another")}
    return found | {"calibration": DATA}


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _word_text(path: Path) -> str:
    word: Any = docx.Document(str(path))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


# --- what is written


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_folder_becomes_a_brief_that_opens(
    kind: str, folders: dict[str, Path], miaopu: Call, tmp_path: Path
) -> None:
    names, lang, words = KINDS[kind]
    done = miaopu("brief", *(folders[name] for name in names), "--lang", lang, "--out", tmp_path / "out")
    assert done.code == 0, done.err
    out = tmp_path / "out"
    told = _word_text(out / f"brief-{lang}.docx")
    for one in words:
        assert one in told
        assert one in (out / f"brief-{lang}.html").read_text(encoding="utf-8")
    with pypdfium2.PdfDocument(out / f"brief-{lang}.pdf") as opened:
        assert len(opened) >= 1
    tables = out / f"tables-{lang}.xlsx"
    assert tables.is_file() is (names != ("calibration",)), "a calibration's tables are CSV already"
    if tables.is_file():
        assert len(openpyxl.load_workbook(tables).sheetnames) >= 2
    written = [path.name for path in out.iterdir() if path.is_file()]
    assert all(name in done.out for name in written)
    assert (f"charts-{lang}/" in done.out) is (out / f"charts-{lang}").is_dir() is (names != ("calibration",))
    assert not [name for name in written if name.startswith(".")]


def test_a_second_call_gives_equal_bytes(folders: dict[str, Path], miaopu: Call, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = miaopu("brief", folders["sensitivity"], "--lang", "zh", "--out", tmp_path / name)
        assert done.code == 0, done.err
    first = _digests(tmp_path / "one")
    assert first == _digests(tmp_path / "two") and len(first) >= 8


def test_charts_stand_beside_with_their_numbers_and_the_run_id(
    folders: dict[str, Path], miaopu: Call, tmp_path: Path
) -> None:
    done = miaopu("brief", folders["compare"], "--format", "docx", "--out", tmp_path)
    assert done.code == 0, done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief-en.docx", "charts-en", "findings.json"]
    by_end = {end: {path.stem for path in (tmp_path / "charts-en").glob(f"*.{end}")} for end in ("png", "svg", "csv")}
    word: Any = docx.Document(str(tmp_path / "brief-en.docx"))
    assert by_end["png"] == by_end["svg"] == by_end["csv"] and len(by_end["png"]) == len(word.inline_shapes) >= 2
    run = word.core_properties.subject
    for path in (tmp_path / "charts-en").glob("*.png"):
        with Image.open(path) as image:
            assert run in str(image.info), path.name


def test_a_bureaus_own_styles_are_kept(folders: dict[str, Path], miaopu: Call, tmp_path: Path) -> None:
    own: Any = docx.Document()
    own.styles["Heading 1"].font.name = "方正小标宋简体"
    own.add_paragraph("本单位旧文")
    own.save(str(tmp_path / "own.docx"))
    done = miaopu("brief", folders["calibration"], "--format", "docx", "--template", tmp_path / "own.docx",
                  "--lang", "zh", "--out", tmp_path / "out")  # fmt: skip
    assert done.code == 0, done.err
    word: Any = docx.Document(str(tmp_path / "out" / "brief-zh.docx"))
    assert word.styles["Heading 1"].font.name == "方正小标宋简体"
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert "本单位旧文" not in texts and "一、结论" in texts


# --- what cannot be written


def test_a_form_that_fails_leaves_nothing_half_written(
    folders: dict[str, Path], miaopu: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from miaopu.outputs.brief import pdf

    (tmp_path / "brief-en.pdf").write_bytes(b"of yesterday")

    def fails(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "brief-en.pdf"))

    monkeypatch.setattr(pdf, "write_whole", fails)
    done = miaopu("brief", folders["calibration"], "--format", "docx,pdf,html", "--out", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip().splitlines()[-1] == f"{tmp_path / 'brief-en.pdf'}: permission denied."
    assert (tmp_path / "brief-en.pdf").read_bytes() == b"of yesterday"
    assert {path.name for path in tmp_path.iterdir()} <= {"brief-en.pdf", "brief-en.docx", "findings.json"}
    assert "Calibration of the model" in _word_text(tmp_path / "brief-en.docx"), "what was written is whole"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_that_is_wrong_is_told_at_once(
    lang: str, folders: dict[str, Path], miaopu: Call, tmp_path: Path
) -> None:
    (tmp_path / "letter.docx").write_text("no zip", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    done = miaopu("brief", folders["compare"], tmp_path / "notes", tmp_path / "nowhere", "--format", "docx,pfd,odt",
                  "--template", tmp_path / "letter.docx", "--out", tmp_path / "a-file" / "brief",
                  "--lang", lang)  # fmt: skip
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err and (tmp_path / "a-file").read_text(encoding="utf-8") == ""
    for word in ("pfd", "odt", "letter.docx", "a-file", "notes", "nowhere"):
        assert word in done.err
    assert ("是否指“pdf”" if lang == "zh" else "did you mean “pdf”") in done.err
    assert len(done.err.strip().splitlines()) == 6


def test_no_form_at_all_is_refused(folders: dict[str, Path], miaopu: Call, tmp_path: Path) -> None:
    done = miaopu("brief", folders["calibration"], "--format", " , ", "--out", tmp_path / "out")
    assert (done.code, done.err) == (2, "--format names no form\n") and not (tmp_path / "out").exists()


def test_folders_of_two_plans_are_no_brief(folders: dict[str, Path], miaopu: Call, tmp_path: Path) -> None:
    done = miaopu("brief", folders["forecast"], folders["another"], "--out", tmp_path / "out")
    assert done.code == 2 and "not about one plan" in done.err and "Another plan" in done.err
    assert "Traceback" not in done.err and not (tmp_path / "out").exists()


def test_a_folder_that_was_cut_short_is_refused(folders: dict[str, Path], miaopu: Call, tmp_path: Path) -> None:
    cut = shutil.copytree(folders["forecast"], tmp_path / "cut")
    (cut / "months.parquet").unlink()
    done = miaopu("brief", cut, "--out", tmp_path / "out")
    assert done.code == 2 and "incomplete (months.parquet)" in done.err and not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_to_is_named(folders: dict[str, Path], miaopu: Call, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("kept", encoding="utf-8")
    done = miaopu("brief", folders["calibration"], "--out", tmp_path / "taken")
    assert done.code == 2 and "taken is a file, not a folder" in done.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "kept"
