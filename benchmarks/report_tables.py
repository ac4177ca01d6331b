"""Every table of the standard report from a snapshot of a million interventions; and what the explorer's tables take to
count (the page as a whole has a benchmark of its own)."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import Goal
from benchmarks.random_snapshot import random_snapshot
from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable, Question, Selection
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.outline import questions

NAME = "report-tables"
YEAR = Period.year(2025)
EXPLORER_ROWS = 100_000
EXPLORED = (
    CrossTable("problem", "legal_sex", Selection(period=YEAR)),
    CrossTable("problem", "unit", Selection(period=YEAR)),
    CrossTable("problem", "intervention_type"),
    Count(Selection(people=True), ("problem", "age_group")),
    Count(by=("unit", "age_group", "legal_sex")),
)


def run(rows: int = 1_000_000) -> Iterator[Goal]:
    with TemporaryDirectory() as folder:
        yield from _report(random_snapshot(Path(folder) / "report", rows))
        yield from _explorer(random_snapshot(Path(folder) / "explorer", EXPLORER_ROWS))


def _report(snapshot: Snapshot) -> Iterator[Goal]:
    """Read, counted, protected and stored, as the report asks for them."""
    asked = questions(standard_outline(snapshot.manifest, YEAR), YEAR)
    began = perf_counter()
    ProtectedSet(snapshot).precompute(asked)
    yield Goal(f"report-tables: {len(asked)} tables, counted and protected", perf_counter() - began, 20, "s")


def _explorer(snapshot: Snapshot) -> Iterator[Goal]:
    engine = DuckDBEngine()
    _time(engine, snapshot, EXPLORED[0])  # reads the snapshot, once a process
    slowest = max(_time(engine, snapshot, question) for question in EXPLORED for _ in range(5))
    engine.close()
    yield Goal("report-tables: slowest count in the explorer", slowest * 1000, 100, "ms")


def _time(engine: DuckDBEngine, snapshot: Snapshot, question: Question) -> float:
    began = perf_counter()
    engine.count(snapshot, question)
    return perf_counter() - began


def _named(question: Question) -> str:
    return repr(question)[:120]
