"""`skillnad doctor` as whoever runs Skillnad uses it."""

import re
from pathlib import Path

import pytest

from .commands import Done, skillnad

SECRET = "hemligt-" * 8


def doctor(place: Path, **settings: str) -> Done:
    return skillnad("doctor", SKILLNAD_HOME=str(place), **settings)


def told(done: Done) -> list[str]:
    return re.findall(r"^([A-Z]+-\d{3})", done.stdout, re.MULTILINE)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An installation as `keygen` and `backup make` leave it: in order."""
    place = tmp_path / "home"
    place.mkdir(mode=0o700)
    assert skillnad("audit", "verify", SKILLNAD_HOME=str(place)).returncode == 0  # makes the keys and the database
    made = skillnad("backup", "keygen", "--to", str(tmp_path / "secret"))
    recipient = made.stdout.splitlines()[0].partition("=")[2]
    words = ["backup", "make", "--to", str(tmp_path / "b")]
    assert skillnad(*words, SKILLNAD_HOME=str(place), SKILLNAD_BACKUP_RECIPIENT=recipient).returncode == 0
    return place


def test_installation_in_order_is_well(place: Path) -> None:
    done = doctor(place, SKILLNAD_SECRET_KEY=SECRET)
    assert (done.returncode, told(done)) == (0, []), done.stdout
    assert "Inget fel hittades." in done.stdout
    assert SECRET not in done.stdout + done.stderr
    assert re.search(r"^SKILLNAD_HOME +\S+home  \(miljön\)$", done.stdout, re.MULTILINE)
    assert re.search(r"^SKILLNAD_MODE +development  \(förval\)$", done.stdout, re.MULTILINE)


def test_every_fault_is_told_at_once(place: Path) -> None:
    (place / "keys.json").chmod(0o644)
    place.chmod(0o755)
    done = doctor(place, SKILLNAD_DATABASE_URL=f"sqlite:///{place}/none.sqlite3")
    assert (done.returncode, told(done)) == (1, ["CONF-011", "OPS-030", "OPS-020"])
    assert not (place / "none.sqlite3").exists()


def test_production_that_would_not_start_is_told_all_that_is_missing(tmp_path: Path) -> None:
    done = doctor(tmp_path, SKILLNAD_MODE="production", SKILLNAD_BACKUP_DAYS="två")
    assert (done.returncode, sorted(told(done))) == (1, ["CONF-002", "CONF-003", "CONF-017"])
    assert list(tmp_path.iterdir()) == []


def test_start_is_refused_with_all_that_is_missing(tmp_path: Path) -> None:
    done = skillnad("audit", "verify", SKILLNAD_HOME=str(tmp_path), SKILLNAD_MODE="production")
    assert done.returncode == 2
    assert "CONF-002" in done.stderr
    assert "CONF-003" in done.stderr


def test_faults_are_told_in_english_too(tmp_path: Path) -> None:
    done = doctor(tmp_path / "none", SKILLNAD_LANGUAGE="en")
    assert (done.returncode, told(done)) == (1, ["CONF-011", "OPS-031"])
    assert "The folder SKILLNAD_HOME does not exist." in done.stdout
