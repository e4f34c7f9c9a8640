"""The calibration's documents: docs/*/calibration.md and their pictures, made anew from the tables.

`python -m miaopu.outputs.calibration_page` reads docs/data/calibration/*.csv and calibration/posterior.json, rewrites
what stands between the marks of both pages, and draws docs/images/calibration. What was found in plain words is written
by hand around the generated parts. With `--from results/calibration` the tables are copied from there first.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from ..model.text import LANGUAGES, Text
from .calibration_charts import CHARTS, draw_all, drawable, file_name
from .calibration_parts import PARTS, part
from .calibration_tables import BESIDE, DATA, NAMES, POSTERIOR, Calibration, read_calibration
from .study_page import DOCS, rewritten

PAGE = "calibration.md"
IMAGES = Path("images") / "calibration"
COLON = Text("：", ": ")


def parts(known: Calibration, lang: str) -> dict[str, str]:
    """Every generated part of a page with its pictures."""
    there = drawable(known)
    found = {}
    for name in PARTS:
        pictures = [
            f"![{CHARTS[one].caption.of(lang)}](../{IMAGES.as_posix()}/{file_name(one, lang)})"
            for one in there if CHARTS[one].part == name
        ]  # fmt: skip
        found[name] = "\n\n".join([part(name, known, lang), *pictures])
    return found


def page(text: str, known: Calibration, lang: str) -> str:
    """A page's text with its generated parts made anew."""
    return rewritten(text, parts(known, lang))


def write_pages(data: Path = DATA, posterior: Path = POSTERIOR, docs: Path = DOCS) -> list[Path]:
    """Renew both pages in `docs` and their pictures; the files written."""
    known = read_calibration(data, posterior)
    written = draw_all(known, docs / IMAGES)
    for lang in LANGUAGES:
        path = docs / lang / PAGE
        path.write_text(page(path.read_text(encoding="utf-8"), known, lang), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def take_tables(made: Path, data: Path) -> list[Path]:
    """Copy the tables of a calibration's folder that belong to the documents; the files copied."""
    data.mkdir(parents=True, exist_ok=True)
    there = [made / f"{name}.csv" for name in (*NAMES, *BESIDE) if (made / f"{name}.csv").is_file()]
    return [Path(shutil.copyfile(path, data / path.name)) for path in there]


def main() -> None:
    """Renew the documents and tell what was written."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, default=DATA, help="folder of the tables")
    asked.add_argument("--posterior", type=Path, default=POSTERIOR, help="the posterior's file")
    asked.add_argument("--from", dest="made", type=Path, metavar="DIR", help="copy the tables from there first")
    asked.add_argument("--docs", type=Path, default=DOCS, help="folder of the documents")
    found = asked.parse_args()
    if found.made is not None:
        take_tables(found.made, found.data)
    for path in write_pages(found.data, found.posterior, found.docs):
        print(path)


if __name__ == "__main__":
    main()
