"""Which of cycles and programmes is asked, and that both know the same."""

import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.ways import Ways
from skillnad.analysis.disclosure.work import Work

SQUARE = as_system(np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]]))
CUBE = as_system(np.arange(2, 29).reshape(3, 3, 3))
SMALL = SQUARE.position["a00", "b00"]
LATENT = system(
    [Cell(("yes",), 20), Cell(("all",), 30), Cell(("no",), 10, latent=True)],
    [((("yes",), 1.0), (("no",), 1.0), (("all",), -1.0))],
)


def ways(told):
    return Ways(told, count_needs(told, DEFAULT), Work(1e7))


def names(told, move):
    return {told.cells[place].name for place in np.flatnonzero(move)}


def programme_made(made):
    return "programme" in vars(made)


def test_table_of_two_columns_needs_no_programme():
    made = ways(SQUARE)
    assert made.network.exact
    assert made.cheapest(SMALL, 1.0)[SMALL] == 1
    assert not programme_made(made)


def test_table_of_three_columns_has_no_network():
    made = ways(CUBE)
    place = CUBE.position["a00", "b00", "c00"]
    assert made.network is None
    assert made.cheapest(place, 1.0)[place] == 1


def test_no_way_in_an_exact_network_is_believed():
    made = ways(SQUARE)
    for name in (("a00", "b01"), ("a00", "b02"), ("a00", "*")):
        made.show(SQUARE.position[name])
    assert made.cheapest(SMALL, 1.0) is None
    assert not programme_made(made)


def test_programme_is_asked_where_cycles_are_not_all():
    made = ways(LATENT)
    made.network.cheapest = lambda *_: None
    assert not made.network.exact
    place = LATENT.position[("yes",)]
    assert made.cheapest(place, 1.0)[place] == 1
    assert programme_made(made)


@pytest.mark.parametrize(("amount", "asked"), [(-2.0, True), (-2.5, False)])
def test_nothing_is_asked_where_the_cell_would_fall_below_its_floor(amount, asked):
    made = ways(SQUARE)
    assert (made.cheapest(SMALL, amount) is not None) is asked
    assert (made.work.spent > 0) is asked


CORNER = [("a00", "b02"), ("a02", "b00"), ("a02", "b02")]


@pytest.mark.parametrize("early", [True, False])
def test_programme_knows_what_is_hidden_before_and_after_it_is_made(early):
    made = ways(SQUARE)
    if early:
        assert made.programme
    for name in CORNER:
        made.hide(SQUARE.position[name])
    assert names(SQUARE, made.together([(SMALL, 1.0)])) == {("a00", "b00"), *CORNER}
    assert names(SQUARE, made.cheapest(SMALL, 1.0)) == {("a00", "b00"), *CORNER}


@pytest.mark.parametrize("early", [True, False])
def test_programme_knows_what_is_shown_before_and_after_it_is_made(early):
    made = ways(SQUARE)
    if early:
        assert made.programme
    for name in (("a00", "b01"), ("a00", "b02"), ("a00", "*")):
        made.show(SQUARE.position[name])
    assert made.together([(SMALL, 1.0)]) is None
    made.free(SQUARE.position["a00", "*"])
    assert ("a00", "*") in names(SQUARE, made.together([(SMALL, 1.0)]))
    assert ("a00", "*") in names(SQUARE, made.cheapest(SMALL, 1.0))


def test_cell_that_was_freed_is_free_in_a_programme_made_later():
    made = ways(SQUARE)
    for name in (("a00", "b01"), ("a00", "b02"), ("a00", "*")):
        made.show(SQUARE.position[name])
    made.free(SQUARE.position["a00", "b01"])
    assert ("a00", "b01") in names(SQUARE, made.together([(SMALL, 1.0)]))


def test_no_programme_is_made_for_a_cell_that_would_fall_below_its_floor():
    made = ways(LATENT)
    assert made.cheapest(LATENT.position[("yes",)], -20.0) is None
    assert not programme_made(made)


def test_fewest_is_a_cycle_where_there_is_one():
    made = ways(SQUARE)
    assert np.array_equal(made.fewest(SMALL, 2.0), made.cheapest(SMALL, 2.0))
    assert not programme_made(made)


def test_fewest_is_a_programmes_in_three_columns():
    made = ways(CUBE)
    place = CUBE.position["a00", "b00", "c00"]
    assert made.fewest(place, 1.0)[place] == pytest.approx(1)
    assert programme_made(made)
