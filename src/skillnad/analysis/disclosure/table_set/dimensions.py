"""One column of a table with its groupings as the levels that are published, and what each level is the sum of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from skillnad.analysis.disclosure.release import TOTAL
from skillnad.analysis.disclosure.table_set.families import Codes, Family

ALL = ("", TOTAL)
"""The column and value of the level that everything is in."""


@dataclass(frozen=True)
class Level:
    """`codes`: what it stands for of the family's finest codes; `own`: of the dimension's own finest values."""

    column: str
    value: str
    codes: Codes
    own: tuple[int, ...]


@dataclass(frozen=True)
class Dimension:
    """`columns`: the table's own column, then those of its groupings that the table has. The first level is all."""

    family: Family
    columns: tuple[str, ...]
    levels: tuple[Level, ...]

    @property
    def size(self) -> int:
        """How many values its own column has."""
        return len(self.levels[0].own)

    @cached_property
    def sums(self) -> np.ndarray:
        """Levels × own values: 1 where the value is in the level."""
        matrix = np.zeros((len(self.levels), self.size), dtype=np.int64)
        for place, level in enumerate(self.levels):
            matrix[place, list(level.own)] = 1
        return matrix

    @cached_property
    def parts(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Each level that is a sum, with the levels that it is the sum of: once for each kind of part."""
        found = []
        for place, whole in enumerate(self.levels):
            for column in self._below(whole.column):
                parts = [
                    at for at, part in enumerate(self.levels) if part.column == column and part.codes <= whole.codes
                ]
                found.append((place, tuple(parts)))
        return tuple(found)

    def coordinates(self, level: Level) -> tuple[str, ...]:
        """A value for each column: the level's own, those of its groupings, and Total in all others."""
        above = self.family.all_above(level.column) if level.column else ()
        return tuple(self._value(level, column, column in above) for column in self.columns)

    def level_of(self, values: Mapping[str, str]) -> int | None:
        """The level that a row's values stand for; None where they contradict each other, or cross two groupings."""
        told = [(column, values[column]) for column in self.columns if values[column] not in (TOTAL, "")]
        if not told:
            return 0
        place = self._places.get(told[0])
        if place is None or any(not self._within(self.levels[place], *each) for each in told[1:]):
            return None
        return place

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        return {(level.column, level.value): place for place, level in enumerate(self.levels)}

    def _within(self, level: Level, column: str, value: str) -> bool:
        above = column in self.family.all_above(level.column)
        return above and level.codes <= self.family.members.get((column, value), frozenset())

    def _value(self, level: Level, column: str, above: bool) -> str:
        if column == level.column:
            return level.value
        return self._over[column, next(iter(level.codes))] if above else TOTAL

    @cached_property
    def _over(self) -> dict[tuple[str, int], str]:
        """The value of each column that a finest code lies in."""
        members = self.family.members
        return {(column, code): value for (column, value), codes in members.items() for code in codes}

    def _below(self, whole: str) -> list[str]:
        """The columns whose values add up to the column's own, with none between."""
        above = {column: self.family.all_above(column) for column in self.columns}
        under = [column for column in self.columns if not whole or whole in above[column]]
        return [column for column in under if not any(other in under for other in above[column])]


def dimensions_of(columns: Sequence[str], families: Sequence[Family]) -> tuple[Dimension, ...]:
    """A table's columns, each with its groupings. Two groupings without what they group are a dimension each, and what
    groups both goes with the first."""
    found = []
    for family in families:
        left = [column for column in family.columns if column in columns]
        while left:
            own = [left[0], *(column for column in left[1:] if column in family.all_above(left[0]))]
            found.append(Dimension(family, tuple(own), _levels(family, own)))
            left = [column for column in left if column not in own]
    return tuple(found)


def _levels(family: Family, columns: Sequence[str]) -> tuple[Level, ...]:
    values = family.values(columns[0])
    finest = [family.members[columns[0], value] for value in values]
    told = [(*ALL, family.whole)]
    told += [(column, value, family.members[column, value]) for column in columns for value in family.values(column)]
    return tuple(
        Level(column, value, codes, tuple(place for place, each in enumerate(finest) if each <= codes))
        for column, value, codes in told
    )
