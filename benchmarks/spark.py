"""All pair tables by unit of rows in ten partitions: Spark, standalone on this machine, against each partition alone.

`python -m benchmarks.spark ROWS` tries another size. Both sides start from Parquet, in warm processes: starting
a session and compiling are no part of it. The partitions are ten files of the same rows, which are soon made; they are
counted as any others are.
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
from benchmarks.counting_data import SINGLES, repeated_snapshot
from skillnad.analysis.engines.spark_bits import all_pairs
from skillnad.analysis.index.building import build
from skillnad.analysis.index.layout import Index
from skillnad.analysis.index.pairs import PairCounts, pair_counts
from skillnad.analysis.index.reading import reader
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population

NAME = "spark"
ROWS = 50_000_000
PARTITIONS = 10
TIMES = 3
WARM_UPS = 3
"""Of a few rows, before anything is timed: Java compiles what it has run often."""
SETTINGS = {"spark.executor.memory": "1g"}
INTERVENTIONS = Population.INTERVENTIONS


def run(rows: int = ROWS) -> Iterator[Goal]:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import spark_clusters

    with TemporaryDirectory(prefix="skillnad-bench-") as folder:
        small = repeated_snapshot(Path(folder) / "small", 10_000, PARTITIONS)
        snapshot = repeated_snapshot(Path(folder) / "nation", rows, PARTITIONS)
        with spark_clusters.standalone() as address, spark_clusters.session(address, SETTINGS):
            _each_alone(small)
            for _ in range(WARM_UPS):
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
    return pair_counts(Index(built.layout, built.planes), tuple(SINGLES))


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
