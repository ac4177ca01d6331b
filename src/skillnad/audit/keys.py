"""The keys of this installation: read once a process, and again when their file is another, since keys are rotated."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from skillnad.audit.chain import Sealing
from skillnad.lib.errors import UserError
from skillnad.lib.sealing import Keys, create_key_file, load_key_file


def installed_keys() -> Keys:
    """The keys of the file that SKILLNAD_KEY_FILE names. Raises UserError CONF-011, CONF-012."""
    path = Path(settings.SKILLNAD_KEY_FILE)
    try:
        now = path.stat()
    except OSError:
        return load_key_file(path)  # tells what is wrong
    return _read(path, now.st_mtime_ns, now.st_ino)


def log_sealing() -> Sealing:
    """What seals the log of this installation."""
    return Sealing.by(installed_keys().audit)


def ensure_key_file() -> None:
    """Make the key file where there is none. In production an operator does it, once, knowing where the backup is:
    raises UserError CONF-015 there."""
    path = Path(settings.SKILLNAD_KEY_FILE)
    if path.exists():
        return
    if settings.SKILLNAD_MODE == "production":
        raise UserError.of(
            "CONF-015",
            where="SKILLNAD_KEY_FILE",
            sv="Nyckelfilen finns inte, och i skarp drift skapas ingen av sig själv. Lägg tillbaka den från "
            "säkerhetskopian, eller kör skillnad keys create till en ny databas (docs/nycklar.md).",
            en="The key file does not exist, and production makes none by itself. Restore it from the backup, or run "
            "skillnad keys create for a new database (docs/nycklar.md).",
        )
    create_key_file(path, timezone.now())


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _file: int) -> Keys:
    return load_key_file(path)
