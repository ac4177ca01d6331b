"""The keys of this installation, read once a process."""

from functools import cache
from pathlib import Path

from django.conf import settings

from skillnad.audit.chain import Sealing
from skillnad.lib.errors import UserError
from skillnad.lib.sealing import Keys, create_key_file, load_key_file


def installed_keys() -> Keys:
    """The keys of the file that SKILLNAD_KEY_FILE names."""
    return _read(Path(settings.SKILLNAD_KEY_FILE))


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
            sv="Nyckelfilen finns inte, och i skarp drift skapas ingen av sig själv. Se docs/settings.md.",
            en="The key file does not exist, and production makes none by itself. See docs/settings.md.",
        )
    create_key_file(path)


@cache
def _read(path: Path) -> Keys:
    return load_key_file(path)
