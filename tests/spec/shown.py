"""What a reader sees of a case: the cells of a protected table, beside those that the chapter tells."""

import pytest
from spec.chapters import GAP, Case, rows

from skillnad.analysis.results import ProtectedTable

ROUNDED = 4


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
