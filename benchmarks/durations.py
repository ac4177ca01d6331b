"""How long ten million interventions last by two groups: bits, against the SQL that one would write by hand in DuckDB.

Both give count, quartiles, median and 90th percentile of what has ended, for every unit and level and every margin.
Ours gives more: the same four with the open counted as lasting so far (Kaplan and Meier), and who was left out.
"""

from collections.abc import Callable, Iterator, Mapping
from math import isclose
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import duckdb

from benchmarks import Goal
from benchmarks.counting_data import made_snapshot
from benchmarks.counting_others import loaded
from skillnad.analysis.engines.bits import BitsEngine
from skillnad.analysis.questions import Duration, Selection
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, RawTable
from skillnad.analysis.selection import follows_open
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

NAME = "durations"
ROWS = 10_000_000
TIMES = 5
MOST = 1.3
GROUPS = ("unit", "v20")
ENDED = Selection(Population.INTERVENTIONS, Period.parse("2022-01-01..2024-12-31"), "end_date")
QUESTIONS = {
    "every row": (Duration("start_date", "end_date", by=GROUPS), ""),
    "ended in three years": (
        Duration("start_date", "end_date", ENDED, by=GROUPS),
        "AND end_date >= DATE '2022-01-01' AND end_date < DATE '2025-01-01'",
    ),
}
MEASURES = "count(*), quantile_cont(days, [0.25, 0.5, 0.75, 0.9])"
ROWS_SQL = """(SELECT unit, v20, end_date - start_date AS days FROM t WHERE end_date >= start_date {chosen})"""
SETS = "SELECT unit, v20, {measures} FROM {rows} GROUP BY GROUPING SETS ((unit, v20), (unit), (v20), ())"
EACH = (
    "SELECT unit, v20, {measures} FROM {rows} GROUP BY unit, v20",
    "SELECT unit, NULL, {measures} FROM {rows} GROUP BY unit",
    "SELECT NULL, v20, {measures} FROM {rows} GROUP BY v20",
    "SELECT NULL, NULL, {measures} FROM {rows}",
)
Groups = list[tuple[Any, ...]]


def run(rows: int = ROWS) -> Iterator[Goal]:
    with TemporaryDirectory(prefix="skillnad-bench-") as folder:
        snapshot = made_snapshot(Path(folder) / "timed", rows)
        connection = loaded(snapshot.file(Population.INTERVENTIONS))
        engine = BitsEngine()
        for name, (question, chosen) in QUESTIONS.items():
            yield _against_sql(f"{name}, {rows:,} rows", snapshot, engine, question, connection, chosen)
        connection.close()


def _against_sql(
    name: str,
    snapshot: Snapshot,
    engine: BitsEngine,
    question: Duration,
    connection: duckdb.DuckDBPyConnection,
    chosen: str,
) -> Goal:
    ways = [_by_sql(connection, (SETS,), chosen), _by_sql(connection, EACH, chosen)]
    _check(engine.count(snapshot, question), ways[0]())
    seconds = _side_by_side([lambda: engine.count(snapshot, question), *ways])
    ours, theirs = seconds[0], min(seconds[1:])
    more = "; ours counts the open too" if follows_open(question) else ""
    note = f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms{more}"
    return Goal(f"durations by unit and 25 levels, {name}, times SQL", ours / theirs, MOST, "times", note=note)


def _by_sql(connection: duckdb.DuckDBPyConnection, statements: tuple[str, ...], chosen: str) -> Callable[[], Groups]:
    rows = ROWS_SQL.format(chosen=chosen)

    def ask() -> Groups:
        asked = (connection.execute(sql.format(measures=MEASURES, rows=rows)) for sql in statements)
        return [group for told in asked for group in told.fetchall()]

    return ask


def _side_by_side(ways: list[Callable[[], Any]]) -> list[float]:
    """Seconds of each, the median of TIMES in which they took turns; all are warm."""
    for way in ways:
        way()
    taken = [[_seconds(way) for way in ways] for _ in range(TIMES)]
    return [median(of_way) for of_way in zip(*taken, strict=True)]


def _seconds(way: Callable[[], Any]) -> float:
    began = perf_counter()
    way()
    return perf_counter() - began


def _check(table: RawTable, groups: Groups) -> None:
    """The same counts and quantiles in every cell that has a row."""
    for *group, count, quantiles in groups:
        key = tuple(TOTAL if code is None else str(code) if code else MISSING_LEVEL for code in group)
        if table.counts[key] != count or not _same(table.values, key, quantiles):
            raise RuntimeError(f"other durations of {key}")
    if len(groups) != sum(1 for count in table.counts.values() if count):
        raise RuntimeError("other cells")


def _same(values: Mapping[str, Any], key: tuple[str, ...], quantiles: list[float]) -> bool:
    ours = [values[name][key] for name in ("q1", "median", "q3", "p90")]
    return all(isclose(one, other, abs_tol=1e-9) for one, other in zip(ours, quantiles, strict=True))
