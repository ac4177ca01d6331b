"""The one place where a write transaction begins."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.db import connection, transaction

from skillnad.lib.locks import file_lock


@contextmanager
def writing() -> Iterator[None]:
    """All or nothing, one writer at a time: `with writing():`, or `@writing()` on an action.

    SQLite sleeps and polls where it is locked, so writers queue at a file beside the database first; PostgreSQL needs
    no queue. Within a transaction that is under way this is a savepoint of it.
    """
    with _turn(), transaction.atomic():
        yield


@contextmanager
def _turn() -> Iterator[None]:
    outermost = connection.vendor == "sqlite" and not connection.in_atomic_block
    name = str(connection.settings_dict["NAME"])
    in_file = outermost and name and not name.startswith(("file:", ":memory:"))
    with file_lock(Path(f"{name}.lock")) if in_file else nullcontext():
        yield
