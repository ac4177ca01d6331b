"""A snapshot of the standard's columns that says it has rows: reports of it are answered with invented tables."""

import pytest
from made_reports import described_snapshot, invented_report

from skillnad.analysis.snapshot import Snapshot
from skillnad.reports.report import Report


@pytest.fixture(scope="session")
def described() -> Snapshot:
    return described_snapshot()


@pytest.fixture(scope="session")
def report(described: Snapshot) -> Report:
    """The standard report with made-up numbers."""
    return invented_report(described, hidden=False)


@pytest.fixture(scope="session")
def gaps(described: Snapshot) -> Report:
    """The standard report where every number is hidden."""
    return invented_report(described, hidden=True)
