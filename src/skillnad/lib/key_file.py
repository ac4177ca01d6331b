"""A key file that changes: which sealing keys it has and since when, a new one, and one that is no longer needed.

Beside the keys themselves the file says `since`, when each began to seal; `prepared`, a key that seals nothing yet; and
`rotating`, that values are being sealed anew for the key that seals. A change is a whole new file in the place of the
old, so that whoever reads meanwhile reads one or the other.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from secrets import token_hex
from typing import Any

from skillnad.lib.errors import UserError
from skillnad.lib.sealing import keys_in, load_key_file, new_key

_KEY_ID_BYTES = 4


@dataclass(frozen=True)
class KeyTold:
    """One sealing key, without the key. `since` is None where nobody wrote it down, and for one that is `prepared`;
    `until` is when another took over, None for the key that seals."""

    name: str
    since: datetime | None
    until: datetime | None
    current: bool
    prepared: bool


@dataclass(frozen=True)
class FileTold:
    """The sealing keys in the order they came; `rotating` is whether a rotation was begun and not ended."""

    keys: tuple[KeyTold, ...]
    rotating: bool

    @property
    def current(self) -> KeyTold:
        return next(key for key in self.keys if key.current)

    @property
    def older(self) -> tuple[KeyTold, ...]:
        """Those that have sealed, and do no longer."""
        return tuple(key for key in self.keys if not key.current and not key.prepared)


def told_of(path: Path) -> FileTold:
    """Raises UserError CONF-011 and CONF-012, as reading the keys does."""
    load_key_file(path)
    content = json.loads(path.read_text())
    since = {name: datetime.fromisoformat(at) for name, at in content.get("since", {}).items()}
    prepared = content.get("prepared")
    names = [name for name in content["sealing"] if name != prepared]
    following = dict(pairwise(names))
    keys = tuple(
        KeyTold(name, since.get(name), since.get(following.get(name, "")), name == content["current"], name == prepared)
        for name in content["sealing"]
    )
    return FileTold(keys, bool(content.get("rotating")))


def prepare_key(path: Path) -> str:
    """Add a key that seals nothing yet, and give its name; the one that is prepared already where there is one."""
    with _changed(path) as content:
        return _prepared(content)


def begin_rotation(path: Path, at: datetime) -> str:
    """From now on a prepared key, or else a new one, seals; the older open what they sealed. Gives its name.

    A rotation that was begun and not ended goes on with the key that it has.
    """
    with _changed(path) as content:
        if not content.get("rotating"):
            name = _prepared(content)
            content["sealing"][name] = content["sealing"].pop(name)  # last in the order
            content |= {"current": name, "rotating": True, "since": {**content.get("since", {}), name: at.isoformat()}}
            del content["prepared"]
        return str(content["current"])


def end_rotation(path: Path) -> None:
    with _changed(path) as content:
        content.pop("rotating", None)


def remove_key(path: Path, name: str) -> None:
    """Take away a key that does not seal. What it has sealed can no longer be read with this file."""
    with _changed(path) as content:
        del content["sealing"][name]
        content.get("since", {}).pop(name, None)


def copy_key_file(path: Path, to: Path) -> None:
    """The file as it is, in a new file that its owner alone can read. Raises UserError KEY-009 where it cannot be."""
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(to, path.read_text(), os.O_EXCL)
    except OSError:
        raise UserError.of(
            "KEY-009",
            where=to.name,
            sv="Kopian av nyckelfilen går inte att skriva här, eller så finns filen redan. Ange med --to en annan "
            "mapp som går att skriva i. Ingen nyckel har tagits bort.",
            en="The copy of the key file cannot be written here, or the file is there already. Name another folder "
            "with --to. No key has been removed.",
        ) from None


def _prepared(content: dict[str, Any]) -> str:
    if not content.get("prepared"):
        content["prepared"] = token_hex(_KEY_ID_BYTES)
        content["sealing"][content["prepared"]] = new_key()
    return str(content["prepared"])


@contextmanager
def _changed(path: Path) -> Iterator[dict[str, Any]]:
    """What the file says, to change; one at a time. Raises UserError CONF-011, CONF-012, KEY-008."""
    path = path.resolve()  # a link stays a link
    try:
        with _alone(path.parent):
            load_key_file(path)
            content = json.loads(path.read_text())
            yield content
            _replace(path, content)
    except OSError:
        raise UserError.of(
            "KEY-008",
            where=path.name,
            sv="Nyckelfilen går inte att skriva. Kör kommandot som den som äger filen, och låt den få skriva i mappen.",
            en="The key file cannot be written. Run the command as the file's owner, who should be let write in its "
            "folder.",
        ) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The folder's own lock: a file of a lock would be somebody's, and the next who comes may be another user."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)  # a power cut does not bring the old file back after something was sealed with a new key
    finally:
        os.close(descriptor)


def _replace(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, indent=2)
    keys_in(text, path)  # nothing that could not be read again takes the file's place
    beside, owner = path.with_name(path.name + ".new"), path.stat()
    _write(beside, text, os.O_TRUNC)
    if os.geteuid() == 0:
        os.chown(beside, owner.st_uid, owner.st_gid)  # the service reads it, whoever rotates
    beside.replace(path)


def _write(path: Path, text: str, flag: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
