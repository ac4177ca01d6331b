import numpy as np
import pytest

from skillnad.analysis.disclosure.witnesses import ZERO, Witnesses


@pytest.fixture
def witnesses():
    """Two moves that share a cell."""
    made = Witnesses(4)
    made.add(np.array([2.0, -2.0, 0, 0]))
    made.add(np.array([0, -3.0, 3.0, 0]))
    return made


def test_cell_is_known_to_move_as_far_as_any_witness(witnesses):
    assert witnesses.up.tolist() == [2, 0, 3, 0]
    assert witnesses.down.tolist() == [0, -3, 0, 0]


@pytest.mark.parametrize(("place", "amount", "met"), [(0, 2, True), (0, 3, False), (1, -3, True), (1, 1, False)])
def test_need_is_met_in_its_own_direction(witnesses, place, amount, met):
    assert witnesses.met(place, amount) is met


def test_removed_witness_counts_no_more(witnesses):
    removed = witnesses.remove(list(witnesses.users[2]))
    assert witnesses.down.tolist() == [0, -2, 0, 0]
    assert witnesses.moved().tolist() == [2, 2, 0, 0]
    assert list(removed.values()) == [{1: -3.0, 2: 3.0}]


def test_restored_witness_counts_again(witnesses):
    for number, move in witnesses.remove([0, 1]).items():
        witnesses.restore(number, move)
    assert witnesses.moved().tolist() == [2, 3, 3, 0]


def test_witnesses_as_a_matrix_have_a_row_a_move(witnesses):
    assert witnesses.matrix().toarray().tolist() == [[2, -2, 0, 0], [0, -3, 3, 0]]


def test_what_is_next_to_nothing_is_no_change():
    witnesses = Witnesses(2)
    witnesses.add(np.array([1.0, 1e-9]))
    assert witnesses.users[1] == {}


def test_change_of_just_next_to_nothing_is_none():
    witnesses = Witnesses(2)
    witnesses.add(np.array([ZERO, -2 * ZERO]))
    assert [len(users) for users in witnesses.users] == [0, 1]


@pytest.mark.parametrize("sign", [1, -1])
def test_need_is_met_by_a_move_that_falls_next_to_nothing_short(sign):
    witnesses = Witnesses(1)
    witnesses.add(np.array([sign * (1.0 - ZERO)]))
    assert witnesses.met(0, sign * 1.0)
    assert not witnesses.met(0, sign * (1.0 + 2 * ZERO))


@pytest.mark.parametrize("amount", [1e-3, -1e-3])
def test_cell_that_no_move_changes_meets_no_need(witnesses, amount):
    assert not witnesses.met(3, amount)


def test_moves_are_numbered_as_they_come():
    witnesses = Witnesses(1)
    assert [witnesses.add(np.array([1.0])) for _ in range(3)] == [0, 1, 2]


def test_cell_without_witnesses_is_not_known_to_move(witnesses):
    witnesses.remove([0, 1])
    assert (witnesses.up.tolist(), witnesses.down.tolist()) == ([0] * 4, [0] * 4)
    assert witnesses.matrix().shape == (0, 4)


def test_cell_is_known_to_move_less_than_a_whole_one_where_that_is_all(witnesses):
    witnesses.remove([0, 1])
    witnesses.add(np.array([0.5, -0.5, 0, 0]))
    witnesses.remove([witnesses.add(np.array([3.0, -3.0, 0, 0]))])
    assert (witnesses.up[0], witnesses.down[1]) == (0.5, -0.5)


def test_smaller_move_after_a_larger_takes_nothing_away(witnesses):
    witnesses.add(np.array([1.0, -1.0, 0, 0]))
    assert (witnesses.up[0], witnesses.down[1]) == (2, -3)
