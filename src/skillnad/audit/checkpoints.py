"""How far the log had come, kept outside the database and sealed by the log's key.

Rows that are cut off at the end of the log leave no trace in it: only against one of these are they missed.
"""

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from skillnad.audit.chain import canonical
from skillnad.audit.keys import installed_keys
from skillnad.lib.errors import UserError

_FORMAT = 1
_NAME = re.compile(r"logg-\d+\.json")
_EACH = timedelta(days=1)


@dataclass(frozen=True)
class Checkpoint:
    """The event that was last: its row, its seal and its moment (ISO 8601, UTC). Row 0 is the empty log."""

    row: int
    mac: str
    at: str = ""


def write_checkpoint(point: Checkpoint, folder: Path) -> Path:
    """Write `point` to a file of its own in `folder`, whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"logg-{point.row:012}.json"
    beside = folder / f".{path.name}.{os.getpid()}"
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"format": _FORMAT, **asdict(point), "seal": _seal(point)}, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path


def read_checkpoint(path: Path) -> Checkpoint:
    """Raises UserError AUD-007 for a file that is no checkpoint, or is not as it was written with this key."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        point = Checkpoint(int(told["row"]), str(told["mac"]), str(told["at"]))
        if told["format"] == _FORMAT and told["seal"] == _seal(point):
            return point
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise UserError.of(
        "AUD-007",
        where=path.name,
        sv="Filen är ingen kontrollpunkt, eller så har den ändrats sedan den skrevs, eller så är den skriven med en "
        "annan nyckelfil. Hämta den från säkerhetskopian, och ta reda på vem som kan skriva i mappen.",
        en="The file is no checkpoint, or it has been changed since it was written, or it was written with other keys. "
        "Restore it from the backup, and find out who can write to the folder.",
    )


def kept_checkpoints(folder: Path) -> list[Path]:
    """The files of `folder`, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def is_due(point: Checkpoint, newest: Checkpoint | None, events: int) -> bool:
    """Whether so many rows, or a day, have come since the newest one."""
    if newest is None or point.row - newest.row >= events:
        return True
    return datetime.fromisoformat(point.at) - datetime.fromisoformat(newest.at) >= _EACH


_newest: dict[Path, Checkpoint] = {}


def keep_up(end: Checkpoint) -> None:
    """Write a checkpoint where one is due: after each day with events, and each SKILLNAD_CHECKPOINT_EVENTS events."""
    folder, events = Path(settings.SKILLNAD_CHECKPOINTS), settings.SKILLNAD_CHECKPOINT_EVENTS
    if not is_due(end, _newest.get(folder), events):
        return
    newest = _read_newest(folder)  # another process may have written one
    if is_due(end, newest, events):
        write_checkpoint(end, folder)
        newest = end
    if newest is not None:
        _newest[folder] = newest


def _read_newest(folder: Path) -> Checkpoint | None:
    """None where there is none, and where the newest is not what was written: the next is then due at once."""
    for path in kept_checkpoints(folder)[-1:]:
        try:
            return read_checkpoint(path)
        except UserError:
            return None
    return None


def _seal(point: Checkpoint) -> str:
    """Over a text that begins with `{`, as no event's does."""
    return installed_keys().audit_mac(canonical({"format": _FORMAT, **asdict(point)}).encode())
