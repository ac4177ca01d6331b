import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.needs import Needs, count_needs
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.programme import Moves
from skillnad.analysis.disclosure.secondary import MANY, Search, Unprotectable
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.work import TooMuch, Work

SQUARE = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])


ENOUGH = float("inf")


def searched(told):
    return Search(told, count_needs(told, DEFAULT), Work(ENOUGH))


def hidden(counts):
    told = as_system(counts)
    return {told.cells[place].name for place in np.flatnonzero(searched(told).run())}


def test_move_keeps_every_relation():
    told = as_system(SQUARE)
    moves = Moves(told, count_needs(told, DEFAULT), Work(ENOUGH))
    move = moves.cheapest(told.position["a00", "b00"], 2.0)
    assert np.abs(told.matrix @ move).max() < 1e-9
    assert move[told.position["a00", "b00"]] == 2


def test_move_takes_the_cheapest_way():
    told = as_system(SQUARE)
    move = Moves(told, count_needs(told, DEFAULT), Work(ENOUGH)).cheapest(told.position["a00", "b00"], 2.0)
    assert {told.cells[place].name for place in np.flatnonzero(move)} == hidden(SQUARE)


def test_move_below_the_floor_is_none():
    told = as_system(SQUARE)
    assert Moves(told, count_needs(told, DEFAULT), Work(ENOUGH)).cheapest(told.position["a00", "b00"], -3.0) is None


def test_move_through_a_shown_cell_is_none():
    told = as_system(np.array([[3, 20]]))
    moves = Moves(told, count_needs(told, DEFAULT), Work(ENOUGH))
    moves.show(told.position["a00", "*"])
    moves.show(told.position["*", "b00"])
    assert moves.cheapest(told.position["a00", "b00"], 1.0) is None


def test_lone_small_cell_hides_three_more():
    assert len(hidden(SQUARE)) == 4
    assert ("a00", "b00") in hidden(SQUARE)


def test_table_without_small_cells_hides_nothing():
    assert hidden(np.full((3, 3), 9)) == set()


def test_two_small_cells_of_a_line_are_not_enough_where_their_sum_is_small():
    counts = np.array([[1, 2, 50], [30, 40, 60]])
    in_first_row = {name for name in hidden(counts) if name[0] == "a00"}
    assert len(in_first_row) >= 3


def test_zero_is_never_hidden():
    counts = np.array([[3, 0, 30], [0, 50, 60], [70, 80, 0]])
    assert not hidden(counts) & {("a00", "b01"), ("a01", "b00"), ("a02", "b02")}


def test_margin_over_three_ones_keeps_what_zeros_leave_open():
    counts = np.array([[1, 1, 1], [20, 30, 40]])
    assert ("a00", "*") in hidden(counts)


def test_pruning_leaves_no_needless_gap():
    told = as_system(np.random.default_rng(5).poisson(6, (7, 6)))
    search = searched(told)
    search.run()
    for place in np.flatnonzero(search.hidden & ~search.needs.primary).tolist():
        removed = search.witnesses.remove(sorted(search.witnesses.users[place]))
        assert not all(search.witnesses.met(*need) for need in search.wanted)
        for number, move in removed.items():
            search.witnesses.restore(number, move)


def test_cell_that_cannot_rise_is_unprotectable():
    told = system([Cell(("a",), 3.0), Cell(("b",), 3.0)], [((("a",), 1.0), (("b",), -1.0))])
    stuck = Needs(*map(np.array, ([True, True], [1.0, 1.0], [5.0, 5.0], [1.0, 1.0], [True, True])))
    search = Search(told, stuck, Work(ENOUGH))
    search.ways.show(1)
    with pytest.raises(Unprotectable):
        search.run()


def test_move_for_several_cells_changes_each_as_asked():
    told = as_system(SQUARE)
    needs = [(told.position["a00", "b00"], 2.0), (told.position["a01", "b01"], -3.0)]
    move = Moves(told, count_needs(told, DEFAULT), Work(ENOUGH)).together(needs)
    assert [move[place] for place, _ in needs] == [2, -3]
    assert np.abs(told.matrix @ move).max() < 1e-9


def test_contradictory_needs_have_no_move_together():
    told = as_system(np.array([[3, 20]]))
    moves = Moves(told, count_needs(told, DEFAULT), Work(ENOUGH))
    assert moves.together([(told.position["a00", "b00"], 1.0), (told.position["*", "b00"], -1.0)]) is None


@pytest.mark.parametrize("shape", [(14, 9), (6, 5, 4)])
def test_many_needs_are_all_met(shape):
    told = as_system(np.random.default_rng(2).poisson(3, shape))
    search = searched(told)
    assert len(search.primary_needs()) > MANY
    search.run()
    assert all(search.witnesses.met(*need) for need in search.wanted)


def test_needs_of_three_axes_are_met_in_batches():
    told = as_system(np.random.default_rng(2).poisson(3, (6, 5, 4)))
    search = searched(told)
    search.run()
    assert len(search.witnesses.moves) < 0.7 * len(search.wanted)


@pytest.mark.parametrize("shape", [(6, 5), (4, 4, 3)])
def test_search_stops_where_the_budget_ends(shape):
    told = as_system(np.random.default_rng(2).poisson(3, shape))
    with pytest.raises(TooMuch):
        Search(told, count_needs(told, DEFAULT), Work(1000)).run()


def test_pruning_that_the_budget_cuts_short_leaves_more_gaps_and_all_safe():
    told = as_system(np.random.default_rng(3).poisson(8, (8, 7)))
    whole = searched(told)
    found, spent = whole.run().sum(), whole.work.spent
    short = Search(told, count_needs(told, DEFAULT), Work(spent * 0.8))
    assert short.run().sum() > found
    assert all(short.witnesses.met(*need) for need in short.wanted)
