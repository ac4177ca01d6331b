"""Functions compiled by Numba, kept on disk between processes.

The machine code is kept beside this package's modules, or where that cannot be written in the user's cache, or in
NUMBA_CACHE_DIR where it is set: a service without a writable home sets it. Where there is nowhere to keep it, each
process compiles for itself (some seconds). Threads are ours: Numba's own pool may not be entered by two at a time.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """`function` as machine code that lets other threads run meanwhile."""
    try:
        return cast(Function, njit(nogil=True, cache=True)(function))
    except RuntimeError:  # no place for a cache can be written
        return cast(Function, njit(nogil=True)(function))
