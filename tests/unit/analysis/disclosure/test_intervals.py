"""What a reader can work out of a sum of cells, against a reader of another make."""

import numpy as np
import pytest
from disclosure_tables import Solver, as_system

from skillnad.analysis.disclosure.intervals import Intervals
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.protect import protect_counts
from skillnad.analysis.disclosure.work import TooMuch, Work

COUNTS = np.array([[3, 20, 30], [40, 2, 60], [70, 80, 4]])


def intervals(counts, hidden, budget=1e12):
    return Intervals(as_system(counts), hidden, 1.0, Work(budget))


@pytest.mark.parametrize("seed", range(6))
def test_interval_of_a_cell_is_what_another_reader_finds(seed):
    counts = np.random.default_rng(seed).poisson(5, (4, 4))
    hidden = protect_counts(as_system(counts), DEFAULT).hidden
    reader, other = intervals(counts, hidden), Solver(counts, hidden)
    for name in sorted(hidden):
        assert reader.of({name: 1.0}) == pytest.approx(other.interval(name, whole=False))


def test_interval_of_a_shown_cell_is_its_value():
    assert intervals(COUNTS, {("a00", "b00")}).of({("a01", "b00"): 1.0}) == (40, 40)


def test_interval_of_a_sum_is_of_the_cells_together():
    hidden = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}
    both = {("a00", "b00"): 1.0, ("a00", "b01"): 1.0}
    assert intervals(COUNTS, hidden).of({("a00", "b00"): 1.0}) == (2, 22)
    assert intervals(COUNTS, hidden).of(both) == (23, 23)


def test_interval_is_the_same_for_every_table_that_shows_the_same():
    hidden = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}
    other = COUNTS + np.array([[2, -2, 0], [-2, 2, 0], [0, 0, 0]])
    asked = {("a01", "b01"): 1.0, ("a01", "*"): 1.0}
    assert intervals(other, hidden).of(asked) == intervals(COUNTS, hidden).of(asked)


def test_sum_without_an_end_has_no_interval():
    everything = {cell.name for cell in as_system(COUNTS).cells}
    assert intervals(COUNTS, everything).of({("*", "*"): 1.0}) is None


def test_interval_stops_where_the_budget_ends():
    with pytest.raises(TooMuch):
        intervals(COUNTS, {("a00", "b00"), ("a00", "b01")}, budget=1).of({("a00", "b00"): 1.0})
