"""A population's rows to its bit matrix, by two threads that meet in the lanes of columns.

Keys and numbers have no bits: distinct people and sums do not add up from bits, and are counted elsewhere.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa

from skillnad.analysis.index.lanes import BITS, Begun, Lane, begun, coded, integers, lanes_of, with_planes
from skillnad.analysis.index.layout import PRESENT, ROWS_IN_A_WORD, UNIT, Held, Layout, Words
from skillnad.analysis.index.packing import place_rows, put, turn
from skillnad.analysis.index.reading import Read
from skillnad.codebook.snapshot_schema import Manifest, SnapshotTable

AT_A_TIME = 2
CHUNK = 65_536
"""Rows whose words stay in a core's own cache while columns are added to them."""
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True)
class _Places:
    """Where each row goes: `rows[u]` rows of unit u, in `words` words in all."""

    of_row: Any
    rows: Any
    words: int


@dataclass(frozen=True)
class Built:
    """A layout and its planes, which cannot be written, as a file's cannot: each sort of array is compiled for anew."""

    layout: Layout
    planes: Words


def build(manifest: Manifest, table: SnapshotTable, read: Read) -> Built:
    """The bit matrix of the rows that `read` gives. The same rows in the same order give the same bits.

    Raises ArrowInvalid where they are more or fewer than the table has, or hold a level that it lacks.
    """

    def begin(lane: Lane) -> Begun:
        return begun(lane, _all(read(lane.names), table.rows))

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        finding = pool.submit(_places, table, read)
        lanes = list(pool.map(begin, lanes_of(table)))
        places = finding.result()
        held = list(_after_each_other(lanes))
        planes = np.empty((PRESENT + 1 + sum(lane.planes for lane in lanes), places.words), np.uint64)
        planes[PRESENT] = _present(places)
        packings = _packings(lanes, places, planes[PRESENT + 1 :])
        for done in [pool.submit(_help, order) for order in (packings[::-1], packings)]:
            done.result()
    planes.setflags(write=False)
    layout = Layout(
        population=table.population,
        table_sha256=table.sha256,
        codebook_version=manifest.codebook_version,
        codebook_digest=manifest.codebook_digest,
        unit_rows=tuple(places.rows.tolist()),
        columns=_in_order(held, table),
        planes=len(planes),
    )
    return Built(layout, planes)


def index_columns(table: SnapshotTable) -> frozenset[str]:
    """The columns that an index of the table answers for."""
    return frozenset(column.id for column in with_planes(table)) | ({UNIT} & set(table.columns))


def _after_each_other(lanes: Sequence[Begun]) -> Iterator[Held]:
    first = PRESENT + 1
    for held in chain.from_iterable(lane.held for lane in lanes):
        yield replace(held, first=first)
        first += held.planes


def _in_order(held: Sequence[Held], table: SnapshotTable) -> dict[str, Held]:
    """The table's order, and then what is no column of it."""
    found = {column.id: column for column in held}
    return {name: found[name] for name in sorted(found, key=[*table.columns, *found].index)}


def _places(table: SnapshotTable, read: Read) -> _Places:
    """Rows sorted by unit, missing first; a table without units is one unit, the missing one."""
    column = table.columns.get(UNIT)
    if column is None:
        units, levels = integers(pa.array(np.zeros(table.rows, np.int16))), 0
    else:
        told = pa.concat_tables(_all(read([UNIT]), table.rows)).column(UNIT)
        units, levels = coded(column, told.combine_chunks()), len(column.levels)
    rows = np.bincount(units, minlength=levels + 1)
    words = -(-rows // ROWS_IN_A_WORD)
    starts = (np.cumsum(words) - words) * ROWS_IN_A_WORD
    of_row = np.empty(len(units), np.uint32)  # four thousand million rows are a matter for partitions
    place_rows(units, starts, of_row)
    return _Places(of_row, rows, int(words.sum()))


class _Rooms:
    """Words that lanes stand in. One that is done with its own leaves them to another: the same places have rows in
    each, and are nought where there is none."""

    def __init__(self, words: int) -> None:
        self._rows = words * ROWS_IN_A_WORD
        self._left: list[Words] = []

    def take(self, lanes: int) -> list[Words]:
        return [self._one() for _ in range(lanes)]

    def _one(self) -> Words:
        try:
            return self._left.pop()
        except IndexError:
            return np.zeros(self._rows, np.uint64)

    def leave(self, words: list[Words]) -> None:
        self._left += words


class _Packing:
    """A lane that is packed by the threads that come to it: one reads some rows while the other packs some. The rows'
    words go to their places, a chunk of them at a time; who puts the last ones turns them over into planes."""

    def __init__(self, lane: Begun, of_row: Any, planes: Words, rooms: _Rooms) -> None:
        self._lane, self._of_row, self._planes, self._rooms = lane, of_row, planes, rooms
        self._parts = iter(lane.rows)
        self._words: list[Words] = []
        self._alone = Lock()
        self._seen = self._put = 0

    def help(self) -> None:
        while (found := self._next()) is not None:
            self._pack(*found)
            if self._is_whole(found[1].num_rows):
                self._turn()

    def _next(self) -> tuple[int, pa.Table] | None:
        """Some rows, and how many are before them."""
        with self._alone:
            part = next(self._parts, None)
            before = self._seen
            self._seen += part.num_rows if part else 0
            if part and not self._words:
                self._words = self._rooms.take(self._lane.lanes)
        return None if part is None else (before, part)

    def _pack(self, before: int, part: pa.Table) -> None:
        for batch in part.to_batches(max_chunksize=CHUNK):
            words = np.zeros((self._lane.lanes, batch.num_rows), np.uint64)
            self._lane.add(batch, words)
            after = before + batch.num_rows
            for one, its_words in zip(self._words, words, strict=True):
                put(its_words, self._of_row[before:after], one)
            before = after

    def _is_whole(self, more: int) -> bool:
        with self._alone:
            self._put += more
            return more > 0 and self._put == len(self._of_row)

    def _turn(self) -> None:
        for number, words in enumerate(self._words):
            turn(words, self._planes[number * BITS : (number + 1) * BITS])
        self._rooms.leave(self._words)


def _packings(lanes: Sequence[Begun], places: _Places, planes: Words) -> list[_Packing]:
    rooms = _Rooms(places.words)
    ends = np.cumsum([0, *(lane.planes for lane in lanes)])
    return [
        _Packing(lane, places.of_row, planes[first:end], rooms)
        for lane, first, end in zip(lanes, ends, ends[1:], strict=False)
    ]


def _help(lanes: Sequence[_Packing]) -> None:
    for lane in lanes:
        lane.help()


def _all(parts: Iterator[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The parts, which have so many rows together: one that has gone since the snapshot was opened is missed here."""
    seen = 0
    for part in parts:
        seen += part.num_rows
        if seen <= rows:
            yield part
    if seen != rows:
        raise pa.ArrowInvalid("other rows than the manifest says")


def _present(places: _Places) -> Words:
    """One bit for each row there is: what is left of a unit's last word is none."""
    present = np.full(places.words, ALL)
    ends = np.cumsum(-(-places.rows // ROWS_IN_A_WORD))
    left = places.rows % ROWS_IN_A_WORD
    for end, rows in zip(ends[left > 0].tolist(), left[left > 0].tolist(), strict=True):
        present[end - 1] = (1 << rows) - 1
    return present
