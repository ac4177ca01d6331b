"""Columns in which no group may be told of as a whole: each group of a table along them, and whether a reader still
knows that all of one have the same value."""

from collections.abc import Collection, Iterator

import numpy as np

from skillnad.analysis.disclosure.group_disclosure import Group, Guarded
from skillnad.analysis.disclosure.intervals import Intervals
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.disclosure.table_set.dimensions import Dimension
from skillnad.analysis.disclosure.table_set.publication import Publication
from skillnad.analysis.disclosure.work import TooMuch, Work

NEAR = 1e-6


def groups_of(publication: Publication, policy: Policy) -> list[Group]:
    """For everything else that a table divides by: those who are in it, and its cells along the sensitive column."""
    found: dict[Group, None] = {}
    for table, named in zip(publication.tables, publication.named, strict=True):
        for axis, dimension in enumerate(table.dimensions):
            for column in dimension.columns:
                if policy.is_sensitive(column, marked=False):
                    found.update(dict.fromkeys(_groups(np.moveaxis(named, axis, 0), dimension, column)))
    return list(found)


def _groups(named: np.ndarray, dimension: Dimension, column: str) -> Iterator[Group]:
    values = [place for place, level in enumerate(dimension.levels) if level.column == column]
    for rest in np.ndindex(named.shape[1:]):
        whole = named[(0, *rest)]
        if whole:
            cells = tuple(name for place in values if (name := named[(place, *rest)]) and name != whole)
            yield Group(((whole, 1.0),), cells)


def told_whole(found: Guarded, hidden: Collection[Name], policy: Policy) -> frozenset[Name]:
    """The cells that tell a reader that nobody of a group lacks a value."""
    if not found.whole:
        return frozenset()
    reader = Intervals(found.told, hidden, float(policy.gap_floor), Work(policy.budget))
    return frozenset().union(*(cells for rest, cells in found.whole if not _may_be_one(reader, rest)))


def _may_be_one(reader: Intervals, rest: Name) -> bool:
    """No end that is found in time is no answer."""
    try:
        ends = reader.of({rest: 1.0})
    except TooMuch:
        return False
    return ends is None or ends[1] >= 1 - NEAR
