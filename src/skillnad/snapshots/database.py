"""Rows of the register's tables as frames, over ADBC, in one read transaction.

Only the writer's own process may import this: a second SQLite library in a process that writes through Django's
loses data (docs/adr/0010-the-snapshot-writer-has-a-process-of-its-own.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import polars as pl
from adbc_driver_manager import Error as DatabaseError

from skillnad.lib.errors import UserError

POSTGRESQL_READ = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL datestyle TO 'ISO, YMD'",
    "SET LOCAL row_security TO off",  # whoever would be shown a part of the people is refused, and counts nobody
)


class Database(Protocol):
    """Something that answers a query with an Arrow table; every query sees the same moment."""

    def fetch(self, query: str) -> Any: ...


class _Adbc:
    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def fetch(self, query: str) -> Any:
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetch_arrow_table()


@contextmanager
def read_transaction(settings: Mapping[str, str]) -> Iterator[Database]:
    """One read transaction on `settings`: {"engine": "sqlite", "path"} or {"engine": "postgresql", "conninfo"}.

    Raises UserError SNAP-022 where the database does not answer; the message never has the address or a password.
    """
    try:
        with _connect(settings) as connection:
            yield _Adbc(connection)
    except DatabaseError:
        raise UserError.of(
            "SNAP-022",
            sv="Registret gick inte att läsa. Kontrollera SKILLNAD_DATABASE_URL, att databasen är igång och att "
            "tabellerna finns (`python -m django migrate`).",
            en="The register could not be read. Check SKILLNAD_DATABASE_URL, that the database is running and that "
            "its tables exist (`python -m django migrate`).",
        ) from None


def _connect(settings: Mapping[str, str]) -> Any:
    if settings["engine"] == "sqlite":
        # mode=ro: a snapshot never makes or changes the file that it reads
        return adbc_driver_sqlite.dbapi.connect(Path(settings["path"]).absolute().as_uri() + "?mode=ro")
    connection = adbc_driver_postgresql.dbapi.connect(settings["conninfo"])
    with connection.cursor() as cursor:
        for statement in POSTGRESQL_READ:
            cursor.execute(statement)
    return connection


def select(database: Database, table: str, texts: Sequence[str], integers: Sequence[str]) -> pl.DataFrame:
    """`table` with `texts` as String ("" where null) and `integers` as Int64 (0 where null).

    Both are made in SQL, because the SQLite driver takes a column's type from the first values that it meets.
    """
    columns = [f'COALESCE(CAST("{name}" AS TEXT), \'\') AS "{name}"' for name in texts]
    columns += [f'COALESCE(CAST("{name}" AS BIGINT), 0) AS "{name}"' for name in integers]
    found = database.fetch(f'SELECT {", ".join(columns)} FROM "{table}"')  # noqa: S608 (names of our own)
    schema = {**dict.fromkeys(texts, pl.String), **dict.fromkeys(integers, pl.Int64)}
    return pl.DataFrame(schema=schema) if found.num_rows == 0 else pl.DataFrame(pl.from_arrow(found)).cast(schema)  # type: ignore[arg-type]
