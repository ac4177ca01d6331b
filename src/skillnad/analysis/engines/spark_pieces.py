"""A population cut into pieces that Spark hands out, and what each of them counts added up.

A piece is some row groups of one Parquet file. Spark is given the pieces' numbers alone: a worker reads its rows
itself, as the index on one machine does, since rows that go by way of Java take several times as long. Which worker has
which piece, and what happens when one of them dies, is Spark's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from skillnad.analysis.engines.spark_session import Session, failed
from skillnad.analysis.index.layout import Integers
from skillnad.analysis.index.reading import cut, group_sizes, read_groups
from skillnad.analysis.snapshot import Snapshot, unreadable
from skillnad.codebook.snapshot_schema import Population

ROWS_IN_A_PIECE = 1_000_000
"""Rows up to which row groups go together: what a worker holds in memory at a time."""
TASKS_A_CORE = 3
"""So that a slow task is not waited for long."""
Counts = Mapping[str, Integers]
"""What is counted, by name. Counts of the same names add up."""
UNREADABLE = "*unreadable"
LENGTH = 8


@dataclass(frozen=True)
class Piece:
    """The row groups from `first` to before `end` of a file, with `rows` rows."""

    file: Path
    first: int
    end: int
    rows: int

    def read(self, columns: Sequence[str]) -> pa.Table:
        """Raises OSError, ArrowException or PolarsError where it is not there as it was."""
        read = read_groups(self.file, self.first, self.end, columns)
        if read.num_rows != self.rows:
            raise pa.ArrowInvalid("other rows than before")
        return read


def pieces(snapshot: Snapshot, population: Population) -> list[Piece]:
    """Every row of the population once. Raises UserError SNAP-004 where a part is missing or unreadable."""
    found: list[Piece] = []
    for part in snapshot.parts(population):
        try:
            sizes = group_sizes(part)
        except (OSError, pa.ArrowException):
            raise unreadable(part) from None
        found += [Piece(part, first, end, sum(sizes[first:end])) for first, end in cut(sizes, ROWS_IN_A_PIECE)]
    if not found or sum(piece.rows for piece in found) != snapshot.table(population).rows:
        raise unreadable(snapshot.file(population))
    return found


def added_up(
    session: Session, cut: Sequence[Piece], columns: Sequence[str], count: Callable[[pa.Table], Counts]
) -> Counts:
    """What `count` gives of every piece's columns, added.

    `count` goes to the workers, with all that it holds. Raises UserError SNAP-004, SPARK-003.
    """
    tasks = min(len(cut), TASKS_A_CORE * session.sparkContext.defaultParallelism)
    numbers = session.range(0, len(cut), 1, tasks)
    work = _Work(tuple(cut), tuple(columns), count)
    try:
        told = numbers.mapInArrow(work, "name string, numbers binary").toArrow()
    except Exception as error:  # Spark's own, Java's or the worker's
        raise failed(error) from None
    return _sum(_unpacked(*row.values()) for row in told.to_pylist())


@dataclass(frozen=True)
class _Work:
    """What a worker does with the numbers of some pieces."""

    cut: Sequence[Piece]
    columns: Sequence[str]
    count: Callable[[pa.Table], Counts]

    def __call__(self, numbers: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        mine = [self.cut[number] for batch in numbers for number in batch.column(0).to_pylist()]
        if mine:
            yield _packed(*self._counted(mine))

    def _counted(self, mine: Sequence[Piece]) -> tuple[Counts, str]:
        """The counts, and the file that could not be read: told and not raised, as trying again would not mend it."""
        sums: dict[str, Integers] = {}
        for piece in mine:
            try:
                rows = piece.read(self.columns)
            except (OSError, pa.ArrowException, pl.exceptions.PolarsError):
                return {}, str(piece.file)
            for name, numbers in self.count(rows).items():
                sums[name] = sums[name] + numbers if name in sums else numbers
        return sums, ""


def _packed(counts: Counts, file: str) -> pa.RecordBatch:
    """Most counts are small, many are 0, so they pack well; a packed number is told with its length."""
    rows = {name: _short(numbers.astype("<i8").tobytes()) for name, numbers in counts.items()}
    if file:
        rows = {UNREADABLE: file.encode()}
    return pa.RecordBatch.from_arrays(
        [pa.array(rows, pa.string()), pa.array(rows.values(), pa.binary())], ["name", "numbers"]
    )


def _unpacked(name: str, packed: bytes) -> tuple[str, Integers]:
    if name == UNREADABLE:
        raise unreadable(Path(packed.decode()))
    return name, np.frombuffer(pa.decompress(packed[LENGTH:], int.from_bytes(packed[:LENGTH], "little"), "zstd"), "<i8")


def _short(numbers: bytes) -> bytes:
    packed: bytes = pa.compress(numbers, "zstd", asbytes=True)
    return len(numbers).to_bytes(LENGTH, "little") + packed


def _sum(counted: Iterator[tuple[str, Integers]]) -> Counts:
    sums: dict[str, Any] = {}
    for name, numbers in counted:
        sums[name] = sums[name] + numbers if name in sums else numbers
    return sums
