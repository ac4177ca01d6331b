"""`skillnad keys` as an operator uses it: processes of their own, one that is killed, and a copy of the database."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from skillnad.lib.errors import UserError
from skillnad.lib.sealing import Keys, load_key_file

from .commands import SECONDS, Done, environment, skillnad

ROWS = 2_500
FILL = f"""
import sys; sys.path.insert(0, sys.argv[1])
from skillnad.cli.service.django_setup import prepare_database, set_up_django
set_up_django(); prepare_database()
import sealed_values
sealed_values.clients(range(1, {ROWS + 1}))
sealed_values.free_answer("a", "Det var bra.")
"""
STOP = """
import sys, time; from pathlib import Path
from skillnad.cli.service.django_setup import prepare_database, set_up_django
set_up_django(); prepare_database()
from datetime import datetime, UTC
from skillnad.stewardship.keys import rotate_keys
def stop(done, of):
    Path(sys.argv[1]).touch()
    time.sleep(600)
rotate_keys(by="operator:test", at=datetime(2026, 3, 2, tzinfo=UTC), progress=stop)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A register whose identities one key has sealed."""
    run(FILL, str(Path(__file__).parents[1]), home=tmp_path)
    return tmp_path


def run(code: str, *words: str, home: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environment(SKILLNAD_HOME=str(home)),
        timeout=SECONDS,
        check=True,
    )


def keys(home: Path, *words: str, **settings: str) -> Done:
    return skillnad("keys", *words, SKILLNAD_HOME=str(home), **settings)


def key_file(home: Path) -> Keys:
    return load_key_file(home / "keys.json")


def asked(database: Path, sql: str) -> list[tuple[int, bytes]]:
    file = sqlite3.connect(database)
    try:
        return file.execute(sql).fetchall()
    finally:
        file.close()


def identities(home: Path) -> list[tuple[int, bytes]]:
    return asked(home / "skillnad.sqlite3", "SELECT pseudonym, identity_sealed FROM register_client")


def under(home: Path, name: str) -> int:
    return sum(sealed[1:5].hex() == name for _, sealed in identities(home))


def killed_in_the_middle(home: Path) -> None:
    mark = home / "mitt-i"
    command = [sys.executable, "-c", STOP, str(mark)]
    process = subprocess.Popen(command, env=environment(SKILLNAD_HOME=str(home)))
    try:
        ends = time.monotonic() + SECONDS
        while not mark.exists() and process.poll() is None and time.monotonic() < ends:
            time.sleep(0.05)
        assert mark.exists()
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def a_day_later(home: Path) -> None:
    """As if the keys had been changed the day before."""
    path = home / "keys.json"
    content = json.loads(path.read_text())
    content["since"] = dict.fromkeys(content["since"], "2026-01-02T03:04:05+00:00")
    path.write_text(json.dumps(content))


def test_rotation_that_is_killed_goes_on_when_it_is_run_again(home: Path) -> None:
    old = key_file(home).current
    killed_in_the_middle(home)
    new = key_file(home).current
    assert (under(home, old), under(home, new)) == (ROWS - 1_000, 1_000)
    assert "påbörjat och inte klart" in keys(home, "status").stdout
    done = keys(home, "rotate")
    assert done.returncode == 0, done.stderr
    assert f"Förseglade på nytt: {ROWS - 1_000 + 1}." in done.stdout
    assert (under(home, new), key_file(home).current) == (ROWS, new)
    assert {key_file(home).unseal(sealed, row) for row, sealed in identities(home)} == {
        f"20010203-T{row:05}" for row in range(1, ROWS + 1)
    }


def test_old_copy_of_the_database_does_not_open_after_the_key_is_retired(home: Path, tmp_path: Path) -> None:
    old = key_file(home).current
    shutil.copytree(home, tmp_path / "kopia")
    assert keys(home, "rotate").returncode == 0
    a_day_later(home)
    done = keys(home, "retire", old, "--to", str(tmp_path / "arkiv"))
    assert done.returncode == 0, done.stderr
    shutil.copy(home / "keys.json", tmp_path / "kopia" / "keys.json")
    for row, sealed in identities(tmp_path / "kopia")[:3]:
        with pytest.raises(UserError, match="CONF-013"):
            key_file(home).unseal(sealed, row)
    refused = keys(tmp_path / "kopia", "rotate")
    assert (refused.returncode, "KEY-002" in refused.stderr, old in refused.stderr) == (2, True, True)
    shutil.copy(next((tmp_path / "arkiv").iterdir()), tmp_path / "kopia" / "keys.json")
    assert keys(tmp_path / "kopia", "rotate").returncode == 0


def test_status_tells_keys_and_values_and_shows_no_key(home: Path) -> None:
    done = keys(home, "status")
    heads, row = done.stdout.splitlines()
    assert heads.split() == [
        "nyckel",
        "sedan",
        "läge",
        "identiteter",
        "svar",
        "i",
        "fritext",
        "nycklar",
        "till",
        "engångskoder",
    ]
    assert row.split()[0] == key_file(home).current
    assert row.split()[-5:] == ["förseglar", "nytt", str(ROWS), "1", "0"]
    secrets = json.loads((home / "keys.json").read_text())
    assert not any(secret in done.stdout for secret in (*secrets["sealing"].values(), secrets["index"]))


def test_status_tells_of_keys_that_the_file_lacks(home: Path) -> None:
    old = key_file(home).current
    (home / "keys.json").unlink()
    missing = keys(home, "status")
    assert (missing.returncode, "CONF-011" in missing.stderr) == (2, True)
    assert keys(home, "create").stderr.startswith("KEY-001 keys.json")
    assert not (home / "keys.json").exists()
    run(
        "from pathlib import Path; from skillnad.lib.sealing import create_key_file; import sys;"
        "create_key_file(Path(sys.argv[1]))",
        str(home / "keys.json"),
        home=home,
    )
    (told,) = [line for line in keys(home, "status").stdout.splitlines() if line.startswith(old)]
    assert told.split() == [old, "SAKNAS", "i", "nyckelfilen", str(ROWS), "1", "0"]


def test_production_begins_with_keys_that_an_operator_makes(tmp_path: Path) -> None:
    settings = {
        "SKILLNAD_MODE": "production",
        "SKILLNAD_SECRET_KEY": "en hemlighet som bara finns i det här provet, och är lång nog",
        "SKILLNAD_ALLOWED_HOSTS": "uppfoljning.exempelby.se",
        "SKILLNAD_KEY_FILE": str(tmp_path / "etc" / "keys.json"),
    }
    done = keys(tmp_path / "home", "create", **settings)
    assert done.returncode == 0, done.stderr
    assert "etc/keys.json" in done.stdout
    assert (tmp_path / "etc" / "keys.json").stat().st_mode & 0o777 == 0o600
    again = keys(tmp_path / "home", "create", **settings)
    assert (again.returncode, "CONF-010" in again.stderr) == (2, True)
    assert skillnad("audit", "verify", SKILLNAD_HOME=str(tmp_path / "home"), **settings).returncode == 0


def test_key_is_prepared_and_then_used(home: Path) -> None:
    old = key_file(home).current
    assert "förseglar inget än" in keys(home, "rotate", "--prepare").stdout
    assert key_file(home).current == old
    assert "väntar på rotate" in keys(home, "status").stdout
    assert keys(home, "rotate").returncode == 0
    assert keys(home, "rotate", "--reseal").stdout.startswith("Förseglade på nytt: 0.")
    assert len(key_file(home).sealing) == 2


def test_refusal_of_a_key_is_in_the_readers_language(home: Path) -> None:
    done = keys(home, "retire", key_file(home).current, "--to", str(home / "arkiv"), SKILLNAD_LANGUAGE="en")
    assert done.returncode == 2
    assert "KEY-005" in done.stderr
    assert "The key seals new values" in done.stderr


def test_value_that_does_not_open_is_told_and_the_rest_is_done(home: Path) -> None:
    file = sqlite3.connect(home / "skillnad.sqlite3")
    with file:
        file.execute("UPDATE register_client SET pseudonym = 999999 WHERE pseudonym = 1")
    file.close()
    done = keys(home, "rotate")
    assert done.returncode == 2
    assert f"Förseglade på nytt: {ROWS}." in done.stdout
    assert done.stderr.splitlines()[-1].startswith("KEY-003 Antal värden som inte går att öppna: 1.")
