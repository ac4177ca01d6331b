"""What a question makes of stored columns: codes in groups (`merged`), days or a number in bands (`banded`)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from skillnad.analysis.banded import banded_column, banded_of
from skillnad.analysis.calendars import date_of
from skillnad.analysis.merged import merged_column, merged_of, ungrouped
from skillnad.codebook.snapshot_schema import SnapshotColumn, SnapshotTable


def made_column(name: str, columns: Mapping[str, SnapshotColumn]) -> SnapshotColumn | None:
    """What the name makes of the stored columns; None of every other name. Raises KeyError where one is not there."""
    if merged := merged_of(name):
        return merged_column(merged, columns[merged.column])
    banded = banded_of(name)
    return banded_column(name, banded, columns) if banded else None


def stored_behind(name: str) -> tuple[str, ...]:
    """The stored columns that a name needs, one but of days between two: `start_date` for `month:start_date`, `origin`
    for `merged:origin:…`, else the column itself."""
    if banded := banded_of(name):
        return banded.columns
    return (date_of(name) or ungrouped(name),)


def with_made(table: SnapshotTable, names: Iterable[str]) -> SnapshotTable:
    """The table as a question sees it that is divided by the names: with the columns among them that it makes."""
    made = {name: _made(name, table.columns) for name in names}
    return replace(table, columns={**table.columns, **{name: held for name, held in made.items() if held}})


def _made(name: str, columns: Mapping[str, SnapshotColumn]) -> SnapshotColumn | None:
    try:
        return made_column(name, columns)
    except KeyError:
        return None
