"""What every test shares: a home of its own, and a database that is a file (SQLite) or a server's (PostgreSQL)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import servers
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings

from skillnad.audit.triggers import lift_triggers, set_triggers
from skillnad.lib.sealing import create_key_file
from skillnad.organisation.history import triggers as of_history


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: runs on SQLite and again on PostgreSQL")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Everything that the settings put below SKILLNAD_HOME, in a folder of this run."""
    home = tmp_path_factory.mktemp("home")
    (home / "static").mkdir()
    create_key_file(home / "keys.json")
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    with override_settings(
        SKILLNAD_HOME=home,
        SKILLNAD_KEY_FILE=home / "keys.json",
        SKILLNAD_CHECKPOINTS=home / "checkpoints",
        STATIC_ROOT=home / "static",
        CACHES={"default": memory},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # quick; the real one is slow on purpose
    ):
        yield home


@pytest.fixture(autouse=True)
def no_guesses_before(home: Path) -> None:
    """Sign-in attempts are counted in the cache; those of the test before are not this one's."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file and not in memory: locks, WAL and other processes' reading are part of what is tested."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database.setdefault("TEST", {})["NAME"] = name
        connections["default"].settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server of this session's own, for tests that need one whatever the suite runs on."""
    with servers.postgresql() as url:
        yield url


def _empty_the_database(self: Any, original: Any = TransactionTestCase._fixture_teardown) -> None:
    """The log and the tree's history refuse to be emptied, as they should; only between two tests is that lifted."""
    lift_triggers(connection)
    of_history.lift_triggers(connection)
    try:
        original(self)
    finally:
        set_triggers(connection)
        of_history.set_triggers(connection)


TransactionTestCase._fixture_teardown = _empty_the_database  # type: ignore[method-assign]


@pytest.fixture
def browser(client: Any) -> Any:
    """Django's test browser. In this project a client is a person who gets support."""
    return client
