"""Rows grouped by their values of some columns, and how many of each group hold a Share, for the fast engines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from skillnad.analysis.comparisons.rows import Pattern
from skillnad.analysis.engines.cells import Dimension, Integers
from skillnad.analysis.engines.path_rows import without_total
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import Axis


@dataclass(frozen=True)
class Outcomes:
    """The numbers of a Share's column that hold what it is of, and those in its denominator."""

    part: list[int]
    whole: list[int]

    @classmethod
    def of(cls, outcome: Dimension) -> "Outcomes":
        """Of the axis of outcomes, on which yes is the first level and no the second."""
        place = without_total(outcome).places
        return cls(np.flatnonzero(place == 0).tolist(), np.flatnonzero(place <= 1).tolist())


def values_of(axis: Axis, dimension: Dimension) -> list[str]:
    """What each number of a column stands for: a code, several with `;` between, or "" where nothing is recorded."""
    held = without_total(dimension)
    codes = [axis.levels[place].code for place in held.places.tolist()]
    return [";".join(codes[start:end]) for start, end in pairwise(held.first.tolist())]


def patterns(
    values: Sequence[list[str]], numbers: Sequence[Integers], part: Integers, whole: Integers
) -> dict[Pattern, Counted]:
    """Group g has the value `values[c][numbers[c][g]]` of column c. Two groups can be of one pattern, as codes beside
    "don't know" are read without it."""
    parts, wholes = Counter[Pattern](), Counter[Pattern]()
    named = named_patterns(values, numbers) if values else [()] * len(whole)
    for pattern, some, rows in zip(named, part.tolist(), whole.tolist(), strict=True):
        parts[pattern] += some
        wholes[pattern] += rows
    return {pattern: Counted(parts[pattern], rows) for pattern, rows in wholes.items() if rows}


def named_patterns(values: Sequence[list[str]], numbers: Sequence[Integers]) -> list[Pattern]:
    """The pattern of each group; one, of nothing, where there are no columns."""
    columns = [[told[number] for number in held.tolist()] for told, held in zip(values, numbers, strict=True)]
    return list(zip(*columns, strict=True)) if columns else [()]
