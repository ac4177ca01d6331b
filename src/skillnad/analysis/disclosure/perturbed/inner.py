"""The inner cells of a system, and every other cell as a sum of them: what additive rounding needs.

A system is such a table where each relation says that one cell is the sum of others and where all of them follow from
the cells that are no one's sum. Levels that overlap, flows, and tables linked only by a margin are not.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.system import System
from skillnad.lib.errors import UserError

NEAR = 1e-9


@dataclass(frozen=True)
class Inner:
    """`places`: the inner cells in the system's order. `sums @ inner values` is every cell's value."""

    places: np.ndarray
    sums: csr_array


def inner_of(told: System) -> Inner:
    """Raises UserError (DISC-071) where the cells are not all sums of inner ones."""
    if told.latent.any():
        raise _not_sums()
    made_of = _made_of(told)
    places = np.flatnonzero(np.diff(made_of.indptr) == 0)
    size = len(told.cells)
    own = csr_array((np.ones(len(places)), (places, np.arange(len(places)))), shape=(size, len(places)))
    sums = _expanded(made_of, own)
    if told.matrix.shape[0] and abs(told.matrix @ sums).max() > NEAR:
        raise _not_sums()
    return Inner(places, sums)


def _made_of(told: System) -> csr_array:
    """For each whole, the cells that one of its relations adds up to it; nothing for an inner cell."""
    parts: dict[int, list[tuple[int, float]]] = {}
    matrix = told.matrix
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        whole, others = _whole_of(matrix.indices[start:end], matrix.data[start:end])
        parts.setdefault(whole, others)
    entries = [(whole, place, times) for whole, others in parts.items() for place, times in others]
    rows, columns, data = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((data, (rows, columns)), shape=(len(told.cells),) * 2, dtype=float)


def _whole_of(places: np.ndarray, factors: np.ndarray) -> tuple[int, list[tuple[int, float]]]:
    """The cell of a relation that stands alone on its side, and what it is the sum of."""
    for side in (factors < 0, factors > 0):
        if side.sum() == 1 and len(places) > 1:
            times = -factors[~side] / factors[side][0]
            return int(places[side][0]), list(zip(places[~side].tolist(), times.tolist(), strict=True))
    raise _not_sums()


def _expanded(made_of: csr_array, own: csr_array) -> csr_array:
    """Wholes of wholes are followed down to inner cells; a circle of them is no table."""
    sums = own
    for _ in range(made_of.shape[0] + 1):
        deeper = csr_array(own + made_of @ sums)
        if not abs(deeper - sums).nnz:
            return sums
        sums = deeper
    raise _not_sums()


def _not_sums() -> UserError:
    return UserError.of(
        "DISC-071",
        sv="Tabellen kan inte avrundas: alla tal i den är inte summor av samma inre tal (värden kan överlappa, eller "
        "tabellerna har bara en summa gemensam). Välj luckor (way = ”suppress”), eller lämna den tabell som alla "
        "de andra kan summeras ur.",
        en="The table cannot be rounded: its numbers are not all sums of the same inner ones (values can overlap, or "
        "tables share a margin only). Choose gaps (way = 'suppress'), or give the table that all the others can be "
        "summed from.",
    )
