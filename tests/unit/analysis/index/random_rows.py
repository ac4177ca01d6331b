"""Random rows of a small population, and the same counts by brute force: one row at a time, no bits."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, product
from typing import Any

import numpy as np
import pyarrow as pa

from skillnad.analysis.index.building import Built, build
from skillnad.analysis.index.layout import Index
from skillnad.codebook.manifest import named
from skillnad.codebook.snapshot_schema import (
    Column,
    Manifest,
    Population,
    SnapshotColumn,
    SnapshotLevel,
    SnapshotTable,
)

FIRST_DAY = 19_000
SINGLES = {"one": 1, "sex": 2, "seven": 7, "eight": 8, "many": 300}
SEVERAL = {"problem": 9, "language": 3}
UNKNOWN = {"language": "3"}
DATES = ("start_date", "end_date")
Rows = list[dict[str, Any]]


def column(name: str, kind: Column, levels: int = 0) -> SnapshotColumn:
    made = tuple(SnapshotLevel(str(code), name, name) for code in range(1, levels + 1))
    return SnapshotColumn(name, kind, name, name, made, unknown=frozenset(UNKNOWN.get(name, "")))


def table_of(rows: Rows, units: int) -> SnapshotTable:
    columns = [
        column("unit", Column.CODE, units),
        *(column(name, Column.CODE, levels) for name, levels in SINGLES.items()),
        *(column(name, Column.CODES, levels) for name, levels in SEVERAL.items()),
        *(column(name, Column.DATE) for name in DATES),
    ]
    return SnapshotTable(Population.INTERVENTIONS, len(rows), "hash", {held.id: held for held in columns})


def manifest_of(table: SnapshotTable) -> Manifest:
    return named(Manifest("", date(2025, 12, 31), "1", "0" * 64, "Provköping", {table.population: table}, ()))


def random_rows(unit_rows: list[int], seed: int = 1) -> Rows:
    """So many rows of each unit, the missing one first, in any order."""
    random = np.random.default_rng(seed)
    units = random.permutation(np.repeat(np.arange(len(unit_rows)), unit_rows)).tolist()
    return [random_row(unit, random) for unit in units]


def random_row(unit: int, random: np.random.Generator) -> dict[str, Any]:
    days = [FIRST_DAY + int(random.integers(0, 900)) if random.random() < 0.8 else None for _ in DATES]
    return {
        "unit": unit,
        **{name: int(random.integers(0, levels + 1)) for name, levels in SINGLES.items()},
        **{
            name: sorted({int(code) for code in random.integers(1, levels + 1, random.integers(0, 4))})
            for name, levels in SEVERAL.items()
        },
        **dict(zip(DATES, days, strict=True)),
    }


def built(rows: Rows, units: int, chunks: int = 1) -> Built:
    """The bit matrix, from columns that come in `chunks` chunks."""
    table = table_of(rows, units)

    def read(names: Sequence[str]) -> Iterator[pa.Table]:
        ends = [len(rows) * chunk // chunks for chunk in range(chunks + 1)]
        for begin, end in pairwise(ends):
            yield arrow_of(rows[begin:end], names)

    return build(manifest_of(table), table, read)


def arrow_of(rows: Rows, names: Sequence[str]) -> pa.Table:
    """The rows' columns as a snapshot stores them."""
    kinds = {
        name: pa.date32() if name in DATES else pa.list_(pa.int16()) if name in SEVERAL else pa.int16()
        for name in names
    }
    return pa.table(
        {
            name: pa.array([row[name] for row in rows], pa.int32() if name in DATES else kind).cast(kind)
            for name, kind in kinds.items()
        }
    )


def index_of_rows(rows: Rows, units: int, chunks: int = 1) -> Index:
    made = built(rows, units, chunks)
    return Index(made.layout, made.planes)


def levels_of(row: dict[str, Any], name: str) -> list[int]:
    """The places of a row on a column: levels from 0, the missing after them, and at last the total."""
    levels = (SINGLES | SEVERAL)[name]
    codes = row[name] if name in SEVERAL else [code for code in [row[name]] if code]
    known = [code for code in codes if str(code) not in UNKNOWN.get(name, "")]
    return [*(code - 1 for code in (known or codes)), *([] if codes else [levels]), levels + 1]


def brute(rows: Rows, units: int, *names: str) -> Any:
    """counts[unit, level, …], by counting."""
    counts = np.zeros([units + 1, *((SINGLES | SEVERAL)[name] + 2 for name in names)], np.int64)
    for row in rows:
        for places in product(*(levels_of(row, name) for name in names)):
            counts[(row["unit"], *places)] += 1
    return counts
