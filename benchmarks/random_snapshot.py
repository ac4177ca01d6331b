"""A snapshot of any size with the standard's columns and random rows, for timing only: its figures mean nothing."""

from collections.abc import Mapping
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.loading import load_codebook
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
from skillnad.snapshots.columns import columns_of

SIZES: Mapping[Population, float] = {
    Population.CLIENTS: 0.4,
    Population.CASES: 0.6,
    Population.INTERVENTIONS: 1.0,
    Population.FOLLOW_UPS: 0.6,
    Population.REVIEWS: 0.1,
    Population.COSTS: 0.5,
}
"""Rows of each population for one intervention."""
FIRST_DAY = (date(2021, 1, 1) - date(1970, 1, 1)).days
DAYS = 5 * 365
LATER = ("end_date", "closed_date", "held_date", "cost_to")  # some days after a row's other dates, or open
MISSING_PART, OPEN_PART = 0.04, 0.25
DIFFERENT_SETS = 2000  # how many combinations of a multi-select there are


def random_snapshot(folder: Path, interventions: int, *, seed: int = 1, units: int = 60) -> Snapshot:
    """Writes the snapshot to `folder` and opens it."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    organisation = {"committee": _places("N", 4), "unit": _places("E", units), "provider": _places("U", 25)}
    tables = {}
    for population, size in SIZES.items():
        columns = columns_of(population, load_codebook(), organisation)
        rows = int(interventions * size)
        tables[population] = _write(folder / file_name(population), population, columns, rows, random, interventions)
    manifest = named(Manifest("", date(2025, 12, 31), "random", "", "Slumpköping", tables, ()))
    (folder / MANIFEST).write_text(write_manifest(manifest), encoding="utf-8")
    return open_snapshot(folder)


def _places(letter: str, number: int) -> tuple[SnapshotLevel, ...]:
    return tuple(SnapshotLevel(f"{letter}{place}", f"{letter} {place}", f"{letter} {place}") for place in range(number))


def _write(
    file: Path,
    population: Population,
    columns: dict[str, SnapshotColumn],
    rows: int,
    random: np.random.Generator,
    interventions: int,
) -> SnapshotTable:
    start = FIRST_DAY + random.integers(0, DAYS, rows)
    clients = int(interventions * SIZES[Population.CLIENTS])
    arrays = [_array(column, rows, start, clients, random) for column in columns.values()]
    pq.write_table(pa.table(arrays, names=list(columns)), file)
    with file.open("rb") as stream:
        return SnapshotTable(population, rows, file_digest(stream, "sha256").hexdigest(), columns)


def _array(column: SnapshotColumn, rows: int, start: Any, clients: int, random: np.random.Generator) -> pa.Array:
    match column.kind:
        case Column.KEY:
            return pa.array(random.integers(0, clients, rows) if column.id == "client" else np.arange(rows))
        case Column.CODE:
            return pa.array(_codes(len(column.levels), rows, random))
        case Column.CODES:
            return _several(len(column.levels), rows, random)
        case Column.DATE:
            return _dates(column.id, rows, start, random)
        case Column.NUMBER:
            return pa.array(random.integers(0, 90, rows).astype(np.float64))


def _codes(levels: int, rows: int, random: np.random.Generator) -> Any:
    """Some values are much commoner than others, as in life."""
    skewed = np.floor(levels * random.random(rows) ** 2).astype(np.int16) + 1
    return np.where(random.random(rows) < MISSING_PART, 0, skewed).astype(np.int16)


def _several(levels: int, rows: int, random: np.random.Generator) -> pa.Array:
    places = np.arange(1, levels + 1)
    sets = [[], *(sorted(random.choice(places, random.integers(1, 4), replace=False)) for _ in range(DIFFERENT_SETS))]
    which = np.floor(len(sets) * random.random(rows) ** 3).astype(np.int64)
    return pa.array(sets, pa.list_(pa.int16())).take(pa.array(which))


def _dates(name: str, rows: int, start: Any, random: np.random.Generator) -> pa.Array:
    later = np.floor(random.exponential(200 if name in LATER else 15, rows)).astype(np.int64)
    missing = random.random(rows) < (OPEN_PART if name in LATER else MISSING_PART)
    return pa.array((start + later).astype(np.int32), pa.int32(), mask=missing).cast(pa.date32())
