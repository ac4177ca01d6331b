"""Opening a backup: to see that it is whole, or to put everything back in an empty place."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyrage import x25519

from skillnad.audit import stored
from skillnad.audit.chain import Sealing
from skillnad.audit.segments import Segment, followed
from skillnad.audit.stored import Database
from skillnad.lib.sealing import Keys
from skillnad.stewardship.backup import archive, postgresql_copy, problems, sqlite_copy
from skillnad.stewardship.backup.contents_read import Held
from skillnad.stewardship.backup.making import check_room, working_folder, writing_to
from skillnad.stewardship.backup.manifest import Manifest

WORKING = ".restoring-"
DATABASE = "skillnad.sqlite3"
Known = frozenset[str]
"""The migrations of the apps that this version has ("register.0001_initial")."""
_EVERY_ROW = (1 << 63) - 1


def check(file: Path, identity: x25519.Identity, keys: Keys, home: Path) -> Manifest:
    """Open all of it in a folder of its own in `home`, look at it, and take it away again.

    Of SQLite the rows are counted and the log is followed; a dump of PostgreSQL is listed: what it holds is seen when
    it is restored. Raises UserError OPS-003 to OPS-005, OPS-007, OPS-009 to OPS-012, OPS-015.
    """
    with writing_to(home), working_folder(home, WORKING) as work:
        manifest = archive.read(file, identity, keys, _places(work))
        if manifest.vendor == "sqlite":
            _same(manifest, sqlite_copy.check(work / sqlite_copy.NAME))
            _check_log(Database("sqlite", {"path": work / sqlite_copy.NAME}), keys)
        else:
            postgresql_copy.check(work / postgresql_copy.NAME)
    return manifest


def restore(
    file: Path, identity: x25519.Identity, keys: Keys, *, home: Path, database: Database, key_file: Path, known: Known
) -> Manifest:
    """Put everything back: the files in `home`, the database where `database` says, both empty before.

    Then every table has the rows that were copied, and the log is whole to the event that was its last: or UserError,
    with nothing left in either. Raises OPS-003 to OPS-007, OPS-009 to OPS-015.
    """
    check_empty(home, key_file)
    with writing_to(home):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with working_folder(home, WORKING) as work:
            manifest = archive.read(file, identity, keys, _places(work, database.vendor, known))
            with _database_back(work, home, database) as found:
                _same(manifest, found)
                _check_log(database, keys)
                for each in sorted(work.iterdir()):
                    each.rename(home / each.name)
    return manifest


def check_empty(home: Path, key_file: Path) -> None:
    """Raises UserError OPS-006: nothing but the key file may be there."""
    if home.exists() and (not home.is_dir() or any(path.absolute() != key_file for path in home.iterdir())):
        raise problems.not_empty(str(home))


def _places(work: Path, vendor: str = "", known: Known = frozenset()) -> Callable[[Manifest], Mapping[str, Path]]:
    """Where each file goes, when the manifest has been seen and found to be of this kind of database and to fit."""

    def place(manifest: Manifest) -> Mapping[str, Path]:
        if vendor and manifest.vendor != vendor:
            raise problems.other_database(manifest.vendor)
        apps = {name.partition(".")[0] for name in known}
        if any(name.partition(".")[0] in apps for name in set(manifest.migrations) - known):
            raise problems.too_new(manifest.version)
        check_room(work, manifest.size)
        return {name: work / name for name in manifest.files}

    return place


@contextmanager
def _database_back(work: Path, home: Path, database: Database) -> Iterator[Held]:
    """What the restored database holds; it is taken away again where the block refuses."""
    if database.vendor == "sqlite":
        path = Path(database.reached["path"])
        found = sqlite_copy.check(work / sqlite_copy.NAME)
        if path.exists():
            raise problems.not_empty(path.name)
        shutil.move(work / sqlite_copy.NAME, path)
        take_away: Callable[[], None] = path.unlink
    else:
        found = postgresql_copy.restore(work / postgresql_copy.NAME, database)
        (work / postgresql_copy.NAME).unlink()
        take_away = lambda: postgresql_copy.empty_again(database)  # noqa: E731 (a pair with the line above)
    try:
        yield found
    except BaseException:
        take_away()
        raise


def _same(manifest: Manifest, found: Held) -> None:
    wanted = Held(dict(manifest.rows), manifest.migrations, manifest.log_end)
    if found != wanted:
        tables = {name for name, _ in wanted.rows.items() ^ found.rows.items()}
        raise problems.not_whole(", ".join(sorted(tables)[:5]) or "django_migrations")


def _check_log(database: Database, keys: Keys) -> None:
    with stored.opened(database) as reading:
        log = followed(reading, database.vendor, Segment(0, _EVERY_ROW, ""), Sealing.by(keys.audit))
    if log.wrong:
        raise problems.not_whole("audit_auditevent")
