"""The reader for whom all that could be hidden is: what is excused, and what is not."""

from types import SimpleNamespace

import numpy as np
import pytest
from released_tables import given, released

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.verify.blind import Blind
from skillnad.analysis.disclosure.verify.incidence import incidence_of
from skillnad.analysis.disclosure.verify.promises import Promise

TOLD = given("a g", ("1", "G", 1), ("2", "G", 1), ("3", "G", 1), ("4", "H", 0), ("5", "H", 40))
EDGES = [("a", "g")]
A2 = Policy(attacker=Attacker.PRIMARY_KNOWN)


def blind_of(policy=DEFAULT):
    incidence = incidence_of([released(TOLD, groupings=EDGES)])
    known = {incidence.people(at): row.count for at, row in enumerate(incidence.rows)}
    return Blind(incidence, known, policy, 1e9), incidence


def row(incidence, *coordinates):
    return next(at for at, each in enumerate(incidence.rows) if each.coordinates == coordinates)


def seen(low, high):
    return SimpleNamespace(low=np.array([low]), high=np.array([high]))


@pytest.mark.parametrize(("low", "high", "excused"), [(3, 5, True), (3.5, 5, False), (3, 4.5, False), (1, 9, True)])
def test_sum_over_three_gaps_is_three_or_more_to_anyone(low, high, excused):
    blind, incidence = blind_of()
    assert blind.excuses(Promise(0, 1, 5), row(incidence, "Total", "G"), seen(low, high)) is excused


@pytest.mark.parametrize(("high", "excused"), [(2, True), (1.5, False)])
def test_part_of_a_small_sum_is_no_more_than_it_leaves_to_who_knows_that_it_is_small(high, excused):
    """Three that are something, of four at most."""
    blind, incidence = blind_of(A2)
    assert blind.excuses(Promise(0, 1, 4), row(incidence, "1", "G"), seen(1, high)) is excused


def test_gap_that_protects_others_is_never_excused():
    blind, incidence = blind_of()
    assert blind.excuses(Promise(0, 40, 40), row(incidence, "5", "H"), seen(40, 40)) is False


def test_zeros_are_hidden_where_they_are_not_printed():
    blind, incidence = blind_of(Policy(zeros_printed=False))
    assert incidence.people(row(incidence, "4", "H")) in blind.gap
    assert incidence.people(row(incidence, "4", "H")) not in blind_of()[0].gap


def test_zeros_that_are_printed_add_nothing_to_what_is_hidden():
    blind, _ = blind_of()
    assert len(blind.gap) == len(blind.reader.told.known) > 0
    assert not blind.reader.told.known.any()
