from pathlib import Path

import pytest

from skillnad.config.environment import database_settings, read_environment
from skillnad.lib.errors import UserError

PRODUCTION = {"SKILLNAD_MODE": "production", "SKILLNAD_SECRET_KEY": "x" * 50, "SKILLNAD_ALLOWED_HOSTS": "a.se, b.se"}


def test_empty_environment_is_one_machine() -> None:
    here = read_environment({})
    assert (here.mode, here.safe, here.https) == ("development", False, False)
    assert here.home == Path("var").absolute()
    assert here.key_file == here.home / "keys.json"
    assert here.database_url == f"sqlite:///{here.home}/skillnad.sqlite3"
    assert here.local_codebook is here.local_instruments is None
    assert here.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")


def test_everything_may_be_elsewhere() -> None:
    here = read_environment(
        {
            "SKILLNAD_HOME": "/srv/skillnad",
            "SKILLNAD_KEY_FILE": "/etc/skillnad/keys.json",
            "SKILLNAD_DATABASE_URL": "postgresql://db/skillnad",
            "SKILLNAD_LOCAL_CODEBOOK": "/etc/skillnad/codebook",
            "SKILLNAD_LOCAL_INSTRUMENTS": "/etc/skillnad/instruments",
        }
    )
    assert here.home == Path("/srv/skillnad")
    assert here.key_file == Path("/etc/skillnad/keys.json")
    assert here.database_url == "postgresql://db/skillnad"
    assert here.local_codebook == Path("/etc/skillnad/codebook")
    assert here.local_instruments == Path("/etc/skillnad/instruments")


def test_production_that_is_safe_starts() -> None:
    here = read_environment(PRODUCTION)
    assert (here.safe, here.https) == (True, True)
    assert here.allowed_hosts == ("a.se", "b.se")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SKILLNAD_MODE", "prod", "CONF-001"),
        ("SKILLNAD_SECRET_KEY", "", "CONF-002"),
        ("SKILLNAD_SECRET_KEY", "x" * 49, "CONF-002"),
        ("SKILLNAD_ALLOWED_HOSTS", "", "CONF-003"),
        ("SKILLNAD_ALLOWED_HOSTS", "a.se,*", "CONF-003"),
    ],
)
def test_production_that_is_unsafe_does_not_start(name: str, value: str, code: str) -> None:
    with pytest.raises(UserError, match=f"{code} {name}:") as refused:
        read_environment({**PRODUCTION, name: value})
    assert "x" * 40 not in str(refused.value)


def test_secret_key_that_is_not_given_is_new_at_each_start() -> None:
    assert read_environment({}).secret_key != read_environment({}).secret_key
    assert read_environment({"SKILLNAD_SECRET_KEY": "mine"}).secret_key == "mine"


def test_sqlite_address_is_a_path_with_durable_options() -> None:
    database = database_settings("sqlite:////var/lib/skillnad/r%C3%A4tt.sqlite3")
    options = database["OPTIONS"]
    assert database["NAME"] == "/var/lib/skillnad/rätt.sqlite3"
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


def test_default_database_is_in_a_home_of_any_name(tmp_path: Path) -> None:
    home = tmp_path / "50 % å #1?"
    url = read_environment({"SKILLNAD_HOME": str(home)}).database_url
    assert database_settings(url)["NAME"] == str(home / "skillnad.sqlite3")


def test_sqlite_address_may_be_relative() -> None:
    assert database_settings("sqlite:///var/x.sqlite3")["NAME"] == str(Path("var/x.sqlite3").absolute())


def _place(url: str) -> list[object]:
    database = database_settings(url)
    return [database[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://db.internal/skillnad", ["skillnad", "", "", "db.internal", ""]),
        ("postgres://anna:p%40ss@db:5433/skillnad", ["skillnad", "anna", "p@ss", "db", "5433"]),
        ("postgresql://anna@/skillnad?host=/run/postgresql", ["skillnad", "anna", "", "/run/postgresql", ""]),
        ("postgresql:///skillnad?host=/run/pg&port=5434", ["skillnad", "", "", "/run/pg", "5434"]),
        ("postgresql://[::1]:5432/skillnad", ["skillnad", "", "", "::1", "5432"]),
    ],
)
def test_postgresql_address(url: str, place: list[object]) -> None:
    assert _place(url) == place


UNKNOWN = [
    "",
    "mysql://db/x",
    "sqlite://",
    "sqlite://host/x",
    "sqlite:///",
    "postgresql://db",
    "postgresql://db/",
    "postgresql://db:port/x",
    "postgresql://[::1/x",
    "skillnad.db",
]


@pytest.mark.parametrize("url", UNKNOWN)
def test_unknown_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UserError, match="CONF-004 SKILLNAD_DATABASE_URL:") as refused:
        database_settings(url + "#hemligt")
    assert "hemligt" not in str(refused.value)
