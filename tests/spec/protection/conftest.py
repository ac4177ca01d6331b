"""`answers` asks through the door: what is compared is what a reader would see."""

from collections.abc import Callable
from pathlib import Path

import pytest
from snapshots_made import make_snapshot
from spec.chapters import Case, rows
from spec.shown import compare_shown

from skillnad.analysis.door import ask
from skillnad.analysis.selection import selection_of


@pytest.fixture(params=["in_memory", "duckdb"])
def answers(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Case], None]:
    def compare(case: Case) -> None:
        told = [row for row in rows(case.table) for _ in range(int(row.pop("times", "1")))]
        snapshot = make_snapshot(tmp_path, **{selection_of(case.question).population.value: told})
        compare_shown(case, ask(snapshot, case.question, engine=request.param))

    return compare
