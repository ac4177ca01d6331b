"""The standard report of a city protected as one problem, beside the same tables each alone; and questions one by one
of what stands."""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks import Goal
from benchmarks.random_snapshot import random_snapshot
from skillnad.analysis.door import ask_many
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable, Question, Selection, Where
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.outline import questions

NAME = "joint"
YEAR = Period.year(2025)
UNITS = 100
MOST_SECONDS, AIM = 600, 60
MOST_GAPS = 1.5
EXPLORED = ("unit", "age_group", "legal_sex", "origin", "provider", "household_type", "closing_reason")


def run(rows: int = 100_000, explored: int = 20) -> Iterator[Goal]:
    with TemporaryDirectory() as folder:
        snapshot = random_snapshot(Path(folder) / "city", rows, units=UNITS)
        yield from _report(snapshot)
        yield from _explorer(snapshot, explored)


def _report(snapshot: Snapshot) -> Iterator[Goal]:
    asked = questions(standard_outline(snapshot.manifest, YEAR), YEAR)
    alone = sum(table.gaps for table in ask_many(snapshot, asked, workers=os.cpu_count() or 1))
    began = perf_counter()
    answers = ProtectedSet(snapshot)
    answers.precompute(asked)
    seconds, tables = perf_counter() - began, list(answers)
    yield Goal(f"joint: {len(asked)} tables of a city, {UNITS} units", seconds, MOST_SECONDS, "s", note=f"aim {AIM} s")
    together, bare = sum(table.gaps for table in tables), sum(map(shows_nothing, tables))
    note = f"{together}, and {bare} of {len(tables)} tables show nothing"
    yield Goal(
        f"joint: gaps beside {alone} of each table alone", together / max(1, alone), MOST_GAPS, "times", note=note
    )


def shows_nothing(table: ProtectedTable) -> bool:
    return all(number is None for measured in table.cells.values() for number in measured.values())


def _explorer(snapshot: Snapshot, explored: int) -> Iterator[Goal]:
    """New questions of a set that holds the report, each safe beside all before it."""
    answers = ProtectedSet(snapshot)
    times, worked, refused = [], [], 0
    for question in explored_questions()[:explored]:
        began, work = perf_counter(), process_time()
        refused += not _answered(answers, question)
        times.append((perf_counter() - began) * 1000)
        worked.append((process_time() - work) * 1000)
    note = f"of the processor {_nearly_longest(worked):.0f} ms, median {median(worked[1:]):.0f} ms"
    title = f"joint: a new table beside all that stands, {refused} of {explored} refused, p95"
    yield Goal(title, _nearly_longest(times), 300, "ms", note=note)


def _nearly_longest(times: list[float]) -> float:
    """The 95th percentile of all but the first, which reads what stands."""
    return sorted(times[1:])[int(0.95 * len(times[1:]))]


def _answered(answers: ProtectedSet, question: Question) -> bool:
    try:
        answers.get_or_protect(question)
    except UserError:
        return False
    return True


def explored_questions() -> list[Question]:
    """Of every pair of columns, and of a part of the people; each once, as the same again is no new table."""
    found: list[Question] = []
    for rows, columns in product(EXPLORED, EXPLORED):
        if rows < columns:
            found.append(CrossTable(rows, columns, Selection(period=YEAR)))
            found.append(Count(Selection(period=YEAR, where=(Where("legal_sex", ("1",)),)), (columns,)))
    return list(dict.fromkeys(found))
