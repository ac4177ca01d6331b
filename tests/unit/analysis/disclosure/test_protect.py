import numpy as np
import pytest
from disclosure_tables import as_system, derivable

from skillnad.analysis.disclosure import protect
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.protect import protect_counts, protect_sums
from skillnad.analysis.disclosure.secondary import Unprotectable
from skillnad.analysis.disclosure.system import Cell, system

COUNTS = np.random.default_rng(8).poisson(6, (6, 5))


def test_pattern_holds_every_small_count():
    told = as_system(COUNTS)
    small = {cell.name for cell in told.cells if DEFAULT.small(cell.value)}
    assert small <= protect_counts(told, DEFAULT).hidden


def test_pattern_counts_primary_and_secondary():
    pattern = protect_counts(as_system(np.array([[3, 20, 30], [40, 50, 60]])), DEFAULT)
    assert (pattern.primary, pattern.secondary) == (1, 3)


def test_pattern_is_the_same_each_time():
    assert protect_counts(as_system(COUNTS), DEFAULT) == protect_counts(as_system(COUNTS), DEFAULT)


def test_pattern_follows_the_cells_when_levels_change_places():
    order = [3, 0, 4, 2, 1]
    turned = protect_counts(as_system(COUNTS[:, order]), DEFAULT).hidden
    back = {(row, f"b{order[int(column[1:])]:02d}") if column != "*" else (row, column) for row, column in turned}
    assert back == protect_counts(as_system(COUNTS), DEFAULT).hidden


def test_pattern_where_zeros_are_not_printed_may_hide_them():
    policy = Policy(zeros_printed=False)
    counts = np.array([[3, 0], [0, 50]])
    assert derivable(counts, protect_counts(as_system(counts), policy).hidden, floor=0) == []


def test_forced_cell_is_hidden_with_others():
    pattern = protect_counts(as_system(np.full((3, 3), 20)), DEFAULT, frozenset({("a00", "b00")}))
    assert ("a00", "b00") in pattern.hidden
    assert pattern.secondary == 3


def test_table_that_cannot_be_protected_is_withheld(monkeypatch):
    def refuses(self):
        raise Unprotectable

    monkeypatch.setattr(protect.Search, "run", refuses)
    pattern = protect_counts(as_system(COUNTS), DEFAULT)
    assert pattern.withheld
    assert len(pattern.hidden) == 42


def test_pattern_that_the_auditor_objects_to_is_withheld(monkeypatch):
    monkeypatch.setattr(protect.Search, "run", lambda self: self.needs.primary)
    assert protect_counts(as_system(np.array([[3, 20, 30], [40, 50, 60]])), DEFAULT).withheld


@pytest.mark.parametrize("forced", ["p", "q"])
def test_sums_hide_the_forced_and_enough_more(forced):
    cells = [Cell(("p",), 100.0), Cell(("q",), 2000.0), Cell(("r",), 3000.0), Cell(("all",), 5100.0)]
    told = system(cells, [((("p",), 1.0), (("q",), 1.0), (("r",), 1.0), (("all",), -1.0))])
    pattern = protect_sums(told, DEFAULT, frozenset({(forced,)}))
    assert (forced,) in pattern.hidden
    assert pattern.secondary == 1


def test_sums_without_a_forced_cell_are_all_shown():
    assert protect_sums(system([Cell(("p",), 3.0)], []), DEFAULT, frozenset()).hidden == frozenset()
