"""Servers that tests need, private and short-lived. `python tests/servers.py COMMAND…` runs COMMAND with a PostgreSQL.

The server listens to a socket in a folder of its own that nobody else may open, and to no network address.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SECONDS_TO_START = 60


@contextmanager
def postgresql() -> Iterator[str]:
    """The SKILLNAD_DATABASE_URL of a PostgreSQL server that ends, with all its data, with the block."""
    folder = Path(tempfile.mkdtemp(prefix="skillnad-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        initialise = [binary("initdb"), "-D", data, "-U", "postgres", "--no-locale", "--encoding=UTF8", "--auth=trust"]
        subprocess.run([*_not_root(), *initialise, "--no-sync"], check=True, capture_output=True, cwd=folder)
        with _running(folder, data):
            yield f"postgresql://postgres@/skillnad?host={folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path, data: Path) -> Iterator[None]:
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]
    command = [*_not_root(), binary("postgres"), "-D", data, *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _wait_until_ready(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # its word for: end what is under way, then stop
        server.wait(timeout=SECONDS_TO_START)


def _wait_until_ready(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE skillnad")
                return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "log").read_text()) from None
            time.sleep(0.1)


def binary(name: str) -> str:
    """Where `name` is: Debian keeps the server's programs out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    where = str(found[-1]) if found else shutil.which(name)
    if where is None:
        raise RuntimeError(f"{name} is not installed: run scripts/debian-packages")
    return where


def _not_root() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


if __name__ == "__main__":
    with postgresql() as url:
        raise SystemExit(subprocess.call(sys.argv[1:], env={**os.environ, "SKILLNAD_DATABASE_URL": url}))
