"""A table that takes more work than the budget is hidden by whole parts, each audited."""

from dataclasses import replace

import numpy as np
import pytest
from disclosure_tables import as_system, derivable

from skillnad.analysis.disclosure import protect
from skillnad.analysis.disclosure.ladder import rungs
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.protect import protect_counts
from skillnad.analysis.disclosure.system import Cell, system
from skillnad.analysis.disclosure.work import TooMuch

COUNTS = np.random.default_rng(3).poisson(6, (6, 5)) + np.arange(5) * 4


def proposed(counts):
    told = as_system(counts)
    masks = rungs(told, count_needs(told, DEFAULT), DEFAULT.threshold)
    return [{told.cells[place].name for place in np.flatnonzero(mask)} for mask in masks]


@pytest.fixture
def no_search(monkeypatch):
    def too_much(self):
        raise TooMuch

    monkeypatch.setattr(protect.Search, "run", too_much)


BY_HAND = np.array([[3, 20, 10], [40, 9, 60], [70, 80, 0]])
INNER = {(row, column) for row in ("a00", "a01", "a02") for column in ("b00", "b01", "b02")} - {("a02", "b02")}


def test_rungs_of_a_table_by_hand():
    """One small count; 9 is below two thresholds and 10 is not; the printed nought is never hidden."""
    few, lines, inner, most = proposed(BY_HAND)
    assert few == {("a00", "b00"), ("a01", "b01")}
    assert lines == {("a00", "b00"), ("a00", "b01"), ("a00", "b02"), ("a01", "b00"), ("a02", "b00")}
    assert inner == INNER | {("a00", "*"), ("*", "b00")}
    assert most == inner | {("a01", "*"), ("a02", "*"), ("*", "b01"), ("*", "b02")}


@pytest.mark.parametrize("turn", [1.0, -1.0, 0.5, -0.5])
def test_rungs_are_the_same_whichever_side_of_a_relation_has_the_sum(turn):
    cells = [Cell(("p",), 3), Cell(("q",), 30), Cell(("all",), 33), Cell(("else",), 7)]
    told = system(cells, [((("p",), turn), (("q",), turn), (("all",), -turn))])
    masks = rungs(told, count_needs(told, DEFAULT), DEFAULT.threshold)
    found = [{told.cells[place].name[0] for place in np.flatnonzero(mask)} for mask in masks]
    assert found == [{"p", "else"}, {"p", "q"}, {"p", "q", "all", "else"}, {"p", "q"}]


def test_rungs_hide_no_latent_cell():
    cells = [Cell(("yes",), 28), Cell(("all",), 30), Cell(("no",), 2, latent=True)]
    told = system(cells, [((("yes",), 1.0), (("no",), 1.0), (("all",), -1.0))])
    masks = list(rungs(told, count_needs(told, DEFAULT), DEFAULT.threshold))
    assert [mask[told.position[("no",)]] for mask in masks] == [False] * 4


def test_rungs_hide_more_and_more():
    few, lines, inner, most = proposed(COUNTS)
    assert few <= inner
    assert lines <= inner <= most


def test_every_rung_hides_the_primary_cells():
    told = as_system(COUNTS)
    small = {cell.name for cell in told.cells if DEFAULT.small(cell.value)}
    assert all(small <= rung for rung in proposed(COUNTS))


def test_first_rung_hides_inner_counts_below_ten():
    assert all("*" not in name for name in proposed(COUNTS)[0])
    assert len(proposed(COUNTS)[0]) == (COUNTS < 10).sum()


def test_last_rung_shows_the_grand_total():
    told = as_system(COUNTS)
    assert {cell.name for cell in told.cells} - proposed(COUNTS)[-1] == {("*", "*")}


@pytest.mark.parametrize("shape", [(6, 5), (4, 3, 3)])
@pytest.mark.parametrize("seed", range(4))
def test_pattern_from_the_ladder_leaves_no_gap_derivable(no_search, shape, seed):
    counts = np.random.default_rng(seed).poisson(7, shape)
    pattern = protect_counts(as_system(counts), DEFAULT)
    assert not pattern.withheld
    assert derivable(counts, pattern.hidden) == []


def test_rung_that_the_auditor_objects_to_is_not_taken(no_search, monkeypatch):
    monkeypatch.setattr(protect, "objections", lambda *_, **__: ["any"])
    assert protect_counts(as_system(COUNTS), DEFAULT).withheld


def test_audit_that_takes_too_much_work_is_an_objection(no_search):
    assert protect_counts(as_system(COUNTS), replace(DEFAULT, budget=1)).withheld


def test_small_budget_gives_more_gaps_and_the_same_each_time():
    counts = np.random.default_rng(1).poisson(8, (12, 10))
    small = replace(DEFAULT, budget=2_000)
    pattern = protect_counts(as_system(counts), small)
    assert pattern == protect_counts(as_system(counts), small)
    assert len(pattern.hidden) > len(protect_counts(as_system(counts), DEFAULT).hidden)
