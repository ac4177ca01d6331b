"""What a reader can work out of a table with gaps by adding and subtracting what is shown, and by nothing cleverer.

The levels of its axes share out the rows: each margin is the sum of its cells.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import product

import numpy as np

from skillnad.analysis.comparisons.made import Counts
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.results import TOTAL, Key

NEAR = 1e-9


def sum_shown(levels: Sequence[Sequence[str]], cells: Counts, wanted: Collection[Key], policy: Policy) -> int | None:
    """The sum of the `wanted` inner cells where it follows from what is shown and is not a small number; else None.

    `levels` are those of each axis; `cells` has every combination of them and of TOTAL, None where it is hidden.
    """
    shown = {key: value for key, value in cells.items() if value is not None}
    hidden = [key for key in product(*levels) if key not in shown]
    told = sum(shown[key] for key in wanted if key in shown)
    if not set(hidden).isdisjoint(wanted):
        more = _worked_out(shown, hidden, wanted)
        if more is None:
            return None
        told += more
    return None if policy.small(told) else int(told)


def _worked_out(shown: Mapping[Key, int | float], hidden: list[Key], wanted: Collection[Key]) -> int | None:
    """The sum of the wanted that are hidden, as shown margins less the shown cells under them; None where no weights
    give it."""
    margins = [key for key in shown if TOTAL in key]
    if not margins:
        return None
    under = np.array([[float(_is_under(key, margin)) for key in hidden] for margin in margins])
    sought = np.array([float(key in wanted) for key in hidden])
    weights = np.linalg.lstsq(under.T, sought, rcond=None)[0]
    if not np.allclose(under.T @ weights, sought, rtol=0, atol=NEAR):
        return None
    left = [shown[margin] - sum(shown[key] for key in _inner_under(shown, margin)) for margin in margins]
    return round(float(weights @ np.array(left)))


def _inner_under(keys: Collection[Key], margin: Key) -> list[Key]:
    return [key for key in keys if TOTAL not in key and _is_under(key, margin)]


def _is_under(key: Key, margin: Key) -> bool:
    return all(at in (TOTAL, code) for code, at in zip(key, margin, strict=True))
