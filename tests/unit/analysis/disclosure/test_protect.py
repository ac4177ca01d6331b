import numpy as np
import pytest
from disclosure_tables import as_system, derivable

from skillnad.analysis.disclosure import protect
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.protect import protect_counts, protect_sums
from skillnad.analysis.disclosure.secondary import Unprotectable
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.work import TooMuch

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


def audits(monkeypatch, search):
    """The budgets that the auditor gets, who objects to everything."""
    budgets = []
    monkeypatch.setattr(protect.Search, "run", search)
    monkeypatch.setattr(protect, "objections", lambda *_, work, **__: budgets.append(work.budget) or ["any"])
    assert protect_counts(as_system(COUNTS), Policy(budget=1_000_000)).withheld
    return budgets


def test_audit_of_a_pattern_may_take_the_whole_budget(monkeypatch):
    assert audits(monkeypatch, lambda self: self.needs.primary) == [1_000_000]


def test_audit_of_each_rung_may_take_a_quarter(monkeypatch):
    def too_much(self):
        raise TooMuch

    assert audits(monkeypatch, too_much) == [250_000] * 4


def test_first_rung_that_the_auditor_agrees_to_is_the_pattern(monkeypatch):
    def too_much(self):
        raise TooMuch

    seen = []
    monkeypatch.setattr(protect.Search, "run", too_much)
    monkeypatch.setattr(
        protect, "objections", lambda told, hidden, *_, **__: seen.append(hidden) or ([] if len(seen) == 2 else ["any"])
    )
    assert protect_counts(as_system(COUNTS), DEFAULT).hidden == seen[1]
    assert len(seen) == 2


def test_auditor_gets_the_moves_that_the_search_found(monkeypatch):
    given = []
    monkeypatch.setattr(protect, "objections", lambda *_, moves, **__: given.append(moves) or [])
    protect_counts(as_system(np.array([[3, 20, 30], [40, 50, 60]])), DEFAULT)
    assert given[0].shape == (2, 12)


def test_withheld_table_names_no_latent_cell_and_counts_the_small(monkeypatch):
    monkeypatch.setattr(protect, "objections", lambda *_, **__: ["any"])
    told = system(
        [Cell(("yes",), 8), Cell(("all",), 10), Cell(("no",), 2, latent=True), Cell(("few",), 3), Cell(("part",), 3)],
        [((("yes",), 1.0), (("no",), 1.0), (("all",), -1.0)), ((("few",), 1.0), (("part",), -1.0))],
    )
    pattern = protect_counts(told, DEFAULT)
    assert pattern.withheld
    assert pattern.hidden == {("yes",), ("all",), ("few",), ("part",)}
    assert (pattern.primary, pattern.secondary) == (2, 2)


def test_safe_table_is_not_withheld_and_not_searched(monkeypatch):
    monkeypatch.setattr(protect, "Search", None)
    pattern = protect_counts(as_system(np.full((2, 2), 9)), DEFAULT)
    assert (pattern.hidden, pattern.primary, pattern.withheld) == (frozenset(), 0, False)


def test_sums_may_be_thought_to_be_nothing():
    """One of a half can only fall to 0 and never be 1 at least, as a count can."""
    cells = [Cell(("p",), 20.0), Cell(("q",), 0.5), Cell(("all",), 20.5)]
    told = system(cells, [((("p",), 1.0), (("q",), 1.0), (("all",), -1.0))])
    assert protect_sums(told, DEFAULT, frozenset({("q",)})).hidden
