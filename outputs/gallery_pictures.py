"""The pictures of the gallery: one of every kind of chart, small enough for a repository."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.text import LANGUAGES
from .gallery import ENTRIES, SCREENING, belongs

if TYPE_CHECKING:
    from ..experiments.study import Study
    from .fan import Drawing

MOST_BYTES = 150_000
COLOURS = (256, 128, 64, 40)  # tried until the file is small enough
Named = dict[str, Callable[[], "Drawing | None"]]


def draw(folders: Mapping[str, Sequence[Path]], out: Path) -> list[Path]:
    """Draw an example of every chart that the folders (by kind) have numbers for into `out`, in every language.

    Of several folders of a kind the first that has numbers for a chart is taken. Returns the files written.
    """
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, given in folders.items():
        missing = {one.file: one for one in ENTRIES if one.kind == kind}
        for folder in given:
            opened = _Folder(kind, folder)
            for file, one in list(missing.items()):
                found = {lang: opened.drawn(one.name, lang) for lang in LANGUAGES}
                for lang, data in found.items():
                    if data is not None:
                        written.append(out / f"{file}-{lang}.png")
                        written[-1].write_bytes(data)
                        missing.pop(file, None)
    return written


def small(png: bytes) -> bytes:
    """The picture with so few colours that it is no larger than MOST_BYTES, or with the fewest; what it says of itself
    stays."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    picture = Image.open(io.BytesIO(png))
    said = PngInfo()
    for key, words in picture.info.items():
        if isinstance(key, str) and isinstance(words, str):
            said.add_itxt(key, words)
    plain, made = picture.convert("RGB"), png
    for colours in COLOURS:
        less = plain.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        buffer = io.BytesIO()
        less.save(buffer, "PNG", optimize=True, pnginfo=said, dpi=picture.info.get("dpi", (200, 200)))
        made = buffer.getvalue()
        if len(made) <= MOST_BYTES:
            break
    return made


class _Folder:
    """A folder of results, opened once for both languages."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self._study: Study | None = None

    def drawn(self, family: str, lang: str) -> bytes | None:
        """The first chart of the family as a small PNG; nothing where there are no numbers for it."""
        from .charts import finished, write

        charts, said = self._forecast(lang) if self.kind == "forecast" else self._experiment(lang)
        one = next(entry for entry in ENTRIES if (entry.name, entry.kind) == (family, self.kind))
        for name, make in charts.items():
            drawing = finished(make) if belongs(name, one) else None
            if drawing is not None:
                with tempfile.TemporaryDirectory() as aside:
                    png, *_ = write(drawing, Path(aside), "chart", said)
                    return small(png.read_bytes())
        return None

    def _forecast(self, lang: str) -> tuple[Named, dict[str, str]]:
        from ..experiments.store import open_results
        from .charts import CHARTS, marks

        results = open_results(self.folder)
        charts: Named = {name: lambda make=make: make(results, lang) for name, make in CHARTS.items()}
        return charts, marks(results, lang)

    def _experiment(self, lang: str) -> tuple[Named, dict[str, str]]:
        from .experiment_charts import plan
        from .study_charts import facts, tables_of

        study = self._study = self._study or _opened(self.folder)
        known = facts(study)
        purpose = "sensitivity" if self.kind == SCREENING else self.kind
        return dict(plan(purpose, tables_of(study), known, lang)), known.marks(lang)


def _opened(folder: Path) -> Study:
    """The finished experiment in a folder."""
    from ..experiments.campaign.folder import reopen
    from ..experiments.campaign.results import outcomes_of
    from ..experiments.study import Study
    from .brief.gathering.study import finished_study
    from .workbook.sources import ExperimentSource

    campaign = reopen(folder)
    if campaign.purpose != "sweep":
        return finished_study(folder)
    source = ExperimentSource(folder)
    tables = {
        name: {str(column): values.to_numpy() for column, values in source.table(name).items()}
        for name in ("summary", "response")
    }
    return Study(campaign, tables, len(campaign.parts.failed()), {}, outcomes_of(campaign))
