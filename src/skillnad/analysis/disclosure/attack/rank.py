"""What follows from the equations alone, whatever else is known: the unknowns that no solution of Ax = 0 changes.

An unknown is determined where it is the same in every solution, that is where every vector of the null space has a zero
there. A random vector projected on the null space has one nowhere else, but by a chance of nil. The projection is a
sparse least-squares problem (LSMR, Fong and Saunders 2011); what it seems to show is confirmed by a combination of the
equations that gives the unknown.
"""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import lsmr

NOUGHT = 1e-5
FINE = 1e-12
MOST_STEPS = 20_000
SEEDS = (1, 2)


def determined(equations: csr_array) -> np.ndarray:
    """A mask over the unknowns. `equations`: one a row, an unknown a column; what they are equal to does not matter."""
    known = peeled(equations)
    rest = np.flatnonzero(~known)
    left = csr_array(csr_array(equations)[:, rest])
    left = csr_array(left[np.flatnonzero(np.diff(left.indptr)), :])
    if left.nnz:
        known[rest[_fixed(left)]] = True
    return known


def peeled(equations: csr_array) -> np.ndarray:
    """What is found by solving, again and again, each equation with a single unknown."""
    uses = csr_array(equations != 0).astype(int)
    by_column = uses.T.tocsr()
    known = np.zeros(uses.shape[1], dtype=bool)
    open_unknowns = np.asarray(uses.sum(axis=1)).ravel()
    sums = uses @ np.arange(uses.shape[1])
    waiting = np.flatnonzero(open_unknowns == 1).tolist()
    while waiting:
        row = waiting.pop()
        if open_unknowns[row] != 1 or known[sums[row]]:
            continue
        column = int(sums[row])
        known[column] = True
        for other in by_column.indices[by_column.indptr[column] : by_column.indptr[column + 1]].tolist():
            open_unknowns[other] -= 1
            sums[other] -= column
            if open_unknowns[other] == 1:
                waiting.append(other)
    return known


def free_directions(equations: csr_array, seeds: tuple[int, ...] = SEEDS) -> np.ndarray:
    """Random vectors of the null space, one a column: how the unknowns can change together."""
    across = csr_array(equations.T)
    found = []
    for seed in seeds:
        random = np.random.default_rng(seed).normal(size=across.shape[0])
        taken = lsmr(across, random, atol=FINE, btol=FINE, conlim=0, maxiter=MOST_STEPS)[0]
        found.append(random - across @ taken)
    return np.array(found).T


def _fixed(equations: csr_array) -> np.ndarray:
    seems = np.flatnonzero((np.abs(free_directions(equations)) < NOUGHT).all(axis=1))
    return _confirmed(csr_array(equations.T), seems)


def _confirmed(across: csr_array, seems: np.ndarray) -> np.ndarray:
    """Those of which a random sum is a combination of the equations; halves where it is not."""
    if not len(seems):
        return seems
    wanted = np.zeros(across.shape[0])
    wanted[seems] = np.random.default_rng(3).uniform(1, 2, len(seems))
    taken = lsmr(across, wanted, atol=FINE, btol=FINE, conlim=0, maxiter=MOST_STEPS)[0]
    if np.abs(across @ taken - wanted).max() < NOUGHT:
        return seems
    if len(seems) == 1:
        return seems[:0]
    middle = len(seems) // 2
    return np.concatenate([_confirmed(across, seems[:middle]), _confirmed(across, seems[middle:])])
