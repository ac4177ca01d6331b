"""What adds up to what: within a table along each of its columns, and between tables where one divides further."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import cast

import numpy as np

from skillnad.analysis.disclosure.system import Name, Relation
from skillnad.analysis.disclosure.table_set.dimensions import Dimension
from skillnad.analysis.disclosure.table_set.families import Codes
from skillnad.analysis.disclosure.table_set.naming import Key, Names

Shape = tuple[tuple[Dimension, ...], np.ndarray]
"""A table's dimensions, and the names of its cells."""


def sums_of(shapes: Sequence[Shape], names: Names) -> list[Relation]:
    within = [relation for shape in shapes for relation in _within(*shape)]
    return within + [relation for fine in shapes for coarse in shapes for relation in _between(fine, coarse, names)]


def _within(dimensions: Sequence[Dimension], named: np.ndarray) -> Iterator[Relation]:
    """Each level of each dimension as the sum of its parts, for everything else alike."""
    for axis, dimension in enumerate(dimensions):
        turned = np.moveaxis(named, axis, 0)
        for whole, parts in dimension.parts:
            for rest in np.ndindex(turned.shape[1:]):
                yield from _relation(cast(Name, turned[(whole, *rest)]), [turned[(part, *rest)] for part in parts])


def _relation(whole: Name, parts: Sequence[Name]) -> Iterator[Relation]:
    """None where the whole is its only part, or where nobody can be."""
    some = [part for part in parts if part]
    if whole and some != [whole]:
        yield (*((part, 1.0) for part in some), (whole, -1.0))


def _between(fine: Shape, coarse: Shape, names: Names) -> Iterator[Relation]:
    """Cells of the coarse table that the fine one has only in parts: those parts add up to them."""
    if fine is coarse or not _divides(fine[0], coarse[0], names):
        return
    own = set(fine[1].flat)
    for levels in np.ndindex(coarse[1].shape):
        whole = cast(Name, coarse[1][levels])
        places = _places(fine[0], names.key(coarse[0], levels), names) if whole and whole not in own else None
        if places is not None:
            yield from _relation(whole, [fine[1][each] for each in product(*places)])


def _divides(fine: Sequence[Dimension], coarse: Sequence[Dimension], names: Names) -> bool:
    """Has the coarse table a column of a family that the fine one has too, and a column that it has not?"""
    own = {names.place(dimension): set(dimension.columns) for dimension in fine}
    return any(set(each.columns) - own.get(names.place(each), set(each.columns)) for each in coarse)


def _places(fine: Sequence[Dimension], key: Key, names: Names) -> list[list[int]] | None:
    """The levels of each dimension that together are the people of the key; None where they cut across."""
    left, places = dict(key), []
    for dimension in fine:
        found = _made_of(dimension, left.pop(names.place(dimension), dimension.family.whole))
        if found is None:
            return None
        places.append(found)
    return None if left else places


def _made_of(dimension: Dimension, codes: Codes) -> list[int] | None:
    """One level where there is one; else the finest values that make the codes up exactly."""
    for place, level in enumerate(dimension.levels):
        if level.codes == codes:
            return [place]
    own = [place for place, level in enumerate(dimension.levels) if level.column == dimension.columns[0]]
    within = [place for place in own if dimension.levels[place].codes <= codes]
    joined: Codes = frozenset().union(*(dimension.levels[place].codes for place in within))
    return within if joined == codes else None
