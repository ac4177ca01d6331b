import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.audit import Claim, Reader, count_claims, objections, sum_claims
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.protect import protect_counts
from skillnad.analysis.disclosure.system import Cell, system

SQUARE = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])


def objected(counts, hidden, policy=DEFAULT):
    told = as_system(counts)
    return set(objections(told, hidden, count_claims(told, hidden, policy), policy.gap_floor))


def test_auditor_objects_to_a_small_count_that_is_shown():
    assert objected(SQUARE, set()) == {("a00", "b00")}


def test_auditor_objects_to_a_lone_gap():
    assert objected(SQUARE, {("a00", "b00")}) == {("a00", "b00")}


def test_auditor_accepts_a_rectangle_of_gaps():
    assert objected(SQUARE, {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}) == set()


def test_auditor_objects_where_the_gaps_of_a_line_leave_too_little_room():
    counts = np.array([[1, 2, 50], [2, 1, 60], [70, 80, 90]])
    inner = {(row, column) for row in ("a00", "a01") for column in ("b00", "b01")}
    assert objected(counts, inner) == inner


def test_auditor_objects_to_a_secondary_gap_that_follows():
    counts = np.array([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    rectangle = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}
    assert objected(counts, {*rectangle, ("a02", "b02")}) == {("a02", "b02")}


@pytest.mark.parametrize("seed", range(6))
def test_auditor_objects_when_one_gap_is_undone(seed):
    counts = np.random.default_rng(seed).poisson(7, (5, 4))
    pattern = protect_counts(as_system(counts), DEFAULT)
    assert objected(counts, pattern.hidden) == set()
    assert all(objected(counts, pattern.hidden - {gap}) for gap in pattern.hidden)


def test_auditor_objects_to_a_small_latent_count():
    told = system(
        [Cell(("yes",), 8), Cell(("all",), 10), Cell(("no",), 2, latent=True)],
        [((("yes",), 1.0), (("no",), 1.0), (("all",), -1.0))],
    )
    assert objections(told, set(), count_claims(told, set(), DEFAULT), 1) == [("no",)]
    assert objections(told, {("yes",)}, count_claims(told, {("yes",)}, DEFAULT), 1) == []


def test_auditor_excuses_what_printed_zeros_tell_anyway():
    counts = np.array([[1, 1, 1], [20, 30, 40]])
    pattern = protect_counts(as_system(counts), DEFAULT)
    assert not pattern.withheld
    assert Reader(as_system(counts), pattern.hidden, 1).exact(("a00", "*"))[0] == 3


def test_auditor_of_sums_objects_to_a_close_estimate():
    cells = [Cell(("p",), 1000.0), Cell(("q",), 20.0), Cell(("all",), 1020.0)]
    told = system(cells, [((("p",), 1.0), (("q",), 1.0), (("all",), -1.0))])
    hidden = {("p",), ("q",)}
    assert objections(told, hidden, sum_claims(told, hidden, {("p",)}, DEFAULT), 0) == [("p",)]


def test_reader_knows_a_shown_cell():
    assert Reader(as_system(SQUARE), set(), 1).exact(("a00", "b00")) == (3, 3)


def test_claim_of_a_secondary_gap_asks_for_one_other_number():
    assert Claim(("x",), 7, 7).secondary
    assert not Claim(("x",), 1, 5).secondary
