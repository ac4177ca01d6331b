"""What a reader of a joint system objects to, and who that reader is."""

import pytest
from disclosure_tables import as_system
from numpy import array, eye, kron, ones

from skillnad.analysis.disclosure.gap_reader import Reader
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.joint.watching import Watch

ALONE = Policy(contributors=True)
CORNERS = {("a00", "b00"), ("a00", "b01"), ("a01", "b00"), ("a01", "b01")}
TWO_ALONE = as_system(array([[1, 40, 50], [20, 1, 60]]))
ONE_ALONE = as_system(array([[1, 40, 50], [20, 30, 60]]))


def unmet(told, policy, safe=None):
    return [claim.name for claim in Watch(told, policy, set() if safe is None else safe).unmet(CORNERS)]


def test_gaps_that_tell_who_is_alone_of_another_are_unmet():
    assert set(unmet(TWO_ALONE, ALONE)) == {("a00", "b00"), ("a01", "b01")}
    assert unmet(TWO_ALONE, DEFAULT) == []


def test_gaps_that_tell_who_is_alone_nothing_are_met():
    assert unmet(ONE_ALONE, ALONE) == []


def test_what_was_safe_under_other_rules_is_looked_at_again():
    safe = set()
    assert unmet(TWO_ALONE, DEFAULT, safe) == []
    assert unmet(TWO_ALONE, ALONE, safe)


def swap(told, by):
    """What the corners do when the first of them rises by so much."""
    signs = {("a00", "b00"): 1, ("a01", "b01"): 1, ("a00", "b01"): -1, ("a01", "b00"): -1}
    return {told.position[name]: sign * by for name, sign in signs.items()}


class Unasked:
    """Stands in for the auditor's solver, where nothing should be left to ask of it."""

    def __get__(self, *_):
        raise AssertionError


def test_moves_that_agree_with_all_that_is_shown_are_believed(monkeypatch):
    monkeypatch.setattr(Reader, "solver", Unasked())
    assert Watch(ONE_ALONE, DEFAULT).unmet(CORNERS, [swap(ONE_ALONE, 4.0)]) == []


def test_auditor_looks_for_itself_where_no_moves_are_told(monkeypatch):
    monkeypatch.setattr(Reader, "solver", Unasked())
    with pytest.raises(AssertionError):
        Watch(ONE_ALONE, DEFAULT).unmet(CORNERS)


def test_moves_that_break_a_sum_or_a_floor_are_not_believed():
    told = as_system(array([[1, 2, 50], [2, 1, 60]]))
    lies = [{told.position["a00", "b00"]: 9.0}, swap(told, 9.0), swap(told, -9.0)]
    honest = {claim.name for claim in Watch(told, DEFAULT).unmet(CORNERS)}
    assert {claim.name for claim in Watch(told, DEFAULT).unmet(CORNERS, lies)} == honest
    assert honest


def test_moves_of_cells_that_are_shown_are_not_believed():
    told = as_system(array([[1, 40, 50], [20, 30, 60], [20, 30, 60]]))
    apart = {("a00", "b00"), ("a00", "b01")}
    assert Watch(told, DEFAULT).unmet(apart, [swap(told, 4.0)])


def test_a_move_through_two_components_serves_both(monkeypatch):
    apart, two = 50 * kron(1 - eye(2, dtype=int), ones((2, 2), dtype=int)), array([[1, 40], [20, 30]])
    told = as_system(kron(eye(2, dtype=int), two) + apart)
    names = [(f"a0{row}", f"b0{column}") for row in range(4) for column in range(4) if row // 2 == column // 2]
    signs = {name: 4.0 if (name[0][-1] in "02") == (name[1][-1] in "02") else -4.0 for name in names}
    move = {told.position[name]: sign for name, sign in signs.items()}
    monkeypatch.setattr(Reader, "solver", Unasked())
    assert Watch(told, DEFAULT).unmet(set(names), [move]) == []
