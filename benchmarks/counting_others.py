"""The same pair tables by unit in the tools that analysts have: DuckDB, Polars and pandas, each as it is quickest."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from benchmarks.counting_data import DATES, SINGLES, UNITS

Pair = tuple[str, str]
PAIRS: tuple[Pair, ...] = tuple(combinations(SINGLES, 2))
CUBE_CELLS = (400, 2_000, 10_000, 50_000)
"""How large a covering cube of a unit may be; each is tried, and the quickest counts."""


def loaded(file: Path) -> duckdb.DuckDBPyConnection:
    """The rows in memory, as small integers, and DuckDB set to group them by arrays and not by hashing."""
    connection = duckdb.connect(
        config={
            "threads": "2",
            "perfect_ht_threshold": "24",
            "preserve_insertion_order": "false",
        }
    )
    connection.execute("SET enable_progress_bar = false")
    small = ", ".join(f"{name}::UTINYINT AS {name}" for name in ["unit", *SINGLES])
    connection.execute(f"CREATE TABLE t AS SELECT {small}, {', '.join(DATES)} FROM read_parquet('{file}')")
    return connection


def group_bys(connection: duckdb.DuckDBPyConnection, pairs: Sequence[Pair] = PAIRS) -> dict[Pair, Any]:
    """One GROUP BY a pair."""
    return {pair: _grouped(connection, pair) for pair in pairs}


def _grouped(connection: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> Mapping[str, Any]:
    names = ", ".join(["unit", *columns])
    return connection.execute(f"SELECT {names}, count(*) AS n FROM t GROUP BY {names}").fetchnumpy()


def dense(groups: Mapping[str, Any], pair: Pair) -> Any:
    """counts[unit, level, level], 0 the missing."""
    counts = np.zeros((UNITS + 1, SINGLES[pair[0]] + 1, SINGLES[pair[1]] + 1), np.int64)
    np.add.at(counts, (groups["unit"], groups[pair[0]], groups[pair[1]]), groups["n"])
    return counts


def covering(cells: int) -> list[tuple[str, ...]]:
    """Sets of 3 to 5 variables, each of at most `cells` cells, that together hold every pair. Greedy: the largest pair
    that is left, and then whatever brings most new pairs for its cells."""
    left = set(PAIRS)
    cubes = []
    while left:
        chosen = list(max(left, key=lambda pair: (SINGLES[pair[0]] * SINGLES[pair[1]], pair)))
        while len(chosen) < 5 and (more := _best(chosen, left, cells)):
            chosen.append(more)
        cubes.append(tuple(sorted(chosen)))
        left -= set(combinations(cubes[-1], 2))
    return cubes


def _best(chosen: Sequence[str], left: set[Pair], cells: int) -> str | None:
    size = np.prod([SINGLES[name] + 1 for name in chosen])
    worth = {
        name: sum(tuple(sorted((name, other))) in left for other in chosen) / (SINGLES[name] + 1)
        for name in SINGLES
        if name not in chosen and size * (SINGLES[name] + 1) <= cells
    }
    best = max(worth, key=lambda name: worth[name], default=None)
    return best if best and worth[best] > 0 else None


def cubes(connection: duckdb.DuckDBPyConnection, chosen: Sequence[tuple[str, ...]]) -> dict[Pair, Any]:
    """A GROUP BY a cube, and each pair's table from the margins of the first cube that holds it."""
    tables: dict[Pair, Any] = {}
    for cube in chosen:
        groups = _grouped(connection, cube)
        for pair in combinations(cube, 2):
            if pair not in tables:
                tables[pair] = _margin(groups, pair)
    return tables


def _margin(groups: Mapping[str, Any], pair: Pair) -> Any:
    shape = (UNITS + 1, SINGLES[pair[0]] + 1, SINGLES[pair[1]] + 1)
    numbers = (groups["unit"].astype(np.int64) * shape[1] + groups[pair[0]]) * shape[2] + groups[pair[1]]
    return np.bincount(numbers, weights=groups["n"], minlength=int(np.prod(shape))).reshape(shape)


def polars_frame(file: Path) -> pl.DataFrame:
    return pl.read_parquet(file, columns=["unit", *SINGLES]).cast(pl.UInt8)


def polars_tables(frame: pl.DataFrame, pairs: Sequence[Pair]) -> None:
    """All in one plan."""
    pl.collect_all([frame.lazy().group_by("unit", *pair).len() for pair in pairs])


def pandas_frame(frame: pl.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: frame[name].to_numpy() for name in frame.columns})


def pandas_tables(frame: pd.DataFrame, pairs: Sequence[Pair]) -> None:
    for one, other in pairs:
        pd.crosstab([frame["unit"], frame[one]], frame[other])
