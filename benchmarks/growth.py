"""From Parquet to the index and all pair tables by unit, of ever more rows: time a row, and memory against the index.

Each size is a process of its own, so that its peak memory is its own too. The largest is the same five million rows ten
times, in ten files: what is made of them is counted as any others are.

`python -m benchmarks.growth FOLDER` is that process: it prints what it measured of the snapshot in the folder.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks import Goal
from benchmarks.counting_data import made_snapshot, repeated_snapshot
from benchmarks.memory import peak
from skillnad.analysis.cube import Cube
from skillnad.analysis.index.file import index_name
from skillnad.analysis.index.opening import index_of
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.snapshot_schema import Population

NAME = "growth"
SIZES = (100_000, 1_000_000, 10_000_000, 50_000_000)
PARTS_FROM, PARTS = 50_000_000, 10
TIMES = 3
MOST = 1.3
"""Time a row, times that of a tenth of the rows (or so): linear, but for a cache that holds the small."""
MOST_MEMORY_BUILDING, MOST_MEMORY_COUNTING = 3.0, 1.2
INTERVENTIONS = Population.INTERVENTIONS


@dataclass(frozen=True)
class Measured:
    """Seconds, and peaks of resident memory in bytes above what the process had when it was warm."""

    rows: int
    building: float
    counting: float
    index: int
    peak_building: int
    peak_counting: int


def run(sizes: tuple[int, ...] = SIZES) -> Iterator[Goal]:
    measured = [_of_size(size) for size in sizes]
    for before, after in pairwise(measured):
        yield _a_row("building and counting", before, after, lambda held: held.building + held.counting)
        yield _a_row("all pairs", before, after, lambda held: held.counting)
    largest = measured[-1]
    yield _memory("building", largest, largest.peak_building, MOST_MEMORY_BUILDING)
    yield _memory("counting", largest, largest.peak_counting, MOST_MEMORY_COUNTING)


def _a_row(what: str, before: Measured, after: Measured, seconds: Callable[[Measured], float]) -> Goal:
    grown = (seconds(after) / after.rows) / (seconds(before) / before.rows)
    name = f"growth: {what}, a row of {after.rows:,}, times {before.rows:,}'s"
    return Goal(name, grown, MOST, "times", note=f"{seconds(after):.2f} s, {seconds(after) / after.rows * 1e9:.0f} ns")


def _memory(what: str, of: Measured, peak: int, most: float) -> Goal:
    name = f"growth: memory of {what} {of.rows:,} rows, times the index"
    return Goal(name, peak / of.index, most, "times", note=f"{peak / 1e9:.2f} GB, index {of.index / 1e9:.2f} GB")


def _of_size(rows: int) -> Measured:
    with TemporaryDirectory(prefix="skillnad-bench-") as name:
        folder = Path(name)
        made_snapshot(folder / "small", 1000)
        whole = rows < PARTS_FROM
        made_snapshot(folder / "grown", rows) if whole else repeated_snapshot(folder / "grown", rows, PARTS)
        building = _alone(folder)
        counting = _alone(folder)  # the index is in place now
        return Measured(
            rows,
            building["building"],
            counting["counting"],
            counting["index"],
            building["peak"],
            counting["peak"],
        )


def _alone(folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.growth", str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured: dict[str, Any] = json.loads(told)
    return measured


def measure(folder: Path) -> dict[str, float]:
    """Of the snapshot in `folder / "grown"`, after a warm-up on that in `folder / "small"`."""
    _index_and_pairs(open_snapshot(folder / "small"))
    warm = _resident()
    snapshot = open_snapshot(folder / "grown")
    building, _ = _timed(lambda: index_of(snapshot, INTERVENTIONS))
    cube = Cube(snapshot, Population.INTERVENTIONS)
    cube.pairs(by="unit")
    counting = min(_timed(lambda: cube.pairs(by="unit"))[0] for _ in range(TIMES))
    size = (snapshot.path / index_name(INTERVENTIONS)).stat().st_size
    return {"building": building, "counting": counting, "index": size, "peak": peak() - warm}


def _index_and_pairs(snapshot: Snapshot) -> None:
    (snapshot.path / index_name(INTERVENTIONS)).unlink(missing_ok=True)
    Cube(snapshot, Population.INTERVENTIONS).pairs(by="unit")


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    began = perf_counter()
    done = work()
    return perf_counter() - began, done


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
