"""What a reader can work out of a sum of cells, against a reader of another make."""

import numpy as np
import pytest
from disclosure_tables import Solver, as_system

from skillnad.analysis.disclosure.intervals import Intervals
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.protect import protect_counts
from skillnad.analysis.disclosure.system import Cell, system
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


RECTANGLE = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}


def test_interval_of_a_difference_and_of_a_part_is_of_the_cells_with_their_factors():
    """`a00 b00` is 2 to 22 here, and what it gains its neighbour loses: 23 together."""
    reader = intervals(COUNTS, RECTANGLE)
    first, beside = ("a00", "b00"), ("a00", "b01")
    assert reader.of({first: 1.0, beside: -1.0}) == (-19, 21)
    assert reader.of({first: -0.5}) == (-11, -1)
    assert reader.of({first: 2.0, ("a02", "b02"): 1.0}) == (8, 48)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_sum_with_one_end_has_no_interval(sign):
    """Nothing is shown: a cell is 1 at least, and has no most."""
    everything = {cell.name for cell in as_system(COUNTS).cells}
    assert intervals(COUNTS, everything).of({("a00", "b00"): sign}) is None


def test_latent_cell_may_be_nothing_and_a_hidden_one_may_not():
    cells = [Cell(("yes",), 8), Cell(("all",), 10), Cell(("no",), 2, latent=True)]
    told = system(cells, [((("yes",), 1.0), (("no",), 1.0), (("all",), -1.0))])
    reader = Intervals(told, {("yes",)}, 1.0, Work(1e6))
    assert reader.of({("no",): 1.0}) == (0, 9)
    assert reader.of({("yes",): 1.0}) == (1, 10)
    assert Intervals(told, set(), 1.0, Work(1e6)).of({("no",): 1.0}) == (2, 2)


def test_interval_takes_two_programmes_of_the_gaps():
    work = Work(1e6)
    Intervals(as_system(COUNTS), RECTANGLE, 1.0, work).of({("a00", "b00"): 1.0})
    assert work.spent == 2 * 4 * 100
