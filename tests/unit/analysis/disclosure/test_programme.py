"""The linear programme of a move, on one row of two cells and their sum: every answer can be worked by hand.

`a` 3, `b` 20 and their sum `t` 23; a gap is at least 1, so `a` can fall by 2, `b` by 19 and the sum by 21.
"""

import numpy as np
import pytest
from disclosure_tables import as_system
from scipy.optimize import linprog

from skillnad.analysis.disclosure.needs import count_needs, sum_needs
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.programme import HIDDEN_COST, Moves, prices, quiet, whole_where_near
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.work import TooMuch, Work

ADDS_UP = [((("a",), 1.0), (("b",), 1.0), (("t",), -1.0))]
ROW = system([Cell(("a",), 3), Cell(("b",), 20), Cell(("t",), 23)], ADDS_UP)
A, B, T = (ROW.position[(name,)] for name in "abt")


def moves(told=ROW, budget=1e6):
    return Moves(told, count_needs(told, DEFAULT), Work(budget))


def changed(move):
    return None if move is None else dict(zip("abt", move[[A, B, T]].tolist(), strict=True))


def test_price_is_the_binary_logarithm_of_two_more_than_the_count():
    told = system([Cell(("none",), 0), Cell(("six",), 6), Cell(("many",), 62), Cell(("not",), 6, latent=True)], [])
    costs = dict(zip((cell.name[0] for cell in told.cells), prices(told).tolist(), strict=True))
    assert costs == {"none": 1, "six": 3, "many": 6, "not": HIDDEN_COST}


def test_cell_rises_as_the_cheaper_of_two_falls():
    assert changed(moves().cheapest(A, 2.0)) == {"a": 2, "b": -2, "t": 0}


def test_cell_falls_as_the_cheaper_of_two_rises():
    assert changed(moves().cheapest(A, -2.0)) == {"a": -2, "b": 2, "t": 0}


def test_what_falls_stops_at_its_floor_and_the_rest_is_another_cells():
    assert changed(moves().cheapest(A, 25.0)) == {"a": 25, "b": -19, "t": 6}


def test_what_rises_has_no_end():
    assert changed(moves().cheapest(T, 1e6)) == {"a": 1e6, "b": 0, "t": 1e6}


@pytest.mark.parametrize(("amount", "found"), [(-2.0, True), (-2.5, False), (-3.0, False)])
def test_cell_falls_to_its_floor_and_no_further(amount, found):
    assert (moves().cheapest(A, amount) is not None) is found


@pytest.mark.parametrize("amount", [2.0, -2.0])
def test_hidden_cell_is_used_before_a_cheaper_one_both_up_and_down(amount):
    made = moves()
    made.hide(T)
    assert changed(made.cheapest(A, amount)) == {"a": amount, "b": 0, "t": amount}


@pytest.mark.parametrize("amount", [2.0, -2.0])
def test_shown_cell_moves_neither_up_nor_down(amount):
    made = moves()
    made.show(B)
    assert changed(made.cheapest(A, amount)) == {"a": amount, "b": 0, "t": amount}


@pytest.mark.parametrize("amount", [2.0, -2.0])
def test_freed_cell_moves_again_both_up_and_down(amount):
    made = moves()
    made.show(B)
    made.free(B)
    assert changed(made.cheapest(A, amount)) == {"a": amount, "b": -amount, "t": 0}


def test_freed_cell_still_stops_at_its_floor():
    made = moves()
    made.show(B)
    made.free(B)
    assert changed(made.cheapest(A, 25.0)) == {"a": 25, "b": -19, "t": 6}


def test_move_leaves_no_trace_in_the_next():
    made = moves()
    made.cheapest(A, 25.0)
    made.cheapest(A, -2.0)
    assert changed(made.cheapest(B, 1.0)) == {"a": -1, "b": 1, "t": 0}
    assert changed(made.cheapest(T, -2.0)) == {"a": -2, "b": 0, "t": -2}


def test_cells_move_together():
    assert changed(moves().together([(A, 2.0), (B, 3.0)])) == {"a": 2, "b": 3, "t": 5}
    assert changed(moves().together([(A, -2.0), (T, -5.0)])) == {"a": -2, "b": -3, "t": -5}


@pytest.mark.parametrize("needs", [[(A, 2.0), (B, -2.0), (T, 1.0)], [(A, 1.0), (B, -19.5)]])
def test_cells_that_contradict_a_relation_or_a_floor_do_not_move_together(needs):
    assert moves().together(needs) is None


def test_move_may_be_a_part_of_one():
    assert changed(moves().cheapest(A, 0.25)) == {"a": 0.25, "b": -0.25, "t": 0}


def test_printed_nought_is_in_no_programme():
    told = as_system(np.array([[3, 0, 20], [40, 50, 60]]))
    assert told.position["a00", "b01"] not in moves(told).column


def test_programme_takes_work_for_two_columns_a_cell():
    made = moves()
    made.cheapest(A, 1.0)
    assert made.work.spent == 2 * 3 * 100


def test_move_below_the_floor_takes_no_work():
    made = moves()
    made.cheapest(A, -3.0)
    assert made.work.spent == 0


def test_programme_beyond_the_budget_is_not_run():
    with pytest.raises(TooMuch):
        moves(budget=599).cheapest(A, 1.0)


def test_solver_says_nothing(capfd):
    solver = quiet()
    solver.addVar(0.0, 1.0)
    solver.run()
    assert capfd.readouterr().out == ""


def least_cost(told, needs, place, amount):
    """By scipy's own formulation: a move is what rises less what falls."""
    size = len(told.cells)
    room = np.where(needs.movable, told.values - needs.floor, 0.0)
    bounds = [(0, None if free else 0) for free in needs.movable] + [(0, float(most)) for most in room]
    bounds[place] = (max(amount, 0), max(amount, 0))
    bounds[size + place] = (max(-amount, 0), max(-amount, 0))
    matrix = np.hstack([told.matrix.toarray(), -told.matrix.toarray()])
    found = linprog(np.tile(prices(told), 2), A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=bounds)
    return found.fun if found.success else None


@pytest.mark.parametrize("amount", [2.0, -1.0])
@pytest.mark.parametrize("seed", range(3))
def test_move_costs_what_another_solver_says_is_the_least(seed, amount):
    random = np.random.default_rng(seed)
    told = as_system(random.poisson(4, (3, 2, 2)) * (random.random((3, 2, 2)) < 0.8))
    needs, made = count_needs(told, DEFAULT), moves(told)
    for place in np.flatnonzero(needs.movable & (told.values - needs.floor >= -amount)).tolist():
        move, least = made.cheapest(place, amount), least_cost(told, needs, place, amount)
        assert (move is None) == (least is None)
        assert move is None or prices(told) @ np.abs(move) == pytest.approx(least)
        assert move is None or np.abs(told.matrix @ move).max() < 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_move_that_is_sought_afresh_is_as_cheap_whatever_was_sought_before(seed):
    random = np.random.default_rng(seed)
    told = as_system(random.poisson(4, (3, 2, 2)) * (random.random((3, 2, 2)) < 0.8))
    needs = count_needs(told, DEFAULT)
    made = Moves(told, needs, Work(1e6), afresh=True)
    for place in np.flatnonzero(needs.movable).tolist():
        move, least = made.cheapest(place, 2.0), least_cost(told, needs, place, 2.0)
        assert (move is None) == (least is None)
        assert move is None or prices(told) @ np.abs(move) == pytest.approx(least)


def test_move_that_is_sought_afresh_knows_what_is_hidden_and_what_is_shown():
    made = Moves(ROW, count_needs(ROW, DEFAULT), Work(1e6), afresh=True)
    made.hide(T)
    assert changed(made.cheapest(A, 2.0)) == {"a": 2, "b": 0, "t": 2}
    made.show(T)
    assert changed(made.cheapest(A, 2.0)) == {"a": 2, "b": -2, "t": 0}


def test_sums_move_by_parts_and_down_to_nothing():
    cells = [Cell(("p",), 10.5), Cell(("q",), 4.5), Cell(("all",), 15.0)]
    told = system(cells, [((("p",), 1.0), (("q",), 1.0), (("all",), -1.0))])
    made = Moves(told, sum_needs(told, DEFAULT, frozenset({("p",)})), Work(1e6))
    move = made.cheapest(told.position[("q",)], -4.5)
    assert move[told.position[("p",)]] == 4.5


def chained():
    """`a` falls as `b`, of 1, rises; or as three hidden ones move in a chain. `p` and `q` are apart; sums are shown."""
    values = {"a": 9, "b": 1, "h": 40, "i": 40, "j": 40, "t": 50, "u": 80, "v": 80, "p": 30, "q": 30, "w": 60}
    sums = ["abht", "hiu", "ijv", "pqw"]
    relations = [(*(((part,), 1.0) for part in each[:-1]), ((each[-1],), -1.0)) for each in sums]
    told = system([Cell((name,), value) for name, value in values.items()], relations)
    made = moves(told)
    for name in "tuvw":
        made.show(told.position[(name,)])
    for name in "hijpq":
        made.hide(told.position[(name,)])
    return told, made


def test_three_hidden_cells_are_cheaper_than_a_single_one_and_those_that_are_not_needed_stay():
    told, made = chained()
    move = made.cheapest(told.position[("a",)], -1.0)
    assert {told.cells[place].name[0]: move[place] for place in np.flatnonzero(move)} == {
        "a": -1,
        "h": 1,
        "i": -1,
        "j": 1,
    }


def test_move_is_whole_where_it_differs_by_rounding():
    assert whole_where_near(np.array([0.9999999, -2.0000001, 0.4, 0.0])).tolist() == [1, -2, 0.4, 0]


def test_one_is_the_least_that_a_gap_can_be():
    told = system([Cell(("a",), 1), Cell(("b",), 20), Cell(("t",), 21)], ADDS_UP)
    assert moves(told).cheapest(told.position[("a",)], -1.0) is None
    assert moves(told).cheapest(told.position[("b",)], 1.0)[told.position[("t",)]] == 1


def test_relations_may_be_more_than_the_cells() -> None:
    told = system(
        [Cell(("p",), 9), Cell(("q",), 9)], [((("p",), times), (("q",), -times)) for times in (1.0, 2.0, 3.0)]
    )
    assert moves(told).cheapest(told.position[("p",)], 2.0).tolist() == [2, 2]


SHARED_OUT = system(
    [Cell(("a",), 3), Cell(("b",), 3), Cell(("c",), 3), Cell(("d",), 14), Cell(("t",), 23)],
    [((("a",), 1.0), (("b",), 1.0), (("c",), 1.0), (("d",), 1.0), (("t",), -1.0))],
)
"""`a` rises by 4: two of `b` and two of `c` cost less by the step than four of `d`, but hide two cells, and `d` one."""


def used(told, move):
    return {told.cells[place].name[0] for place in np.flatnonzero(move)}


def test_fewest_hides_one_dear_cell_where_the_cheapest_hides_two():
    made, rising = moves(SHARED_OUT), SHARED_OUT.position[("a",)]
    assert used(SHARED_OUT, made.cheapest(rising, 4.0)) == {"a", "b", "c"}
    assert used(SHARED_OUT, made.fewest(rising, 4.0)) == {"a", "d"}


def test_fewest_takes_the_cheapest_where_its_cells_are_hidden_already():
    made = moves(SHARED_OUT)
    for name in "abc":
        made.hide(SHARED_OUT.position[(name,)])
    assert used(SHARED_OUT, made.fewest(SHARED_OUT.position[("a",)], 4.0)) == {"a", "b", "c"}


def test_fewest_leaves_the_prices_as_they_were():
    made, rising = moves(SHARED_OUT), SHARED_OUT.position[("a",)]
    made.fewest(rising, 4.0)
    assert used(SHARED_OUT, made.cheapest(rising, 4.0)) == {"a", "b", "c"}


@pytest.mark.parametrize("seed", range(4))
def test_fewest_hides_for_no_more_than_the_cheapest(seed):
    told = as_system(np.random.default_rng(seed).poisson(6, (4, 3, 3)) + 1)
    cost, place = prices(told), int(np.argmin(told.values))
    made = moves(told, 1e9)
    cheapest, fewest = made.cheapest(place, 2.0), made.fewest(place, 2.0)
    assert cost[fewest != 0].sum() <= cost[cheapest != 0].sum() + 1e-9
    assert fewest[place] == pytest.approx(2)
    assert np.abs(told.matrix @ fewest).max() < 1e-6


def test_fewest_finds_nothing_where_there_is_nothing():
    assert moves().fewest(A, -3.0) is None
