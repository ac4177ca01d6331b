"""What is asked of a release that is rounded: that it adds up, that small inner counts are 0 or the base and no others
are changed, and that nothing small is shown. Which sums are of which inner cells is the verifier's own reckoning."""

from collections.abc import Iterator, Mapping

import numpy as np

from skillnad.analysis.disclosure.verify.incidence import Incidence
from skillnad.analysis.disclosure.verify.objections import Coordinates, Objection, Wrong


def objections_of_rounding(
    incidence: Incidence, counts: Mapping[tuple[str, Coordinates], int], base: int
) -> Iterator[Objection]:
    """`counts`: the true count of every row."""
    alone = np.diff(incidence.matrix.indptr) == 1
    shown = np.array([row.count or 0 for row in incidence.rows])
    inner = np.zeros(incidence.matrix.shape[1], dtype=int)
    inner[incidence.matrix[alone, :].indices] = shown[alone]
    sums = incidence.matrix @ inner
    for row, value, added, single in zip(incidence.rows, shown, sums, alone, strict=True):
        wrong = _wrong(counts.get((row.table, row.coordinates), 0), int(value), base) if single else None
        if row.count is None or value != added:
            wrong = Wrong.SUM
        elif 0 < value < base:
            wrong = Wrong.SMALL
        if wrong:
            yield row.objection(wrong)


def _wrong(count: int, shown: int, base: int) -> Wrong | None:
    """Of an inner cell."""
    may_be = (0, base) if 0 < count < base else (count,)
    return None if shown in may_be else Wrong.UNTRUE
