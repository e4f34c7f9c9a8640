"""What can be wrong with a cluster, in the words of both languages."""

from __future__ import annotations

from ..model.text import Problem, Refusal, Text


class ClusterLost(Refusal):
    """The cluster cannot go on; results handed over before are the caller's already."""


def lost() -> ClusterLost:
    """The scheduler went away."""
    return ClusterLost(_one(
        "与集群调度器的连接中断；已完成的推演都已保存，请待调度器恢复后用 miaopu resume 继续",
        "the connection to the cluster's scheduler was lost; all runs done so far are kept, and `miaopu resume` goes "
        "on when the scheduler is back",
    ))  # fmt: skip


def no_workers(seconds: float) -> ClusterLost:
    """The scheduler answers but has nobody to work."""
    return ClusterLost(_one(
        f"调度器已有 {seconds:g} 秒没有任何工作进程；请启动工作进程（dask worker）。已完成的推演都已保存，"
        "可用 miaopu resume 继续",
        f"the scheduler has had no worker for {seconds:g} seconds; start some (dask worker). All runs done so far are "
        "kept, and `miaopu resume` goes on",
    ))  # fmt: skip


def no_answer(scheduler: str, seconds: float) -> Refusal:
    """Nobody, or something that is no scheduler, at the address."""
    return Refusal(_one(
        f"{seconds:g} 秒内没有连上调度器 {scheduler}；请核对地址（例如 tcp://主机:8786），"
        "并确认 dask scheduler 正在运行",
        f"no scheduler answered at {scheduler} within {seconds:g} seconds; check the address (such as "
        "tcp://host:8786) and that `dask scheduler` is running",
    ))  # fmt: skip


def not_installed() -> Refusal:
    """The extra is missing here."""
    return Refusal(_one(
        '使用集群需要 dask.distributed，尚未安装；请运行 pip install "miaopu[cluster]"',
        'a cluster needs dask.distributed, which is not installed; run pip install "miaopu[cluster]"',
    ))  # fmt: skip


def scheduler_cannot_import(scheduler: str, error: BaseException) -> Refusal:
    """The scheduler's Python lacks the package."""
    said = f"{type(error).__name__}: {error}"
    return Refusal(_one(
        f"调度器 {scheduler} 不能导入 miaopu（{said}）；请在运行调度器的 Python 环境中也安装同一版本",
        f"the scheduler {scheduler} cannot import miaopu ({said}); install the same version into its Python too",
    ))  # fmt: skip


def cannot_run(error: BaseException) -> Text:
    """Why a worker could not even begin."""
    said = f"{type(error).__name__}: {error}"
    return Text(f"无法运行本版本的 miaopu（{said}）", f"it cannot run this version of miaopu ({said})")


def _one(zh: str, en: str) -> list[Problem]:
    return [Problem(Text(zh, en))]
