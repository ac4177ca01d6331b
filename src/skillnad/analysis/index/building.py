"""A population's Parquet file to its bit matrix. Columns are read and packed one by one, two at a time.

Keys and numbers have no bits: distinct people and sums do not add up from bits, and are counted elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from skillnad.analysis.index.layout import ENDS_EARLY, PRESENT, ROWS_IN_A_WORD, UNIT, Held, Layout, Words
from skillnad.analysis.index.packing import (
    lanes_for,
    lay_integers,
    lay_sets,
    pack,
    place_rows,
    present_plane,
)
from skillnad.codebook.snapshot_schema import SPAN, Column, Manifest, Population, SnapshotColumn, SnapshotTable

AT_A_TIME = 2
Read = Callable[[str], pa.ChunkedArray]
"""A column of the rows, by name: from a file, or of a partition that somebody else has read."""


@dataclass(frozen=True)
class _Places:
    """Where each row goes: `rows[u]` rows of unit u from row `starts[u]` on, in `words` words."""

    of_row: Any
    rows: Any
    starts: Any
    words: int


@dataclass(frozen=True)
class _Packed:
    held: Held
    planes: Words


@dataclass(frozen=True)
class Built:
    """A layout and its planes, in blocks that follow each other."""

    layout: Layout
    blocks: Sequence[Words]

    def planes(self) -> Words:
        made: Words = np.concatenate(self.blocks)
        made.setflags(write=False)  # as the file's are: each sort of array is compiled for anew
        return made


def build(manifest: Manifest, table: SnapshotTable, read: Read) -> Built:
    """The bit matrix of the rows that `read` gives. The same rows in the same order give the same bits."""
    read = _once(read, SPAN.get(table.population, ()))
    places = _places(table, read)
    wanted = [column for column in table.columns.values() if _has_planes(column)]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        packed = list(pool.map(lambda column: _packed(column, read(column.id), places), wanted))
    packed += _ends_early(table, read, places)
    present = present_plane(places.starts, places.rows, places.words)
    layout = Layout(
        population=table.population,
        table_sha256=table.sha256,
        codebook_version=manifest.codebook_version,
        codebook_digest=manifest.codebook_digest,
        unit_rows=tuple(places.rows.tolist()),
        columns=dict(_in_order(part.held for part in packed)),
        planes=PRESENT + 1 + sum(part.held.planes for part in packed),
    )
    return Built(layout, [present, *(part.planes for part in packed)])


def _once(read: Read, columns: Sequence[str]) -> Read:
    """`read`, which keeps the columns that are asked for twice."""
    kept = cache(read)
    return lambda column: kept(column) if column in columns else read(column)


def reader(table: SnapshotTable, file: Path) -> Read:
    """Columns of a Parquet file: lists by Arrow and all else by Polars, each the quicker at its own."""

    def read(column: str) -> pa.ChunkedArray:
        if table.columns[column].kind is Column.CODES:
            return pq.read_table(file, columns=[column], use_threads=False).column(column)
        return pa.chunked_array([pl.read_parquet(file, columns=[column]).get_column(column).to_arrow()])

    return read


def index_columns(table: SnapshotTable) -> frozenset[str]:
    """The columns that an index of the table answers for."""
    return frozenset(column.id for column in table.columns.values() if column.id == UNIT or _has_planes(column))


def _has_planes(column: SnapshotColumn) -> bool:
    return column.kind in (Column.CODE, Column.CODES, Column.DATE) and column.id != UNIT


def _in_order(columns: Iterator[Held]) -> Iterator[tuple[str, Held]]:
    first = PRESENT + 1
    for held in columns:
        yield held.id, replace(held, first=first)
        first += held.planes


def _places(table: SnapshotTable, read: Read) -> _Places:
    """Rows sorted by unit, missing first; a table without units is one unit, the missing one."""
    column = table.columns.get(UNIT)
    units = _codes(column, read(UNIT) if column else pa.chunked_array([np.zeros(table.rows, np.int16)]))
    rows = np.bincount(units, minlength=len(column.levels) + 1 if column else 1)
    words = -(-rows // ROWS_IN_A_WORD)
    starts = (np.cumsum(words) - words) * ROWS_IN_A_WORD
    of_row = np.empty(len(units), np.uint32)  # four thousand million rows are a matter for partitions
    place_rows(units, starts, of_row)
    return _Places(of_row, rows, starts, int(words.sum()))


def _packed(column: SnapshotColumn, read: pa.ChunkedArray, places: _Places) -> _Packed:
    match column.kind:
        case Column.CODES:
            return _several(column, read, places)
        case Column.DATE:
            return _dates(column, read, places)
        case _:
            held = Held(column.id, column.kind, 0, len(column.levels).bit_length(), len(column.levels))
            return _single(held, _codes(column, read), places)


def _single(held: Held, integers: Any, places: _Places) -> _Packed:
    lanes = lanes_for(held.planes, places.words)
    lay_integers(integers, places.of_row, lanes)
    return _Packed(held, pack(lanes, held.planes))


def _several(column: SnapshotColumn, read: pa.ChunkedArray, places: _Places) -> _Packed:
    held = Held(column.id, Column.CODES, 0, len(column.levels) + 1, len(column.levels))
    known = np.array([True, *(level.code not in column.unknown for level in column.levels)])
    lengths = pc.fill_null(pc.list_value_length(read), 0)
    lanes = lanes_for(held.planes, places.words)
    lay_sets(_integers(lengths), _codes(column, pc.list_flatten(read)), known, places.of_row, lanes)
    return _Packed(held, pack(lanes, held.planes))


def _dates(column: SnapshotColumn, read: pa.ChunkedArray, places: _Places) -> _Packed:
    days = read.cast(pa.int32())
    ends = pc.min_max(days).as_py()
    base, top = (ends["min"] - 1, ends["max"] - ends["min"] + 1) if ends["min"] is not None else (0, 0)
    held = Held(column.id, Column.DATE, 0, top.bit_length(), top, base)
    return _single(held, _integers(pc.subtract(days.fill_null(base), pa.scalar(base, pa.int32()))), places)


def _ends_early(table: SnapshotTable, read: Read, places: _Places) -> list[_Packed]:
    """Which spans end before they begin, where the population's rows have spans."""
    span: Mapping[Population, tuple[str, str]] = SPAN
    first, last = span.get(table.population, ("", ""))
    if first not in table.columns or last not in table.columns:
        return []
    early = pc.fill_null(pc.less(read(last), read(first)), False)
    return [_single(Held(ENDS_EARLY, Column.CODE, 0, 1, 1), _integers(early.cast(pa.int16())), places)]


def _codes(column: SnapshotColumn | None, read: pa.ChunkedArray) -> Any:
    """A coded column's integers. The kernels trust them, so one that the manifest has no level for ends here."""
    codes = _integers(read.cast(pa.int16()))
    if column and len(codes) and not 0 <= codes.min() <= codes.max() <= len(column.levels):
        raise pa.ArrowInvalid(f"{column.id} holds a level that the manifest lacks")
    return codes


def _integers(column: pa.ChunkedArray) -> Any:
    """As the kernels take them: not writable, whosever they are, since each sort of array is compiled for anew."""
    integers = column.to_numpy().view()
    integers.setflags(write=False)
    return integers
