import numpy as np
import pytest
from scipy.linalg import null_space
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.attack.rank import _confirmed, determined, free_directions, peeled


def matrix(*rows):
    return csr_array(np.array(rows, dtype=float))


def test_rectangle_of_unknowns_is_free():
    assert not determined(matrix([1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1])).any()


def test_lone_unknown_follows_and_then_the_next():
    equations = matrix([1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1])
    assert peeled(equations).tolist() == [True, True, False, False]


def test_odd_ring_is_determined_though_no_equation_has_a_lone_unknown():
    equations = matrix([1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 0])
    assert peeled(equations).tolist() == [False] * 4
    assert determined(equations).tolist() == [True, True, True, False]


def test_unknown_that_no_equation_has_is_free():
    assert determined(matrix([1, 0])).tolist() == [True, False]


def test_no_equations_tell_nothing():
    assert determined(csr_array((0, 3))).tolist() == [False] * 3
    assert determined(csr_array((2, 0))).tolist() == []


@pytest.mark.parametrize("seed", range(20))
def test_what_is_determined_is_what_the_null_space_leaves_alone(seed):
    random = np.random.default_rng(seed)
    equations = random.integers(-1, 2, (9, 12)) * (random.random((9, 12)) < 0.3)
    still = np.abs(null_space(equations.astype(float))).max(axis=1, initial=0) < 1e-9
    assert determined(csr_array(equations.astype(float))).tolist() == still.tolist()


@pytest.mark.parametrize("free", range(5))
def test_what_only_seems_to_be_determined_is_left_out(free):
    """Each of five unknowns has an equation of its own but one, which is found among the others by halves."""
    equations = csr_array(np.eye(5)[[place for place in range(5) if place != free]])
    found = _confirmed(csr_array(equations.T), np.arange(5))
    assert sorted(found.tolist()) == [place for place in range(5) if place != free]


def test_free_directions_change_no_sum():
    equations = matrix([1, 1, 0, 0], [0, 1, -1, 0])
    found = free_directions(equations)
    assert found.shape == (4, 2)
    assert np.abs(equations @ found).max() < 1e-9
    assert np.abs(found).min() > 1e-6


def test_equation_that_is_said_twice_tells_no_more():
    assert not determined(matrix([1, 1], [1, 1], [2, 2])).any()
    assert determined(matrix([1, 1], [1, 2])).all()


def test_chain_is_solved_from_its_one_end():
    equations = matrix([1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1])
    assert peeled(equations).all()
    assert not peeled(equations[:3]).any()
