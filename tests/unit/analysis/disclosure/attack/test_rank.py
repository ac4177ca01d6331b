import numpy as np
import pytest
from scipy.linalg import null_space
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.attack.rank import determined, peeled


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
