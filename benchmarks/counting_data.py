"""Interventions to count: 20 single-valued variables, two multi-selects, two dates, 60 units. For timing only."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.manifest import file_name, named, write_manifest
from skillnad.codebook.snapshot_schema import (
    MANIFEST,
    Column,
    Manifest,
    Population,
    SnapshotColumn,
    SnapshotLevel,
    SnapshotTable,
)

UNITS = 60
SINGLES = {
    f"v{number:02}": levels
    for number, levels in enumerate([2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 10, 12, 14, 18, 25], start=1)
}
SEVERAL = {"reason": 14, "kind": 35}
"""With one bitmap for the missing of each, 231 values: about as many as the standard and a municipality have."""
DATES = ("start_date", "end_date")
CHUNK = 1_000_000
FIRST_DAY = (date(2019, 1, 1) - date(1970, 1, 1)).days
DAYS = 7 * 365
MISSING_PART, OPEN_PART = 0.04, 0.25
DIFFERENT_SETS = 2000


def made_snapshot(folder: Path, rows: int, *, seed: int = 1) -> Snapshot:
    """Writes a snapshot of `rows` interventions, without an index."""
    folder.mkdir(parents=True)
    columns = _columns()
    file = folder / file_name(Population.INTERVENTIONS)
    writer = None
    for chunk in _chunks(rows, np.random.default_rng(seed)):
        writer = writer or pq.ParquetWriter(file, chunk.schema, compression="zstd", compression_level=3)
        writer.write_table(chunk, row_group_size=131_072)
    if writer:
        writer.close()
    with file.open("rb") as stream:
        table = SnapshotTable(Population.INTERVENTIONS, rows, file_digest(stream, "sha256").hexdigest(), columns)
    manifest = named(Manifest("", date(2025, 12, 31), "random", "", "Slumpköping", {table.population: table}, ()))
    (folder / MANIFEST).write_text(write_manifest(manifest), encoding="utf-8")
    return open_snapshot(folder)


def repeated_snapshot(folder: Path, rows: int, parts: int) -> Snapshot:
    """A snapshot of `rows` interventions in `parts` files, each of which is the same file: large, and soon made."""
    made = made_snapshot(folder / "once", rows // parts)
    file = folder / file_name(Population.INTERVENTIONS)
    file.mkdir()
    for part in range(parts):
        (file / f"part-{part:05}.parquet").hardlink_to(made.file(Population.INTERVENTIONS))
    table = replace(made.table(Population.INTERVENTIONS), rows=rows // parts * parts)
    manifest = named(replace(made.manifest, id="", tables={table.population: table}))
    (folder / MANIFEST).write_text(write_manifest(manifest), encoding="utf-8")
    return open_snapshot(folder)


def _columns() -> dict[str, SnapshotColumn]:
    coded = {"unit": UNITS} | SINGLES
    return {
        **{name: _coded(name, Column.CODE, levels) for name, levels in coded.items()},
        **{name: _coded(name, Column.CODES, levels) for name, levels in SEVERAL.items()},
        **{name: SnapshotColumn(name, Column.DATE, name, name) for name in DATES},
    }


def _coded(name: str, kind: Column, levels: int) -> SnapshotColumn:
    made = tuple(SnapshotLevel(str(code), f"{name} {code}", f"{name} {code}") for code in range(1, levels + 1))
    return SnapshotColumn(name, kind, name, name, made)


def _chunks(rows: int, random: np.random.Generator) -> Iterator[pa.Table]:
    sets = {name: _sets(levels, random) for name, levels in SEVERAL.items()}
    for begin in range(0, rows, CHUNK):
        size = min(CHUNK, rows - begin)
        start = FIRST_DAY + random.integers(0, DAYS, size)
        end = start + random.exponential(200, size).astype(np.int64)
        yield pa.table(
            {name: _skewed(levels, size, random) for name, levels in ({"unit": UNITS} | SINGLES).items()}
            | {name: sets[name].take(pa.array(_some(len(sets[name]), size, random))) for name in SEVERAL}
            | {"start_date": _days(start, MISSING_PART, random), "end_date": _days(end, OPEN_PART, random)}
        )


def _skewed(levels: int, rows: int, random: np.random.Generator) -> Any:
    """Some values are much commoner than others, and some rows have none."""
    codes = np.floor(levels * random.random(rows) ** 2).astype(np.int16) + 1
    return np.where(random.random(rows) < MISSING_PART, 0, codes).astype(np.int16)


def _sets(levels: int, random: np.random.Generator) -> pa.Array:
    places = np.arange(1, levels + 1)
    sets = [[], *(sorted(random.choice(places, random.integers(1, 4), replace=False)) for _ in range(DIFFERENT_SETS))]
    return pa.array(sets, pa.list_(pa.int16()))


def _some(sets: int, rows: int, random: np.random.Generator) -> Any:
    return np.floor(sets * random.random(rows) ** 3).astype(np.int64)


def _days(days: Any, missing: float, random: np.random.Generator) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=random.random(len(days)) < missing).cast(pa.date32())
