"""All tables as one system: the same set of people is one cell, whatever it is called and wherever it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from skillnad.analysis.disclosure.release import Coordinates
from skillnad.analysis.disclosure.system import Cell, Name, System, system
from skillnad.analysis.disclosure.table_set.families import families_of
from skillnad.analysis.disclosure.table_set.margins import FullTable, full_table
from skillnad.analysis.disclosure.table_set.naming import Names
from skillnad.analysis.disclosure.table_set.sums import sums_of
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed

MOST = 5


@dataclass(frozen=True, eq=False)
class Publication:
    """`named`: for each table an array of cell names, shaped as its values. `counts`: of each name. None of them is in
    the repr."""

    names: Names
    tables: tuple[FullTable, ...]
    named: tuple[np.ndarray, ...]
    counts: Mapping[Name, int]

    @cached_property
    def told(self) -> System:
        """All cells and all that they add up to."""
        shapes = [(table.dimensions, named) for table, named in zip(self.tables, self.named, strict=True)]
        return system((Cell(name, value) for name, value in self.counts.items()), sums_of(shapes, self.names))

    def rows(self, place: int) -> Iterator[tuple[Coordinates, Name]]:
        """Each cell of a table, as it is told of, with its name."""
        table, named = self.tables[place], self.named[place]
        for levels in np.ndindex(named.shape):
            yield table.coordinates(levels), cast(Name, named[levels])

    def __repr__(self) -> str:
        return f"Publication({', '.join(table.given.name for table in self.tables)})"


def publication_of(told: TableSet, beside: Sequence[GivenTable] = ()) -> Publication:
    """`beside`: tables whose columns group as these do, and whose values and codes are to have the same names.

    Raises UserError (DISC-042, DISC-046 … DISC-050, DISC-052).
    """
    families = families_of(TableSet((*told.tables, *beside), told.groupings))
    names = Names(families)
    tables = tuple(full_table(given, families) for given in told.tables)
    named = tuple(names.of(table.dimensions) for table in tables)
    return Publication(names, tables, named, _counts(tables, named))


def _counts(tables: Sequence[FullTable], named: Sequence[np.ndarray]) -> dict[Name, int]:
    """Raises UserError (DISC-050) where two tables say different things of the same people."""
    found: dict[Name, tuple[int, str]] = {}
    apart: dict[Name, tuple[str, str]] = {}
    for table, names in zip(tables, named, strict=True):
        for name, value in zip(names.flat, table.values.flat, strict=True):
            count, where = found.setdefault(name, (int(value), table.given.name))
            if count != value:
                apart[name] = (where, table.given.name)
    if apart:
        raise _apart(apart)
    return {name: count for name, (count, _) in found.items() if name}


def _apart(cells: Mapping[Name, tuple[str, str]]) -> UserError:
    named = "; ".join(", ".join(name) for name in [*cells][:MOST])
    files = sorted({file for both in cells.values() for file in both})
    return UserError.of(
        "DISC-050",
        where=listed(files),
        sv=f"Tabellerna säger olika om samma människor: {named}. Gäller de olika människor, publicera dem var för sig; "
        "annars rätta den tabell som har fel, eller byt namn på en kolumn som inte betyder samma sak i båda.",
        en=f"The tables say different things of the same people: {named}. Where they are of different people, publish "
        "them apart; else mend the one that is wrong, or rename a column that does not mean the same in both.",
    )
