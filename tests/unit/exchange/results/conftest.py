"""Answers of a small snapshot: the second unit has three women, who are hidden with what would tell of them."""

from pathlib import Path
from typing import Any

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.door import ask
from skillnad.analysis.questions import CrossTable, Percent
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.snapshot import Snapshot

PEOPLE = [("A", "1", 12), ("A", "2", 9), ("B", "1", 3), ("B", "2", 15), ("C", "1", 28), ("C", "2", 27)]


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    rows: list[dict[str, Any]] = [
        {
            "unit": unit,
            "legal_sex": sex,
            "origin": "1235"[n % 4],
            "problem": "1;14",
            "start_date": "2025-01-03",
            "end_date": "",
        }
        for unit, sex, times in PEOPLE
        for n in range(times)
    ]
    return make_snapshot(Path(tmp_path_factory.mktemp("results")) / "snapshot", interventions=rows)


@pytest.fixture(scope="session")
def table(snapshot: Snapshot) -> ProtectedTable:
    return ask(snapshot, CrossTable("unit", "legal_sex", percent=Percent.ROWS))
