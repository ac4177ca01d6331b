import numpy as np
import pytest
from disclosure_tables import as_system
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.optimum.rows import independent


@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4), (2, 2, 2, 2)])
def test_rows_that_are_kept_say_as_much_as_all(shape):
    matrix = as_system(np.ones(shape)).matrix
    kept = independent(matrix)
    assert kept.shape[0] == np.linalg.matrix_rank(matrix.toarray())
    assert np.linalg.matrix_rank(kept.toarray()) == kept.shape[0]


def test_rows_with_other_coefficients_are_all_kept():
    matrix = csr_array(np.array([[1.0, 1.0, -1.0], [2.0, 2.0, -2.0]]))
    assert independent(matrix).shape[0] == 2


def test_rows_of_a_ring_without_a_whole_are_kept():
    ring = csr_array(np.array([[1.0, -1.0, 0.0], [0.0, 1.0, -1.0], [1.0, 0.0, -1.0]]))
    assert independent(ring).shape[0] == 2


def test_rows_keep_their_order():
    matrix = as_system(np.ones((3, 3))).matrix
    kept = independent(matrix).toarray().tolist()
    every = matrix.toarray().tolist()
    assert [every.index(row) for row in kept] == sorted(every.index(row) for row in kept)
