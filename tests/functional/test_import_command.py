"""`skillnad import` and `skillnad mapping` as an analyst runs them: files, messages, exit status; and a real kill."""

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from extracts import of_interventions

from . import commands
from .commands import Done, skillnad

MAPPING = of_interventions("""
intake_date = "Inkom"
start_date = "Start"
end_date = "Slut"
intervention_type = "Typ"
""")
HEADER = "Pnr;Arende;Insats;Inkom;Start;Slut;Typ"
GOOD = "19900102-TF21;A1;I1;2024-01-10;2024-02-01;2024-06-30;10"
BAD = "20010203-TF31;A2;I2;2024-01-10;2024-02-01;2023-06-30;12"
SECRET = "19900102-TF21"

Run = Callable[..., Done]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return commands.environment(SKILLNAD_HOME=str(tmp_path / "home"), DJANGO_SETTINGS_MODULE="skillnad.config.settings")


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    (tmp_path / "M.toml").write_text(MAPPING, encoding="utf-8")

    def run(*arguments: str, **more: str) -> Done:
        return skillnad(*arguments, folder=tmp_path, SKILLNAD_HOME=environment["SKILLNAD_HOME"], **more)

    return run


def extract(folder: Path, *rows: str, name: str = "insatser.csv") -> None:
    (folder / name).write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")


def imported(run: Run, *more: str) -> Done:
    return run("import", "--mapping", "M.toml", "insatser.csv", *more)


def count(environment: dict[str, str], model: str = "client") -> int:
    """Rows of a table, read without Django; none where the database has not been made."""
    query = f"SELECT count(*) FROM register_{model}"
    if url := environment.get("SKILLNAD_DATABASE_URL"):
        with psycopg.connect(url) as connection:
            return int((connection.execute(query).fetchone() or (0,))[0])
    file = Path(environment["SKILLNAD_HOME"]) / "skillnad.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        return int(database.execute(query).fetchone()[0])


def test_import_tells_what_came_of_it(run: Run, tmp_path: Path) -> None:
    extract(tmp_path, GOOD)
    done = imported(run)
    assert done.returncode == 0
    assert re.search(r"med nya poster +1\n", done.stdout)
    assert done.stderr.count("Läser insatser.csv") == 1


def test_import_with_rejected_rows_is_status_1(run: Run, tmp_path: Path) -> None:
    extract(tmp_path, GOOD, BAD)
    done = imported(run, "--accept-rejected")
    assert done.returncode == 1
    assert "avvisade-insatser.csv" in done.stdout


def test_import_as_json(run: Run, tmp_path: Path) -> None:
    extract(tmp_path, GOOD)
    told = json.loads(imported(run, "--json").stdout)
    assert (told["read"], told["new"], told["records"]["case"]["new"]) == (1, 1, 1)


def test_import_writes_what_was_delivered(run: Run, tmp_path: Path) -> None:
    extract(tmp_path, GOOD)
    imported(run)
    delivered = json.loads((tmp_path / "home" / "import" / "leverans.json").read_text())
    assert delivered["variables"]["start_date"] == {"rows": 1, "filled": 1, "distinct": 1, "unmapped": 0}


def test_rehearsal_leaves_the_register_empty(run: Run, tmp_path: Path, environment: dict[str, str]) -> None:
    extract(tmp_path, GOOD)
    done = imported(run, "--dry-run")
    assert (done.returncode, "ingenting är lagrat" in done.stdout) == (0, True)
    assert count(environment) == 0


def test_rehearsal_says_where_its_rejected_rows_are(run: Run, tmp_path: Path) -> None:
    extract(tmp_path, GOOD, BAD)
    done = imported(run, "--dry-run", "--accept-rejected")
    file = tmp_path / "home" / "import" / "avvisade-insatser.csv"
    assert (done.returncode, file.exists()) == (1, True)
    assert "Filen skrivs också på prov" in done.stdout
    assert str(file) in done.stdout


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "IMP-002"),
        (HEADER.encode(), "IMP-002"),
        (f"{HEADER}\n{GOOD}\0\n".encode(), "IMP-004"),
        (f"{HEADER.replace('Typ', 'Typen')}\n{GOOD}\n".encode(), "IMP-009"),
        (f"{HEADER};Typ\n{GOOD};10\n".encode(), "IMP-010"),
        (f"{HEADER}\n{GOOD};extra\n".encode(), "IMP-011"),
        (f'{HEADER}\n"{GOOD}\n'.encode(), "IMP-011"),
        (f"{HEADER}\n{GOOD[:-2]}99\n".encode(), "IMP-013"),
        (f"{HEADER}\n{BAD}\n".encode(), "IMP-020"),
    ],
)
def test_bad_file_is_refused_with_a_code(
    run: Run, tmp_path: Path, environment: dict[str, str], content: bytes, code: str
) -> None:
    (tmp_path / "insatser.csv").write_bytes(content)
    done = imported(run)
    assert (done.returncode, code in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr
    assert count(environment) == 0


def test_wrong_encoding_is_refused_with_the_right_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "M.toml").write_text(
        MAPPING.replace("[file.keys]", 'encoding = "utf-8"\n[file.keys]'), encoding="utf-8"
    )
    (tmp_path / "insatser.csv").write_bytes(f"{HEADER}\n{GOOD}å\n".encode("cp1252"))
    done = imported(run)
    assert (done.returncode, 'encoding = "cp1252"' in done.stderr) == (2, True)


def test_file_above_the_limit_is_refused(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "insatser.csv").open("wb") as file:
        file.truncate(2_000_000_000)  # a hole: nothing is written to disk
    done = imported(run)
    assert (done.returncode, "IMP-005" in done.stderr, "per år" in done.stderr) == (2, True, True)


def test_mapping_with_a_typo_is_refused_with_line_and_nearest(run: Run, tmp_path: Path) -> None:
    (tmp_path / "M.toml").write_text(MAPPING.replace("start_date", "startdate"), encoding="utf-8")
    extract(tmp_path, GOOD)
    done = imported(run)
    assert done.returncode == 2
    assert "M.toml, rad 14" in done.stderr
    assert "start_date" in done.stderr


def test_messages_come_in_english(run: Run, tmp_path: Path) -> None:
    extract(tmp_path, BAD)
    done = run("import", "--mapping", "M.toml", "insatser.csv", SKILLNAD_LANGUAGE="en")
    assert "All 1 rows are rejected" in done.stderr


def test_without_files_says_what_to_give(run: Run) -> None:
    done = run("import", "--mapping", "M.toml")
    assert (done.returncode, "--watch" in done.stderr) == (2, True)


def test_drop_folder_takes_a_delivery_and_leaves_a_receipt(run: Run, tmp_path: Path) -> None:
    drop = tmp_path / "in"
    drop.mkdir()
    extract(drop, GOOD)
    done = run("import", "--mapping", "M.toml", "--watch", "in", "--once", "--interval", "0.1")
    assert "klar" in done.stdout
    (receipt,) = drop.glob("klara/*/insatser.csv.kvitto.json")
    assert json.loads(receipt.read_text())["new"] == 1
    assert [path.name for path in drop.iterdir() if path.is_file()] == []


def test_drop_folder_sets_a_refused_delivery_aside(run: Run, tmp_path: Path) -> None:
    drop = tmp_path / "in"
    drop.mkdir()
    (drop / "insatser.csv").write_bytes(HEADER.encode())
    run("import", "--mapping", "M.toml", "--watch", "in", "--once", "--interval", "0.1")
    (receipt,) = drop.glob("avvisade/*/insatser.csv.kvitto.txt")
    assert "IMP-002" in receipt.read_text()


def test_suggested_mapping_can_be_checked_and_imported(run: Run, tmp_path: Path) -> None:
    rows = [GOOD.replace("Arende", "Ärende"), "20010203-TF31;A2;I2;2024-01-10;2024-02-01;;12"]
    head = "Personnr;Ärendenr;Insatsnr;Aktualiserad;Startdatum;Slutdatum;Insats"
    (tmp_path / "insatser.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    assert run("mapping", "suggest", "insatser.csv", "--name", "ifo", "--out", "utkast.toml").returncode == 0
    assert "i ordning" in run("mapping", "check", "utkast.toml").stdout
    done = run("import", "--mapping", "utkast.toml", "insatser.csv", "--municipality", "1234 Exempelby")
    assert done.returncode == 0, done.stderr


def test_suggestion_never_writes_over_a_file(run: Run, tmp_path: Path) -> None:
    extract(tmp_path, GOOD)
    done = run("mapping", "suggest", "insatser.csv", "--out", "M.toml")
    assert (done.returncode, (tmp_path / "M.toml").read_text()) == (2, MAPPING)


def test_suggestion_shows_no_identity(run: Run, tmp_path: Path) -> None:
    extract(tmp_path, GOOD)
    assert SECRET not in run("mapping", "suggest", "insatser.csv").stdout


def killed_in_the_middle(folder: Path, environment: dict[str, str]) -> None:
    """Kill an import after its clients and cases are written and before the transaction ends."""
    script = Path(__file__).with_name("import_killed.py")
    with subprocess.Popen([sys.executable, str(script), str(folder)], env=environment) as process:
        deadline = time.monotonic() + 60
        while not (folder / "mitt-i").exists():
            assert process.poll() is None, "the import ended by itself"
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_import_leaves_the_register_as_it_was(
    run: Run, tmp_path: Path, environment: dict[str, str], database: str, request: pytest.FixtureRequest
) -> None:
    if database == "postgresql":
        environment["SKILLNAD_DATABASE_URL"] = request.getfixturevalue("postgresql_url")
    extract(tmp_path, GOOD)
    killed_in_the_middle(tmp_path, environment)
    assert [count(environment, model) for model in ("client", "case", "importrun")] == [0, 0, 0]
    url = {"SKILLNAD_DATABASE_URL": environment["SKILLNAD_DATABASE_URL"]} if database == "postgresql" else {}
    assert run("import", "--mapping", "M.toml", "insatser.csv", **url).returncode == 0
    assert count(environment) == 1
