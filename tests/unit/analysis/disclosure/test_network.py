"""Moves by cycles against moves by linear programmes: neither knows how the other is made."""

import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.arcs import arcs_of
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.network import Network
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.programme import Moves, prices
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.work import TooMuch, Work

SQUARE = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])


def network(told, budget=1e7):
    needs = count_needs(told, DEFAULT)
    return Network(told, needs, prices(told), arcs_of(told, needs), Work(budget))


def several(problem, other):
    """Two values of which 30 rows have one or both, or neither known: a multi-select column as a system."""
    cells = [Cell(("1",), problem), Cell(("2",), other), Cell(("*",), 30), Cell(("known",), 30, latent=True)]
    cells += [Cell((f"not{code}",), 30 - count, latent=True) for code, count in (("1", problem), ("2", other))]
    cells.append(Cell(("over",), problem + other - 30, latent=True, slack=True))
    answered = [((code,), 1.0) for code in ("1", "2")]
    relations = [((code, 1.0), ((f"not{code[0]}",), 1.0), (("known",), -1.0)) for code, _ in answered]
    relations += [(*answered, (("over",), -1.0), (("known",), -1.0)), ((("*",), 1.0), (("known",), -1.0))]
    return system(cells, relations)


@pytest.mark.parametrize("shape", [(7,), (2, 2), (6, 5)])
def test_table_of_one_or_two_columns_is_a_network(shape):
    told = as_system(np.full(shape, 9))
    arcs = arcs_of(told, count_needs(told, DEFAULT))
    assert set(arcs.ends) == set(range(len(told.cells)))


def test_table_of_three_columns_is_no_network():
    told = as_system(np.full((3, 3, 3), 9))
    assert arcs_of(told, count_needs(told, DEFAULT)) is None


def test_relation_with_a_part_of_a_cell_is_no_network():
    told = system([Cell(("a",), 2), Cell(("b",), 1)], [((("a",), 1.0), (("b",), -2.0))])
    assert arcs_of(told, count_needs(told, DEFAULT)) is None


def test_cycle_keeps_every_relation():
    told = as_system(SQUARE)
    move = network(told).cheapest(told.position["a00", "b00"], 2.0)
    assert np.abs(told.matrix @ move).max() == 0
    assert move[told.position["a00", "b00"]] == 2


@pytest.mark.parametrize("amount", [1.0, 4.0, -1.0, -2.0])
@pytest.mark.parametrize("seed", range(8))
def test_cycle_is_found_exactly_where_a_programme_finds_a_move(seed, amount):
    random = np.random.default_rng(seed)
    told = as_system(random.poisson(3, (4, 4)) * (random.random((4, 4)) < 0.7))
    cycles, programme = network(told), Moves(told, count_needs(told, DEFAULT), Work(1e12))
    assert cycles.exact
    for place in sorted(cycles.arcs.ends):
        found = cycles.cheapest(place, amount)
        assert (found is None) == (programme.cheapest(place, amount) is None)
        assert found is None or not (told.matrix @ found).any()
        assert found is None or (told.values + found >= np.where(told.values > 0, 1, 0)).all()


def test_cycle_is_as_cheap_as_the_programmes_move():
    told = as_system(SQUARE)
    place = told.position["a00", "b00"]
    by_programme = Moves(told, count_needs(told, DEFAULT), Work(1e12)).cheapest(place, 2.0)
    assert np.abs(network(told).cheapest(place, 2.0) - by_programme).max() < 1e-6


def test_shown_cell_is_on_no_cycle_and_a_freed_one_is():
    told = as_system(SQUARE)
    cycles, place = network(told), told.position["a00", "b00"]
    cycles.show(place)
    assert cycles.cheapest(place, 1.0) is None
    cycles.free(place)
    assert cycles.cheapest(place, 1.0) is not None


def test_hidden_cells_are_used_first():
    told = as_system(SQUARE)
    cycles = network(told)
    corner = [told.position[name] for name in (("a00", "b02"), ("a02", "b00"), ("a02", "b02"))]
    for place in corner:
        cycles.hide(place)
    move = cycles.cheapest(told.position["a00", "b00"], 1.0)
    assert set(np.flatnonzero(move)) == {told.position["a00", "b00"], *corner}


def test_latent_cell_moves_by_what_it_follows_from():
    told = several(28, 10)
    move = network(told).cheapest(told.position[("not1",)], 3.0)
    assert move[told.position[("not1",)]] == 3
    assert np.abs(told.matrix @ move).max() == 0


def test_cell_rises_no_further_than_its_latent_ones_allow():
    told = several(28, 10)
    cycles = network(told)
    assert not cycles.exact
    assert cycles.cheapest(told.position[("1",)], 2.0) is not None
    for fixed in ("*", "known"):
        cycles.show(told.position[(fixed,)])
    assert cycles.cheapest(told.position[("1",)], 3.0) is None


def test_search_for_cycles_stops_where_the_budget_ends():
    told = as_system(SQUARE)
    with pytest.raises(TooMuch):
        network(told, budget=3).cheapest(told.position["a00", "b00"], 1.0)
