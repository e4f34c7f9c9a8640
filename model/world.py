"""The world that a month changes: one array of records for each kind of agent, and what surrounds them.

Rules write `w.organizations[i]`. To the compiled model a world is one pointer to a table of addresses and shapes, so
that handing it from function to function costs nothing and no reference is counted; the Python object keeps the
arrays alive.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any, ClassVar

import numpy as np
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    unbox,
)
from numba.np import numpy_support

CALENDAR = np.dtype(
    [
        ("year", np.int64),  # years since the first one
        ("month_of_year", np.int64),
        ("to_check", np.float64),  # months to the next dated check or the deadline
        ("in_plan", np.float64),  # 1 while the plan is in force
    ]
)
WORDS = 4  # an address and up to three lengths for each array


class World:
    """Everything that the processes read and write. Rows of communities are sorted by street, streets by district."""

    ARRAYS: ClassVar[dict[str, str]] = {
        "organizations": "records; the first `clock[0].organizations` rows are in use",
        "communities": "records",
        "streets": "records",
        "districts": "records",
        "prefectures": "records",
        "hubs": "records: two rows for each street, then one for each district's base",
        "funders": "records",
        "clock": "one record",
        "levers": "(districts,) records: levers in force this month",
        "parameters": "one record",
        "shocks": "(months, districts) records of multipliers",
        "clean_up": "(months, districts) share of dormant bodies struck off",
        "calendar": "(months,) records",
        "budgets": "(months, kinds of funder) fen per year and unit",
        "fiscal": "(kinds of funder, 2): fiscal month, carry-over",
        "timetable": "(months, districts, levers): levers as the plan wants them",
        "in_force": "(districts, levers): the same memory as `levers`",
        "neutral": "(levers,)",
        "payer": "(levers,) 0 free, 1 paid by the district, 2 paid by the city",
        "dues": "(months, districts + 1) fen a month that priced levers cost; the last column is the city's",
        "ledger": "(accounts, instruments) fen, this year",
        "tallies": "(districts, tallies) of this month",
        "neighbours": "rows of neighbouring streets, one street after another",
        "neighbour_first": "(streets + 1,) where each street's neighbours start",
        "street_first": "(districts + 1,) first street of each district",
        "community_first": "(streets + 1,) first community of each street",
        "order": "rows of living organizations, one community after another",
        "first": "(communities + 1,) where each community's organizations start in `order`",
    }

    def __init__(self, **arrays: np.ndarray) -> None:
        self._slots = {name: slot for slot, name in enumerate(self.ARRAYS)}
        self._block = np.zeros((len(self.ARRAYS), WORDS), np.int64)
        self._arrays: dict[str, np.ndarray] = {}
        if missing := set(self.ARRAYS) - set(arrays):
            raise TypeError(f"a world needs {', '.join(sorted(missing))}")
        for name, array in arrays.items():
            self.put(name, array)

    def put(self, name: str, array: np.ndarray) -> None:
        """Replaces one of the arrays."""
        kept = np.ascontiguousarray(array)
        self._arrays[name] = kept
        row = self._block[self._slots[name]]
        row[0] = kept.ctypes.data
        row[1 : 1 + kept.ndim] = kept.shape

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy owns its memory: addresses are never copied, and `levers` is again the memory of `in_force`."""
        arrays = {name: array.copy() for name, array in self._arrays.items() if name != "levers"}
        return _restored, (arrays, self.levers.dtype)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_arrays"][name]
        except KeyError:
            raise AttributeError(name) from None

    @cached_property
    def _numba_type_(self) -> WorldType:
        """What the compiled model takes this object for."""
        return _type_for(tuple((name, self._arrays[name].dtype, self._arrays[name].ndim) for name in self.ARRAYS))

    @property
    def address(self) -> int:
        """Where the compiled model finds the table of arrays."""
        return self._block.ctypes.data


def _restored(arrays: dict[str, np.ndarray], lever_dtype: np.dtype) -> World:
    """A world from arrays of its own (see `World.__reduce__`)."""
    in_force = np.ascontiguousarray(arrays["in_force"])
    levers = in_force.view(lever_dtype).reshape(len(in_force))
    return World(**(arrays | {"in_force": in_force}), levers=levers)


class WorldType(types.Type):
    """A world's type in the compiled model: the names and types of its arrays."""

    def __init__(self, members: tuple[tuple[str, types.Array], ...]) -> None:
        self.members = dict(members)
        self.slots = {name: slot for slot, (name, _) in enumerate(members)}
        import hashlib

        digest = hashlib.sha256(repr(members).encode()).hexdigest()[:12]
        super().__init__(name=f"World({digest})")


@cache
def _type_for(members: tuple[tuple[str, np.dtype, int], ...]) -> WorldType:
    """One type for all worlds whose arrays have these types."""
    return WorldType(
        tuple((name, types.Array(numpy_support.from_dtype(dtype), ndim, "C")) for name, dtype, ndim in members)
    )


@register_model(WorldType)
class _WorldModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: WorldType) -> None:
        super().__init__(dmm, fe_type, cgutils.voidptr_t)


@infer_getattr
class _WorldAttributes(AttributeTemplate):
    key = WorldType

    def generic_resolve(self, typ: WorldType, attr: str) -> types.Array | None:
        return typ.members.get(attr)


@lower_getattr_generic(WorldType)
def _lower_attribute(context: Any, builder: Any, typ: WorldType, value: Any, attr: str) -> Any:
    """An array around the address and shape in the world's table; it owns nothing, so nothing is counted."""
    array_type = typ.members[attr]
    word = context.get_value_type(types.intp)
    table = builder.bitcast(value, word.as_pointer())

    def load(offset: int) -> Any:
        place = builder.gep(table, [context.get_constant(types.intp, WORDS * typ.slots[attr] + offset)])
        return builder.load(place)

    array = context.make_array(array_type)(context, builder)
    item = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    shape = [load(1 + k) for k in range(array_type.ndim)]
    strides = [context.get_constant(types.intp, item)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    from numba.np.arrayobj import populate_array

    populate_array(
        array,
        data=builder.inttoptr(load(0), array.data.type),
        shape=cgutils.pack_array(builder, shape),
        strides=cgutils.pack_array(builder, strides),
        itemsize=context.get_constant(types.intp, item),
        meminfo=None,
    )
    return array._getvalue()


@unbox(WorldType)
def _unbox_world(typ: WorldType, obj: Any, c: Any) -> NativeValue:
    """The address of a world's table."""
    address = c.pyapi.object_getattr_string(obj, "address")
    number = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    return NativeValue(
        c.builder.inttoptr(number, cgutils.voidptr_t),
        is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()),
    )
