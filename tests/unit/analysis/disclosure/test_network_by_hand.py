"""Cycles that can be worked by hand: how far, by which cells, in how many ways, and for how much work."""

import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.arcs import arcs_of
from skillnad.analysis.disclosure.needs import count_needs, sum_needs
from skillnad.analysis.disclosure.network import Network
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.programme import prices
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.work import TooMuch, Work


def network(told, needs=None, budget=1e6):
    needs = needs or count_needs(told, DEFAULT)
    return Network(told, needs, prices(told), arcs_of(told, needs), Work(budget))


def sum_of(values, latent=()):
    """Cells and their sum `t`."""
    cells = [Cell((name,), value, latent=name in latent) for name, value in values.items()]
    whole = Cell(("t",), sum(values.values()))
    return system([*cells, whole], [(*(((name,), 1.0) for name in values), (("t",), -1.0))])


def changed(told, move):
    """What a move changes, by name."""
    if move is None:
        return None
    return {"".join(told.cells[place].name): float(move[place]) for place in np.flatnonzero(move)}


ROW = sum_of({"a": 3, "b": 20})
A, B, T = (ROW.position[(name,)] for name in "abt")


@pytest.mark.parametrize("amount", [1.0, 2.0, -1.0, -2.0])
def test_cell_rises_and_falls_with_the_cheapest_other(amount):
    assert changed(ROW, network(ROW).cheapest(A, amount)) == {"a": amount, "b": -amount}


@pytest.mark.parametrize("amount", [1.0, -1.0])
def test_hidden_cell_is_cheaper_both_up_and_down(amount):
    made = network(ROW)
    made.hide(T)
    assert changed(ROW, made.cheapest(A, amount)) == {"a": amount, "t": amount}


@pytest.mark.parametrize("amount", [1.0, -1.0])
def test_shown_cell_moves_neither_up_nor_down_until_it_is_freed(amount):
    made = network(ROW)
    made.show(B)
    assert changed(ROW, made.cheapest(A, amount)) == {"a": amount, "t": amount}
    made.free(B)
    assert changed(ROW, made.cheapest(A, amount)) == {"a": amount, "b": -amount}


@pytest.mark.parametrize(("amount", "found"), [(-2.0, True), (-3.0, False)])
def test_cell_falls_to_its_floor_and_no_further(amount, found):
    assert (network(ROW).cheapest(A, amount) is not None) is found


@pytest.mark.parametrize("place", [A, B, T])
def test_cell_that_is_shown_itself_does_not_move(place):
    made = network(ROW)
    made.show(place)
    assert made.cheapest(place, 1.0) is None
    assert made.cheapest(place, -1.0) is None


def test_search_leaves_the_network_as_it_was():
    made = network(ROW)
    before = made.capacity.copy(), made.cost.copy()
    assert made.cheapest(A, 2.0) is not None
    assert made.cheapest(B, 50.0) is not None
    assert (made.capacity == before[0]).all()
    assert (made.cost == before[1]).all()


def test_wide_enough_way_is_taken_whole():
    """`b` can fall by 19 and `t` rise by anything: 19 of `b`, and 20 of `t`."""
    assert changed(ROW, network(ROW).cheapest(A, 19.0)) == {"a": 19, "b": -19}
    assert changed(ROW, network(ROW).cheapest(A, 20.0)) == {"a": 20, "t": 20}


def test_move_is_made_of_several_ways_where_none_is_wide_enough():
    told = as_system(np.array([[3, 2, 2], [9, 9, 9], [9, 9, 9]]))
    made = network(told)
    for place, cell in enumerate(told.cells):
        if "*" in cell.name:
            made.show(place)
    move = made.cheapest(told.position["a00", "b00"], 2.0)
    first = {name: by for name, by in changed(told, move).items() if name.startswith("a00")}
    assert first == {"a00b00": 2, "a00b01": -1, "a00b02": -1}
    assert not (told.matrix @ move).any()


@pytest.mark.parametrize(("amount", "found"), [(1.0, True), (24.0, True), (25.0, False)])
def test_move_is_made_of_24_ways_at_most(amount, found):
    told = sum_of({"a": 3} | {f"b{number:02d}": 2 for number in range(30)})
    made = network(told)
    made.show(told.position[("t",)])
    assert (made.cheapest(told.position[("a",)], amount) is not None) is found


def test_last_way_takes_only_what_is_left():
    told = sum_of({"a": 3, "b": 3, "c": 4})
    made = network(told)
    made.show(told.position[("t",)])
    assert changed(told, made.cheapest(told.position[("a",)], 4.0)) == {"a": 4, "b": -2, "c": -2}


def test_ways_that_end_too_soon_are_no_move():
    told = sum_of({"a": 3, "b": 3, "c": 4})
    made = network(told)
    made.show(told.position[("t",)])
    assert made.cheapest(told.position[("a",)], 5.0) is not None
    assert made.cheapest(told.position[("a",)], 6.0) is None


def test_move_of_several_ways_keeps_the_relations_and_the_floors():
    told = as_system(np.array([[3, 3, 9], [3, 3, 9], [9, 9, 2]]))
    move = network(told).cheapest(told.position["a00", "b00"], -2.0)
    assert not (told.matrix @ move).any()
    assert (told.values + move >= 1).all()


SQUARE = as_system(np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]]))
CORNER = [SQUARE.position[name] for name in (("a00", "b02"), ("a02", "b00"), ("a02", "b02"))]
SMALL = SQUARE.position["a00", "b00"]


def test_rectangle_of_gaps_is_seen_without_a_search():
    """Nine nodes, both ends looked at, and one gap on either side: 2 × 9 + 1 × 1."""
    made = network(SQUARE)
    for place in CORNER:
        made.hide(place)
    assert set(np.flatnonzero(made.cheapest(SMALL, 2.0))) == {SMALL, *CORNER}
    assert made.work.spent == 19


def test_rectangle_that_is_not_wide_enough_is_not_taken():
    counts = np.array([[3, 20, 2], [40, 50, 60], [70, 80, 90]])
    told = as_system(counts)
    made = network(told)
    for name in (("a00", "b02"), ("a02", "b00"), ("a02", "b02")):
        made.hide(told.position[name])
    rectangle = made.cheapest(told.position["a00", "b00"], 1.0)
    assert told.position["a00", "b02"] in np.flatnonzero(rectangle)
    wider = made.cheapest(told.position["a00", "b00"], 2.0)
    assert wider[told.position["a00", "b02"]] == 0


def test_work_is_each_node_that_is_looked_from_times_each_that_is_looked_at():
    """Four nodes. The rectangle: 2 × 4. From the start 4 + 4, from the two between 2 × 4 + 4, from the end 4 + 4."""
    made = network(ROW)
    made.cheapest(A, 1.0)
    assert made.work.spent == 8 + 8 + 12 + 8


def test_search_stops_where_the_budget_ends():
    with pytest.raises(TooMuch):
        network(ROW, budget=35).cheapest(A, 1.0)
    assert network(ROW, budget=36).cheapest(A, 1.0) is not None


def test_stopped_search_leaves_the_network_as_it_was():
    made = network(ROW, budget=35)
    before = made.capacity.copy()
    with pytest.raises(TooMuch):
        made.cheapest(A, 1.0)
    assert (made.capacity == before).all()


def test_sums_of_parts_are_no_exact_network():
    told = sum_of({"p": 10.5, "q": 4.5})
    needs = sum_needs(told, DEFAULT, frozenset({("p",)}))
    assert not network(told, needs).exact
    assert network(ROW).exact


def test_sums_move_by_parts():
    told = sum_of({"p": 10.5, "q": 4.25})
    made = network(told, sum_needs(told, DEFAULT, frozenset({("p",)})))
    assert changed(told, made.cheapest(told.position[("q",)], -4.25)) == {"q": -4.25, "p": 4.25}


def with_complement(no):
    """Two units; of one it is known how many do not have the value: `all` = `yes` + `no`."""
    cells = [Cell(("yes",), 20), Cell(("all",), 20 + no), Cell(("no",), no, latent=True)]
    cells += [Cell(("other",), 40), Cell(("both",), 60)]
    return system(
        cells,
        [
            ((("yes",), 1.0), (("no",), 1.0), (("all",), -1.0)),
            ((("yes",), 1.0), (("other",), 1.0), (("both",), -1.0)),
        ],
    )


def test_network_with_latent_cells_is_not_exact():
    assert not network(with_complement(10)).exact


@pytest.mark.parametrize(("amount", "found"), [(10.0, True), (11.0, False), (-19.0, True), (-20.0, False)])
def test_cell_rises_as_far_as_its_complement_can_fall(amount, found):
    """Ten do not have the value, and may be none; the value's own gap is at least 1."""
    told = with_complement(10)
    move = network(told).cheapest(told.position[("yes",)], amount)
    assert (move is not None) is found
    assert not found or move[told.position[("no",)]] == -amount


@pytest.mark.parametrize("amount", [3.0, -3.0])
def test_latent_cell_moves_by_the_cell_it_follows_from(amount):
    told = with_complement(10)
    move = network(told).cheapest(told.position[("no",)], amount)
    assert changed(told, move) == {"no": amount, "yes": -amount, "other": amount}
    assert not (told.matrix @ move).any()


def test_latent_cell_that_follows_from_nothing_movable_does_not_move():
    told = with_complement(10)
    made = network(told)
    made.show(told.position[("yes",)])
    assert made.cheapest(told.position[("no",)], 1.0) is None


def test_move_that_would_take_a_latent_cell_below_nothing_is_none():
    """`yes` and `other` both have a complement; moved against each other, one of the complements would end below 0."""
    told = system(
        [Cell(("yes",), 20), Cell(("all",), 30), Cell(("no",), 10, latent=True), Cell(("other",), 20)],
        [
            ((("yes",), 1.0), (("no",), 1.0), (("all",), -1.0)),
            ((("yes",), 1.0), (("other",), -1.0)),
        ],
    )
    made = network(told)
    assert changed(told, made.cheapest(told.position[("yes",)], 10.0)) == {"yes": 10, "other": 10, "no": -10}
    assert made.cheapest(told.position[("other",)], 11.0) is None


def test_one_is_the_least_that_a_gap_can_be():
    told = sum_of({"a": 1, "b": 20})
    assert network(told).cheapest(told.position[("a",)], -1.0) is None
    assert changed(told, network(told).cheapest(told.position[("b",)], 1.0)) == {"b": 1, "t": 1}


def test_printed_nought_stops_no_other_cell():
    told = with_complement(10)
    cells = [*told.cells, Cell(("none",), 0)]
    relations = [
        tuple((told.cells[place].name, by) for place, by in enumerate(row) if by) for row in told.matrix.toarray()
    ]
    nought = system(cells, relations)
    move = network(nought).cheapest(nought.position[("yes",)], 3.0)
    assert changed(nought, move) == {"yes": 3, "no": -3, "other": -3}


HALVES = sum_of({"p": 0.25, "q": 9.5})
P, Q = HALVES.position[("p",)], HALVES.position[("q",)]


@pytest.mark.parametrize(("place", "amount", "found"), [(P, -0.25, True), (P, -0.5, False), (Q, -0.5, True)])
def test_sum_falls_by_a_part_and_not_below_nothing(place, amount, found):
    made = network(HALVES, sum_needs(HALVES, DEFAULT, frozenset({("p",)})))
    move = made.cheapest(place, amount)
    assert (move is not None) is found
    assert move is None or (move[place] == amount and not (HALVES.matrix @ move).any())


@pytest.mark.parametrize("amount", [0.5, 1.0, 2.0])
def test_cell_that_cannot_fall_can_rise(amount):
    told = sum_of({"a": 1, "b": 20})
    assert changed(told, network(told).cheapest(told.position[("a",)], amount)) == {"a": amount, "b": -amount}


def test_complement_limits_how_far_each_cell_that_it_follows_from_moves():
    """`no` is 10: `yes` can rise by that, and `all`, which has both, can fall by it."""
    told = with_complement(10)
    made = network(told)
    yes, whole = told.position[("yes",)], told.position[("all",)]
    assert (made.up[yes], made.down[yes]) == (10, 19)
    assert (made.up[whole], made.down[whole]) == (np.inf, 10)


def test_gap_of_one_does_not_fall():
    told = sum_of({"a": 1, "b": 20})
    assert network(told).cheapest(told.position[("a",)], -1.0) is None
    assert changed(told, network(told).cheapest(told.position[("b",)], 1.0)) == {"b": 1, "t": 1}
