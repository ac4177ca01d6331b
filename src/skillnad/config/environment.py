"""What the environment says, read once and checked: the names here are documented in docs/settings.md."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from skillnad.lib.errors import UserError
from skillnad.organisation.sign_in.files import SignIn, read_sign_in

MODES = ("demo", "development", "production")


@dataclass(frozen=True)
class Environment:
    """The settings of one installation."""

    mode: str
    home: Path
    database_url: str
    key_file: Path
    secret_key: str
    allowed_hosts: tuple[str, ...]
    local_codebook: Path | None
    local_instruments: Path | None
    https: bool
    checkpoints: Path
    checkpoint_events: int
    backup_recipient: str
    backup_days: int
    sign_in: SignIn
    second_factor: bool

    @property
    def safe(self) -> bool:
        return self.mode == "production"


def read_environment(values: Mapping[str, str] = os.environ) -> Environment:
    """The environment's settings, with the defaults of a single machine. Raises UserError CONF-001 to CONF-004,
    ACC-010 to ACC-019."""
    mode = values.get("SKILLNAD_MODE", "development")
    if mode not in MODES:
        raise UserError.of(
            "CONF-001",
            where="SKILLNAD_MODE",
            sv="Läget är okänt. Skriv demo, development eller production.",
            en="The mode is unknown. Write demo, development or production.",
        )
    home = Path(values.get("SKILLNAD_HOME", "var")).absolute()
    local_codebook, local_instruments = values.get("SKILLNAD_LOCAL_CODEBOOK"), values.get("SKILLNAD_LOCAL_INSTRUMENTS")
    return Environment(
        mode=mode,
        home=home,
        database_url=values.get("SKILLNAD_DATABASE_URL") or f"sqlite:///{quote(str(home))}/skillnad.sqlite3",
        key_file=Path(values.get("SKILLNAD_KEY_FILE") or home / "keys.json").absolute(),
        secret_key=_secret_key(values, mode),
        allowed_hosts=_allowed_hosts(values, mode),
        local_codebook=Path(local_codebook).absolute() if local_codebook else None,
        local_instruments=Path(local_instruments).absolute() if local_instruments else None,
        https=values.get("SKILLNAD_HTTPS", "yes" if mode == "production" else "no") == "yes",
        checkpoints=Path(values.get("SKILLNAD_CHECKPOINTS") or home / "checkpoints").absolute(),
        checkpoint_events=_checkpoint_events(values.get("SKILLNAD_CHECKPOINT_EVENTS", "10000")),
        backup_recipient=values.get("SKILLNAD_BACKUP_RECIPIENT", "").strip(),
        backup_days=_backup_days(values.get("SKILLNAD_BACKUP_DAYS", "2")),
        sign_in=read_sign_in(Path(sign_in) if (sign_in := values.get("SKILLNAD_SIGN_IN")) else None, values),
        second_factor=values.get("SKILLNAD_SECOND_FACTOR", "yes" if mode == "production" else "no") != "no",
    )


def _checkpoint_events(given: str) -> int:
    if given.isascii() and given.isdecimal() and int(given) > 0:
        return int(given)
    raise UserError.of(
        "CONF-016",
        where="SKILLNAD_CHECKPOINT_EVENTS",
        sv="Skriv ett helt tal större än 0: efter så många händelser i loggen skrivs en kontrollpunkt.",
        en="Write a whole number above 0: after so many events of the log a checkpoint is written.",
    )


def _backup_days(given: str) -> int:
    if given.isascii() and given.isdecimal() and int(given) > 0:
        return int(given)
    raise UserError.of(
        "CONF-017",
        where="SKILLNAD_BACKUP_DAYS",
        sv="Skriv ett helt antal dygn större än 0: är den senaste säkerhetskopian äldre säger `skillnad doctor` till.",
        en="Write a whole number of days above 0: where the last backup is older, `skillnad doctor` says so.",
    )


def _secret_key(values: Mapping[str, str], mode: str) -> str:
    given = values.get("SKILLNAD_SECRET_KEY", "")
    if mode == "production" and len(given) < 50:
        raise UserError.of(
            "CONF-002",
            where="SKILLNAD_SECRET_KEY",
            sv="I skarp drift behövs en egen hemlig nyckel på minst 50 tecken. Se docs/settings.md.",
            en="Production needs a secret key of its own, at least 50 characters. See docs/settings.md.",
        )
    # Without one, each start has its own: logins end with the process, and no key known to all signs anything.
    return given or secrets.token_urlsafe(50)


def _allowed_hosts(values: Mapping[str, str], mode: str) -> tuple[str, ...]:
    given = tuple(host.strip() for host in values.get("SKILLNAD_ALLOWED_HOSTS", "").split(",") if host.strip())
    if mode == "production" and (not given or "*" in given):
        raise UserError.of(
            "CONF-003",
            where="SKILLNAD_ALLOWED_HOSTS",
            sv="I skarp drift ska de värdnamn som webbplatsen nås på anges, med komma emellan, och * räcker inte.",
            en="Production needs the host names that the site is reached by, with commas between; * is not enough.",
        )
    return given or ("127.0.0.1", "localhost", "[::1]")


def database_settings(url: str) -> dict[str, object]:
    """Django's DATABASES entry for `sqlite:////var/lib/skillnad.sqlite3` or `postgresql://user:password@host:5432/name`.

    A PostgreSQL socket folder is given as `postgresql://user@/name?host=/run/postgresql&port=5433`. Raises UserError
    CONF-004, which does not repeat the address: it may hold a password.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
            return _sqlite(str(Path(unquote(parts.path[1:])).absolute()))
        if parts.scheme in ("postgresql", "postgres") and parts.path.strip("/"):
            return _postgresql(parts)
    except ValueError:
        pass  # brackets that do not close, a port that is no number
    raise UserError.of(
        "CONF-004",
        where="SKILLNAD_DATABASE_URL",
        sv="Adressen är inte känd. Skriv sqlite:////mapp/fil.sqlite3 eller postgresql://namn@dator/databas.",
        en="The address is not known. Write sqlite:////folder/file.sqlite3 or postgresql://name@host/database.",
    )


def _postgresql(parts: SplitResult) -> dict[str, object]:
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PORT": query.get("port", [str(parts.port or "")])[0],
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: str) -> dict[str, object]:
    """IMMEDIATE, because a transaction that reads first and writes later can lose its place to another and be refused;
    synchronous FULL, so that what was acknowledged survives a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
