"""The background of a logistic model: what each pattern of rows holds of it, in classes that are thick enough.

A column with one value a row is a factor of its levels, of which "nothing recorded" is one: so the adjusted shares are
of the same rows as the plain ones, and nobody can take the one from the other. A column of which some row holds several
values is as many factors as it has values, each yes or no; nothing recorded is no to all but one of them.

Of these one can follow from the others, as where each row has one of two values and never both: it says nothing more,
is left out, and the model is the same.

A class has at least `least` rows with the outcome and as many without. Thinner ones are put together, with the smallest
of the others where that is not enough; a factor of which one class is left says nothing, and is not used.

Where the levels have an order (ages, a scale) likeness counts, not size: the smallest of the thin classes is put with
the smaller of its two neighbours, and so on, so that a class is always an unbroken run. What has no place in the order
(nothing recorded, don't know) is put with others of its kind, or else with the largest class, which it moves least.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from skillnad.analysis.comparisons.rows import Pattern
from skillnad.analysis.formulas.logistic import collinear

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

Orders = Sequence[Sequence[str]]
"""Of each column, its codes in their order; none of a column without. Empty where no column has any."""

SEVERAL = ";"
"""Between the codes of a pattern that holds several."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Patterns of rows as arrays of one length: each one's number of a `group` of the model, its own group (several
    can be one group of the model), how many rows, and how many of them with the outcome."""

    group: Places
    own: Places
    part: Places
    whole: Places


@dataclass(frozen=True, eq=False)
class Factor:
    """`held`: each pattern's level by number. `classes`: each level's class in the model. The first `ordered` levels
    are in an order; classes are numbered by their first level, so those of them are the first, in that order.
    `column`: which of the background's columns it is of, by its place."""

    held: Places
    classes: Places
    ordered: int = 0
    column: int = 0

    @property
    def grouped(self) -> Places:
        """Each pattern's class."""
        return self.classes[self.held]

    @property
    def count(self) -> int:
        return int(self.classes.max()) + 1

    def added(self, amounts: Places) -> Places:
        """The sum of the patterns' amounts by class."""
        return np.bincount(self.grouped, amounts, self.count).astype(np.int64)


def factors_of(patterns: Sequence[Pattern], orders: Orders = ()) -> list[Factor]:
    """One level a class, to begin with. `patterns` has the background alone, without the group."""
    columns = list(zip(*patterns, strict=True))
    each = enumerate(zip(columns, orders or [()] * len(columns), strict=True))
    return [replace(factor, column=place) for place, (values, order) in each for factor in _of_column(values, order)]


def _of_column(values: Sequence[str], order: Sequence[str]) -> Iterator[Factor]:
    if not any(SEVERAL in value for value in values):
        yield _in_order(values, order) if order else _factor(_numbered(values))
        return
    alike = _numbered(values)
    held = [frozenset(value.split(SEVERAL)) for value in dict.fromkeys(values)]
    for code in sorted(frozenset().union(*held)):
        yield _factor(np.array([code in codes for codes in held])[alike])


def _in_order(values: Sequence[str], order: Sequence[str]) -> Factor:
    """Levels numbered by the order, and after them those that it does not have, whatever order the values come in."""
    there = set(values)
    known = [code for code in order if code in there]
    numbers = {code: number for number, code in enumerate([*known, *sorted(there - set(known))])}
    return replace(_factor(np.array([numbers[value] for value in values], dtype=np.int64)), ordered=len(known))


def _numbered(values: Sequence[str]) -> Places:
    """Each value's number, in the order that they first come."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return np.array([numbers[value] for value in values], dtype=np.int64)


def _factor(values: NDArray[np.int64] | Mask) -> Factor:
    levels, held = np.unique(values, return_inverse=True)
    return Factor(held.ravel().astype(np.int64), np.arange(len(levels), dtype=np.int64))


def saying_more(factors: Sequence[Factor], tally: Tally) -> list[Factor]:
    """Those with several classes; of a column that is several factors without any that follow from those before it."""
    made: list[Factor] = []
    for _, own in groupby((factor for factor in factors if factor.count > 1), key=lambda factor: factor.column):
        beside = list(own)
        rows = np.array([np.ones_like(tally.whole), *(factor.grouped for factor in beside)]).T[tally.whole > 0]
        follow = collinear(np.unique(rows, axis=0).astype(float)) if len(beside) > 1 else []
        made += [factor for place, factor in enumerate(beside, start=1) if place not in follow]
    return made


def thick(factor: Factor, tally: Tally, least: int) -> Factor:
    """With classes put together until none is thin, or one is left."""
    return _until(factor, tally, lambda made: _thin(made, tally, least))


def _thin(factor: Factor, tally: Tally, least: int) -> Places:
    yes, all_rows = factor.added(tally.part), factor.added(tally.whole)
    return np.flatnonzero((yes < least) | (all_rows - yes < least))


def _until(factor: Factor, tally: Tally, found: Callable[[Factor], Places]) -> Factor:
    while factor.count > 1 and len(chosen := found(factor)):
        factor = joined(factor, tally, chosen)
    return factor


def joined(factor: Factor, tally: Tally, chosen: Places) -> Factor:
    """The chosen classes as one, a lone one with the smallest of the others; of classes in an order the smallest of the
    chosen with the one next to it."""
    size = factor.added(tally.whole)
    if factor.ordered:
        chosen = _next_to_each_other(factor, size, chosen)
    elif len(chosen) == 1:
        size[chosen] = size.max() + 1
        chosen = np.append(chosen, size.argmin())
    classes = np.where(np.isin(factor.classes, chosen), chosen.min(), factor.classes)
    return replace(factor, classes=np.unique(classes, return_inverse=True)[1].ravel().astype(np.int64))


def _next_to_each_other(factor: Factor, size: Places, chosen: Places) -> Places:
    """The smallest of the chosen classes, and the one that it is put with."""
    one = int(chosen[size[chosen].argmin()])
    in_order = int(factor.classes[: factor.ordered].max()) + 1
    beside = [other for other in (one - 1, one + 1) if 0 <= other < in_order] if one < in_order else []
    outside = [other for other in range(in_order, factor.count) if other != one]
    if near := beside or outside:
        return np.array([one, min(near, key=lambda other: size[other])])
    return np.array([one, size[:in_order].argmax()])
