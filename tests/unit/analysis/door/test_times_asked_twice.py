"""The same durations asked with one limit and then with the next: what ended between them is no way to few."""

from datetime import date, timedelta

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.derived.audit import objections_together
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.door import ask
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Duration

FIRST = date(2025, 1, 1)
ROWS = [
    {"client": n, "unit": "AB"[n % 2], "start_date": FIRST, "end_date": FIRST + timedelta(10 + n * 7 % 60)}
    for n in range(80)
]
LIMITS = (30, 31)
QUESTIONS = [Duration("start_date", "end_date", by=("unit",), within=(limit,)) for limit in LIMITS]


@pytest.fixture
def snapshot(tmp_path):
    return make_snapshot(tmp_path / "snapshot", interventions=ROWS)


def test_tables_that_are_protected_alone_tell_how_many_ended_between_them(snapshot):
    assert objections_together([ask(snapshot, question) for question in QUESTIONS], DEFAULT)


def test_tables_of_one_protected_set_do_not(snapshot):
    answers = ProtectedSet(snapshot)
    tables = [answers.get_or_protect(question) for question in QUESTIONS]
    assert objections_together(tables, DEFAULT) == []
    assert all(any(table.cells[f"within_{limit}"].values()) for table, limit in zip(tables, LIMITS, strict=True))
