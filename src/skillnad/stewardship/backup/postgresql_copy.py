"""PostgreSQL: pg_dump of one moment, and pg_restore into an empty database, all of it or nothing."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from skillnad.audit.stored import Database
from skillnad.register.row_policies import WEB
from skillnad.stewardship.backup import problems
from skillnad.stewardship.backup.contents_read import Held, held, tables

NAME = "database.pgdump"
_WORDS = {"host": "--host", "port": "--port", "user": "--username", "dbname": "--dbname"}
_TOLD = 200
_NO_ANSWERS = subprocess.DEVNULL  # a password that is asked for is never given


def copy(database: Database, to: Path) -> Held:
    """The database as it was at one moment, the same that the rows are counted at. Raises UserError OPS-009, OPS-010
    and OPS-014."""
    try:
        with psycopg.connect(**database.reached) as server:
            server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            moment = server.execute("SELECT pg_export_snapshot()").fetchone()
            found = held(server, "postgresql")
            run("pg_dump", ["--format=custom", f"--snapshot={moment[0] if moment else ''}", f"--file={to}"], database)
            return found
    except psycopg.Error:
        raise problems.unreachable("PostgreSQL") from None


def check(file: Path, database: Database | None = None) -> None:
    """That it can be listed as a dump: all that can be seen without a server. Raises UserError OPS-009 and OPS-010."""
    run("pg_restore", ["--list", str(file)], database)


def restore(file: Path, database: Database) -> Held:
    """Raises UserError OPS-006 (the database has tables), OPS-009, OPS-010, OPS-014."""
    try:
        with psycopg.connect(**database.reached, autocommit=True) as server:
            if tables(server, "postgresql"):
                raise problems.not_empty("PostgreSQL")
            _make_web_role(server)
        run("pg_restore", ["--no-owner", "--exit-on-error", "--single-transaction", str(file)], database)
        return after(database)
    except psycopg.Error:
        raise problems.unreachable("PostgreSQL") from None


def after(database: Database) -> Held:
    with psycopg.connect(**database.reached) as server:
        return held(server, "postgresql")


def empty_again(database: Database) -> None:
    """Take away what a refused restore put in a database that was empty."""
    with psycopg.connect(**database.reached, autocommit=True) as server:
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")


def _make_web_role(server: Any) -> None:
    """Roles belong to the server and are in no dump; the row policies name this one."""
    if server.execute("SELECT FROM pg_roles WHERE rolname = %s", [WEB]).fetchone() is None:
        server.execute(f"CREATE ROLE {WEB} NOLOGIN NOINHERIT")
        server.execute(f"GRANT {WEB} TO current_user")


def run(name: str, words: Sequence[str], database: Database | None) -> None:
    """One of PostgreSQL's programs. The password goes by its environment, where no list of processes shows it."""
    program = shutil.which(name)
    if program is None:
        raise problems.tool_missing(name)
    reached = database.reached if database and "--list" not in words else {}
    where = [f"{_WORDS[word]}={value}" for word, value in reached.items() if word in _WORDS]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PGPASSWORD": str(reached.get("password", ""))}
    command = [program, *where, *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, stdin=_NO_ANSWERS)  # noqa: S603
    if done.returncode:
        raise problems.tool_failed(name, _said(done.stderr))


def _said(errors: str) -> str:
    """The first line that is an error. Further lines may quote rows."""
    first = next((line for line in errors.splitlines() if "error:" in line), "")
    return first.partition("error:")[2].strip()[:_TOLD].rstrip(".") + "."
