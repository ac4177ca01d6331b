"""The suite's own PostgreSQL: private while it runs, and gone afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import servers

pytestmark = pytest.mark.postgresql


def folder_of(url: str) -> Path:
    return Path(url.partition("?host=")[2])


def setting(url: str, name: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def test_server_is_on_no_network_and_in_a_folder_of_its_own(postgresql_url: str) -> None:
    assert setting(postgresql_url, "listen_addresses") == ""
    assert folder_of(postgresql_url).stat().st_mode & 0o077 == 0


def test_server_speaks_utf_8(postgresql_url: str) -> None:
    assert setting(postgresql_url, "server_encoding") == "UTF8"


def test_nothing_is_left_afterwards() -> None:
    with servers.postgresql() as url:
        number = int((folder_of(url) / "data/postmaster.pid").read_text().splitlines()[0])
        os.kill(number, 0)
    assert not folder_of(url).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_nothing_is_left_after_an_error() -> None:
    seen: list[str] = []

    def fall() -> None:
        with servers.postgresql() as url:
            seen.append(url)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fall()
    assert not folder_of(seen[0]).exists()


def test_command_gets_the_address_and_gives_its_status() -> None:
    script = "import os, sys; sys.exit(7 if os.environ['SKILLNAD_DATABASE_URL'].startswith('postgresql://') else 1)"
    done = subprocess.run([sys.executable, servers.__file__, sys.executable, "-c", script], check=False)
    assert done.returncode == 7


def test_missing_program_says_what_installs_it() -> None:
    with pytest.raises(RuntimeError, match="scripts/debian-packages"):
        servers.binary("no-such-program")
