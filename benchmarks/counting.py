"""All pair tables by unit of ten million interventions, on bit matrices and in the tools that analysts have.

Every side of a ratio is measured in one run. What takes minutes is measured on a sample of the 190 pairs, spread evenly
over small and large, and multiplied; its line says so.
"""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks import Goal
from benchmarks import counting_others as others
from benchmarks.counting_data import SINGLES, made_snapshot
from skillnad.analysis.cube import Cube, PairTables
from skillnad.analysis.engines.bits import BitsEngine
from skillnad.analysis.index.file import index_name
from skillnad.analysis.questions import CrossTable, Selection, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

NAME = "counting"
ROWS = 10_000_000
TURNS = 3
TABLE = CrossTable(
    "v12", "v15", Selection(Population.INTERVENTIONS, Period.year(2024), where=(Where("v05", ("1", "2")),))
)
TABLE_SQL = """SELECT v12, v15, count(*) FROM t WHERE v05 IN (1, 2)
    AND start_date >= DATE '2024-01-01' AND start_date < DATE '2025-01-01' GROUP BY v12, v15"""


def run(rows: int = ROWS) -> Iterator[Goal]:
    with TemporaryDirectory(prefix="skillnad-bench-") as folder:
        snapshot = made_snapshot(Path(folder) / "counted", rows)
        os.sync()  # an index that is made to last waits for the rows too, where these are still on their way
        _warm_up(Path(folder))
        yield from _pairs(snapshot, f"{rows:,} rows")
        yield from _one_table(snapshot, f"{rows:,} rows")


def _warm_up(folder: Path) -> None:
    """Compiles, or loads what an earlier process compiled."""
    small = made_snapshot(folder / "small", 1000)
    _all_pairs(small)
    BitsEngine().count(small, TABLE)


def _pairs(snapshot: Snapshot, size: str) -> Iterator[Goal]:
    index = snapshot.path / index_name(Population.INTERVENTIONS)
    connection = others.loaded(_file(snapshot))
    (building, _), (grouped, groups) = _in_turn(
        lambda: _from_parquet(snapshot, index), lambda: others.group_bys(connection)
    )
    cube = Cube(snapshot, Population.INTERVENTIONS)
    ours = median(_timed(lambda: cube.pairs(by="unit", columns=tuple(SINGLES)))[0] for _ in range(5))
    with_several, tables = _timed(lambda: cube.pairs(by="unit"))
    _check(tables, groups)
    covers = [others.covering(cells) for cells in others.CUBE_CELLS]
    covered = min(_timed(lambda cover=cover: others.cubes(connection, cover))[0] for cover in covers)
    connection.close()
    del groups
    polars, pandas = _sampled(_file(snapshot))
    note = f"{ours:.2f} s; with the multi-selects {with_several:.2f} s"
    yield _times(
        f"counting: 190 tables by unit, {size}, times DuckDB", grouped / ours, 20, f"{grouped:.1f} s against {note}"
    )
    yield _times("counting: the same, times DuckDB's covering cubes", covered / ours, 8, f"{covered:.1f} s")
    yield _times("counting: the same, times pandas.crosstab", pandas / ours, 400, f"{pandas:.0f} s, from 4 pairs")
    yield _times("counting: the same, times Polars", polars / ours, 20, f"{polars:.0f} s, from 19 pairs")
    yield _times("counting: from Parquet, index too, times DuckDB", grouped / building, 4, f"{building:.1f} s")
    bytes_a_row = index.stat().st_size / snapshot.table(Population.INTERVENTIONS).rows
    yield Goal("counting: bytes a row of the index", bytes_a_row, 30, "bytes")


def _one_table(snapshot: Snapshot, size: str) -> Iterator[Goal]:
    """Asked again and again, as by a reader who looks around."""
    engine = BitsEngine()
    ours = _warm(lambda: engine.count(snapshot, TABLE))
    connection = others.loaded(_file(snapshot))
    theirs = _warm(lambda: connection.execute(TABLE_SQL).fetchnumpy())
    connection.close()
    yield Goal(f"counting: a table with filter and period, {size}", ours * 1000, 50, "ms")
    yield Goal("counting: the same, times DuckDB's time", ours / theirs, 1, "times", note=f"{theirs * 1000:.1f} ms")


def _all_pairs(snapshot: Snapshot) -> PairTables:
    return Cube(snapshot, Population.INTERVENTIONS).pairs(by="unit", columns=tuple(SINGLES))


def _from_parquet(snapshot: Snapshot, index: Path) -> PairTables:
    index.unlink(missing_ok=True)
    return _all_pairs(snapshot)


def _in_turn(*works: Callable[[], Any]) -> Iterator[tuple[float, Any]]:
    """Each one's median time of TURNS, and what it gave: in turn, so that a busy moment is no one's alone."""
    rounds = [[_timed(work) for work in works] for _ in range(TURNS)]
    for each in zip(*rounds, strict=True):
        yield median(seconds for seconds, _ in each), each[-1][1]


def _sampled(file: Path) -> tuple[float, float]:
    frame = others.polars_frame(file)
    tenth = others.PAIRS[::10]
    polars, _ = _timed(lambda: others.polars_tables(frame, tenth))
    few = others.PAIRS[20::48]
    panda = others.pandas_frame(frame)
    pandas, _ = _timed(lambda: others.pandas_tables(panda, few))
    return polars * len(others.PAIRS) / len(tenth), pandas * len(others.PAIRS) / len(few)


def _check(tables: PairTables, groups: dict[others.Pair, Any]) -> None:
    """The same numbers, every cell of every table."""
    for pair, found in groups.items():
        ours = tables[pair][:-1, :-1, :-1]
        if not np.array_equal(np.roll(ours, 1, axis=(0, 1, 2)), others.dense(found, pair)):
            raise RuntimeError(f"another count of {pair}")


def _file(snapshot: Snapshot) -> Path:
    return snapshot.file(Population.INTERVENTIONS)


def _times(name: str, measured: float, least: float, note: str) -> Goal:
    return Goal(name, measured, least, "times", larger_is_better=True, note=note)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    began = perf_counter()
    done = work()
    return perf_counter() - began, done


def _warm(work: Callable[[], Any]) -> float:
    work()
    return median(_timed(work)[0] for _ in range(15))
