"""One name for each set of people, whatever it is called and in whatever table it stands."""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from skillnad.analysis.disclosure.release import TOTAL
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.disclosure.table_set.dimensions import Dimension
from skillnad.analysis.disclosure.table_set.families import Codes, Family

ALL: Name = (TOTAL,)
"""The name of the cell that everybody is in."""
NOBODY: Name = ()
"""The name of what cannot be: values of two groupings that have nothing in common."""
Key = Mapping[int, Codes]
"""A set of people: for each family that divides them, by its place, the codes that they have."""


class Names:
    """Names cells by the families of all tables."""

    def __init__(self, families: Sequence[Family]) -> None:
        self.families = families
        self._place = {family.columns[0]: place for place, family in enumerate(families)}
        self._labels = [_labels(family) for family in families]

    def place(self, dimension: Dimension) -> int:
        """Of the dimension's family."""
        return self._place[dimension.family.columns[0]]

    def of(self, dimensions: Sequence[Dimension]) -> np.ndarray:
        """The name of each combination of levels, one axis a dimension."""
        names = np.empty([len(dimension.levels) for dimension in dimensions], dtype=object)
        for levels in np.ndindex(names.shape):
            names[levels] = self.name(self.key(dimensions, levels))
        return names

    def key(self, dimensions: Sequence[Dimension], levels: Sequence[int]) -> Key:
        """What is left where all that is said is so."""
        key: dict[int, Codes] = {}
        for dimension, level in zip(dimensions, levels, strict=True):
            codes, place = dimension.levels[level].codes, self.place(dimension)
            key[place] = key.get(place, codes) & codes
        return {place: codes for place, codes in key.items() if codes != self.families[place].whole}

    def name(self, key: Key) -> Name:
        if not all(key.values()):
            return NOBODY
        return cast(Name, tuple(sorted(self._label(*each) for each in key.items())) or ALL)

    def _label(self, place: int, codes: Codes) -> str:
        return self._labels[place].get(codes) or _listed(self.families[place], codes)


def _labels(family: Family) -> dict[Codes, str]:
    """One label for each set of codes: the finest column's, and the first value's."""
    labels: dict[Codes, str] = {}
    for column in family.columns:
        for value in family.values(column):
            labels.setdefault(family.members[column, value], f"{column}={value}")
    return labels


def _listed(family: Family, codes: Codes) -> str:
    return f"{family.columns[0]}={'+'.join(family.codes[code] for code in sorted(codes))}"
