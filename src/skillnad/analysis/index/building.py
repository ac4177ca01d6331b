"""A population's rows to its bit matrix, two lanes of columns at a time.

Keys and numbers have no bits: distinct people and sums do not add up from bits, and are counted elsewhere.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from skillnad.analysis.index.lanes import BITS, Lane, begun, coded, integers, lanes_of, with_planes
from skillnad.analysis.index.layout import PRESENT, ROWS_IN_A_WORD, UNIT, Held, Layout, Words
from skillnad.analysis.index.packing import place_rows, put, turn
from skillnad.analysis.index.reading import Read
from skillnad.codebook.snapshot_schema import Manifest, SnapshotTable

AT_A_TIME = 2
CHUNK = 32_768
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
    places = _places(table, read)
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        packed = list(pool.map(lambda lane: _packed(lane, read, places), lanes_of(table)))
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


def _packed(lane: Lane, read: Read, places: _Places) -> _Packed:
    """The rows' words, a chunk of them at a time, to their places; and then turned over into planes."""
    packing = begun(lane, _all(read(lane.names), len(places.of_row)))
    lanes = np.zeros((packing.lanes, places.words * ROWS_IN_A_WORD), np.uint64)
    end = 0
    for batch in chain.from_iterable(part.to_batches(max_chunksize=CHUNK) for part in packing.rows):
        words = np.zeros((packing.lanes, batch.num_rows), np.uint64)
        packing.add(batch, words)
        end += batch.num_rows
        for one, its_words in zip(lanes, words, strict=True):
            put(its_words, places.of_row[end - batch.num_rows : end], one)
    return _Packed(packing.held, _turned(lanes, packing.planes))


def _all(parts: Iterator[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The parts, which have so many rows together: one that has gone since the snapshot was opened is missed here."""
    seen = 0
    for part in parts:
        seen += part.num_rows
        if seen <= rows:
            yield part
    if seen != rows:
        raise pa.ArrowInvalid("other rows than the manifest says")


def _turned(lanes: Words, planes: int) -> Words:
    made = np.empty((planes, lanes.shape[1] // ROWS_IN_A_WORD), np.uint64)
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
