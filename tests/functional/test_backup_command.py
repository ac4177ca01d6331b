"""`skillnad backup` as whoever runs Skillnad uses it: processes of their own, from one machine's home to another's."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from .commands import SECONDS, Done, environment, skillnad

FILL = """
import sys; sys.path.insert(0, sys.argv[1])
from skillnad.cli.service.django_setup import prepare_database, set_up_django
set_up_django(); prepare_database()
import people
people.cecilia()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return filled(tmp_path / "home")


def filled(home: Path, **settings: str) -> Path:
    home.mkdir()
    words = [sys.executable, "-c", FILL, str(Path(__file__).parents[1])]
    subprocess.run(words, env=environment(SKILLNAD_HOME=str(home), **settings), timeout=SECONDS, check=True)
    (home / "ledger-0a.jsonl").write_text("{}\n")
    return home


def backup(home: Path, *words: str, **settings: str) -> Done:
    return skillnad("backup", *words, SKILLNAD_HOME=str(home), **settings)


@pytest.fixture
def recipient(home: Path, tmp_path: Path) -> str:
    name, _, public = backup(home, "keygen", "--to", str(tmp_path / "secret")).stdout.splitlines()[0].partition("=")
    assert name == "SKILLNAD_BACKUP_RECIPIENT"
    return public


def made(home: Path, recipient: str, **settings: str) -> Path:
    done = backup(home, "make", "--to", str(home.parent / "b"), SKILLNAD_BACKUP_RECIPIENT=recipient, **settings)
    assert done.returncode == 0, done.stderr
    assert f"Inte med, med avsikt: {home / 'keys.json'}" in done.stdout
    return Path(done.stdout.splitlines()[0])


def opened(command: str, file: Path, *words: str, **settings: str) -> Done:
    secret = ["--identity", str(file.parents[1] / "secret")]
    return backup(file.parents[1] / "home", command, str(file), *secret, *words, **settings)


def rows(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / "skillnad.sqlite3")) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: file.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def new_place(home: Path) -> Path:
    new = home.parent / "new"
    new.mkdir(mode=0o700)
    shutil.copy(home / "keys.json", new)
    return new


def test_backup_is_made_checked_and_restored_elsewhere(home: Path, recipient: str) -> None:
    before, new = rows(home), new_place(home)
    file = made(home, recipient)
    assert "Säkerhetskopian är hel" in opened("check", file).stdout
    done = opened("restore", file, "--into", str(new))
    assert done.returncode == 0, done.stderr
    assert rows(new) == before | {"audit_auditevent": before["audit_auditevent"] + 1}  # that it was restored
    assert "Loggen är hel" in skillnad("audit", "verify", SKILLNAD_HOME=str(new)).stdout


def test_backup_without_its_key_file_is_not_restored(home: Path, recipient: str, tmp_path: Path) -> None:
    done = opened("restore", made(home, recipient), "--into", str(tmp_path / "new"))
    assert (done.returncode, "CONF-011 keys.json" in done.stderr) == (2, True)
    assert not (tmp_path / "new").exists()


def test_backup_of_another_installation_is_refused(home: Path, recipient: str, tmp_path: Path) -> None:
    other = filled(tmp_path / "other")
    new = new_place(other)
    done = opened("restore", made(home, recipient), "--into", str(new))
    assert (done.returncode, "OPS-004" in done.stderr) == (2, True)
    assert [path.name for path in new.iterdir()] == ["keys.json"]


def test_damaged_backup_is_refused_with_what_to_do(home: Path, recipient: str) -> None:
    file = made(home, recipient)
    os.truncate(file, file.stat().st_size - 1)
    done = opened("check", file)
    assert (done.returncode, f"OPS-003 {file.name}: " in done.stderr) == (2, True)


def test_home_that_is_not_empty_is_refused(home: Path, recipient: str) -> None:
    before = rows(home)
    done = opened("restore", made(home, recipient), "--into", str(home))
    assert (done.returncode, "OPS-006" in done.stderr) == (2, True)
    assert rows(home) == before | {"audit_auditevent": before["audit_auditevent"] + 1}  # that it was made


def test_backup_without_a_recipient_is_refused(home: Path, tmp_path: Path) -> None:
    done = backup(home, "make", "--to", str(tmp_path / "b"))
    assert (done.returncode, "OPS-001 SKILLNAD_BACKUP_RECIPIENT" in done.stderr) == (2, True)


def test_secret_key_is_never_shown(home: Path, tmp_path: Path) -> None:
    done = backup(home, "keygen", "--to", str(tmp_path / "secret"))
    assert "AGE-SECRET-KEY" not in done.stdout + done.stderr


@pytest.mark.postgresql
def test_backup_of_postgresql_is_restored_to_an_empty_database(
    postgresql_url: str, recipient: str, home: Path, tmp_path: Path
) -> None:
    kept, other = (postgresql_url.replace("/skillnad?", f"/{name}?") for name in ("kept", "other"))
    with psycopg.connect(postgresql_url, autocommit=True) as server:  # which others have written in too
        server.execute("CREATE DATABASE kept")
        server.execute("CREATE DATABASE other")
    shutil.rmtree(home)
    filled(home, SKILLNAD_DATABASE_URL=kept)
    file, new = made(home, recipient, SKILLNAD_DATABASE_URL=kept), new_place(home)
    done = opened("restore", file, "--into", str(new), SKILLNAD_DATABASE_URL=other)
    assert done.returncode == 0, done.stderr
    told = skillnad("audit", "verify", SKILLNAD_HOME=str(new), SKILLNAD_DATABASE_URL=other)
    assert "Loggen är hel" in told.stdout, told.stderr
