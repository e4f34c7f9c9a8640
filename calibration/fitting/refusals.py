"""What can be wrong with a fit, in the words of both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...model.text import Problem, Refusal, Text


class OtherFit(Refusal):
    """The history in the folder was begun with other data, settings or versions."""

    exit_code = 5


def not_installed() -> Refusal:
    """The extra is missing here."""
    return Refusal(_one(
        '拟合需要 pyabc，尚未安装；请运行 pip install "miaopu[calibrate]"',
        'the fit needs pyabc, which is not installed; run pip install "miaopu[calibrate]"',
    ))  # fmt: skip


def begun_before(folder: Path) -> Refusal:
    """A new fit where one lies already."""
    return Refusal(_one(
        f"文件夹 {folder} 里已有拟合历史（history.db）：请续算，或换一个文件夹，或先移走它",
        f"{folder} holds the history of a fit (history.db) already: resume it, choose another folder, or move it away",
    ))  # fmt: skip


def nothing_to_resume(folder: Path) -> Refusal:
    """No fit where one was to be resumed."""
    return Refusal(_one(
        f"文件夹 {folder} 里没有可续算的拟合（fit.json、history.db）",
        f"{folder} holds no fit that could be resumed (fit.json, history.db)",
    ))  # fmt: skip


def differs(found: Sequence[Text]) -> OtherFit:
    """A history that does not belong to what is asked for."""
    return OtherFit([
        *_one(
            "已有的拟合历史是在别的条件下开始的，不能续算；请换一个文件夹重新拟合：",
            "the history of this fit was begun under other conditions and cannot be resumed; fit anew in another "
            "folder:",
        ),
        *(Problem(text) for text in found),
    ])  # fmt: skip


def all_failed(tried: int, error: str) -> Refusal:
    """Not one simulation gave figures."""
    return Refusal(_one(
        f"拟合开始的 {tried} 次推演全部失败；第一次的错误：{error}",
        f"the first {tried} simulations of the fit all failed; the first said: {error}",
    ))  # fmt: skip


def nothing_accepted(simulations: int) -> Refusal:
    """The budget did not suffice for the first generation."""
    return Refusal(_one(
        f"推演上限（{simulations} 次）连第一代都不够，没有可用的拟合",
        f"the limit of {simulations} simulations did not suffice for the first generation: there is no fit",
    ))  # fmt: skip


def _one(zh: str, en: str) -> list[Problem]:
    return [Problem(Text(zh, en))]
