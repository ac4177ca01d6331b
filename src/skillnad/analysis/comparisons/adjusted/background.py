"""The background of a logistic model: what each pattern of rows holds of it, in classes that are thick enough.

A column with one value a row is a factor of its levels, of which "nothing recorded" is one: so the adjusted shares are
of the same rows as the plain ones, and nobody can take the one from the other. A column of which some row holds several
values is as many factors as it has values, each yes or no; nothing recorded is no to all but one of them.

A class has at least `least` rows with the outcome and as many without. Thinner ones are put together, with the smallest
of the others where that is not enough; a factor of which one class is left says nothing, and is not used.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from skillnad.analysis.comparisons.rows import Pattern

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

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
    """`held`: each pattern's level by number. `classes`: each level's class in the model."""

    held: Places
    classes: Places

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


def factors_of(patterns: Sequence[Pattern]) -> list[Factor]:
    """One level a class, to begin with. `patterns` has the background alone, without the group."""
    return [factor for values in zip(*patterns, strict=True) for factor in _of_column(values)]


def _of_column(values: Sequence[str]) -> Iterator[Factor]:
    if not any(SEVERAL in value for value in values):
        yield _factor(_numbered(values))
        return
    alike = _numbered(values)
    held = [frozenset(value.split(SEVERAL)) for value in dict.fromkeys(values)]
    for code in sorted(frozenset().union(*held)):
        yield _factor(np.array([code in codes for codes in held])[alike])


def _numbered(values: Sequence[str]) -> Places:
    """Each value's number, in the order that they first come."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return np.array([numbers[value] for value in values], dtype=np.int64)


def _factor(values: NDArray[np.int64] | Mask) -> Factor:
    levels, held = np.unique(values, return_inverse=True)
    return Factor(held.ravel().astype(np.int64), np.arange(len(levels), dtype=np.int64))


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
    """The chosen classes as one; a lone one with the smallest of the others."""
    if len(chosen) == 1:
        size = factor.added(tally.whole)
        size[chosen] = size.max() + 1
        chosen = np.append(chosen, size.argmin())
    classes = np.where(np.isin(factor.classes, chosen), chosen.min(), factor.classes)
    return replace(factor, classes=np.unique(classes, return_inverse=True)[1].ravel().astype(np.int64))
