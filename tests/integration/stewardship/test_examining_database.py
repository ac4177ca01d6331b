"""What is wrong with the database and its log, one fault at a time."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import people
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from skillnad.audit import queries
from skillnad.audit.actions import record
from skillnad.audit.checkpoints import write_checkpoint
from skillnad.lib.errors import Problem
from skillnad.stewardship.examining import database

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = timedelta(days=1)


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_database_that_is_well_has_no_fault() -> None:
    assert codes(database.reachable_and_migrated()) == []
    assert codes(database.write_ahead()) == []
    assert codes(database.clock(timezone.now())) == []


def test_step_that_remains_is_counted() -> None:
    (last,) = MigrationLoader(connection).graph.leaf_nodes("stewardship")
    MigrationRecorder(connection).record_unapplied(*last)
    (problem,) = database.reachable_and_migrated()
    assert problem.code == "OPS-021"
    assert "1 steg återstår" in problem.sv


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file")
def test_database_that_is_not_there_is_told_and_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "x.sqlite3"))
    assert codes(database.reachable_and_migrated()) == ["OPS-020"]
    assert list(tmp_path.iterdir()) == []


def test_backup_that_was_never_made_is_told() -> None:
    assert codes(database.backups(people.NOW, 2)) == ["OPS-024"]


@pytest.mark.parametrize(("days", "told"), [(0, []), (1, []), (2, ["OPS-024"]), (9, ["OPS-024"])])
def test_backup_that_is_old_is_told(days: int, told: list[str]) -> None:
    record(by=people.BY, at=people.NOW, action="backup.made")
    assert codes(database.backups(people.NOW + days * DAY, 2)) == told


def test_log_without_a_checkpoint_is_told(tmp_path: Path) -> None:
    assert codes(database.checkpoints(tmp_path)) == []  # of an empty log there is nothing to cut
    record(by=people.BY, at=people.NOW, action="client.read")
    assert codes(database.checkpoints(tmp_path)) == ["OPS-025"]
    write_checkpoint(queries.checkpoint(), tmp_path)
    assert codes(database.checkpoints(tmp_path)) == []


def test_checkpoint_that_was_changed_is_told(tmp_path: Path) -> None:
    record(by=people.BY, at=people.NOW, action="client.read")
    path = write_checkpoint(queries.checkpoint(), tmp_path)
    path.write_text(path.read_text().replace('"row": ', '"row": 9'))
    assert codes(database.checkpoints(tmp_path)) == ["AUD-007"]


def test_clock_that_is_behind_the_log_is_told() -> None:
    now = timezone.now()
    record(by=people.BY, at=now + timedelta(minutes=90), action="client.read")
    (problem,) = database.clock(now)
    assert problem.code == "OPS-027"
    assert "(90 minuter)" in problem.sv


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's clock is the machine's own")
def test_clock_that_is_not_the_servers_is_told() -> None:
    assert codes(database.clock(timezone.now() - DAY)) == ["OPS-027"]
