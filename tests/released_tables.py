"""Releases made by hand: inner counts, and which cells of the full table are gaps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import product

from skillnad.analysis.disclosure.release import TOTAL, Coordinates


@dataclass(frozen=True)
class Given:
    """A table of inner cells."""

    name: str
    columns: tuple[str, ...]
    counts: dict[Coordinates, int]


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Coordinates, int | None], ...]


@dataclass(frozen=True)
class Made:
    tables: tuple[Table, ...]
    groupings: tuple[tuple[str, str], ...] = field(default=())


def given(columns: str, *rows: Sequence[object], name: str = "t.csv") -> Given:
    """`columns` in a word each; a row has their values and then its count."""
    return Given(name, tuple(columns.split()), {tuple(map(str, row[:-1])): int(row[-1]) for row in rows})


def released(told: Given, gaps: Collection[str] = (), groupings: Sequence[tuple[str, str]] = ()) -> Made:
    """Every cell and margin; a gap is named by its values with a comma between."""
    sums: dict[Coordinates, int] = {}
    for values, count in told.counts.items():
        for out in product((False, True), repeat=len(values)):
            place = tuple(TOTAL if gone else value for gone, value in zip(out, values, strict=True))
            sums[place] = sums.get(place, 0) + count
    rows = tuple((place, None if ",".join(place) in gaps else count) for place, count in sums.items())
    return Made((Table(told.name, told.columns, rows),), tuple(groupings))


def changed(release: Made, place: str, count: int | None) -> Made:
    """The release with one row told otherwise."""
    (table,) = release.tables
    rows = tuple((each, count if ",".join(each) == place else told) for each, told in table.rows)
    return Made((Table(table.name, table.columns, rows),), release.groupings)
