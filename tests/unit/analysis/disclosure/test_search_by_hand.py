"""How many gaps small tables need, which ones, and that every path of the search gives safe ones."""

from dataclasses import replace

import numpy as np
import pytest
from disclosure_tables import as_system, derivable

from skillnad.analysis.disclosure import secondary
from skillnad.analysis.disclosure.needs import count_needs, sum_needs
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.programme import Moves
from skillnad.analysis.disclosure.secondary import Pruning, Search, Unprotectable
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.work import TooMuch, Work

SQUARE = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
RECTANGLE = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}


def searched(told, budget=1e9):
    return Search(told, count_needs(told, DEFAULT), Work(budget))


def gaps(counts):
    told = as_system(np.array(counts))
    return {told.cells[place].name for place in np.flatnonzero(searched(told).run())}


FEWEST = [
    ([3, 20, 30], 2),  # a lone gap follows from the sum
    ([3, 2, 30, 40], 3),  # two follow from the sum as far as 5, and 5 is not small, but 3 could not be 5
    ([4, 4, 30, 40], 2),  # 8: each can be from 1 to 7
    ([[3, 20, 30], [40, 50, 60], [70, 80, 90]], 4),  # a rectangle
    ([[4, 20, 30], [40, 4, 60], [70, 80, 90]], 4),  # a rectangle with the two as its corners
    ([[9, 9], [9, 9]], 0),
]


@pytest.mark.parametrize(("counts", "fewest"), FEWEST)
def test_gaps_are_as_few_as_can_be(counts, fewest):
    assert len(gaps(counts)) == fewest


@pytest.mark.parametrize(("counts", "fewest"), FEWEST)
def test_gaps_that_are_as_few_as_can_be_are_safe(counts, fewest):
    assert derivable(np.array(counts), gaps(counts)) == []


def test_gaps_of_a_ring_are_the_six_that_it_takes_or_one_more():
    """Two in each line is the least; the search takes a rectangle for each of the small counts."""
    ring = [[4, 90, 90], [90, 4, 90], [90, 90, 4]]
    assert len(gaps(ring)) in (6, 7)
    assert derivable(np.array(ring), gaps(ring)) == []


def test_gaps_beside_a_small_count_are_the_smallest():
    assert gaps(SQUARE) == RECTANGLE


def test_needs_are_met_the_farthest_first_and_what_is_far_enough_is_none():
    told = system([Cell(("one",), 1), Cell(("four",), 4), Cell(("nine",), 9)], [])
    one, four = told.position[("one",)], told.position[("four",)]
    assert searched(told).primary_needs() == [(one, 4.0), (four, -3.0), (four, 1.0)]


def test_move_is_drawn_out_until_a_cell_is_the_least_it_can_be():
    told = as_system(SQUARE)
    search = searched(told)
    small, beside = told.position["a00", "b00"], told.position["a00", "b01"]
    move = np.zeros(len(told.cells))
    move[small], move[beside] = 1.0, -1.0
    drawn = search._drawn_out(move, np.flatnonzero(move))
    assert (drawn[small], drawn[beside]) == (19, -19)
    back = search._drawn_out(-move, np.flatnonzero(move))
    assert (back[small], back[beside]) == (-2, 2)


def test_nought_that_may_be_a_gap_has_no_room_to_fall():
    told = as_system(np.array([[0, 20], [30, 40]]))
    needs = count_needs(told, replace(DEFAULT, zeros_printed=False))
    assert Search(told, needs, Work(1e9)).room.min() == 0
    assert Moves(told, needs, Work(1e9)).room.min() == 0


def test_move_upward_is_drawn_out_no_farther_than_fifty():
    told = as_system(SQUARE)
    move = np.zeros(len(told.cells))
    move[told.position["*", "*"]] = 2.0
    assert searched(told)._drawn_out(move, np.flatnonzero(move)).max() == 50


def test_move_hides_what_it_changes_and_witnesses_both_ways():
    told = as_system(SQUARE)
    search = searched(told)
    search._take(search.ways.cheapest(told.position["a00", "b00"], 1.0))
    assert {told.cells[place].name for place in np.flatnonzero(search.hidden)} == RECTANGLE
    small = told.position["a00", "b00"]
    assert (search.witnesses.up[small], search.witnesses.down[small]) == (19, -2)
    assert len(search.witnesses.moves) == 2


def test_move_back_that_meets_no_need_is_not_kept():
    told = as_system(np.array([[1, 20, 30], [40, 50, 60], [70, 80, 90]]))
    search = searched(told)
    search._take(search.ways.cheapest(told.position["a00", "b00"], 1.0))
    assert len(search.witnesses.moves) == 1


def test_cost_of_a_move_is_of_what_it_would_hide():
    told = as_system(np.array([[6, 14], [30, 62]]))
    search = searched(told)
    move = np.zeros(len(told.cells))
    for name in (("a00", "b00"), ("a00", "b01"), ("a01", "b01")):
        move[told.position[name]] = 1.0
    assert search._cost(move) == 3 + 4 + 6
    search.hidden[told.position["a00", "b01"]] = True
    assert search._cost(move) == 3 + 6


def test_latent_cell_costs_nothing_and_is_in_no_pattern():
    told = system(
        [Cell(("yes",), 28), Cell(("all",), 30), Cell(("no",), 2, latent=True)],
        [((("yes",), 1.0), (("no",), 1.0), (("all",), -1.0))],
    )
    search = searched(told)
    assert search._cost(np.where(told.latent, 1.0, 0.0)) == 0
    found = {told.cells[place].name[0] for place in np.flatnonzero(search.run())}
    assert found in ({"yes"}, {"all"})


def test_cell_whose_parts_are_noughts_and_ones_falls_as_far_as_it_can():
    """One gap beside two that are 1 at least: the sum of 4 can be 3 at the least, and not 1."""
    told = as_system(np.array([[1, 1, 2], [20, 30, 40]]))
    search = searched(told)
    assert search.run().any()
    margin = told.position["a00", "*"]
    assert (margin, -1.0) in search.wanted
    assert search.witnesses.down[margin] == -1


def test_secondary_gap_that_nothing_moves_is_open_until_something_does():
    told = as_system(SQUARE)
    search, lone = searched(told), told.position["a02", "b02"]
    search._hide(np.array([lone]))
    assert search.open_secondaries() == [lone]
    search._meet_secondaries()
    assert search.open_secondaries() == []
    assert search.hidden.sum() == 4


def test_secondary_gap_that_cannot_move_is_unprotectable():
    told = system([Cell(("a",), 9.0), Cell(("b",), 9.0)], [((("a",), 1.0), (("b",), -1.0))])
    search = searched(told)
    search._hide(np.array([0]))
    search.ways.show(1)
    with pytest.raises(Unprotectable):
        search._meet_secondaries()


CUBE = np.random.default_rng(2).poisson(4, (3, 3, 3))


def batches(monkeypatch, counts, many, batch=5):
    """The sizes of the batches that a search of a table takes."""
    taken = []
    real = Search._meet_batch
    monkeypatch.setattr(secondary, "MANY", many)
    monkeypatch.setattr(secondary, "BATCH", batch)
    monkeypatch.setattr(Search, "_meet_batch", lambda self, needs: (taken.append(len(needs)), real(self, needs))[1])
    search = searched(as_system(counts))
    search._meet(search.primary_needs())
    return taken


def test_needs_are_met_in_batches_from_so_many_on(monkeypatch):
    number = len(searched(as_system(CUBE)).primary_needs())
    assert batches(monkeypatch, CUBE, number, 5)[0] == 5
    assert batches(monkeypatch, CUBE, number + 1) == []


def test_needs_of_a_network_are_met_one_by_one(monkeypatch):
    assert batches(monkeypatch, SQUARE, 1) == []


@pytest.mark.parametrize("batch", [1, 4, 1000])
@pytest.mark.parametrize("seed", range(3))
def test_pattern_made_in_batches_is_safe(monkeypatch, seed, batch):
    monkeypatch.setattr(secondary, "MANY", 2)
    monkeypatch.setattr(secondary, "BATCH", batch)
    counts = np.random.default_rng(seed).poisson(5, (3, 3, 2))
    assert derivable(counts, gaps(counts)) == []


def together(monkeypatch, answers, number):
    """How many needs each programme is asked for where `answers` says whether it finds a move."""
    told = as_system(SQUARE)
    search, asked = searched(told), []

    def found(needs):
        asked.append(len(needs))
        return np.zeros(len(told.cells)) if answers(len(needs)) else None

    monkeypatch.setattr(search.ways, "together", found)
    monkeypatch.setattr(search, "_take", lambda move: None)
    search._meet_batch([(place, 1.0) for place in range(number)])
    return asked


def test_batch_that_has_a_move_is_one_programme(monkeypatch):
    assert together(monkeypatch, lambda size: True, 6) == [6]


def test_batch_that_contradicts_itself_is_halved_until_one_is_left(monkeypatch):
    assert together(monkeypatch, lambda size: False, 6) == [6, 3, 2, 3, 2]


def test_need_that_the_first_half_met_is_not_asked_for_in_the_second(monkeypatch):
    told = as_system(SQUARE)
    search, asked = searched(told), []

    def found(needs):
        asked.append([place for place, _ in needs])
        search.witnesses.add(np.where(np.arange(len(told.cells)) == 2, 1.0, 0.0))

    monkeypatch.setattr(search.ways, "together", found)
    search._meet_batch([(place, 1.0) for place in range(4)])
    assert asked == [[0, 1, 2, 3], [0, 1]]


def before_pruning(counts):
    search = searched(as_system(counts))
    search._meet(search.primary_needs())
    search._meet_secondaries()
    return search


def test_pruning_shows_a_needless_gap_and_then_the_relations_have_one_less():
    search = before_pruning(SQUARE)
    place = search.told.position["a02", "b02"]
    search._take(search.ways.cheapest(place, 1.0))
    pruning = Pruning(search)
    before = pruning.gaps.copy()
    pruning._try(place)
    assert not search.hidden[place]
    stands_in = search.told.matrix.toarray()[:, place] != 0
    assert (before - pruning.gaps).tolist() == stands_in.astype(int).tolist()


def test_pruning_that_finds_a_gap_needed_leaves_all_as_it_was():
    search = before_pruning(SQUARE)
    pruning, place = Pruning(search), search.told.position["a01", "b01"]
    for other in np.flatnonzero(~search.hidden & search.needs.movable).tolist():
        search.ways.show(other)
    before = search.hidden.copy(), pruning.gaps.copy(), search.witnesses.matrix().toarray(), search.ways.shown.copy()
    pruning._try(place)
    assert (search.hidden == before[0]).all()
    assert (pruning.gaps == before[1]).all()
    assert sorted(search.witnesses.matrix().toarray().tolist()) == sorted(before[2].tolist())
    assert search.ways.shown == before[3]
    assert search.ways.cheapest(search.told.position["a00", "b00"], 1.0) is not None


@pytest.mark.parametrize("budget", [True, False])
def test_gap_is_left_where_the_budget_ends_before_another_way_is_found(budget):
    """Nothing is shown for good yet, so that there is another way to be found."""
    search, place = before_pruning(SQUARE), as_system(SQUARE).position["a01", "b01"]
    if not budget:
        search.work.budget = search.work.spent
    Pruning(search)._try(place)
    assert search.hidden[place] == (not budget)
    assert all(search.witnesses.met(*need) for need in search.wanted)


def test_gap_is_not_tried_where_a_relation_would_have_one_left():
    search = before_pruning(SQUARE)
    pruning = Pruning(search)
    assert not pruning._worth_trying(search.told.position["a01", "b01"])
    pruning.gaps += 1
    assert pruning._worth_trying(search.told.position["a01", "b01"])


@pytest.mark.parametrize(("users", "tried"), [(12, True), (13, False)])
def test_gap_is_not_tried_where_too_many_moves_lean_on_it(users, tried):
    search = before_pruning(SQUARE)
    pruning, place = Pruning(search), search.told.position["a01", "b01"]
    pruning.gaps += 1
    search.witnesses.users[place] = dict.fromkeys(range(users), 1.0)
    assert pruning._worth_trying(place) is tried


def test_pruning_tries_the_dearest_gap_first_and_none_without_budget(monkeypatch):
    search, tried = before_pruning(SQUARE), []
    monkeypatch.setattr(Pruning, "_worth_trying", lambda self, place: True)
    monkeypatch.setattr(Pruning, "_try", lambda self, place: tried.append(search.told.values[place]))
    Pruning(search).run()
    assert tried == [50, 40, 20]
    search.work.budget = search.work.spent
    Pruning(search).run()
    assert tried == [50, 40, 20]


def test_pruning_uses_no_cell_that_is_shown():
    search = before_pruning(SQUARE)
    Pruning(search).run()
    shown = {search.told.cells[place].name for place in search.ways.shown}
    assert shown == {cell.name for cell in search.told.cells} - RECTANGLE


@pytest.mark.parametrize("shape", [(6, 5), (3, 3, 3)])
def test_search_within_any_budget_stops_or_is_safe(shape):
    counts = np.random.default_rng(4).poisson(6, shape)
    told = as_system(counts)
    whole = searched(told)
    whole.run()
    for part in (0.3, 0.6, 0.9):
        short = searched(told, whole.work.spent * part)
        try:
            found = short.run()
        except TooMuch:
            continue
        assert derivable(counts, {told.cells[place].name for place in np.flatnonzero(found)}) == []


def test_sums_are_searched_too():
    cells = [Cell(("p",), 100.0), Cell(("q",), 90.0), Cell(("r",), 3000.0), Cell(("all",), 3190.0)]
    told = system(cells, [((("p",), 1.0), (("q",), 1.0), (("r",), 1.0), (("all",), -1.0))])
    search = Search(told, sum_needs(told, DEFAULT, frozenset({("p",)})), Work(1e9))
    assert {told.cells[place].name[0] for place in np.flatnonzero(search.run())} == {"p", "q"}


def test_secondary_gap_that_no_move_changes_any_longer_is_not_safe():
    search = before_pruning(SQUARE)
    pruning, place = Pruning(search), search.told.position["a01", "b01"]
    pruning.wanted = {}
    search.witnesses.remove(sorted(search.witnesses.users[place]))
    for cell in range(len(search.told.cells)):
        search.ways.show(cell)
    assert place in search.open_secondaries()
    assert pruning._still_safe({place}, []) is False
