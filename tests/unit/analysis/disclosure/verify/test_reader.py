"""The reader of gaps: what a look costs, what is believed, and what is looked for where there are many unknowns."""

import numpy as np
import pytest
from released_tables import given, released

from skillnad.analysis.disclosure.verify import reader as reader_module
from skillnad.analysis.disclosure.verify.incidence import incidence_of
from skillnad.analysis.disclosure.verify.reader import GapReader, OutOfBudget, _quiet
from skillnad.analysis.disclosure.verify.unknowns import unknowns_of

ROW = given("a", ("A", 3), ("B", 20), ("C", 0), ("D", 40))
COLUMNS = 4
"""Two inner cells that are unknown, and their two gaps."""


def reader_of(budget=1e9, floor=1.0, ceiling=np.inf):
    told = unknowns_of(incidence_of([released(ROW, ["A", "B"])]))
    return GapReader(told, np.full(2, floor), np.full(2, ceiling), budget)


def test_look_costs_its_columns_and_one_at_whole_numbers_twenty_times_that():
    reader = reader_of(budget=1000)
    reader.reach([0], [9.0], upward=True)
    assert reader.budget == 1000 - COLUMNS
    reader.whole(0, 5.0, upward=True)
    assert reader.budget == 1000 - 21 * COLUMNS


def test_look_at_many_columns_costs_more(monkeypatch):
    monkeypatch.setattr(reader_module, "MANY", 2)
    reader = reader_of(budget=1000)
    reader.reach([0], [9.0], upward=True)
    assert reader.budget == 1000 - COLUMNS * COLUMNS / 2


def test_budget_may_be_spent_to_the_last():
    reader = reader_of(budget=COLUMNS)
    assert reader.reach([0], [9.0], upward=True)
    with pytest.raises(OutOfBudget):
        reader.reach([0], [9.0], upward=True)


def test_look_that_costs_more_than_is_left_is_not_made():
    with pytest.raises(OutOfBudget):
        reader_of(budget=COLUMNS - 1).reach([0], [9.0], upward=True)


@pytest.mark.parametrize(("many", "solver", "most"), [(COLUMNS, "ipm", 9.25), (COLUMNS + 1, "choose", 9)])
def test_so_many_columns_are_many(monkeypatch, many, solver, most):
    monkeypatch.setattr(reader_module, "MANY", many)
    reader = reader_of()
    reader.reach([0], [9.0], upward=True)
    assert reader.solver.getOptionValue("solver")[1] == solver
    assert reader.high[0] == pytest.approx(most, abs=0.01)


def test_gap_is_seen_as_far_as_was_asked_and_no_further():
    reader = reader_of()
    reader.reach([0], [9.0], upward=True)
    assert (reader.low[0], reader.high[0]) == (9, 9)
    reader.reach([0], [2.0], upward=False)
    assert (reader.low[0], reader.high[0]) == (2, 9)


def test_gap_is_sent_past_its_end_where_there_are_many(monkeypatch):
    """An interior point stops short of it."""
    monkeypatch.setattr(reader_module, "MANY", 2)
    reader = reader_of()
    reader.reach([0], [9.0], upward=True)
    assert 9 < reader.high[0] <= 9.25
    reader.reach([0], [2.0], upward=False)
    assert 1.75 <= reader.low[0] < 2


def test_bounds_are_as_before_after_a_look():
    reader = reader_of()
    reader.reach([0], [9.0], upward=True)
    reader.reach([0], [22.0], upward=True)
    assert reader.high[0] == pytest.approx(22)


def test_no_table_is_no_look():
    reader = reader_of()
    reader.fix(0, 23.0)
    assert reader.reach([1], [30.0], upward=True) is False
    assert reader.seen == []


def test_table_of_fractions_says_nothing_of_whole_numbers():
    reader = reader_of()
    reader._see(np.array([3.5, 19.5, 3.5, 19.5]))
    assert (reader.low[0], reader.high[0]) == (3.5, 3.5)
    assert reader.whole_high[0] == -np.inf
    reader._see(np.array([4.0, 19.0, 4.0, 19.0]))
    assert (reader.whole_low[0], reader.whole_high[0]) == (4, 4)


@pytest.mark.parametrize("table", [(3, 19, 3, 19), (3, 20, 4, 20), (24, -1, 24, -1), (0, 23, 0, 23), (15, 8, 15, 8)])
def test_table_is_not_believed_that(table):
    """Has another sum, other gaps than cells, less than nothing, or gaps below or above what is known."""
    reader = reader_of(ceiling=14.0 if table[0] == 15 else np.inf)
    reader._see(np.array(table, dtype=float))
    assert reader.seen == []


def test_table_that_someone_says_agrees_is_tried_by_its_inner_cells():
    reader = reader_of()
    reader.consider(np.array([7.0, 16.0, 0.0, 40.0]))
    assert (reader.high[0], reader.whole_high[0]) == (7, 7)
    reader.consider(np.array([8.0, 16.0, 0.0, 40.0]))
    assert reader.high[0] == 7


def test_solver_is_quiet(capfd):
    reader_of().reach([0], [9.0], upward=True)
    assert capfd.readouterr().out == ""


def test_whole_numbers_are_sought_downward_too():
    reader = reader_of()
    assert reader.whole(0, 1.0, upward=False)
    assert reader.whole(0, 0.0, upward=False) is False
    assert reader.whole_low[0] == 1


def test_second_gap_is_the_one_that_is_fixed_freed_and_looked_at():
    reader = reader_of()
    reader.fix(1, 20.0)
    reader.reach([0], [9.0], upward=True)
    assert reader.high[0] == pytest.approx(3)
    reader.free(1)
    assert reader.whole(1, 21.0, upward=True)
    assert (reader.whole_low[0], reader.whole_high[1]) == (2, 21)
    assert not reader.whole(1, 23.0, upward=True)


def test_sum_that_someone_says_agrees_counts_what_is_known_too():
    """Nothing is shown of A and B but that they are somebody, and of the sum that it has 40 more."""
    told = unknowns_of(incidence_of([released(ROW, ["A", "B", "Total"])]))
    reader = GapReader(told, np.ones(3), np.full(3, np.inf), 1e9)
    reader.consider(np.array([7.0, 16.0, 0.0, 40.0]))
    assert sorted(reader.high.tolist()) == [7, 16, 63]


def test_solver_keeps_to_one_thread_and_to_its_seed():
    assert [_quiet().getOptionValue(option)[1] for option in ("threads", "random_seed")] == [1, 0]
