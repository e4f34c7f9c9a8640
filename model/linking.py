"""How rules are compiled quickly: each is translated once, and optimized only where it ends up.

Numba optimizes every compiled function by itself, with everything that it calls, and makes it executable. Our rules
are many, small and only ever called by other rules, so all but the last of these optimizations are thrown away. A
rule's library here is left as it was translated; the entry that links all rules optimizes them together, once.
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder


class _WithoutEnvironment:
    """A code generator that keeps no Python environment for code that never runs by itself."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, name: str, env: Any) -> None:
        """Nothing to set: the symbol is not in memory."""


class RuleLibrary(JITCodeLibrary):
    """Code to be linked into other code, never run by itself."""

    @property
    def codegen(self) -> Any:
        """The code generator, without environments."""
        return _WithoutEnvironment(self._codegen)

    def _optimize_final_module(self) -> None:
        """Leaves optimization to the entry."""

    def _finalize_final_module(self) -> None:
        """Makes the module ready for linking, without machine code."""
        self._finalize_dynamic_globals()
        for function in self._final_module.functions:
            if "miaopu" in function.name and not function.is_declaration:
                function.add_function_attribute("alwaysinline")  # a call with all a rule's arguments costs more
        self._finalized = True


class RuleCompiler(CompilerBase):
    """Numba's usual passes, into a rule's library."""

    def define_pipelines(self) -> list[Any]:
        """One pipeline, without Python objects."""
        state = self.state
        state.library = RuleLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        return [DefaultPassBuilder.define_nopython_pipeline(state)]
