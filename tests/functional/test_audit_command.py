"""`skillnad audit` as whoever runs Skillnad uses it: processes of their own, and a store that is tampered with."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from .commands import SECONDS, SKILLNAD, Done, environment, skillnad

NUMBER = "20010203-TK01"
FILL = """
import sys; sys.path.insert(0, sys.argv[1])
from skillnad.cli.service.django_setup import prepare_database, set_up_django
set_up_django(); prepare_database()
import people
from skillnad.audit.actions import record
from skillnad.audit.keys import installed_keys
anna, cecilia = people.anna(), people.cecilia(identity_index=installed_keys().blind_index("20010203TK01"))
for number in range(3):
    record(by=anna.actor, at=people.NOW, action="client.read", purpose="follow_up", subject_kind="client",
           subjects=[cecilia.pseudonym])
record(by="operator:import", at=people.NOW, action="register.import", people=[cecilia.pseudonym, 5])
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tests = str(Path(__file__).parents[1])
    subprocess.run(
        [sys.executable, "-c", FILL, tests], env=environment(SKILLNAD_HOME=str(tmp_path)), timeout=SECONDS, check=True
    )
    return tmp_path


def audit(home: Path, *words: str) -> Done:
    return skillnad("audit", *words, SKILLNAD_HOME=str(home), SKILLNAD_MODE="development")


def tamper(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "skillnad.sqlite3") as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute(statement)
    file.close()


def asked_of(home: Path, number: str) -> Done:
    return subprocess.run(
        [*SKILLNAD, "audit", "person"],
        env=environment(SKILLNAD_HOME=str(home)),
        input=f"{number}\n",
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def test_whole_log_is_said_to_be_whole(home: Path) -> None:
    done = audit(home, "verify")
    assert done.returncode == 0, done.stderr
    assert "Loggen är hel" in done.stdout
    assert "1 kontrollpunkter" in done.stdout  # the one that the first event wrote by itself


def test_changed_log_is_refused_with_the_place(home: Path) -> None:
    tamper(home, "UPDATE audit_auditevent SET \"by\" = 'account:99' WHERE action = 'client.read'")
    done = audit(home, "verify")
    assert done.returncode == 2
    assert done.stderr.count("AUD-001 logg, händelse") == 3


def test_log_that_is_cut_is_told_by_a_checkpoint_that_was_kept(home: Path, tmp_path: Path) -> None:
    kept = audit(home, "checkpoint", "--to", str(tmp_path / "elsewhere")).stdout.strip()
    tamper(home, "DELETE FROM audit_auditsubject WHERE event_id = (SELECT max(id) FROM audit_auditevent)")
    tamper(home, "DELETE FROM audit_auditevent WHERE id = (SELECT max(id) FROM audit_auditevent)")
    done = audit(home, "verify", "--since", kept)
    assert done.returncode == 2
    assert "AUD-006" in done.stderr
    assert "AUD-00" not in audit(home, "verify").stderr


def test_checkpoint_that_was_tampered_with_is_told(home: Path) -> None:
    (path,) = (home / "checkpoints").iterdir()
    path.write_text(json.dumps({**json.loads(path.read_text()), "row": 1_000_000}))
    done = audit(home, "verify")
    assert done.returncode == 2
    assert f"AUD-007 {path.name}" in done.stderr


def test_person_is_told_who_when_why_and_what(home: Path) -> None:
    told = asked_of(home, NUMBER).stdout
    assert told.count("uppgifter om personen lästes  (uppföljning, utvärdering och kvalitetssäkring)") == 3
    assert "2026-03-02 10:30  anna" in told
    assert "driften (import)  uppgifter lästes in ur ett verksamhetssystem" in told
    assert "TK01" not in told


def test_extract_is_in_the_next_extract(home: Path) -> None:
    assert "loggutdrag" not in asked_of(home, NUMBER).stdout
    assert "ett loggutdrag gjordes" in asked_of(home, "010203-TK01").stdout


def test_number_of_nobody_is_answered_and_logged(home: Path) -> None:
    done = asked_of(home, "19991231-T999")
    assert "Ingen i registret har det numret" in done.stdout
    with sqlite3.connect(home / "skillnad.sqlite3") as file:
        last = file.execute("SELECT action, subjects, details FROM audit_auditevent ORDER BY id DESC").fetchone()
    file.close()
    assert last[:2] == ("log.extract", "[]")
    assert "T999" not in str(last)


def test_number_is_no_argument(home: Path) -> None:
    done = skillnad("audit", "person", NUMBER, SKILLNAD_HOME=str(home))
    assert done.returncode == 2
    assert NUMBER not in done.stdout


def test_check_of_the_log_is_made_for_the_month_that_was_asked_for(home: Path) -> None:
    done = audit(home, "review", "--from", "2026-03-01", "--to", "2026-03-31", "--draw", "2")
    assert "Loggkontroll 2026-03-01–2026-03-31: 2 att bedöma, ur 3 läsningar. Frö: " in done.stdout, done.stderr


def test_own_number_is_asked_for_and_finds_the_own_record(home: Path) -> None:
    asked = subprocess.run(
        [*SKILLNAD, "audit", "own", "anna"],
        env=environment(SKILLNAD_HOME=str(home)),
        input=f"{NUMBER}\n",
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    done = audit(home, "review", "--from", "2026-03-01", "--to", "2026-03-31", "--draw", "0")
    assert "1 att bedöma" in done.stdout


def test_number_of_no_login_is_not_asked_for(home: Path) -> None:
    done = audit(home, "own", "ingen")
    assert (done.returncode, "AUD-024" in done.stderr) == (2, True)
