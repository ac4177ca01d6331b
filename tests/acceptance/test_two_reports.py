"""The report of a year from one snapshot, and again from a later one with a person who was registered late: whoever
subtracts the one from the other finds nobody."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.reports.making import report_of
from skillnad.reports.render.xlsx import report_workbook

CLOSED, RUNNING = date(2025, 12, 31), date(2025, 11, 30)
THRESHOLD = 5
Place = tuple[str, int, int]
Cells = dict[Place, Any]


def person(number: int) -> dict[str, object]:
    return {
        "client": number,
        "unit": "AB"[number % 4 == 0],
        "legal_sex": "12"[number % 3 == 0],
        "age_group": ("0", "13", "21")[number % 3],
        "origin": str(1 + number % 5),
        "intake_date": date(2025, 1 + number % 9, 3),
        "intake_reason": "1;4" if number % 4 else "2",
        "problem": "1" if number % 2 else "4",
        "decision_date": date(2025, 10, 1 + number % 20),
    }


def intervention(case: dict[str, object]) -> dict[str, object]:
    more = {"intervention_type": "10", "start_date": case["decision_date"], "end_date": date(2025, 11, 28)}
    return case | more | {"goal_attainment": "1", "closing_reason": "1", "adherence_to_plan": "1"}


PEOPLE = [person(number) for number in range(1, 241)]
LATE = person(499) | {"intake_date": date(2025, 11, 20), "decision_date": date(2025, 11, 25)}


def snapshot(home: Path, name: str, as_of: date, cases: list[dict[str, object]]) -> Snapshot:
    interventions = [intervention(case) for case in cases]
    return make_snapshot(home / "snapshots" / name, as_of=as_of, cases=cases, interventions=interventions)


def reported(taken: Snapshot) -> Cells:
    """All cells of the report's workbook but its first sheet, by the table's caption and the cell's place."""
    report = report_of(taken, Period.year(2025), made_on=date(2026, 2, 1))
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(report)))
    sheets = {row[0].value: row[2].value for row in book["Innehåll"].iter_rows(min_row=6) if row[0].value in book}
    return {
        (caption, cell.row, cell.column): cell.value
        for number, caption in sheets.items()
        for row in book[number].iter_rows(min_row=6)
        for cell in row
    }


def told_by_subtracting(before: Cells, after: Cells) -> Iterator[Place]:
    """The places where two whole numbers differ by fewer than the threshold."""
    for place in before.keys() & after.keys():
        one, other = before[place], after[place]
        if isinstance(one, int) and isinstance(other, int) and 0 < abs(other - one) < THRESHOLD:
            yield place


@dataclass(frozen=True)
class Reports:
    """Of the first snapshot; of the second; and of the second in a home that has no ledger of the first."""

    before: Cells
    after: Cells
    unguarded: Cells


@pytest.fixture(scope="module", params=[CLOSED, RUNNING], ids=["closed", "running"])
def reports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    home, other = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("other")
    late, as_of = [*PEOPLE, LATE], date(2026, 1, 31)
    before = reported(snapshot(home, "first", request.param, PEOPLE))
    after = reported(snapshot(home, "second", as_of, late))
    return Reports(before, after, reported(snapshot(other, "second", as_of, late)))


def test_second_report_tells_nobody_who_was_registered_late(reports: Reports) -> None:
    assert len(reports.before.keys() & reports.after.keys()) > 100
    assert sum(isinstance(number, int) for number in reports.after.values()) > 50
    assert list(told_by_subtracting(reports.before, reports.after)) == []


def test_without_the_ledger_the_second_report_tells(reports: Reports) -> None:
    assert list(told_by_subtracting(reports.before, reports.unguarded))
