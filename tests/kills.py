"""Work that is killed at random moments, and what it leaves: `python tests/kills.py import|snapshot FOLDER COUNT SEED`.

This process imports what the work needs and forks, so that a kill meets the work and not Python's start. It reads and
writes no data of its own with threads, which a fork would not survive. One JSON object a kill comes out.
"""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ROWS, LATER_ROWS = 2000, 2500
AT = datetime(2026, 11, 1, tzinfo=UTC)
ON_DISK = "on disk"
"""A mark that the work does not say: something of it has reached the disk."""

Say = Callable[[str], None]
Work = Callable[[Say], Any]


def killed(what: str, folder: Path, count: int, seed: int = 1) -> list[dict[str, Any]]:
    """What each of `count` kills left; for tests, which run it as a process of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "DJANGO_SETTINGS_MODULE": "skillnad.config.settings",
        "SKILLNAD_HOME": str(folder),
    }
    environment.pop("SKILLNAD_DATABASE_URL", None)  # SQLite, in a file of its own
    command = [sys.executable, __file__, what, str(folder), str(count), str(seed)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


class Import:
    """A second delivery, with new, changed and unchanged rows, into a register that has the first."""

    marks = (None, "Skriver till registret", ON_DISK)

    def __init__(self, folder: Path) -> None:
        self.folder, self.database, self.first = folder, folder / "skillnad.sqlite3", folder / "first.sqlite3"
        fork(self._prepare)
        self._whole_in_one_file()
        shutil.copy(self.database, self.first)
        self.before = self._dump()
        fork(self.work)
        self.after = self._stored()

    def work(self, say: Say) -> None:
        self._deliver("later", say)

    def restore(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.database}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.first, self.database)

    def left(self) -> str:
        if self._dump() == self.before:
            return "nothing"
        return "everything" if self._stored() == self.after else "a part"

    def again(self) -> None:
        """The same delivery once more, where it is not stored already: it may be, and then changes nothing."""
        if self.left() == "nothing":
            fork(self.work)

    def underway(self, number: int) -> bool:
        """Has anything of the transaction reached the disk?"""
        log = Path(f"{self.database}-wal")
        return log.exists() and log.stat().st_size > 0

    def _prepare(self, say: Say) -> None:
        from django.core.management import call_command

        from benchmarks.importing import MAPPING, write_extract
        from skillnad.audit.keys import ensure_key_file

        (self.folder / "static").mkdir()
        call_command("migrate", verbosity=0)
        ensure_key_file()
        (self.folder / "M.toml").write_text(MAPPING, encoding="utf-8")
        self._write_deliveries(write_extract)
        self._deliver("first", say)

    def _write_deliveries(self, write_extract: Callable[[Path, int], None]) -> None:
        for name in ("first", "later"):
            (self.folder / name).mkdir()
        write_extract(self.folder / "later" / "uttag.csv", LATER_ROWS)
        lines = (self.folder / "later" / "uttag.csv").read_bytes().splitlines(keepends=True)
        told = [re.sub(rb"Utf\xf6rare \d+", b"Annan", line) if n % 7 == 3 else line for n, line in enumerate(lines)]
        (self.folder / "first" / "uttag.csv").write_bytes(b"".join(told[: ROWS + 1]))

    def _deliver(self, name: str, say: Say) -> None:
        from skillnad.register.imports.running import run_import

        extract = self.folder / name / "uttag.csv"
        run_import(self.folder / "M.toml", [extract], by="operator:kills", at=AT, out=self.folder / "out", progress=say)

    def _whole_in_one_file(self) -> None:
        database = sqlite3.connect(self.database)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def _dump(self) -> str:
        database = sqlite3.connect(self.database)
        found = hashlib.sha256("\n".join(database.iterdump()).encode()).hexdigest()
        database.close()
        return found

    def _stored(self) -> dict[str, list[Any]]:
        """What two runs of one delivery have in common: pseudonyms are drawn anew."""
        database = sqlite3.connect(self.database)
        tables = ["client", "case", "intervention", "followup"]
        found = {
            name: database.execute(f"SELECT source_key, row_hash FROM register_{name} ORDER BY 1").fetchall()
            for name in tables
        }
        found["runs"] = database.execute("SELECT rows_new, rows_changed FROM register_importrun ORDER BY id").fetchall()
        found["events"] = database.execute("SELECT action, count(*) FROM audit_auditevent GROUP BY 1").fetchall()
        database.close()
        return found


class Snapshot:
    """The snapshot writer, over a register with one delivery."""

    marks = (None, "register")

    def __init__(self, folder: Path) -> None:
        Import(folder).restore()
        self.home = folder / "snapshots"
        self.order = {
            "database": {"engine": "sqlite", "path": str(folder / "skillnad.sqlite3")},
            "local_codebook": None,
            "as_of": date(2026, 6, 30).isoformat(),
            "at": AT.isoformat(),
            "home": str(self.home),
        }
        fork(self.work)
        self.whole = self._files()

    def work(self, say: Say) -> None:
        from skillnad.snapshots.writer import write_snapshot

        write_snapshot(self.order, progress=say)

    def restore(self) -> None:
        """What a killed writer left stays for the next; a snapshot that was made is taken away."""
        for path in self._seen():
            shutil.rmtree(path)

    def left(self) -> str:
        if not self._seen():
            return "nothing"
        return "everything" if self._files() == self.whole else "a part"

    def again(self) -> None:
        fork(self.work)

    def underway(self, number: int) -> bool:
        """Is there anything of the writer with this process number, and not only what another left?"""
        return (self.home / f".making-{number}").exists()

    def _seen(self) -> list[Path]:
        return [path for path in self.home.glob("*") if not path.name.startswith(".")]

    def _files(self) -> dict[str, str]:
        files = [file for path in self._seen() for file in path.rglob("*") if file.is_file()]
        return {str(file.relative_to(self.home)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def fork(work: Work) -> dict[str, float]:
    """Run `work` to its end; the second at which it said each thing, and `end`."""
    number, told = _forked(work)
    begun, said = time.perf_counter(), {}
    for line in told:
        said.setdefault(line.rstrip("\n"), time.perf_counter() - begun)
    if os.waitpid(number, 0)[1]:
        raise RuntimeError("the work that was left alone did not end well")
    return {**said, "end": time.perf_counter() - begun}


def kill(task: Any, moment: float, mark: str | None) -> dict[str, bool]:
    """Kill the work so many seconds after it came to `mark` (None: began). Not killed is what ended before."""
    number, told = _forked(task.work)
    if mark == ON_DISK:
        while not task.underway(number) and not os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            time.sleep(0.0002)
    elif mark:
        next((line for line in told if line.rstrip("\n") == mark), None)
    time.sleep(moment)
    os.kill(number, signal.SIGKILL)  # not waited for yet, so the number is still its own
    status = os.waitpid(number, 0)[1]
    told.close()
    was_killed = os.WIFSIGNALED(status)
    return {"killed": was_killed, "underway": was_killed and task.underway(number)}


def _forked(work: Work) -> tuple[int, Any]:
    reading, writing = os.pipe()
    number = os.fork()
    if number:
        os.close(writing)
        return number, os.fdopen(reading, encoding="utf-8", newline="\n", errors="replace")
    try:
        work(lambda step: os.write(writing, f"{step}\n".encode()))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def kills(task: Any, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Kills after each of the task's marks in turn, at random moments; each tenth is followed by the work, whole."""
    dice, told = random.Random(seed), [_restored(task) for _ in range(2)][-1]
    told[ON_DISK] = told["end"] - 0.01  # what is on disk is soon whole
    for number in range(count):
        mark = task.marks[number % len(task.marks)]
        moment = dice.uniform(0, told["end"] - (told[mark] if mark else 0))
        task.restore()
        found = {"after": mark, "moment": round(moment, 4), **kill(task, moment, mark)}
        found["left"] = task.left()
        if number % 10 == 9 or number + 1 == count:
            task.again()
            found["again"] = task.left()
        yield found


def _restored(task: Any) -> dict[str, float]:
    task.restore()
    return fork(task.work)


def main(what: str, folder: str, count: str, seed: str) -> None:
    import django

    django.setup()
    import skillnad.register.imports.running
    import skillnad.snapshots.writer  # noqa: F401

    task = {"import": Import, "snapshot": Snapshot}[what](Path(folder))
    for found in kills(task, int(count), int(seed)):
        sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
