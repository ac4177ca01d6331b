import numpy as np
import pytest

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.known import even_bounds, known_bounds, least_small, most_small
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.system import Cell, system

A0, A2 = Policy(attacker=Attacker.NOT_NEGATIVE), Policy(attacker=Attacker.PRIMARY_KNOWN)
BLIND_A2 = Policy(attacker=Attacker.PRIMARY_KNOWN, zeros_printed=False)
PROTECTED = Policy(attacker=Attacker.PRIMARY_KNOWN, zeros_printed=False, zeros_protected=True)


def told():
    return system([Cell(("few",), 3), Cell(("many",), 30), Cell(("not",), 2, latent=True)], [])


def bounds(policy, forced=()):
    """By name: what a cell is known to be at least and at most."""
    found, cells = known_bounds(told(), policy, forced), told().cells
    return {cell.name[0]: (low, high) for cell, low, high in zip(cells, found.floor, found.ceiling, strict=True)}


def test_gaps_are_at_least_one_where_zeros_are_printed_and_latent_cells_nothing():
    assert bounds(DEFAULT) == {"few": (1, np.inf), "many": (1, np.inf), "not": (0, np.inf)}


def test_gaps_are_at_least_nothing_for_who_knows_only_that():
    assert set(bounds(A0).values()) == {(0, np.inf)}
    assert even_bounds(told(), 2.0).floor.tolist() == [0 if cell.latent else 2 for cell in told().cells]


def test_who_knows_which_gaps_are_small_knows_the_threshold_of_both():
    assert bounds(A2) == {"few": (1, 4), "many": (5, np.inf), "not": (0, np.inf)}


def test_large_gap_may_be_a_zero_where_zeros_are_hidden_too():
    assert bounds(BLIND_A2) == {"few": (1, 4), "many": (0, np.inf), "not": (0, np.inf)}


def test_small_gap_may_be_a_zero_where_zeros_are_protected():
    assert bounds(PROTECTED)["few"] == (0, 4)


def test_why_a_forced_gap_is_hidden_is_not_known():
    assert bounds(A2, {("many",)})["many"] == (1, np.inf)
    assert bounds(A2, {("few",)})["few"] == (1, 4)


@pytest.mark.parametrize(("policy", "ends"), [(DEFAULT, (1, 5)), (A0, (1, 5)), (A2, (1, 4)), (PROTECTED, (0, 4))])
def test_small_number_must_seem_to_be_all_that_the_reader_does_not_know_it_is_not(policy, ends):
    assert (least_small(policy), most_small(policy)) == ends
