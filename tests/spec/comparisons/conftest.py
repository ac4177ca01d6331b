"""`answers` asks through the door: what is compared is what a reader would see."""

from collections.abc import Callable
from pathlib import Path

import pytest
from snapshots_made import make_snapshot
from spec.chapters import GAP, Case, rows

from skillnad.analysis.door import ask
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.selection import selection_of

ROUNDED = 4


@pytest.fixture(params=["in_memory", "duckdb"])
def answers(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Case], None]:
    def compare(case: Case) -> None:
        told = [row for row in rows(case.table) for _ in range(int(row.pop("times", "1")))]
        snapshot = make_snapshot(tmp_path, **{selection_of(case.question).population.value: told})
        table = ask(snapshot, case.question, engine=request.param)
        compare_shown(case, table)
        assert {left.reason: left.rows for left in table.left_out} == dict(case.left_out)

    return compare


def compare_shown(case: Case, table: ProtectedTable) -> None:
    for row in rows(case.expected):
        key = tuple(row.pop(axis.id) for axis in table.axes)
        for measure, text in row.items():
            assert shown(table, measure, key) == expected(text), f"{measure} at {key}"


def shown(table: ProtectedTable, measure: str, key: tuple[str, ...]) -> object:
    cells = table.cells[measure]
    return "" if key not in cells else GAP if cells[key] is None else cells[key]


def expected(text: str) -> object:
    """A number with four decimals or more is rounded to them; another is just what is written."""
    if text in ("", GAP):
        return text
    decimals = len(text.partition(".")[2])
    return pytest.approx(float(text), rel=0, abs=0.5001 * 10**-decimals if decimals >= ROUNDED else 1e-9)
