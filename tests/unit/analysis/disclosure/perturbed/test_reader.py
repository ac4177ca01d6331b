"""What a reader concludes who knows each number between two ends, held against every table there is."""

from itertools import product

import numpy as np
import pytest
from disclosure_tables import as_system, with_margins

from skillnad.analysis.disclosure.perturbed.reader import concluded
from skillnad.analysis.disclosure.system import Cell, system


def by_hand(told, shape, low, high) -> tuple[np.ndarray, np.ndarray]:
    """Every table of small whole numbers."""
    every = []
    for values in product(range(6), repeat=int(np.prod(shape))):
        table = with_margins(np.array(values).reshape(shape))
        found = np.array([table[cell.name] for cell in told.cells])
        if (found >= low).all() and (found <= high).all():
            every.append(found)
    return np.min(every, axis=0), np.max(every, axis=0)


@pytest.mark.parametrize("seed", range(5))
def test_ends_are_those_of_all_tables(seed) -> None:
    rng = np.random.default_rng(seed)
    told = as_system(rng.integers(0, 4, (2, 2)))
    low = np.maximum(0, told.values - rng.integers(0, 3, len(told.values)))
    high = told.values + rng.integers(0, 3, len(told.values))
    found, wanted = concluded(told, low, high, whole=True), by_hand(told, (2, 2), low, high)
    assert np.allclose(found[0], wanted[0])
    assert np.allclose(found[1], wanted[1])


def test_relations_narrow_what_each_number_says() -> None:
    told = as_system(np.array([[1, 1], [1, 1]]))
    low, high = told.values * 0, np.where([cell.name == ("*", "*") for cell in told.cells], 2, 9)
    assert concluded(told, low, high)[1].max() == 2


def test_what_has_no_end_has_none() -> None:
    told = as_system(np.array([[1, 1], [1, 1]]))
    _, most = concluded(told, told.values * 0, np.full(len(told.values), np.inf))
    assert np.isinf(most).all()


def test_known_numbers_are_as_they_are() -> None:
    told = as_system(np.array([[3, 4], [5, 6]]))
    low, high = concluded(told, told.values, told.values)
    assert (low == told.values).all()
    assert (high == told.values).all()


def test_only_the_asked_are_looked_for() -> None:
    told = as_system(np.array([[3, 4], [5, 6]]))
    place = told.position["a00", "b00"]
    low, high = concluded(told, told.values * 0, np.full(len(told.values), 18.0), places=[place])
    assert (low[place], high[place]) == (0, 18)


@pytest.mark.parametrize("high", [[3.0, 9.0], [0.0, 4.0]])
def test_ends_that_no_table_has_are_no_question(high) -> None:
    told = system([Cell(("a",), 1), Cell(("*",), 1)], [((("a",), 1.0), (("*",), -1.0))])
    with pytest.raises(ValueError, match="no table"):
        concluded(told, np.array([0.0, 5.0]), np.array(high))
