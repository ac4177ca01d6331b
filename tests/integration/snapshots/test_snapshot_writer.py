"""The writer as a process: killed, refused, and on both databases."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import people
import psycopg
import pytest
from django.db import connection
from psycopg import sql

from skillnad.config.environment import database_settings
from skillnad.register.models import Cost, Review
from skillnad.snapshots.actions import make_snapshot
from skillnad.snapshots.process import WRITER, database_order
from skillnad.snapshots.storing import UNFINISHED

DAY = date(2025, 12, 31)
KILLED_AT = """
import json, os, signal, sys
from skillnad.snapshots.writer import write_snapshot
def progress(part):
    if part == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
write_snapshot(json.load(sys.stdin), progress=progress)
"""
TABLES = (
    # in the order that their keys allow
    "organisation_municipality",
    "organisation_committee",
    "organisation_unit",
    "organisation_provider",
    "register_client",
    "register_case",
    "register_intervention",
    "register_followup",
    "register_review",
    "register_cost",
)


def order(home: Path, database: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "database": database or database_order(connection.settings_dict),
        "local_codebook": None,
        "as_of": DAY.isoformat(),
        "at": people.NOW.isoformat(),
        "home": str(home),
    }


def write(asked: dict[str, Any]) -> list[dict[str, Any]]:
    done = subprocess.run(WRITER, input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 2), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def kill_at(part: str, asked: dict[str, Any]) -> int:
    command = [sys.executable, "-c", KILLED_AT, part]
    return subprocess.run(command, input=json.dumps(asked), text=True, check=False).returncode


@pytest.fixture
def register(transactional_db: None) -> None:
    """Two placements, one of a client with protected identity, with everything that can hang on one."""
    people.exempelby()
    for number in (1, 2):
        client = people.client(number, birth_date=date(2010, 2, number), legal_sex=str(number), protected=number == 2)
        case = people.case(client, str(number), unit=people.unit(), intake_date=date(2025, 1, 5), intake_reason="1;14")
        intervention = people.intervention(
            case, str(number), start_date=date(2025, 3, 1), end_date=DAY, intervention_type="10", closing_reason="9"
        )
        people.follow_up(intervention, str(number), follow_up_date=date(2025, 6, 1), goal_attainment="2")
        of = {"source": "test", "source_key": str(number), "intervention": intervention}
        Review.everyone.create(**of, case=intervention.case, due_date=date(2025, 9, 1), held_date=date(2025, 8, 30))
        Cost.everyone.create(**of, from_date=date(2025, 3, 1), to_date=DAY, amount=100_50)


@pytest.mark.parametrize("part", ["register", "clients", "costs", "manifest"])
def test_writer_killed_leaves_nothing_that_looks_like_a_snapshot(register: None, tmp_path: Path, part: str) -> None:
    assert kill_at(part, order(tmp_path)) == -signal.SIGKILL
    assert [path for path in tmp_path.iterdir() if not path.name.startswith(".")] == []


def test_writer_takes_away_what_a_killed_one_left(register: None, tmp_path: Path) -> None:
    kill_at("costs", order(tmp_path))
    assert list(tmp_path.glob(f"{UNFINISHED}*"))
    made = make_snapshot(by=people.BY, at=people.NOW, as_of=DAY, home=tmp_path)
    assert not list(tmp_path.glob(f"{UNFINISHED}*"))
    assert {path.name for path in tmp_path.iterdir()} == {made.id, ".lock"}


def test_writer_knows_no_django() -> None:
    command = "import sys, skillnad.snapshots.writer as w; print(any(m.split('.')[0] == 'django' for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_writer_says_that_a_database_is_not_there(tmp_path: Path) -> None:
    asked = order(tmp_path / "home", {"engine": "sqlite", "path": str(tmp_path / "none.sqlite3")})
    (line,) = write(asked)
    assert [problem["code"] for problem in line["problems"]] == ["SNAP-022"]
    assert not (tmp_path / "none.sqlite3").exists()
    assert not (tmp_path / "home").exists()


def test_writer_never_tells_the_address_of_the_database(tmp_path: Path) -> None:
    conninfo = "host=/nowhere dbname=skillnad password=hemligt-ord"
    (line,) = write(order(tmp_path, {"engine": "postgresql", "conninfo": conninfo}))
    assert line["problems"][0]["code"] == "SNAP-022"
    assert "hemligt" not in str(line)
    assert "/nowhere" not in str(line)


@pytest.fixture(scope="module")
def migrated_postgresql(postgresql_url: str) -> dict[str, Any]:
    """An empty register on PostgreSQL."""
    command = [sys.executable, "-m", "django", "migrate", "--settings", "skillnad.config.settings", "--skip-checks"]
    subprocess.run([*command, "-v0"], check=True, env=_environment(postgresql_url))
    return database_settings(postgresql_url)


def _environment(url: str) -> dict[str, str]:
    return {**os.environ, "SKILLNAD_DATABASE_URL": url}


@pytest.mark.postgresql
def test_writer_makes_the_same_bytes_on_both_databases(
    register: None, migrated_postgresql: dict[str, Any], tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the suite's own database is not SQLite, so there is nothing to compare with")
    there = database_order(migrated_postgresql)
    copy_rows(str(connection.settings_dict["NAME"]), there["conninfo"])
    *_, on_sqlite = write(order(tmp_path / "sqlite"))
    *_, on_postgresql = write(order(tmp_path / "postgresql", there))
    assert on_sqlite["snapshot"]["rows"]["costs"] == 2
    assert on_postgresql == on_sqlite
    for file in (tmp_path / "sqlite" / on_sqlite["snapshot"]["id"]).iterdir():
        assert file.read_bytes() == (tmp_path / "postgresql" / file.parent.name / file.name).read_bytes()


READ_TWICE = """
import json, sys
from skillnad.snapshots.database import read_transaction, select
order, statement = json.load(sys.stdin), sys.argv[1]
def change():
    if order["engine"] == "sqlite":
        import sqlite3 as driver
        connection = driver.connect(order["path"])
    else:
        import psycopg as driver
        connection = driver.connect(order["conninfo"])
    connection.execute(statement)
    connection.commit()
    connection.close()
def units(database):
    return select(database, "organisation_unit", ["name"], []).height
with read_transaction(order) as database:
    before = units(database)
    change()
    during = units(database)
with read_transaction(order) as database:
    print(before, during, units(database))
"""
ADD_UNIT = (
    "INSERT INTO organisation_unit (code, name, municipality_id, committee_id) "
    "SELECT 'NY', 'Ny enhet', municipality_id, committee_id FROM organisation_unit WHERE code = 'BU'"
)

NEXT_KEY = sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}")
"""A key that PostgreSQL gives next is none that a copied row has."""


def read_twice(database: dict[str, str]) -> list[int]:
    command = [sys.executable, "-c", READ_TWICE, ADD_UNIT]
    done = subprocess.run(command, input=json.dumps(database), capture_output=True, text=True, check=True)
    return [int(count) for count in done.stdout.split()]


def test_writer_sees_one_moment_of_sqlite(register: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the suite's own database is not SQLite")
    assert read_twice(database_order(connection.settings_dict)) == [2, 2, 3]


@pytest.mark.postgresql
def test_writer_sees_one_moment_of_postgresql(register: None, migrated_postgresql: dict[str, Any]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the rows are copied from SQLite")
    there = database_order(migrated_postgresql)
    copy_rows(str(connection.settings_dict["NAME"]), there["conninfo"])
    assert read_twice(there) == [2, 2, 3]


def copy_rows(sqlite_path: str, conninfo: str) -> None:
    """The register's rows, as they are, in place of what is there; PostgreSQL reads a value by its column's type."""
    here = sqlite3.connect(sqlite_path)
    with psycopg.connect(conninfo) as there:
        there.execute("SET session_replication_role = replica")  # the tree's history refuses to be emptied
        there.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, TABLES))))
        for table in TABLES:
            rows = here.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, names)),
                sql.SQL(", ").join([sql.SQL("%s")] * len(names)),
            )
            there.cursor().executemany(insert, [[_text(value) for value in row] for row in rows])
            there.execute(NEXT_KEY.format(sql.Literal(table), sql.Identifier(table)))
    here.close()


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, bytes) else str(value)
