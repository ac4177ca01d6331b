"""A grouping's value needs to stand on one of the lines only: here it is filled in on the others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from skillnad.analysis.disclosure.release import TOTAL, Coordinates
from skillnad.analysis.disclosure.table_set.tables import GivenTable, Grouping

Parents = Mapping[tuple[Grouping, str], set[str]]
"""The values of the parent column that stand beside a value of the child column."""


def filled_rows(tables: Sequence[GivenTable], groupings: Sequence[Grouping]) -> list[list[Coordinates]]:
    """Each table's rows in their order. What has no parent on any line, or several, is left as it is. A grouping is
    `Total` where all that it groups is; a chain is filled a step at a time."""
    rows = [list(table.counts) for table in tables]
    for _ in groupings:
        known = _parents(tables, rows, groupings)
        rows = [[_filled(table, row, known) for row in of] for table, of in zip(tables, rows, strict=True)]
    return rows


def _parents(
    tables: Sequence[GivenTable], rows: Iterable[Iterable[Coordinates]], groupings: Sequence[Grouping]
) -> Parents:
    found: dict[tuple[Grouping, str], set[str]] = {(edge, TOTAL): {TOTAL} for edge in groupings}
    told = defaultdict(set, found)
    for table, of in zip(tables, rows, strict=True):
        for edge in groupings:
            if set(edge) <= set(table.columns):
                at, to = (table.columns.index(column) for column in edge)
                for row in of:
                    told[edge, row[at]] |= {row[to]} - {TOTAL, ""} if row[at] != TOTAL else set()
    return told


def _filled(table: GivenTable, row: Coordinates, known: Parents) -> Coordinates:
    if "" not in row:
        return row
    values = dict(zip(table.columns, row, strict=True))
    for (child, parent), code in known:
        of = known[(child, parent), code]
        if values.get(parent) == "" and values.get(child) == code and len(of) == 1:
            values[parent] = next(iter(of))
    return tuple(values.values())
