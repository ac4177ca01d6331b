import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.audit import count_claims, objections
from skillnad.analysis.disclosure.contributors import alone
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.protect import protect_counts, protect_within
from skillnad.analysis.disclosure.system import Cell, system

ALONE = Policy(contributors=True)
CORNERS = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}


def people(counts):
    told = as_system(np.array(counts))
    return [{told.cells[place].name for place in places} for places in alone(told)]


def objected(counts, hidden):
    told = as_system(np.array(counts))
    needs = count_needs(told, ALONE)
    claims = count_claims(told, hidden, ALONE)
    return set(objections(told, hidden, claims, known_bounds(told, ALONE), alone=needs.alone))


def test_cell_of_one_holds_one_person():
    assert people([[1, 20], [30, 40]]) == [{("a00", "b00")}]


def test_sum_over_nobody_else_holds_the_same_person():
    assert people([[1, 0], [30, 40]]) == [{("a00", "b00"), ("a00", "*")}]


def test_two_cells_of_one_hold_two_people():
    assert sorted(map(sorted, people([[1, 20], [30, 1]]))) == [[("a00", "b00")], [("a01", "b01")]]


def test_latent_cell_of_one_holds_someone_and_a_slack_nobody():
    told = system([Cell(("not",), 1, latent=True), Cell(("over",), 1, latent=True, slack=True)], [])
    assert [told.cells[place].name for (place,) in alone(told)] == [("not",)]


def test_needs_tell_of_people_only_where_the_policy_asks():
    told = as_system(np.array([[1, 20], [30, 40]]))
    assert count_needs(told, DEFAULT).alone == ()
    assert len(count_needs(told, ALONE).alone) == 1


def test_corner_of_a_rectangle_follows_from_the_other_for_who_is_alone_in_it():
    assert objected([[1, 40, 50], [20, 1, 60]], CORNERS) == {("a00", "b00"), ("a01", "b01")}


def test_rectangle_with_one_small_corner_tells_its_one_nothing():
    assert objected([[1, 40, 50], [20, 30, 60]], CORNERS) == set()


def test_other_part_of_a_shown_sum_follows_for_who_is_alone():
    told = system(
        [Cell(("x",), 1), Cell(("y",), 4), Cell(("z",), 9), Cell(("t",), 5), Cell(("u",), 14)],
        [((("x",), 1.0), (("y",), 1.0), (("t",), -1.0)), ((("t",), 1.0), (("z",), 1.0), (("u",), -1.0))],
    )
    hidden, needs = {("x",), ("y",)}, count_needs(told, ALONE)
    found = objections(told, hidden, count_claims(told, hidden, ALONE), known_bounds(told, ALONE), alone=needs.alone)
    assert ("y",) in found


TWO_ALONE = [[1, 40, 50], [20, 1, 60]]


@pytest.mark.parametrize("protect", [protect_counts, protect_within])
@pytest.mark.parametrize("counts", [TWO_ALONE, [[1, 40, 50], [20, 1, 60], [30, 40, 70]]])
def test_gaps_tell_nobody_who_is_alone_of_another(protect, counts):
    told = as_system(np.array(counts))
    assert objected(counts, protect_counts(told, DEFAULT).hidden)
    pattern = protect(told, ALONE)
    assert not pattern.withheld
    assert not objected(counts, pattern.hidden)
