"""A results folder appears whole or not at all.

Everything is written to a hidden folder beside the final one, which takes its name at the end. A folder that
holds anything that is not ours is never touched.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..model.text import Problem, Refusal, Text

MAKER = "miaopu"
MANIFEST = "manifest.json"
OF_THE_DESKTOP = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
OURS = frozenset({
    MANIFEST, "runs.parquet", "months.parquet", "districts.parquet", "streets.parquet", "ledger.parquet",
    "outcomes.parquet", "places.csv", "targets.csv", "grid.csv", "failures.csv", "posterior.json", "charts",
    "baseline_months.parquet", "baseline_targets.csv", "baseline_ledger.parquet", "baseline_outcomes.parquet",
    "network_nodes.csv", "network_links.csv",
})  # fmt: skip


def check_free(folder: Path) -> None:
    """Refuse, before any work is done, a place where results cannot or must not be written."""
    if folder.exists() and not folder.is_dir():
        raise _refusal(
            f"{folder} 是文件，不是文件夹：请换一个 --out",
            f"{folder} is a file, not a folder: choose another --out",
        )
    if folder.is_dir():
        foreign = sorted(path.name for path in folder.iterdir() if path.name not in OURS | OF_THE_DESKTOP)
        if foreign or (any(folder.iterdir()) and not made_by_us(folder)):
            named = ", ".join(foreign[:3]) or MANIFEST
            raise _refusal(
                f"文件夹 {folder} 里有不属于本程序的内容（{named}），不会覆盖：请换一个 --out，或先移走它们",
                f"{folder} holds things that this program did not make ({named}) and will not be replaced: "
                "choose another --out, or move them away first",
            )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-"):
            pass
    except OSError as error:
        raise _refusal(
            f"无法写入 {folder.parent}（{error.strerror}）：请换一个 --out",
            f"cannot write to {folder.parent} ({error.strerror}): choose another --out",
        ) from error


def made_by_us(folder: Path) -> bool:
    """Whether a complete results folder of this program lies here."""
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("made_by") == MAKER
    except (OSError, ValueError, AttributeError):
        return False


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A temporary folder; it takes the place of `folder` if the block ends well, and vanishes otherwise."""
    folder = folder.absolute()
    check_free(folder)
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        part.chmod(0o755)
        yield part
        check_free(folder)  # somebody may have put a file there in the meantime
        if folder.exists():
            old = part.with_name(part.name + "-old")
            folder.rename(old)
            try:
                part.rename(folder)
            except OSError:
                old.rename(folder)
                raise
            shutil.rmtree(old)
        else:
            part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _refusal(zh: str, en: str) -> Refusal:
    return Refusal([Problem(Text(zh, en))])
