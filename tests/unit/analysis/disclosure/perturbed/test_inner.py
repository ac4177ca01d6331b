"""Which cells are inner, and how the others are sums of them."""

import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.perturbed.inner import inner_of
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.lib.errors import UserError


def added(whole: str, *parts: str):
    return (*(((part,), 1.0) for part in parts), ((whole,), -1.0))


def told(relations, **values: int):
    return system([Cell((name,), value) for name, value in values.items()], relations)


def test_inner_cells_are_those_that_are_no_sum() -> None:
    table = as_system(np.arange(24).reshape(2, 3, 4))
    found = {table.cells[place].name for place in inner_of(table).places}
    assert found == {cell.name for cell in table.cells if "*" not in cell.name}


def test_every_cell_is_the_sum_of_its_inner_ones() -> None:
    table = as_system(np.arange(24).reshape(2, 3, 4))
    inner = inner_of(table)
    assert (inner.sums @ table.values[inner.places] == table.values).all()


def test_groupings_that_overlap_are_sums_of_the_same_cells() -> None:
    table = told(
        [added("x", "a", "b"), added("y", "b", "c"), added("*", "a", "b", "c")], a=1, b=2, c=3, x=3, y=5, **{"*": 6}
    )
    assert len(inner_of(table).places) == 3


def test_the_whole_may_stand_on_either_side() -> None:
    table = told([((("a",), -1.0), (("b",), -1.0), (("*",), 1.0))], a=1, b=2, **{"*": 3})
    assert len(inner_of(table).places) == 2


def test_levels_that_overlap_are_refused() -> None:
    table = system([Cell(("a",), 1), Cell(("b",), 2, latent=True), Cell(("*",), 3)], [added("*", "a", "b")])
    with pytest.raises(UserError, match="DISC-071"):
        inner_of(table)


def test_flow_is_refused() -> None:
    chain = ((("start",), 1.0), (("new",), 1.0), (("closed",), -1.0), (("end",), -1.0))
    with pytest.raises(UserError, match="DISC-071"):
        inner_of(told([chain], start=5, new=2, closed=3, end=4))


def test_tables_that_share_a_margin_only_are_refused() -> None:
    with pytest.raises(UserError, match="DISC-071"):
        inner_of(told([added("m", "a", "b"), added("m", "c", "d")], a=1, b=4, c=2, d=3, m=5))


def test_ring_of_sums_is_refused() -> None:
    with pytest.raises(UserError, match="DISC-071"):
        inner_of(told([added("a", "b", "c"), added("b", "a", "d")], a=2, b=2, c=0, d=0))


def test_cells_without_relations_are_all_inner() -> None:
    assert len(inner_of(told([], a=1, b=2)).places) == 2
