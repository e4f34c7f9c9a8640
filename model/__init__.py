"""The world: agents, the month, indicators and targets.

`from miaopu.model import Ecosystem, Organization` imports Mesa and Numba then, and not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agents import Community, District, Funder, Hub, Organization, Street
    from .ecosystem import Ecosystem

__all__ = ["Community", "District", "Ecosystem", "Funder", "Hub", "Organization", "Street"]


def __getattr__(name: str) -> Any:
    """Mesa's face of the model, imported when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "Ecosystem":
        from .ecosystem import Ecosystem

        return Ecosystem
    from . import agents

    return getattr(agents, name)
