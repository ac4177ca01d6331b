"""`skillnad organisation`: a history is read from a file, and shown as it is and as it was."""

from pathlib import Path
from typing import Any

import people
import pytest
from typer.testing import CliRunner

from skillnad.cli.main import build
from skillnad.lib.errors import UserError
from skillnad.organisation.history.records import UnitRecord
from skillnad.organisation.models import Unit

pytestmark = pytest.mark.django_db
FILE = """kod;namn;från;till;följer
BU;Barn och unga;;2024-12-31;
B;Barn;2025-01-01;;BU
U;Unga;2025-01-01;;BU
"""


@pytest.fixture(autouse=True)
def exempelby(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that is ready: the test's own database has its tables."""
    monkeypatch.setattr("skillnad.cli.service.organisation.prepare_database", lambda: None)
    monkeypatch.setenv("SKILLNAD_LANGUAGE", "sv")
    people.exempelby()


def run(*words: str) -> str:
    done = CliRunner().invoke(build(["organisation"]), ["organisation", *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


@pytest.fixture
def told(tmp_path: Path) -> str:
    file = tmp_path / "historik.csv"
    file.write_text(FILE, encoding="utf-8")
    return run("import", str(file))


def test_file_is_read_and_says_how_many_rows_are_new(told: Any) -> None:
    assert "5 rader" in told
    assert sorted(Unit.objects.values_list("code", flat=True)) == ["B", "BU", "LSS", "U"]


def test_same_file_again_says_that_all_was_known(told: Any, tmp_path: Path) -> None:
    assert "redan känt" in run("import", str(tmp_path / "historik.csv"))


def test_units_are_shown_as_they_are_and_as_they_were(told: Any) -> None:
    today, before = run("show"), run("show", "--at", "2024-12-31")
    assert "B  Barn  (SN)  2025-01-01–" in today
    assert "BU  Barn och unga" not in today
    assert "BU  Barn och unga  (SN)  –2024-12-31" in before
    assert "räknas tillsammans: B, BU, U" in before


def test_everything_that_was_said_is_told_with_who_said_it(told: Any) -> None:
    lines = run("history").splitlines()
    assert len(lines) == UnitRecord.objects.count() + 2
    assert lines[0].startswith("2026-03-02")
    assert people.BY in lines[0]
    assert any("BU → B 2025-01-01" in line and "operator:organisation" in line for line in lines)
    assert any(line.endswith("[ersätter det som stod]") for line in lines)


def test_day_that_is_none_is_refused() -> None:
    with pytest.raises(UserError, match="ORG-016"):
        run("show", "--at", "i går")


def test_file_that_contradicts_itself_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "fel.csv"
    file.write_text("kod;namn;från;till\nBU;Barn;2025-01-01;2024-01-01\n", encoding="utf-8")
    with pytest.raises(UserError, match="ORG-007"):
        run("import", str(file))
    assert UnitRecord.objects.count() == 2
