"""A backup of the test's own database, restored into an empty place: every row, and a whole log. On both databases."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import people
import psycopg
import pytest
from django.apps import apps
from django.db import connection
from pyrage import x25519

from skillnad.audit import stored
from skillnad.audit.actions import record
from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.audit.stored import Database, database_of
from skillnad.audit.triggers import lift_triggers, set_triggers
from skillnad.lib.errors import UserError
from skillnad.lib.sealing import Keys
from skillnad.snapshots.models import Snapshot
from skillnad.stewardship.backup import making
from skillnad.stewardship.backup.actions import record_made, record_restored
from skillnad.stewardship.backup.contents_read import Held, held
from skillnad.stewardship.backup.making import Installation, make
from skillnad.stewardship.backup.manifest import Manifest
from skillnad.stewardship.backup.restoring import check, restore

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
IDENTITY = x25519.Identity.generate()
OTHER = "skillnad_restored"
NUMBER = "20010203TK01"


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    """Anna has read about Cecilia; a ledger and a snapshot lie in the home."""
    anna, cecilia = people.anna(), people.cecilia(identity_index=installed_keys().blind_index(NUMBER))
    for _ in range(3):
        record(by=anna.actor, at=people.NOW, action="client.read", subject_kind="client", subjects=[cecilia.pseudonym])
    home = tmp_path / "home"
    (home / "snapshots" / "ab").mkdir(parents=True)
    (home / "snapshots" / "ab" / "cases.parquet").write_bytes(b"rader")
    (home / "ledger-0a.jsonl").write_text("{}\n")
    (home / "keys.json").write_text("hemligt")
    return Installation(home, database_of(connection), installed_keys(), {})


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A database beside the test's, of the same kind."""
    if connection.vendor == "sqlite":
        yield Database("sqlite", {"path": tmp_path / "new" / "skillnad.sqlite3"})
        return
    reached = dict(database_of(connection).reached)
    with psycopg.connect(**reached, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {OTHER}")
    yield Database("postgresql", reached | {"dbname": OTHER})
    with psycopg.connect(**reached, autocommit=True) as server:
        server.execute(f"DROP DATABASE {OTHER} WITH (FORCE)")


def made(here: Installation, to: Path) -> Path:
    return make(here, to, IDENTITY.to_public(), people.NOW)[0]


def restored(file: Path, here: Installation, database: Database, **but: Any) -> Manifest:
    wanted = {"home": file.parents[1] / "new", "database": database, "key_file": Path("/"), "known": frozenset[str]()}
    return restore(file, IDENTITY, here.keys, **wanted | but)  # type: ignore[arg-type]


def held_by(database: Database) -> Held:
    with stored.opened(database) as reading:
        return held(reading, database.vendor)


def every_row(database: Database) -> dict[str, list[Any]]:
    with stored.opened(database) as reading:
        tables = held(reading, database.vendor).rows
        return {name: sorted(map(repr, reading.execute(f'SELECT * FROM "{name}"').fetchall())) for name in tables}


def test_every_row_and_file_comes_back(here: Installation, empty: Database, tmp_path: Path) -> None:
    before = every_row(here.database)
    restored(made(here, tmp_path / "b"), here, empty)
    assert every_row(empty) == before
    assert len(before["audit_auditevent"]) > 3
    assert (tmp_path / "new/ledger-0a.jsonl").read_text() == "{}\n"
    assert (tmp_path / "new/snapshots/ab/cases.parquet").read_bytes() == b"rader"


def test_log_that_comes_back_refuses_to_be_changed(here: Installation, empty: Database, tmp_path: Path) -> None:
    restored(made(here, tmp_path / "b"), here, empty)
    opening = sqlite3.connect(empty.reached["path"]) if empty.vendor == "sqlite" else psycopg.connect(**empty.reached)
    with closing(opening) as database, pytest.raises((sqlite3.Error, psycopg.Error), match="append-only"):
        database.execute("UPDATE audit_auditevent SET purpose = 'x'")


def test_no_key_is_in_it(here: Installation, empty: Database, tmp_path: Path) -> None:
    manifest = restored(made(here, tmp_path / "b"), here, empty)
    assert not (tmp_path / "new/keys.json").exists()
    assert not any("key" in name for name in manifest.files)


def test_what_is_done_after_the_moment_is_not_in_it(here: Installation, empty: Database, tmp_path: Path) -> None:
    file = made(here, tmp_path / "b")
    record(by=people.BY, at=people.NOW, action="client.read")
    restored(file, here, empty)
    rows = held_by(empty).rows["audit_auditevent"]
    assert rows == AuditEvent.objects.count() - 1


def test_check_finds_a_whole_backup_whole_and_leaves_nothing(here: Installation, tmp_path: Path) -> None:
    file = made(here, tmp_path / "b")
    before = sorted(here.home.rglob("*"))
    assert check(file, IDENTITY, here.keys, here.home).rows == held_by(here.database).rows
    assert sorted(here.home.rglob("*")) == before


def tamper(statement: str) -> None:
    lift_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    set_triggers(connection)


def test_log_that_was_broken_before_is_told_and_nothing_is_left(
    here: Installation, empty: Database, tmp_path: Path
) -> None:
    tamper("UPDATE audit_auditevent SET purpose = 'x' WHERE id = (SELECT min(id) FROM audit_auditevent)")
    file = made(here, tmp_path / "b")
    with pytest.raises(UserError, match="OPS-011 audit_auditevent:"):
        restored(file, here, empty)
    assert list((tmp_path / "new").iterdir()) == []
    if empty.vendor == "postgresql":
        assert held_by(empty).rows == {}


def test_home_that_is_not_empty_is_left_alone(here: Installation, empty: Database, tmp_path: Path) -> None:
    file = made(here, tmp_path / "b")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "annat").write_text("x")
    with pytest.raises(UserError, match="OPS-006"):
        restored(file, here, empty)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["annat"]


def test_key_file_may_lie_in_the_home(here: Installation, empty: Database, tmp_path: Path) -> None:
    file = made(here, tmp_path / "b")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "keys.json").write_text("x")
    restored(file, here, empty, key_file=tmp_path / "new" / "keys.json")
    assert (tmp_path / "new/snapshots").is_dir()


def test_database_that_is_not_empty_is_left_alone(here: Installation, tmp_path: Path) -> None:
    file, before = made(here, tmp_path / "b"), held_by(here.database)
    with pytest.raises(UserError, match="OPS-006"):
        restored(file, here, here.database)
    assert held_by(here.database) == before


def test_other_kind_of_database_is_refused(here: Installation, tmp_path: Path) -> None:
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    with pytest.raises(UserError, match="OPS-013"):
        restored(made(here, tmp_path / "b"), here, Database(other, {"path": tmp_path / "x"}))


def test_backup_of_a_later_version_is_refused(here: Installation, empty: Database, tmp_path: Path) -> None:
    file = made(here, tmp_path / "b")
    with pytest.raises(UserError, match="OPS-012"):
        restored(file, here, empty, known=frozenset({"audit.0001_initial"}))
    assert list((tmp_path / "new").iterdir()) == []


def test_backup_of_another_installation_is_refused(here: Installation, empty: Database, tmp_path: Path) -> None:
    file = made(here, tmp_path / "b")
    keys = here.keys
    other = Installation(here.home, here.database, Keys(keys.current, keys.sealing, keys.index, bytes(32)), {})
    with pytest.raises(UserError, match="OPS-004"):
        restored(file, other, empty)
    assert list((tmp_path / "new").iterdir()) == []


def test_cut_backup_leaves_nothing(here: Installation, empty: Database, tmp_path: Path) -> None:
    file = made(here, tmp_path / "b")
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(UserError, match="OPS-003"):
        restored(file, here, empty)
    assert list((tmp_path / "new").iterdir()) == []


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(making.shutil, "disk_usage", lambda _: usage._replace(free=10))


def test_full_disk_is_told_before_a_backup(here: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full(monkeypatch)
    with pytest.raises(UserError, match="OPS-007"):
        made(here, tmp_path / "b")
    assert list((tmp_path / "b").iterdir()) == []
    assert not list(here.home.glob(".backup-*"))


def test_full_home_is_told_before_a_restore(
    here: Installation, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made(here, tmp_path / "b")
    full(monkeypatch)
    with pytest.raises(UserError, match="OPS-007"):
        restored(file, here, empty)
    assert list((tmp_path / "new").iterdir()) == []


def test_what_a_killed_backup_left_is_taken_away(here: Installation, tmp_path: Path) -> None:
    (here.home / ".backup-dead").mkdir()
    (here.home / ".backup-dead" / "database.sqlite3").write_text("rader")
    made(here, tmp_path / "b")
    assert not list(here.home.glob(".backup-*"))


def test_folder_that_cannot_be_written_is_told(here: Installation, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("en fil")
    with pytest.raises(UserError, match="OPS-015"):
        made(here, tmp_path / "b")


def test_backup_is_in_the_log_with_counts_alone(here: Installation, tmp_path: Path) -> None:
    _, manifest = make(here, tmp_path / "b", IDENTITY.to_public(), people.NOW)
    record_made(manifest=manifest, by=people.BY, at=people.NOW)
    event = AuditEvent.objects.order_by("-pk")[0]
    assert (event.action, event.details["files"]) == ("backup.made", 3)
    assert event.details["rows"] == sum(manifest.rows.values())


def test_snapshots_are_named_where_they_lie_after_a_restore(here: Installation, tmp_path: Path) -> None:
    said = {"as_of": people.NOW.date(), "made_at": people.NOW, "made_by": people.BY, "codebook_digest": "x"}
    for name, path in [("ab", "/old/snapshots/ab"), ("cd", "/elsewhere/cd")]:
        Snapshot.objects.create(id=name, path=path, codebook_version="1", **said)
    _, manifest = make(here, tmp_path / "b", IDENTITY.to_public(), datetime(2026, 3, 2, tzinfo=UTC))
    assert record_restored(manifest=manifest, home=here.home, by=people.BY, at=people.NOW) == 1
    paths = dict(Snapshot.objects.values_list("id", "path"))
    assert paths == {"ab": str(here.home / "snapshots" / "ab"), "cd": "/elsewhere/cd"}


def test_manifest_counts_every_model_of_ours(here: Installation, tmp_path: Path) -> None:
    _, manifest = make(here, tmp_path / "b", IDENTITY.to_public(), people.NOW)
    ours = [model for model in apps.get_models() if model.__module__.startswith("skillnad.")]
    assert {model._meta.db_table for model in ours} <= set(manifest.rows)
    assert manifest.rows["audit_auditevent"] == AuditEvent.objects.count()
