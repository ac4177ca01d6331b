"""The rows of a duration's groups, as far as a reader is shown how many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from skillnad.analysis.comparisons.made import Counts
from skillnad.analysis.comparisons.opponents import opposed
from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.comparisons.rows import Days, Lasting
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.life_tables import LifeTable
from skillnad.analysis.measures import OPEN
from skillnad.analysis.results import TOTAL, Axis, Key

Cells = Mapping[str, Counts]
"""The plain table's, by measure."""
NONE: Days = np.zeros(0, np.int64)
NOBODY = Lasting(NONE, NONE, NONE)


@dataclass(frozen=True)
class Opposed:
    """A group and what it is compared with. `told_by` are the cells whose figures tell of both: the two groups, or the
    group and the total. `against` is another group, or REST."""

    own: Lasting
    other: Lasting
    told_by: tuple[str, ...]
    against: str = REST


@dataclass(frozen=True)
class Groups:
    """Each group's rows, and those of all; None where their number is hidden."""

    axis: Axis
    rows: Mapping[str, Lasting | None]
    policy: Policy

    def enough(self, rows: Lasting) -> bool:
        """Are they as many as a quantile needs?"""
        return how_many(rows) >= self.policy.quantile_minimum

    def opposed(self, question: Comparison) -> "Pairs":
        """Each group that is compared with what it is compared with; None where the one or the other is hidden, or not
        enough. Groups that nobody is in are not compared.

        Raises UserError (ASK-056) where there is no group `against`.
        """
        against = opposed(question, self.axis)
        somebody = [code for code in against if (rows := self.rows[code]) is None or how_many(rows)]
        pairs = {code: self._two(code, against[code]) if against[code] else self._rest(code) for code in somebody}
        return {code: self._if_enough(pair) for code, pair in pairs.items()}

    def _if_enough(self, pair: Opposed | None) -> Opposed | None:
        return pair if pair and self.enough(pair.own) and self.enough(pair.other) else None

    def _two(self, code: str, other: str) -> Opposed | None:
        own, against = self.rows[code], self.rows[other]
        return None if own is None or against is None else Opposed(own, against, (code, other), other)

    def _rest(self, code: str) -> Opposed | None:
        """All the others: the total less the group, since no row is of a group that nobody knows (`known`)."""
        whole, own = self.rows[TOTAL], self.rows[code]
        return None if whole is None or own is None else Opposed(own, less(whole, own), (code, TOTAL))


Pairs = Mapping[str, Opposed | None]


def shown_groups(axis: Axis, told: Mapping[Key, Lasting], cells: Cells, policy: Policy, *, with_open: bool) -> Groups:
    """`cells` are what the reader is shown of the plain question. Without `with_open` only what has ended counts."""
    counted = ("count", OPEN) if with_open and OPEN in cells else ("count",)
    codes = [*(level.code for level in axis.levels), TOTAL]
    hidden = {code for code in codes for name in counted if cells[name][code,] is None}
    rows = {code: told.get((code,), NOBODY) for code in codes}
    return Groups(
        axis,
        {code: None if code in hidden else of if with_open else ended_only(of) for code, of in rows.items()},
        policy,
    )


def how_many(rows: Lasting) -> int:
    return int(rows.ended.sum() + rows.open.sum())


def ended_only(rows: Lasting) -> Lasting:
    kept = rows.ended > 0
    return Lasting(rows.days[kept], rows.ended[kept], np.zeros_like(rows.ended[kept]))


def less(rows: Lasting, part: Lasting) -> Lasting:
    """The rows without those of a part of them."""
    at = np.searchsorted(rows.days, part.days)
    ended, still_open = rows.ended.copy(), rows.open.copy()
    ended[at] -= part.ended
    still_open[at] -= part.open
    kept = (ended > 0) | (still_open > 0)
    return Lasting(rows.days[kept], ended[kept], still_open[kept])


class EachDay(Sequence[float]):
    """The days of every row that has ended, least first: as many as there are rows, held once for each day."""

    def __init__(self, rows: Lasting) -> None:
        self._days, self._ended = rows.days, rows.ended
        self._reached = np.cumsum(rows.ended)

    def __len__(self) -> int:
        return int(self._ended.sum())

    @overload
    def __getitem__(self, place: int) -> float: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[float]: ...
    def __getitem__(self, place: int | slice) -> float | Sequence[float]:
        if isinstance(place, slice):
            return [self[each] for each in range(len(self))[place]]
        at = range(len(self))[place]
        return float(self._days[np.searchsorted(self._reached, at, side="right")])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.repeat(self._days, self._ended).astype(dtype or float)


def life_table(rows: Lasting) -> LifeTable:
    return LifeTable(rows.days, rows.ended, rows.open, NONE)
