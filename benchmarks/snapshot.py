"""A snapshot of a million interventions, against the bare way of the same rows: ADBC to Arrow to Parquet, unshaped.

Each measurement is a process of its own, so that start-up and peak memory are its own too.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks import Goal

NAME = "snapshot"
ROWS = 1_000_000
TIMES = 3.0
GIGABYTES = 2.0
TABLES = ("register_client", "register_case", "register_intervention", "register_followup")
BARE = """
import sys
from pathlib import Path
import adbc_driver_sqlite.dbapi as sqlite
import pyarrow.parquet as pq
database, folder, *tables = sys.argv[1:]
with sqlite.connect(Path(database).as_uri() + "?mode=ro") as connection, connection.cursor() as cursor:
    for table in tables:
        columns = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})").fetchall()]
        wanted = ", ".join(f"COALESCE(CAST({c} AS TEXT), '') AS {c}" for c in columns if "identity" not in c)
        cursor.execute(f"SELECT {wanted} FROM {table}")
        pq.write_table(cursor.fetch_arrow_table(), f"{folder}/{table}.parquet", compression="zstd")
"""
WRITER = """
import sys
from benchmarks.memory import peak
from skillnad.snapshots.writer import main
main(sys.stdin, sys.stdout)
print()
print(peak())
"""


def run(rows: int = ROWS) -> Iterator[Goal]:
    """Time against the bare way, and memory."""
    with tempfile.TemporaryDirectory(prefix="skillnad-bench-") as folder:
        database = made_database(Path(folder), rows)
        bare, _ = _timed([sys.executable, "-c", BARE, str(database), folder, *TABLES], "")
        seconds, said = _timed([sys.executable, "-c", WRITER], _order(database, Path(folder)))
        gigabytes = int(said.split()[-1]) / 1e9
        note = f"{seconds:.1f} s against {bare:.1f} s"
        yield Goal(f"snapshot of {rows:,} interventions, times the bare way", seconds / bare, TIMES, "times", note=note)
        yield Goal(f"snapshot of {rows:,} interventions, memory", gigabytes, GIGABYTES, "GB")


def _order(database: Path, home: Path) -> str:
    return json.dumps(
        {
            "database": {"engine": "sqlite", "path": str(database)},
            "local_codebook": None,
            "as_of": "2025-12-31",
            "at": datetime.now(UTC).isoformat(),
            "home": str(home / "snapshots"),
        }
    )


def _timed(command: list[str], given: str) -> tuple[float, str]:
    """Seconds, and what was said."""
    start = time.perf_counter()
    told = subprocess.run(command, input=given, text=True, check=True, stdout=subprocess.PIPE).stdout
    return time.perf_counter() - start, told


def made_database(folder: Path, rows: int) -> Path:
    """A register on SQLite with half as many clients, cases and follow-ups as interventions."""
    file = folder / "register.sqlite3"
    environment = {**os.environ, "SKILLNAD_DATABASE_URL": f"sqlite:///{file}", "SKILLNAD_HOME": str(folder)}
    migrate = ["migrate", "--skip-checks", "-v0", "--settings", "skillnad.config.settings"]
    subprocess.run([sys.executable, "-m", "django", *migrate], check=True, env=environment)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA ignore_check_constraints = ON")  # one of them needs a function that only Django brings
    _fill(connection, rows, random.Random(20251231))
    connection.commit()
    connection.close()
    return file


def _fill(connection: sqlite3.Connection, rows: int, chance: random.Random) -> None:
    half = max(rows // 2, 1)
    _insert(connection, "organisation_municipality", "id, code, name", [(1, "1234", "Exempelby")])
    _insert(connection, "organisation_committee", "id, code, name, municipality_id", [(1, "SN", "Socialnämnden", 1)])
    units = ((unit, f"E{unit}", f"Enhet {unit}", 1, 1) for unit in range(1, 61))
    _insert(connection, "organisation_unit", "id, code, name, municipality_id, committee_id", units)
    providers = ((provider, f"P{provider}", f"Utförare {provider}", 1, "unknown") for provider in range(1, 41))
    _insert(connection, "organisation_provider", "id, code, name, municipality_id, kind", providers)
    own = "id, source, source_key"
    _insert(
        connection,
        "register_client",
        f"{own}, pseudonym, birth_date, legal_sex, origin",
        (
            (*_own(n), n * 7919, _day(chance, 1940, 29_000), chance.choice("12"), chance.choice("12345"))
            for n in _to(half)
        ),
    )
    _insert(
        connection,
        "register_case",
        f"{own}, client_id, unit_id, intake_date, intake_reason, household_type, problem",
        (
            (*_own(n), n, chance.randint(1, 60), _day(chance, 2019), _codes(chance, 14), "1", _codes(chance, 14))
            for n in _to(half)
        ),
    )
    _insert(
        connection,
        "register_intervention",
        f"{own}, case_id, unit_id, provider_id, decision_date, start_date, end_date, intervention_type, closing_reason",
        (_intervention(n, half, chance) for n in _to(rows)),
    )
    _insert(
        connection,
        "register_followup",
        f"{own}, intervention_id, follow_up_date, collaboration, goal_attainment",
        (
            (*_own(n), chance.randint(1, rows), _day(chance, 2020), _codes(chance, 10), chance.choice("123456"))
            for n in _to(half)
        ),
    )


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    places = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def _to(last: int) -> range:
    return range(1, last + 1)


def _own(number: int) -> tuple[int, str, str]:
    return number, "bench", str(number)


def _intervention(number: int, cases: int, chance: random.Random) -> tuple[object, ...]:
    start = _day(chance, 2019)
    end = str(date.fromisoformat(start) + timedelta(chance.randrange(500))) if chance.random() < 0.7 else None
    places = (chance.randint(1, cases), chance.randint(1, 60), chance.randint(1, 40))
    return (*_own(number), *places, start, start, end, _codes(chance, 35), chance.choice("12345679"))


def _day(chance: random.Random, year: int, days: int = 2_200) -> str:
    return str(date(year, 1, 1) + timedelta(chance.randrange(days)))


def _codes(chance: random.Random, highest: int) -> str:
    return ";".join(map(str, sorted(chance.sample(range(1, highest + 1), chance.choice((1, 1, 2, 3))))))
