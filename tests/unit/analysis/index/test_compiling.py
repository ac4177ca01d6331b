"""Machine code is kept where it can be, and made anew where it cannot."""

import numba

from skillnad.analysis.index import compiled as compiling
from skillnad.analysis.index.kernels import count_bits
from skillnad.analysis.index.packing import add_integers


def test_without_a_place_for_the_cache_it_compiles_for_itself(monkeypatch):
    def njit(**options):
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(**options)

    monkeypatch.setattr(compiling, "njit", njit)
    twice = compiling.compiled(lambda number: 2 * number)
    assert twice(21) == 42


def test_kernels_let_other_threads_run():
    assert all(kernel.targetoptions["nogil"] for kernel in (count_bits, add_integers))
