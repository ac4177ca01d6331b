"""What the writer is told of the database, and what its end means."""

import sys
from pathlib import Path

import pytest

from skillnad.lib.errors import UserError
from skillnad.snapshots import process
from skillnad.snapshots.process import database_order, run_writer


def test_database_order_of_sqlite_is_its_file() -> None:
    order = database_order({"ENGINE": "django.db.backends.sqlite3", "NAME": Path("/data/skillnad.sqlite3")})
    assert order == {"engine": "sqlite", "path": "/data/skillnad.sqlite3"}


@pytest.mark.parametrize("name", [":memory:", "file:memorydb_default?mode=memory&cache=shared"])
def test_database_order_refuses_a_database_in_memory(name: str) -> None:
    with pytest.raises(UserError, match="SNAP-024"):
        database_order({"ENGINE": "django.db.backends.sqlite3", "NAME": name})


def test_database_order_of_postgresql_has_what_is_given() -> None:
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "skillnad",
        "HOST": "/run/pg",
        "PORT": "",
        "USER": "a",
    }
    order = database_order({**settings, "PASSWORD": "två ord"})
    assert order == {"engine": "postgresql", "conninfo": r"dbname=skillnad host=/run/pg user=a password='två ord'"}


def ended(monkeypatch: pytest.MonkeyPatch, script: str) -> dict[str, object]:
    monkeypatch.setattr(process, "WRITER", (sys.executable, "-c", script))
    return run_writer({"as_of": "2025-12-31"})


def test_run_writer_gives_the_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import json, sys; print('{}'); print(json.dumps({'snapshot': json.load(sys.stdin)}))"
    assert ended(monkeypatch, script) == {"as_of": "2025-12-31"}


def test_run_writer_passes_problems_on(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = {"code": "SNAP-020", "sv": "fel", "en": "wrong", "where": "problem"}
    with pytest.raises(UserError) as error:
        ended(monkeypatch, f"import json, sys; print(json.dumps({{'problems': [{problem}]}})); sys.exit(2)")
    assert error.value.text("en") == "SNAP-020 problem: wrong"


@pytest.mark.parametrize(
    "script",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        'print(\'{"written": "clients"}\')',
        "import sys; print('{\"snapshot\": {}}'); sys.exit(1)",
        "pass",
    ],
)
def test_run_writer_tells_of_an_early_end(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    with pytest.raises(UserError, match="SNAP-025"):
        ended(monkeypatch, script)
