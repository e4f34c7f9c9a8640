"""What is said when something goes wrong, and the exit code that goes with it."""

from __future__ import annotations

import errno
import platform
import sys
import tempfile
import time
import traceback
from pathlib import Path

from .. import __version__
from .speech import say

DONE, UNEXPECTED, BAD_INPUT, SOME_FAILED, DIFFERS, INTERRUPTED = 0, 1, 2, 3, 4, 130  # 5: refused to resume

PACKAGE = Path(__file__).resolve().parent.parent


def tell(*lines: str) -> None:
    """Print lines on standard error."""
    for line in lines:
        print(line, file=sys.stderr)


def about_path(error: OSError) -> str | None:
    """One sentence about a path of the user's that cannot be used; None if that is not what went wrong."""
    path = error.filename
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):  # full, over a quota, over a limit
        return say("磁盘空间不足。", "no space left on the disk.")
    if not isinstance(path, str | Path) or _is_ours(Path(path)):
        return None
    if isinstance(error, FileNotFoundError):
        return say(f"{path}: 找不到这个文件或文件夹。", f"{path}: no such file or folder.")
    if isinstance(error, PermissionError):
        return say(f"{path}: 没有读写权限。", f"{path}: permission denied.")
    if isinstance(error, IsADirectoryError):
        return say(f"{path}: 这是文件夹，此处应为文件。", f"{path}: this is a folder, a file is needed.")
    if isinstance(error, NotADirectoryError):
        return say(
            f"{path}: 这不是文件夹，此处应为文件夹。", f"{path}: this is not a folder, a folder is needed."
        )
    if isinstance(error, FileExistsError):
        return say(f"{path}: 已经存在。", f"{path}: exists already.")
    return say(f"{path}: 无法读写（{error.strerror}）。", f"{path}: cannot be used ({error.strerror}).")


def _is_ours(path: Path) -> bool:
    """Whether a path is code or data of the package itself: missing there is our fault, not the user's."""
    try:
        inside = path.resolve().relative_to(PACKAGE)
    except ValueError:
        return False
    return bool(inside.parts) and (PACKAGE / inside.parts[0] / "__init__.py").is_file()


def apologize(error: BaseException) -> None:
    """Say that the program is at fault and where the full account of it was saved."""
    saved = _save(_account(error))
    tell(say(f"抱歉，程序出错了：{_brief(error)}", f"Sorry, the program failed: {_brief(error)}"))
    if saved:
        tell(
            say(
                f"详情已存入 {saved}，报告问题时请附上。",
                f"The details are in {saved}; a report should have them.",
            )
        )
    tell(say("设置 MIAOPU_DEBUG=1 可直接显示详情。", "Set MIAOPU_DEBUG=1 to see them on the screen."))


def _brief(error: BaseException) -> str:
    first = str(error).strip().split("\n")[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__


def _account(error: BaseException) -> str:
    head = f"miaopu {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return f"{head}\n{sys.argv[1:]}\n\n" + "".join(traceback.format_exception(error))


def _save(account: str) -> Path | None:
    import platformdirs

    name = f"error-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    for folder in (Path(platformdirs.user_log_dir("miaopu")), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(account, encoding="utf-8")
        except OSError:
            continue
        return folder / name
    return None
