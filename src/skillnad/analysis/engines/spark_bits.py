"""Counts of rows on Spark: each worker makes the bit matrix of its pieces, counts it, and forgets it.

The kernels and the conditions are those of one machine (`index`, `bits_axes`, `bits_selection`); counts of rows add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.axes import axes_of
from skillnad.analysis.engines.bits import counts_rows
from skillnad.analysis.engines.bits_axes import lines_of, table_counts
from skillnad.analysis.engines.bits_selection import selected
from skillnad.analysis.engines.cells import keys
from skillnad.analysis.engines.spark_columns import touched
from skillnad.analysis.engines.spark_pieces import Counts, added_up, pieces
from skillnad.analysis.engines.spark_session import session
from skillnad.analysis.index.building import build
from skillnad.analysis.index.layout import UNIT, Index
from skillnad.analysis.index.pairs import PairCounts, pair_counts
from skillnad.analysis.questions import Question
from skillnad.analysis.results import Axis, RawTable
from skillnad.analysis.selection import Reason, left_out, selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import Manifest, Population, SnapshotTable

CELLS = "*cells"
ROWS, BITMAPS, PAIRS = "rows", "bitmaps", "pairs"


class SparkBitsEngine:
    """Holds nothing between questions."""

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        """The answer. Raises ValueError of a question that the engine does not answer, and UserError SNAP-004 where a
        part of the snapshot is missing."""
        check_question(snapshot.manifest, question)
        if not counts_rows(question):
            raise ValueError(f"bits on Spark do not answer a {type(question).__name__}")
        population = selection_of(question).population
        axes = axes_of(snapshot, question)
        rows = _of_columns(snapshot.table(population), touched(snapshot.table(population), question))
        cut = pieces(snapshot, population)
        counted = dict(added_up(session(), cut, list(rows.columns), _Table(snapshot, question, axes, rows)))
        cells = counted.pop(CELLS)
        out = {Reason(name): int(number[0]) for name, number in counted.items()}
        return RawTable(question, axes, dict(zip(keys(axes), cells.tolist(), strict=True)), {}, left_out(out))


def all_pairs(snapshot: Snapshot, population: Population, columns: Sequence[str]) -> PairCounts:
    """As `index.pairs.pair_counts` of the whole population: every pair of the coded columns, by unit.

    Every partition sends rows × units of counts to the driver: for thousands of units, ask for fewer columns at a time.
    """
    table = snapshot.table(population)
    rows = _of_columns(table, [column for column in table.columns if column in {*columns, UNIT}])
    cut = pieces(snapshot, population)
    work = _Pairs(snapshot.manifest, rows, tuple(columns))
    counted = added_up(session(), cut, list(rows.columns), work)
    shape = work.counted(pq.read_schema(cut[0].file).empty_table())
    units = len(shape.rows)
    bitmaps, cells = (counted[name].reshape(units, -1) for name in (BITMAPS, PAIRS))
    return PairCounts(shape.columns, counted[ROWS], bitmaps, cells)


@dataclass(frozen=True)
class _Table:
    """A piece's part of an answer."""

    snapshot: Snapshot
    question: Question
    axes: tuple[Axis, ...]
    rows: SnapshotTable

    def __call__(self, read: pa.Table) -> Counts:
        index = _index(self.snapshot.manifest, self.rows, read)
        chosen = selected(self.snapshot, self.question, index)
        cells = table_counts(index, lines_of(self.snapshot, self.question, self.axes, index), chosen.live)
        out = {reason.value: np.array([rows], np.int64) for reason, rows in chosen.left_out.items()}
        return {CELLS: cells.ravel(), **out}


@dataclass(frozen=True)
class _Pairs:
    """A piece's part of every pair of columns."""

    manifest: Manifest
    rows: SnapshotTable
    columns: tuple[str, ...]

    def __call__(self, read: pa.Table) -> Counts:
        counted = self.counted(read)
        return {ROWS: counted.rows, BITMAPS: counted.bitmaps.ravel(), PAIRS: counted.cells.ravel()}

    def counted(self, read: pa.Table) -> PairCounts:
        return pair_counts(_index(self.manifest, self.rows, read), self.columns)


def _index(manifest: Manifest, rows: SnapshotTable, read: pa.Table) -> Index:
    built = build(manifest, replace(rows, rows=read.num_rows), lambda columns: iter([read.select(columns)]))
    return Index(built.layout, built.planes)


def _of_columns(table: SnapshotTable, names: Sequence[str]) -> SnapshotTable:
    """The table with those columns alone; with none of them one, since rows without columns cannot be read."""
    held = list(names) or list(table.columns)[:1]
    return replace(table, columns={name: table.columns[name] for name in held})
