"""SQLite: copied by its own backup interface while others read and write, and put in place as one file."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from skillnad.stewardship.backup import problems
from skillnad.stewardship.backup.contents_read import Held, held

NAME = "database.sqlite3"


def copy(database: Path, to: Path) -> Held:
    """The database as it was at one moment, as a file without a log beside it. Raises UserError OPS-014; OSError and
    sqlite3.Error where it cannot be written."""
    try:
        source = sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)
    except sqlite3.Error:
        raise problems.unreachable(database.name) from None
    with closing(source), closing(sqlite3.connect(to)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        return held(target, "sqlite")


def check(file: Path) -> Held:
    """What a copy holds. Raises UserError OPS-011 where SQLite itself finds it broken."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True)) as copied:
            if copied.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise problems.not_whole(NAME)
            return held(copied, "sqlite")
    except sqlite3.DatabaseError:
        raise problems.not_whole(NAME) from None
