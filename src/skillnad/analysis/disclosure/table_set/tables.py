"""Tables of inner cells as they were given, before anything is known of how their columns group."""

from collections.abc import Mapping
from dataclasses import dataclass

from skillnad.analysis.disclosure.release import TOTAL, Coordinates, Layout

Grouping = tuple[str, str]
"""Child column, parent column: each of the child's values lies in one of the parent's."""


@dataclass(frozen=True)
class GivenTable:
    """`counts`: by a value for each of the columns; rows with `Total` among them. None of it is in the repr."""

    name: str
    layout: Layout
    counts: Mapping[Coordinates, int]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.layout.columns

    def where(self, row: Coordinates) -> str:
        """The cell as a reader would point at it."""
        return cell_words(zip(self.columns, row, strict=True))

    def __repr__(self) -> str:
        return f"GivenTable({self.name})"


@dataclass(frozen=True)
class TableSet:
    """Tables of the same people, and how their columns group."""

    tables: tuple[GivenTable, ...]
    groupings: tuple[Grouping, ...] = ()


def cell_words(coordinates: "zip[tuple[str, str]] | tuple[tuple[str, str], ...]") -> str:
    """Codes and never counts: "region=A, kön=Total"."""
    return ", ".join(f"{column}={value}" for column, value in coordinates if value != TOTAL) or "hela tabellen"
