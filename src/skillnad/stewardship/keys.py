"""The keys of an installation: made, told of, changed for new ones, and taken away when nothing needs them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from skillnad.audit.actions import record
from skillnad.audit.models import AuditEvent
from skillnad.audit.writing import writing
from skillnad.lib.key_file import (
    FileTold,
    begin_rotation,
    copy_key_file,
    end_rotation,
    prepare_key,
    remove_key,
    told_of,
)
from skillnad.lib.sealing import create_key_file, load_key_file
from skillnad.stewardship import keys_problems as problems
from skillnad.stewardship.keys_resealing import Resealed, reseal
from skillnad.stewardship.keys_sealed import Counts, sealed_counts

PURPOSE = "security"
LONGEST_WORK = timedelta(hours=24)
"""What took the old keys in hand before a rotation, such as an import, has ended after so long; so has every login."""


@dataclass(frozen=True)
class KeysStatus:
    """`values` has how many values each key has sealed, also keys that the file lacks."""

    file: FileTold
    values: Counts

    def sealed_by(self, name: str) -> int:
        return sum(counts.get(name, 0) for counts in self.values.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys that stored values need and the file lacks."""
        used = {name for counts in self.values.values() for name in counts}
        return tuple(sorted(used - {key.name for key in self.file.keys}))


def keys_status() -> KeysStatus:
    """Raises UserError CONF-011, CONF-012 (the key file)."""
    return KeysStatus(told_of(_file()), sealed_counts())


def create_keys(*, by: str, at: datetime) -> None:
    """Make the key file. Raises UserError CONF-010 where there is one, KEY-001 where the database has what other keys
    sealed: those are what it needs."""
    path = _file()
    if not path.exists() and (AuditEvent.objects.exists() or any(sealed_counts().values())):
        raise problems.other_keys(path.name)
    create_key_file(path, at)
    with writing():
        record(by=by, at=at, action="keys.created", purpose=PURPOSE, details={"key": told_of(path).current.name})


def prepare_keys(*, by: str, at: datetime) -> str:
    """Give the file a key that seals nothing yet, to be carried to other machines first. Gives its name."""
    name = prepare_key(_file())
    with writing():
        record(by=by, at=at, action="keys.prepared", purpose=PURPOSE, details={"key": name})
    return name


def rotate_keys(
    *, by: str, at: datetime, new_key: bool = True, progress: Callable[[int, int], None] = lambda done, of: None
) -> Resealed:
    """Let a new key seal, and seal everything that is stored anew with it, while others read and write. One that was
    interrupted goes on where it was; `progress` is told how many values of how many are done. Without `new_key` the
    one that seals already stays.

    Raises UserError KEY-002 where the file lacks a key that values need (nothing is changed then), KEY-008.
    """
    path, before = _file(), keys_status()
    if before.missing:
        count = sum(before.sealed_by(name) for name in before.missing)
        raise problems.keys_missing(path.name, before.missing, count)
    if new_key and not before.file.rotating:
        _begin(path, by=by, at=at)
    key = told_of(path).current.name
    older = [each.name for each in told_of(path).older]
    done = reseal(load_key_file(path), older, sum(before.sealed_by(name) for name in older), progress)
    _resealed(path, key, done, by=by, at=at)
    return done


def _begin(path: Path, *, by: str, at: datetime) -> None:
    with writing():
        record(by=by, at=at, action="keys.rotated", purpose=PURPOSE, details={"key": begin_rotation(path, at)})


def _resealed(path: Path, key: str, done: Resealed, *, by: str, at: datetime) -> None:
    """A rotation with values left that could be sealed anew is not ended: the next run goes on with it."""
    details = {"key": key, "values": done.values, "left": done.left, "unreadable": done.unreadable}
    with writing():
        record(by=by, at=at, action="keys.resealed", purpose=PURPOSE, details=details)
    if done.left <= done.unreadable:
        end_rotation(path)


def retire_key(*, name: str, to: Path, by: str, at: datetime) -> Path:
    """Take a key that seals nothing more out of the file; a copy of the file as it was is put in the folder `to`, for
    the backups that need it. Gives the copy's path.

    Raises UserError KEY-004 to KEY-007 where the key is to stay, KEY-008 and KEY-009 (the files).
    """
    path = _file()
    with writing():  # nobody seals meanwhile, on SQLite
        _check_may_go(keys_status(), name, at)
        copy = to / f"{path.stem}-{at:%Y-%m-%d}-{name}{path.suffix}"
        copy_key_file(path, copy)
        record(by=by, at=at, action="keys.retired", purpose=PURPOSE, details={"key": name})
        remove_key(path, name)  # last: where it fails, the log says nothing either
    return copy


def _check_may_go(status: KeysStatus, name: str, at: datetime) -> None:
    key = next((key for key in status.file.keys if key.name == name), None)
    if key is None:
        raise problems.no_such_key(name)
    if key.current or key.prepared:
        raise problems.still_sealing(name)
    if count := status.sealed_by(name):
        raise problems.still_needed(name, count)
    if key.until and at - key.until < LONGEST_WORK:
        raise problems.too_soon(name, key.until + LONGEST_WORK)


def _file() -> Path:
    return Path(settings.SKILLNAD_KEY_FILE)
