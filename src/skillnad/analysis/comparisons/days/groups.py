"""The rows of a duration's groups, as far as a reader is shown how many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.comparisons.rows import Days, Lasting
from skillnad.analysis.comparisons.shares import MOST_UNKNOWN, named_groups, no_such_group
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.life_tables import LifeTable
from skillnad.analysis.measures import OPEN
from skillnad.analysis.results import TOTAL, Axis, Key, LevelKind

Cells = Mapping[str, Mapping[Key, int | float | None]]
NONE: Days = np.zeros(0, np.int64)
NOBODY = Lasting(NONE, NONE, NONE)


@dataclass(frozen=True)
class Opposed:
    """A group and what it is compared with. `told_by` are the cells whose figures tell of both: the two groups, or the
    group, the total, and those whose group nobody knows. `against` is another group, or REST."""

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
        """Each group that is compared with what it is compared with, by the rule of `shares.opposed`; None where the
        one or the other is hidden, or not enough. Groups that nobody is in are not compared.

        Raises UserError (ASK-056) where there is no group `against`.
        """
        named = named_groups(self.axis)
        if question.against != REST:
            if question.against not in named:
                raise no_such_group(question.against, named)
            pairs = {code: self._two(code, question.against) for code in named if code != question.against}
        elif len(named) == 2 and not self.axis.multiple:
            pairs = {named[0]: self._two(*named)}
        else:
            pairs = {code: self._rest(code) for code in named}
        somebody = {code for code in named if (rows := self.rows[code]) is None or how_many(rows)}
        return {code: self._if_enough(pair) for code, pair in pairs.items() if code in somebody}

    def _if_enough(self, pair: Opposed | None) -> Opposed | None:
        return pair if pair and self.enough(pair.own) and self.enough(pair.other) else None

    def _two(self, code: str, other: str) -> Opposed | None:
        own, against = self.rows[code], self.rows[other]
        return None if own is None or against is None else Opposed(own, against, (code, other), other)

    def _rest(self, code: str) -> Opposed | None:
        """All the others, as many as the reader can work out: the total less the group and those whose group nobody
        knows. Where the number of the latter is hidden it is the other groups added up, or, where those are not shown
        either, they are left among the others if they are so few that it matters little."""
        whole, own = self.rows[TOTAL], self.rows[code]
        if whole is None or own is None:
            return None
        outside = {level.code: self.rows[level.code] for level in self.axis.levels if level.kind is not LevelKind.VALUE}
        if None in outside.values() and (added := self._added(code, own)):
            return added
        known = {each: rows for each, rows in outside.items() if rows is not None}
        rest = reduce(less, known.values(), less(whole, own))
        few = self.axis.multiple or len(known) == len(outside) or self._not_shown() <= MOST_UNKNOWN * how_many(rest)
        return Opposed(own, rest, (code, TOTAL, *known)) if few else None

    def _added(self, code: str, own: Lasting) -> Opposed | None:
        others = [other for other in named_groups(self.axis) if other != code]
        told = [rows for other in others if (rows := self.rows[other]) is not None]
        if self.axis.multiple or len(told) < len(others) or not told:
            return None
        return Opposed(own, reduce(more, told), (code, *others))

    def _not_shown(self) -> int:
        """How many rows are in groups whose number is hidden, of those who can be of no named one at the most."""
        shown = [rows for code, rows in self.rows.items() if code != TOTAL and rows is not None]
        whole = self.rows[TOTAL] or NOBODY
        return how_many(whole) - sum(map(how_many, shown))


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


def more(rows: Lasting, others: Lasting) -> Lasting:
    """The rows of both."""
    days = np.union1d(rows.days, others.days)
    ended, still_open = np.zeros((2, len(days)), np.int64)
    for each in (rows, others):
        at = np.searchsorted(days, each.days)
        ended[at] += each.ended
        still_open[at] += each.open
    return Lasting(days, ended, still_open)


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
