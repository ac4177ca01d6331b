"""All pair tables by unit of rows in ten partitions: Spark, standalone on this machine, against each partition alone.

`python -m benchmarks.spark ROWS` tries another size. Both sides start from Parquet, in warm processes: starting
a session and compiling are no part of it.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from benchmarks import Goal
from benchmarks.counting_data import SINGLES, made_snapshot
from skillnad.analysis.engines.spark_bits import all_pairs
from skillnad.analysis.index.building import build
from skillnad.analysis.index.layout import Index
from skillnad.analysis.index.pairs import PairCounts, pair_counts
from skillnad.analysis.index.reading import reader
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.snapshot_schema import Population

NAME = "spark"
ROWS = 50_000_000
PARTITIONS = 10
TIMES = 3
SETTINGS = {"spark.executor.memory": "1g", "spark.sql.codegen.wholeStage": "true"}
INTERVENTIONS = Population.INTERVENTIONS


def run(rows: int = ROWS) -> Iterator[Goal]:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import spark_clusters

    with TemporaryDirectory(prefix="skillnad-bench-") as folder:
        small = _in_parts(Path(folder) / "small", 10_000)
        snapshot = _in_parts(Path(folder) / "nation", rows)
        with spark_clusters.standalone() as address, spark_clusters.session(address, SETTINGS):
            _each_alone(small)
            _by_spark(small)
            alone, right = _best(lambda: _each_alone(snapshot))
            taken, found = _best(lambda: _by_spark(snapshot))
    if not _same(right, found):
        raise RuntimeError("Spark counted something else")
    name = f"spark: 190 tables by unit, {rows:,} rows, times alone"
    yield Goal(name, taken / alone, 2, "times", note=f"{taken:.1f} s against {alone:.1f} s")


def _by_spark(snapshot: Snapshot) -> PairCounts:
    return all_pairs(snapshot, INTERVENTIONS, tuple(SINGLES))


def _each_alone(snapshot: Snapshot) -> PairCounts:
    """One partition after the other, in this process: read, packed, counted, and added."""
    first, *others = (_alone(snapshot, part) for part in snapshot.parts(INTERVENTIONS))
    return sum(others, start=first)


def _alone(snapshot: Snapshot, part: Path) -> PairCounts:
    table = snapshot.table(INTERVENTIONS)
    columns = {name: column for name, column in table.columns.items() if name in {"unit", *SINGLES}}
    rows = pq.read_metadata(part).num_rows
    built = build(snapshot.manifest, replace(table, rows=rows, columns=columns), reader(table, part))
    return pair_counts(Index(built.layout, built.planes()), tuple(SINGLES))


def _in_parts(folder: Path, rows: int) -> Snapshot:
    """A snapshot whose interventions lie in PARTITIONS files, row group for row group."""
    snapshot = made_snapshot(folder, rows)
    file = snapshot.file(INTERVENTIONS)
    whole = file.rename(folder / "whole")
    file.mkdir()
    for part in range(PARTITIONS):
        _write_part(whole, file / f"part-{part:05}.parquet", part)
    whole.unlink()
    return open_snapshot(folder)


def _write_part(whole: Path, file: Path, part: int) -> None:
    """Every tenth row group; a small file's only one is shared out by rows."""
    with pq.ParquetFile(whole) as source, pq.ParquetWriter(file, source.schema_arrow, compression="zstd") as writer:
        groups = range(part, source.num_row_groups, PARTITIONS)
        if source.num_row_groups >= PARTITIONS:
            for group in groups:
                writer.write_table(source.read_row_group(group))
        else:
            rows = source.read()
            ends = [rows.num_rows * number // PARTITIONS for number in (part, part + 1)]
            writer.write_table(rows.slice(ends[0], ends[1] - ends[0]))


def _best(work: Any) -> tuple[float, PairCounts]:
    """The shortest of TIMES: what a shared machine did meanwhile only makes it longer."""
    taken = []
    for _ in range(TIMES):
        began = perf_counter()
        counted = work()
        taken.append(perf_counter() - began)
    return min(taken), counted


def _same(one: PairCounts, other: PairCounts) -> bool:
    return all(np.array_equal(getattr(one, part), getattr(other, part)) for part in ("rows", "bitmaps", "cells"))


if __name__ == "__main__":
    for goal in run(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS):
        print(goal.line())
