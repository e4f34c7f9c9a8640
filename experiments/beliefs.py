"""Which parameters a folder of results was made with: the priors, or a posterior of which the folder has a copy.

The copy is what verifying, resuming and extending go by: the shipped posterior may have changed since.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..model.posterior import Posterior
from ..model.posterior_choice import POSTERIOR, PRIOR
from ..model.posterior_file import read, text_of
from ..model.text import Problem, Refusal, Text

COPY = "posterior.json"
KEY = "parameters"  # of a manifest
_HEADING = ("made_with", "data_sha256", "fit")


def record(posterior: Posterior | None) -> dict[str, Any]:
    """What a manifest says: `from` the priors, or a posterior with its digest and what its file says of itself."""
    if posterior is None:
        return {"from": PRIOR}
    told = {name: posterior.told[name] for name in _HEADING if name in posterior.told}
    sets, names = len(posterior.weights), list(posterior.names)
    return {"from": POSTERIOR, "sha256": posterior.digest, "names": names, "sets": sets, **told}


def copy_text(posterior: Posterior) -> str:
    """The content of the folder's copy."""
    return text_of(posterior)


def kept(folder: Path, manifest: dict[str, Any]) -> Posterior | None:
    """The posterior that results in a folder were made with; None for the priors, also of manifests that say nothing.

    Raises Refusal where the copy is missing or unusable. Its digest may differ from the manifest's: see `changed`.
    """
    if not _has_posterior(manifest):
        return None
    if not (folder / COPY).is_file():
        raise Refusal([Problem(Text(
            f"{folder} 里缺少 {COPY}（推演所用的后验参数）",
            f"{folder} has no {COPY}, the posterior that its runs were made with",
        ))])  # fmt: skip
    return read(folder / COPY)


def changed(posterior: Posterior | None, manifest: dict[str, Any]) -> bool:
    """Whether a folder's copy is no longer that of its runs."""
    return posterior is not None and posterior.digest != manifest[KEY]["sha256"]


def same(then: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether two manifests are of the same parameters."""
    one, other = (manifest.get(KEY) or record(None) for manifest in (then, now))
    return (one.get("from"), one.get("sha256")) == (other.get("from"), other.get("sha256"))


def sentence(manifest: dict[str, Any]) -> Text:
    """Which parameters were used, in one line."""
    if not _has_posterior(manifest):
        return Text("参数全部取自先验（未经校准）。", "All parameters are from their priors (not calibrated).")
    told = manifest[KEY]
    number, sets, digest = len(told["names"]), told["sets"], told["sha256"][:8]
    return Text(
        f"参数：{number}个取自校准后验（{sets}组联合抽样，摘要 {digest}），其余取自先验；情景写明的以情景为准。",
        f"Parameters: {number} jointly from the calibrated posterior ({sets} sets, digest {digest}), the others from "
        "their priors; what the scenario itself says goes first.",
    )


def _has_posterior(manifest: dict[str, Any]) -> bool:
    return manifest.get(KEY, {}).get("from") == POSTERIOR
