"""A population's rows to its bit matrix, by two threads that meet in the lanes of columns.

Keys and numbers have no bits: distinct people and sums do not add up from bits, and are counted elsewhere.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa

from skillnad.analysis.index.lanes import BITS, Lane, begun, coded, integers, lanes_of, with_planes
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
class _Packed:
    held: tuple[Held, ...]
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
    """The bit matrix of the rows that `read` gives. The same rows in the same order give the same bits.

    Raises ArrowInvalid where they are more or fewer than the table has, or hold a level that it lacks.
    """
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        finding = pool.submit(_places, table, read)
        spare: list[Words] = []
        lanes = [_Packing(lane, table, read, finding, spare) for lane in lanes_of(table)]
        for done in [pool.submit(_help, order) for order in (lanes[::-1], lanes)]:
            done.result()
    places, packed = finding.result(), [lane.packed() for lane in lanes]
    held = dict(_after_each_other(packed))
    layout = Layout(
        population=table.population,
        table_sha256=table.sha256,
        codebook_version=manifest.codebook_version,
        codebook_digest=manifest.codebook_digest,
        unit_rows=tuple(places.rows.tolist()),
        columns={name: held[name] for name in sorted(held, key=[*table.columns, *held].index)},
        planes=PRESENT + 1 + sum(len(part.planes) for part in packed),
    )
    return Built(layout, [_present(places), *(part.planes for part in packed)])


def index_columns(table: SnapshotTable) -> frozenset[str]:
    """The columns that an index of the table answers for."""
    return frozenset(column.id for column in with_planes(table)) | ({UNIT} & set(table.columns))


def _after_each_other(packed: Sequence[_Packed]) -> Iterator[tuple[str, Held]]:
    first = PRESENT + 1
    for held in chain.from_iterable(part.held for part in packed):
        yield held.id, replace(held, first=first)
        first += held.planes


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


class _Packing:
    """A lane that is packed by the threads that come to it: one reads some rows while the other packs some. The rows'
    words go to their places, a chunk of them at a time; who puts the last ones turns them over into planes. What they
    stood in is `spare` then, for other lanes: the same places have rows in each, and are nought where there is none."""

    def __init__(
        self, lane: Lane, table: SnapshotTable, read: Read, places: "Future[_Places]", spare: list[Words]
    ) -> None:
        self._lane, self._table, self._read, self._places = lane, table, read, places
        self._spare = spare
        self._alone = Lock()
        self._parts: Iterator[pa.Table] | None = None
        self._seen = self._put = 0

    def help(self) -> None:
        while (found := self._next()) is not None:
            self._pack(*found)
            if self._is_whole(found[1].num_rows):
                self._turn()

    def packed(self) -> _Packed:
        if not self._table.rows:
            self._turn()
        return _Packed(self._begun.held, self._planes)

    def _next(self) -> tuple[int, pa.Table] | None:
        """Some rows, and how many are before them."""
        with self._alone:
            self._parts = self._parts or self._started()
            part = next(self._parts, None)
            before = self._seen
            self._seen += part.num_rows if part else 0
        return None if part is None else (before, part)

    def _started(self) -> Iterator[pa.Table]:
        self._begun = begun(self._lane, _all(self._read(self._lane.names), self._table.rows))
        self._lanes = [self._room() for _ in range(self._begun.lanes)]
        return iter(self._begun.rows)

    def _room(self) -> Words:
        try:
            return self._spare.pop()
        except IndexError:
            return np.zeros(self._places.result().words * ROWS_IN_A_WORD, np.uint64)

    def _pack(self, before: int, part: pa.Table) -> None:
        of_row = self._places.result().of_row
        for batch in part.to_batches(max_chunksize=CHUNK):
            words = np.zeros((self._begun.lanes, batch.num_rows), np.uint64)
            self._begun.add(batch, words)
            after = before + batch.num_rows
            for one, its_words in zip(self._lanes, words, strict=True):
                put(its_words, of_row[before:after], one)
            before = after

    def _is_whole(self, more: int) -> bool:
        with self._alone:
            self._put += more
            return more > 0 and self._put == self._table.rows

    def _turn(self) -> None:
        self._planes = _turned(self._lanes, self._begun.planes, self._places.result().words)
        self._spare += self._lanes
        del self._lanes


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


def _turned(lanes: Sequence[Words], planes: int, words: int) -> Words:
    made = np.empty((planes, words), np.uint64)
    for number, lane in enumerate(lanes):
        turn(lane, made[number * BITS : (number + 1) * BITS])
    return made


def _present(places: _Places) -> Words:
    """One bit for each row there is: what is left of a unit's last word is none."""
    present = np.full((1, places.words), ALL)
    ends = np.cumsum(-(-places.rows // ROWS_IN_A_WORD))
    left = places.rows % ROWS_IN_A_WORD
    for end, rows in zip(ends[left > 0].tolist(), left[left > 0].tolist(), strict=True):
        present[0, end - 1] = (1 << rows) - 1
    return present
