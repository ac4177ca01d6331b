"""Columns side by side in a row's words: which of them go together, and how each kind is added.

A lane is 64 bits a row. Multi-selects and coded columns share one as far as they fit, and so do dates; a multi-select
of more levels than a lane has bits has lanes of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skillnad.analysis.index.layout import ENDS_EARLY, UNIT, Held, Words
from skillnad.analysis.index.packing import (
    add_bits,
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
        *(Lane(tuple(together)) for together in _shared_out(of_kind[Column.CODES] + of_kind[Column.CODE])),
        *_days_two_by_two(table.population, of_kind[Column.DATE]),
    ]


def begun(lane: Lane, rows: Iterator[pa.Table]) -> Begun:
    """Raises ArrowInvalid, then or when rows are added, where a value is none that the column may have."""
    if lane.columns[0].kind is Column.DATE:
        return _days(lane, list(rows))
    return _levels(lane.columns, rows)


def coded(column: SnapshotColumn, read: pa.Array, least: int = 0) -> Any:
    """A coded column's integers. The kernels trust them, so one that the manifest has no level for ends here."""
    codes = _integers_16(read)
    if len(codes) and (_unsigned(codes).max() > len(column.levels) or (least and codes.min() < least)):
        raise _no_such_level(column)
    return codes


def _integers_16(read: pa.Array) -> Any:
    return integers(read if read.type == _CODE else read.cast(_CODE))


def _unsigned(codes: Any) -> Any:
    """One below zero is greater than any."""
    return codes.view(np.uint16)


def integers(read: pa.Array) -> Any:
    """As the kernels take them: not writable, whosever they are, since each sort of array is compiled for anew."""
    made = read.to_numpy().view()
    made.setflags(write=False)
    return made


def _shared_out(columns: Sequence[SnapshotColumn]) -> list[list[SnapshotColumn]]:
    """As many in a lane as it holds, each in the first that has room: one that is full takes no longer to turn than one
    of 33 bits."""
    shared: list[list[SnapshotColumn]] = []
    rooms: list[int] = []
    for column in columns:
        bits = _bits(column)
        place = next((place for place, room in enumerate(rooms) if room >= bits), len(shared))
        if place == len(shared):
            shared.append([])
            rooms.append(max(BITS, bits))  # what is wider than a lane is alone
        shared[place].append(column)
        rooms[place] -= bits
    return shared


def _bits(column: SnapshotColumn) -> int:
    levels = len(column.levels)
    return levels + 1 if column.kind is Column.CODES else levels.bit_length()


def _days_two_by_two(population: Population, columns: Sequence[SnapshotColumn]) -> Iterator[Lane]:
    """The days of a span first, if the table has both."""
    span = SPAN.get(population, ())
    ends = [column for column in columns if column.id in span]
    if len(ends) == 2:
        yield Lane(tuple(sorted(ends, key=lambda column: span.index(column.id))), span=True)
    others = [column for column in columns if len(ends) < 2 or column not in ends]
    for begin in range(0, len(others), 2):
        yield Lane(tuple(others[begin : begin + 2]))


def _levels(columns: Sequence[SnapshotColumn], rows: Iterator[pa.Table]) -> Begun:
    held = [Held(column.id, column.kind, 0, _bits(column), len(column.levels)) for column in columns]
    shifts = _shifts(held)

    def add(batch: pa.RecordBatch, words: Words) -> None:
        for column, shift in zip(columns, shifts, strict=True):
            add_its = _add_sets if column.kind is Column.CODES else _add_codes
            add_its(column, batch.column(column.id), shift, words)

    return Begun(tuple(held), rows, add)


def _add_codes(column: SnapshotColumn, read: pa.Array, shift: Any, words: Words) -> None:
    if not column.levels:
        coded(column, read)  # it has no bits, and may be in a lane without any
    elif add_integers(_unsigned(_integers_16(read)), shift, words[0]) > len(column.levels):
        raise _no_such_level(column)


def _add_sets(column: SnapshotColumn, read: pa.Array, shift: Any, words: Words) -> None:
    levels = len(column.levels)
    known = sum(1 << place for place, level in enumerate(column.levels) if level.code not in column.unknown)
    if pa.types.is_unsigned_integer(read.type) and len(words) == 1:
        found = add_bits(integers(read), np.uint64(known), np.uint64(1 << levels), shift, words[0])
        if int(found).bit_length() > levels:
            raise _no_such_level(column)
        return
    sets = _sets(column, read, len(words))
    settle_sets(_words_of(known, len(words)), levels, sets)
    words |= sets << shift


def _sets(column: SnapshotColumn, read: pa.Array, lanes: int) -> Words:
    sets = np.zeros((lanes, len(read)), np.uint64)
    if pa.types.is_unsigned_integer(read.type):
        sets[0] = integers(read)  # bits that a lane holds, of as many levels or more
        return sets
    lengths = integers(pc.fill_null(pc.list_value_length(read), 0))
    codes = coded(column, read.flatten(), least=1)
    for lane in range(lanes):
        add_sets(lengths, codes, lane * BITS + 1, sets[lane])
    return sets


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
