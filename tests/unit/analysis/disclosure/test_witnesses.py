import numpy as np
import pytest

from skillnad.analysis.disclosure.witnesses import Witnesses


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
