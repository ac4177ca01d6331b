"""Making a backup: copy the database at one moment, then what must last of the home, and encrypt it all into one file.

The ledgers are copied after the database and under their own locks, so that whatever the database says was published
stands in them.
"""

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyrage import x25519

from skillnad import __version__
from skillnad.audit.stored import Database
from skillnad.lib.errors import UserError
from skillnad.lib.locks import file_lock
from skillnad.lib.sealing import Keys
from skillnad.stewardship.backup import archive, contents, postgresql_copy, problems, sqlite_copy
from skillnad.stewardship.backup.contents_read import Held
from skillnad.stewardship.backup.manifest import Manifest, Stored, sealed

WORKING = ".backup-"
SUFFIX = ".age"


@dataclass(frozen=True)
class Installation:
    """What is backed up. `local` has the keys of `contents.LOCAL`: the municipality's own codebook and instruments."""

    home: Path
    database: Database
    keys: Keys
    local: dict[str, Path | None]


def make(here: Installation, to: Path, recipient: x25519.Recipient, at: datetime) -> tuple[Path, Manifest]:
    """Write a backup in the folder `to`, whole or not at all. Raises UserError OPS-007 to OPS-010, OPS-014, OPS-015."""
    name = f"skillnad-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"
    beside = to / f".{name}"
    with writing_to(to), working_folder(here.home, WORKING) as work:
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        found, files = _gathered(here, work)
        manifest = _manifest(here, found, at, {name: archive.stored(path) for name, path in files.items()})
        check_room(to, manifest.size)
        try:
            members = {name: (path, manifest.files[name]) for name, path in files.items()}
            archive.write(beside, sealed(manifest, here.keys), members, recipient)
            beside.rename(to / name)
        finally:
            beside.unlink(missing_ok=True)
    return to / name, manifest


def _gathered(here: Installation, work: Path) -> tuple[Held, dict[str, Path]]:
    """What the database holds, and every file by its name in the archive: copies of those that change."""
    if here.database.vendor == "sqlite":
        source = here.database.reached["path"]
        check_room(work, source.stat().st_size if source.exists() else 0)
        files = {sqlite_copy.NAME: work / sqlite_copy.NAME}
        found = sqlite_copy.copy(source, work / sqlite_copy.NAME)
    else:
        files = {postgresql_copy.NAME: work / postgresql_copy.NAME}
        found = postgresql_copy.copy(here.database, work / postgresql_copy.NAME)
    for name, path in contents.lasting(here.home, here.local):
        files[name] = _ledger(path, work) if path.match(contents.LEDGERS) else path
    return found, files


def _ledger(path: Path, work: Path) -> Path:
    with file_lock(path.with_suffix(".lock")):
        shutil.copyfile(path, work / path.name)
    return work / path.name


def _manifest(here: Installation, found: Held, at: datetime, files: dict[str, Stored]) -> Manifest:
    return Manifest(
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        version=__version__,
        vendor=here.database.vendor,
        rows=found.rows,
        migrations=found.migrations,
        log_end=found.log_end,
        files=files,
    )


def check_room(folder: Path, wanted: int) -> None:
    """Raises UserError OPS-007 where the disk of the folder cannot take so many bytes more."""
    if shutil.disk_usage(folder).free < wanted:
        raise problems.no_room(str(folder), wanted)


@contextmanager
def working_folder(home: Path, prefix: str) -> Iterator[Path]:
    """An empty folder of our own in the home, where a copy of the database is no more open than the database is. What a
    killed process left is taken away by the next one."""
    for left in home.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def writing_to(where: Path) -> Iterator[None]:
    """The system's refusals as problems of ours: OPS-007 where it is full, OPS-015 where it may not be written to."""
    try:
        yield
    except OSError as error:
        raise _refused(error.errno, where) from None
    except sqlite3.OperationalError as error:
        raise _refused(errno.ENOSPC if "full" in str(error) else errno.EACCES, where) from None


def _refused(number: int | None, where: Path) -> UserError:
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return problems.no_room(str(where))
    return problems.not_writable(f"{where} ({os.strerror(number)})" if number else str(where))
