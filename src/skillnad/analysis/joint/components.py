"""A large system in the parts that can be looked at one at a time: what is hidden in one says nothing of another."""

from collections.abc import Collection, Iterator

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from skillnad.analysis.disclosure.system import Cell, Name, System


def mask(told: System, names: Collection[Name]) -> np.ndarray:
    """The places of the names that the system has."""
    held = np.zeros(len(told.cells), dtype=bool)
    held[[told.position[name] for name in names if name in told.position]] = True
    return held


def unsolved(told: System, unknown: np.ndarray) -> np.ndarray:
    """What is left when every relation with a single unknown cell has been solved for it, again and again."""
    unknown, uses = unknown.copy(), csr_array(told.matrix != 0).astype(int)
    while True:
        lone = np.flatnonzero(uses @ unknown.astype(int) == 1)
        solved = (np.asarray(uses[lone, :].sum(axis=0)).ravel() > 0) & unknown
        if not solved.any():
            return unknown
        unknown &= ~solved


def components(told: System, unknown: np.ndarray) -> Iterator[np.ndarray]:
    """The unknown places that hang together by relations, in the system's order; each place in one of them."""
    places = np.flatnonzero(unknown)
    if not len(places):
        return
    uses = csr_array((told.by_column[:, places] != 0).astype(int))
    _, labels = connected_components(csr_array(uses.T @ uses), directed=False)
    order = np.argsort(labels, kind="stable")
    for piece in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        yield places[piece]


def part_of(told: System, places: np.ndarray) -> System:
    """The relations of these cells, with all that stands in them; what is not among the places is taken to be known."""
    rows = np.unique(told.by_column[:, places].indices)
    chosen = csr_array(told.matrix[rows, :])
    held = np.union1d(chosen.indices, places)
    own = set(places.tolist())
    cells = (told.cells[place] if place in own else _known(told.cells[place]) for place in held.tolist())
    return System(tuple(cells), csr_array(chosen[:, held]))


def _known(cell: Cell) -> Cell:
    return Cell(cell.name, cell.value)


def around(told: System, places: np.ndarray, steps: int) -> tuple[System, np.ndarray]:
    """The relations within so many steps of the places, and which of their cells stand in no other relation."""
    uses = csr_array(told.matrix != 0).astype(int)
    held = np.zeros(len(told.cells), dtype=bool)
    held[places] = True
    for _ in range(steps):
        rows = uses @ held.astype(int) > 0
        held |= np.asarray(uses.T @ rows.astype(int)) > 0
    rows = np.flatnonzero(uses @ held.astype(int) > 0)
    chosen = csr_array(told.matrix[rows, :])
    near = np.union1d(chosen.indices, places)
    outside = np.ones(uses.shape[0], dtype=int)
    outside[rows] = 0
    elsewhere = np.asarray(uses.T @ outside) > 0
    return System(tuple(told.cells[place] for place in near.tolist()), csr_array(chosen[:, near])), ~elsewhere[near]
