"""What has to stay uncertain, by who reads."""

import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.audit import Reader, count_claims, objections
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.needs import Needs, count_needs
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.system import Cell, system

A0, A2 = Policy(attacker=Attacker.NOT_NEGATIVE), Policy(attacker=Attacker.PRIMARY_KNOWN)
PROTECTED = Policy(zeros_printed=False, zeros_protected=True)
CORNERS = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}


def needs(policy, counts=((1, 20), (30, 0))):
    """By name: low, high, floor and ceiling."""
    told = as_system(np.array(counts))
    found = count_needs(told, policy)
    columns = (found.low, found.high, found.floor, found.ceiling)
    return {cell.name: row for cell, row in zip(told.cells, zip(*columns, strict=True), strict=True)}


def objected(counts, policy, hidden=CORNERS):
    told = as_system(np.array(counts))
    return set(objections(told, hidden, count_claims(told, hidden, policy), known_bounds(told, policy)))


def test_needs_without_a_ceiling_have_none():
    one = np.ones(2)
    assert Needs(one > 0, one, one, one, one > 0).ceiling.tolist() == [np.inf] * 2


@pytest.mark.parametrize(
    ("policy", "expected"), [(DEFAULT, (1, 5, 1, np.inf)), (A0, (1, 5, 0, np.inf)), (A2, (1, 4, 1, 4))]
)
def test_small_count_by_who_reads(policy, expected):
    assert needs(policy)["a00", "b00"] == expected


def test_large_gap_is_at_least_the_threshold_for_who_knows_which_are_small():
    assert needs(A2)["a00", "b01"] == (20, 20, 5, np.inf)


def test_part_of_a_small_sum_is_at_most_what_the_others_leave():
    found = needs(A2, ((1, 2, 0), (20, 30, 40)))
    assert found["a00", "b00"] == (1, 3, 1, 3)
    assert found["a00", "*"] == (2, 4, 2, 4)


def test_zero_is_primary_where_zeros_are_protected():
    told = as_system(np.array([[0, 20], [30, 40]]))
    assert [told.cells[place].name for place in np.flatnonzero(count_needs(told, PROTECTED).primary)] == [
        ("a00", "b00")
    ]


def test_latent_zero_is_not_primary_where_zeros_are_protected():
    told = system([Cell(("not",), 0, latent=True)], [])
    assert not count_needs(told, PROTECTED).primary.any()
    assert not count_claims(told, set(), PROTECTED)


def test_row_that_is_safe_from_who_knows_that_gaps_are_one_is_not_from_who_knows_which_are_small():
    counts = [[2, 6, 30], [20, 30, 60]]
    assert objected(counts, DEFAULT) == set()
    assert objected(counts, A2) == {("a00", "b00")}


def test_who_knows_least_sees_least():
    counts = [[1, 4, 30], [20, 30, 60]]
    assert objected(counts, A0) == set()
    assert objected(counts, DEFAULT) == {("a00", "b00"), ("a00", "b01")}


def test_small_sum_of_two_is_excused_from_what_no_gaps_could_hide():
    """The row sums to 3, known to be under 5: its parts can be no more than 3 for who knows that."""
    counts = [[1, 2, 0], [20, 30, 40], [50, 60, 70]]
    hidden = {
        *CORNERS,
        ("a00", "*"),
        ("a01", "*"),
        ("*", "b00"),
        ("a02", "b00"),
        ("a02", "*"),
        ("*", "b01"),
        ("a02", "b01"),
    }
    assert objected(counts, A2, hidden) == set()


def test_readers_interval_keeps_to_what_is_known_beforehand():
    told = as_system(np.array([[2, 60, 30], [70, 80, 60]]))
    assert Reader(told, CORNERS, known_bounds(told, A2)).exact(("a00", "b00")) == (1, 4)
    assert Reader(told, CORNERS, 1.0).exact(("a00", "b00")) == (1, 61)
