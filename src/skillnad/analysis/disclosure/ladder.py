"""What to hide of a table that takes too much work: whole parts of it, from the least to the most.

A rung is only proposed; whether it is safe is the auditor's to say.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.system import System

FEW = 2
"""The first rung hides inner counts below so many thresholds."""


def rungs(told: System, needs: Needs, threshold: float) -> Iterator[np.ndarray]:
    """Places to hide, as masks: the small of the inner cells; whole lines of them; all of them with the margins of a
    kind that has something small; all but the totals of everything."""
    published = needs.movable & ~told.latent
    wholes, parts = _roles(told)
    inner, base = published & ~wholes, needs.primary & ~told.latent
    near = _beside(told, base)
    yield base | (inner & (told.values < FEW * threshold))
    yield base | (inner & near)
    yield base | (published & near) | inner
    yield base | (published & parts)


def _roles(told: System) -> tuple[np.ndarray, np.ndarray]:
    """The cells that are the sum of others, and those that are a part of a sum."""
    wholes, parts = np.zeros(len(told.cells), dtype=bool), np.zeros(len(told.cells), dtype=bool)
    for sign in (1.0, -1.0):
        matrix = csr_array(told.matrix * sign)
        lines = matrix[np.flatnonzero(np.asarray((matrix < 0).sum(axis=1)).ravel() == 1), :].tocoo()
        wholes[lines.col[lines.data < 0]] = True
        parts[lines.col[lines.data > 0]] = True
    return wholes, parts


def _beside(told: System, chosen: np.ndarray) -> np.ndarray:
    """The cells that share a relation with a chosen one."""
    uses = csr_array(told.matrix != 0).astype(int)
    lines = uses @ chosen.astype(int) > 0
    return np.asarray(uses.T @ lines.astype(int) > 0)
