"""What a reader can work out of a table with gaps by adding and subtracting what is shown, and by nothing cleverer.

The levels of its axes share out the rows: each margin is the sum of its cells.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import product

import numpy as np

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.results import TOTAL, Key

Cells = Mapping[Key, int | float | None]
NEAR = 1e-9


def sum_shown(levels: Sequence[Sequence[str]], cells: Cells, wanted: Collection[Key], policy: Policy) -> int | None:
    """The sum of the `wanted` inner cells where it follows from what is shown and is not a small number; else None.

    `levels` are those of each axis; `cells` has every combination of them and of TOTAL, None where it is hidden.
    """
    inner = list(product(*levels))
    told = sum(cells[key] or 0 for key in wanted)
    hidden = [key for key in inner if cells[key] is None]
    if not set(hidden).isdisjoint(wanted):
        more = _worked_out(levels, cells, hidden, wanted)
        if more is None:
            return None
        told += more
    return None if policy.small(told) else int(told)


def _worked_out(
    levels: Sequence[Sequence[str]], cells: Cells, hidden: list[Key], wanted: Collection[Key]
) -> int | None:
    """The sum of the wanted that are hidden, as shown margins less the shown cells under them; None where no weights
    give it."""
    margins = [
        key for key in product(*([*codes, TOTAL] for codes in levels)) if TOTAL in key and cells[key] is not None
    ]
    under = np.array([[float(_is_under(key, margin)) for key in hidden] for margin in margins])
    sought = np.array([float(key in wanted) for key in hidden])
    if not margins:
        return None
    weights = np.linalg.lstsq(under.T, sought, rcond=None)[0]
    if not np.allclose(under.T @ weights, sought, rtol=0, atol=NEAR):
        return None
    shown = [key for key in product(*levels) if cells[key] is not None]
    left = [(cells[at] or 0) - sum(cells[key] or 0 for key in shown if _is_under(key, at)) for at in margins]
    return round(float(weights @ np.array(left)))


def _is_under(key: Key, margin: Key) -> bool:
    return all(at in (TOTAL, code) for code, at in zip(key, margin, strict=True))
