"""Columns that look like groupings of another, and were not said to be: as columns of their own they cost gaps and
time, and what they tell is the same."""

from collections import defaultdict
from itertools import permutations

from skillnad.analysis.disclosure.release import TOTAL
from skillnad.analysis.disclosure.table_set.families import families_of
from skillnad.analysis.disclosure.table_set.tables import GivenTable, Grouping, TableSet


def likely_groupings(told: TableSet) -> list[Grouping]:
    """Pairs (child, parent) where each of the child's values has one of the parent's, in every table that has both, and
    some of the parent's has several. A chain is told a step at a time."""
    together = [set(family.columns) for family in families_of(told)]
    found: dict[Grouping, bool] = {}
    for table in told.tables:
        for pair in permutations(table.columns, 2):
            if not any(set(pair) <= columns for columns in together):
                found[pair] = found.get(pair, True) and _follows(table, *pair)
    edges = {pair for pair, follows in found.items() if follows}
    return sorted(
        pair for pair in edges if not any((pair[0], step) in edges and (step, pair[1]) in edges for _, step in edges)
    )


def _follows(table: GivenTable, child: str, parent: str) -> bool:
    at, to = table.columns.index(child), table.columns.index(parent)
    parents: dict[str, set[str]] = defaultdict(set)
    for row in table.counts:
        if TOTAL not in (row[at], row[to]):
            parents[row[at]].add(row[to])
    groups = {value for of in parents.values() for value in of}
    return all(len(of) == 1 for of in parents.values()) and 1 < len(groups) < len(parents)
