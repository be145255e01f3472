"""Prefetching: what will soon be read is asked of memory now, so that a loop does not wait for it.

From about 300,000 articles on, what a page counts no longer lies in the processor's caches. Rows of
some documents among many are read in no order that the processor foresees, and each took a wait for
memory: of a question that matched a tenth of a million articles, counting took 4.3 ms; asked for 64
documents ahead, 1.2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from numba.core import cgutils, types
from numba.extending import intrinsic

from indexer.compiled import AnyArray

_code: Any = cgutils
"""Numba's hands for making code, which have no types."""
_TO_READ, _KEEP, _DATA = 0, 3, 1
"""What `llvm.prefetch` is told: it will be read, and again; it is no code."""


@intrinsic
def _prefetch(_context: Any, array: Any, _index: Any) -> Any:

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = signature.args[0]
        found = context.make_array(kind)(context, builder, arguments[0])
        item = _code.get_item_pointer2(
            context,
            builder,
            found.data,
            _code.unpack_tuple(builder, found.shape, 1),
            _code.unpack_tuple(builder, found.strides, 1),
            kind.layout,
            [arguments[1]],
            wraparound=False,
            boundscheck=False,
        )
        number, ir = _code.int32_t, _code.ir
        ask = _code.get_or_insert_function(
            builder.module,
            ir.FunctionType(ir.VoidType(), [_code.voidptr_t, number, number, number]),
            "llvm.prefetch.p0i8",
        )
        told = [number(value) for value in (_TO_READ, _KEEP, _DATA)]
        builder.call(ask, [builder.bitcast(item, _code.voidptr_t), *told])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


prefetch = cast("Callable[[AnyArray, int], None]", _prefetch)
"""Has the processor fetch an item of an array while a loop goes on. It is a hint: nothing is read,
and an index beyond the array does nothing. For compiled loops alone.
"""
