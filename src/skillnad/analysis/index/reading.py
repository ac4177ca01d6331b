"""Columns of a population's Parquet files, some rows at a time, each kind by what is quickest at it: multi-selects from
the pages, or by Arrow where they are written in a way that is not read there, and all else by Polars."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.index.pages import sets_in
from skillnad.analysis.snapshot import parts_of
from skillnad.codebook.snapshot_schema import Column, SnapshotTable

Read = Callable[[Sequence[str]], Iterator[pa.Table]]
"""Columns of the rows, by name: all rows in order, in any number of tables. Multi-selects come as lists of codes, or as
unsigned integers with bit c - 1 for code c."""
ROWS = 1_048_576
"""Rows that are held in memory at a time: enough that opening the files for each such lot costs nothing."""


def reader(table: SnapshotTable, file: Path) -> Read:
    """Of one file, or of the parts in a folder. Raises OSError, and reading ArrowException or PolarsError too."""
    parts = parts_of(file)
    if not parts:
        raise FileNotFoundError(file)

    def read(columns: Sequence[str]) -> Iterator[pa.Table]:
        lists = any(table.columns[column].kind is Column.CODES for column in columns)
        return _by_groups(parts, columns) if lists else _by_polars(parts, columns)

    return read


def cut(sizes: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Row groups of these sizes that go together, from the first to before the last: `most` rows, or one group."""
    first = rows = 0
    for number, size in enumerate(sizes):
        if rows and rows + size > most:
            yield first, number
            first, rows = number, 0
        rows += size
    yield first, len(sizes)


def group_sizes(file: Path) -> list[int]:
    """The rows of each of a file's row groups. Raises OSError or ArrowException."""
    told = pq.read_metadata(file)
    return [told.row_group(number).num_rows for number in range(told.num_row_groups)]


def read_groups(file: Path, first: int, end: int, columns: Sequence[str]) -> pa.Table:
    """Columns of the row groups from `first` to before `end` of one file, as `reader` reads them.

    Raises OSError, ArrowException or PolarsError.
    """
    with file.open("rb") as stream, pq.ParquetFile(file) as parquet:
        if end > parquet.num_row_groups:
            raise pa.ArrowInvalid("other row groups than before")
        sizes = [parquet.metadata.row_group(group).num_rows for group in range(end)]
        lists = {field.name for field in parquet.schema_arrow if pa.types.is_list(field.type)}
        of_lists = {name: _sets_of(parquet, stream, range(first, end), name) for name in columns if name in lists}
    others = [name for name in columns if name not in lists]
    read = of_lists
    if others:
        rows = pl.scan_parquet(file, glob=False).select(others).slice(sum(sizes[:first]), sum(sizes[first:]))
        found = rows.collect().to_arrow()
        read = read | {name: found.column(name) for name in others}
    return pa.table({name: read[name] for name in columns})


def _sets_of(file: pq.ParquetFile, stream: BinaryIO, groups: range, name: str) -> pa.ChunkedArray:
    """All groups' in one way: where one cannot be read from its pages, all are lists."""
    place = _leaf(file, name)
    found = [] if place is None else [sets_in(file, stream, group, place) for group in groups]
    if not found or any(sets is None for sets in found):
        return file.read_row_groups(list(groups), columns=[name], use_threads=False).column(0)
    return pa.chunked_array(found)


def _leaf(file: pq.ParquetFile, name: str) -> int | None:
    """Where among the file's columns of single values the values of a list are; None where it has several."""
    paths = [file.schema.column(place).path.split(".")[0] for place in range(len(file.schema))]
    return paths.index(name) if paths.count(name) == 1 else None


def _by_groups(parts: Sequence[Path], columns: Sequence[str]) -> Iterator[pa.Table]:
    for part in parts:
        for first, end in cut(group_sizes(part), ROWS):
            yield read_groups(part, first, end, columns)


def _by_polars(parts: Sequence[Path], columns: Sequence[str]) -> Iterator[pa.Table]:
    rows = pl.scan_parquet(list(parts), glob=False).select(columns)
    for begin in count(0, ROWS):
        read = rows.slice(begin, ROWS).collect().to_arrow()
        yield read
        if read.num_rows < ROWS:
            return
