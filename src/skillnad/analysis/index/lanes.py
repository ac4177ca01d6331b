"""Columns side by side in a row's words: which of them go together, and how each kind is added.

A lane is 64 bits a row. Coded columns and dates share one as far as they fit; a multi-select has its own, and more than
one where its levels are many.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skillnad.analysis.index.layout import ENDS_EARLY, UNIT, Held, Words
from skillnad.analysis.index.packing import (
    add_days,
    add_early,
    add_integers,
    add_sets,
    ends_of,
    settle_sets,
)
from skillnad.codebook.snapshot_schema import SPAN, Column, Population, SnapshotColumn, SnapshotTable

BITS = 64
_CODE = pa.int16()
MOST_BITS_OF_A_DAY = 31
"""Of a date column: two of them and a mark fit in a lane. Six thousand years need 22."""
Add = Callable[[pa.RecordBatch, Words], None]


@dataclass(frozen=True)
class Lane:
    """Columns that are read and packed together; `span` where they are a first and a last day."""

    columns: tuple[SnapshotColumn, ...]
    span: bool = False

    @property
    def names(self) -> list[str]:
        return [column.id for column in self.columns]


@dataclass(frozen=True)
class Begun:
    """A lane of which rows are being read: what it holds, in order, and what adds some of the rows to their words.

    `add` has words[lane, row], all bits of which are 0.
    """

    held: tuple[Held, ...]
    rows: Iterable[pa.Table]
    add: Add

    @property
    def planes(self) -> int:
        return sum(held.planes for held in self.held)

    @property
    def lanes(self) -> int:
        return -(-self.planes // BITS)


def with_planes(table: SnapshotTable) -> list[SnapshotColumn]:
    """The table's columns that an index holds."""
    kinds = (Column.CODE, Column.CODES, Column.DATE)
    return [column for column in table.columns.values() if column.kind in kinds and column.id != UNIT]


def lanes_of(table: SnapshotTable) -> list[Lane]:
    """Every column with planes once; those that take longest to read come first."""
    columns = with_planes(table)
    of_kind = {kind: [column for column in columns if column.kind is kind] for kind in Column}
    return [
        *(Lane((column,)) for column in of_kind[Column.CODES]),
        *(Lane(tuple(together)) for together in _shared_out(of_kind[Column.CODE])),
        *_days_two_by_two(table.population, of_kind[Column.DATE]),
    ]


def begun(lane: Lane, rows: Iterator[pa.Table]) -> Begun:
    """Raises ArrowInvalid, then or when rows are added, where a value is none that the column may have."""
    match lane.columns[0].kind:
        case Column.CODES:
            return _sets(lane.columns[0], rows)
        case Column.DATE:
            return _days(lane, list(rows))
        case _:
            return _codes(lane.columns, rows)


def coded(column: SnapshotColumn, read: pa.Array, least: int = 0) -> Any:
    """A coded column's integers. The kernels trust them, so one that the manifest has no level for ends here."""
    codes = _integers_16(read)
    # as unsigned, one below zero is greater than any
    if len(codes) and (codes.view(np.uint16).max() > len(column.levels) or (least and codes.min() < least)):
        raise _no_such_level(column)
    return codes


def _integers_16(read: pa.Array) -> Any:
    return integers(read if read.type == _CODE else read.cast(_CODE))


def integers(read: pa.Array) -> Any:
    """As the kernels take them: not writable, whosever they are, since each sort of array is compiled for anew."""
    made = read.to_numpy().view()
    made.setflags(write=False)
    return made


def _shared_out(columns: Sequence[SnapshotColumn]) -> list[list[SnapshotColumn]]:
    """As many in a lane as it holds: one that is full takes no longer to turn than one of 33 bits, and the rest of them
    are soon turned."""
    shared: list[list[SnapshotColumn]] = []
    room = 0
    for column in columns:
        if not shared or room < _bits(column):
            shared.append([])
            room = BITS
        shared[-1].append(column)
        room -= _bits(column)
    return shared


def _bits(column: SnapshotColumn) -> int:
    return len(column.levels).bit_length()


def _days_two_by_two(population: Population, columns: Sequence[SnapshotColumn]) -> Iterator[Lane]:
    """The days of a span first, if the table has both."""
    span = SPAN.get(population, ())
    ends = [column for column in columns if column.id in span]
    if len(ends) == 2:
        yield Lane(tuple(sorted(ends, key=lambda column: span.index(column.id))), span=True)
    others = [column for column in columns if len(ends) < 2 or column not in ends]
    for begin in range(0, len(others), 2):
        yield Lane(tuple(others[begin : begin + 2]))


def _codes(columns: Sequence[SnapshotColumn], rows: Iterator[pa.Table]) -> Begun:
    held = [Held(column.id, column.kind, 0, _bits(column), len(column.levels)) for column in columns]
    shifts = [shift for column, shift in zip(columns, _shifts(held), strict=True) if column.levels]
    with_levels = [place for place, column in enumerate(columns) if column.levels]

    def add(batch: pa.RecordBatch, words: Words) -> None:
        for place, shift in zip(with_levels, shifts, strict=True):
            add_integers(_integers_16(batch.column(place)), shift, words[0])

    return Begun(tuple(held), _with_known_levels(columns, rows), add)


def _with_known_levels(columns: Sequence[SnapshotColumn], rows: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The rows with the columns in this order; their codes are looked at here, many at a time."""
    for part in rows:
        for column in columns:
            for chunk in part.column(column.id).chunks:
                coded(column, chunk)
        yield part.select([column.id for column in columns])


def _sets(column: SnapshotColumn, rows: Iterator[pa.Table]) -> Begun:
    levels = len(column.levels)
    return Begun((Held(column.id, Column.CODES, 0, levels + 1, levels),), rows, partial(_add_sets, column))


def _add_sets(column: SnapshotColumn, batch: pa.RecordBatch, words: Words) -> None:
    read = batch.column(column.id)
    if pa.types.is_unsigned_integer(read.type):
        _add_bits(column, integers(read), words)
    else:
        lengths = integers(pc.fill_null(pc.list_value_length(read), 0))
        codes = coded(column, read.flatten(), least=1)
        for lane in range(len(words)):
            add_sets(lengths, codes, lane * BITS + 1, words[lane])
    known = sum(1 << place for place, level in enumerate(column.levels) if level.code not in column.unknown)
    settle_sets(_words_of(known, len(words)), len(column.levels), words)


def _add_bits(column: SnapshotColumn, sets: Any, words: Words) -> None:
    if len(sets) and int(sets.max()).bit_length() > len(column.levels):
        raise _no_such_level(column)
    words[0] = sets


def _no_such_level(column: SnapshotColumn) -> pa.ArrowInvalid:
    return pa.ArrowInvalid(f"{column.id} holds a level that the manifest lacks")


def _words_of(bits: int, words: int) -> Words:
    return np.array([bits >> (BITS * word) & (1 << BITS) - 1 for word in range(words)], np.uint64)


def _days(lane: Lane, rows: Sequence[pa.Table]) -> Begun:
    held = [_held_days(column, rows) for column in lane.columns]
    shifts = _shifts(held)

    def add(batch: pa.RecordBatch, words: Words) -> None:
        for days, shift in zip(held, shifts, strict=True):
            if days.planes:
                add_days(*_numbers(batch.column(days.id)), days.base, shift, words[0])
        if lane.span and all(days.planes for days in held):
            _mark_early(held, shifts, words[0])

    early = [Held(ENDS_EARLY, Column.CODE, 0, 1, 1)] if lane.span else []
    return Begun((*held, *early), rows, add)


def _held_days(column: SnapshotColumn, rows: Sequence[pa.Table]) -> Held:
    chunks = [chunk for part in rows for chunk in part.column(column.id).chunks]
    ends = [ends_of(*_numbers(chunk)) for chunk in chunks]
    known = [(first, last) for first, last in ends if first <= last]
    if not known:
        return Held(column.id, Column.DATE, 0, 0, 0)
    first = min(first for first, _ in known)
    top = max(last for _, last in known) - first + 1
    if top.bit_length() > MOST_BITS_OF_A_DAY:
        raise pa.ArrowInvalid(f"{column.id} holds days that no calendar has")
    return Held(column.id, Column.DATE, 0, top.bit_length(), top, first - 1)


def _numbers(days: pa.Array) -> tuple[Any, Any]:
    """Days from 1970-01-01, and a byte each that is 1 where there is one, else 0."""
    told = days.cast(pa.int32())
    valid, numbers = told.buffers()
    first, end = told.offset, told.offset + len(told)
    there = np.ones(len(told), np.uint8)
    if valid and told.null_count:
        there = np.unpackbits(np.frombuffer(valid, np.uint8), count=end, bitorder="little")[first:]
    return np.frombuffer(numbers or b"", np.int32)[first:end], there


def _mark_early(held: Sequence[Held], shifts: Sequence[Any], words: Words) -> None:
    masks = [np.uint64((1 << days.planes) - 1) for days in held]
    begun, ended = zip(shifts, masks, strict=True)
    add_early(begun, ended, held[0].base - held[1].base, np.uint64(sum(days.planes for days in held)), words)


def _shifts(held: Sequence[Held]) -> list[Any]:
    """The bit that each begins at."""
    return [np.uint64(sum(before.planes for before in held[:place])) for place in range(len(held))]
