"""The area of a request, told to the database: one question reads what the account stands on and, on PostgreSQL, steps
into the role that the row policies hold. Leaving is certain, or the connection is closed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection, connections

from skillnad.organisation.models import Account
from skillnad.organisation.rights import PEOPLE_ROLES
from skillnad.organisation.standing import Login, Standing, read, standing_rows

ROLE = "skillnad_web"
_SETTINGS = ("skillnad.committees", "skillnad.units", "skillnad.protected")

_PLACES = "SELECT string_agg({column}::text, ',') FROM held WHERE role = ANY (%s) AND {where}"
_COMMITTEES = _PLACES.format(column="committee", where="unit IS NULL AND committee IS NOT NULL")
_UNITS = _PLACES.format(column="unit", where="unit IS NOT NULL")
_PROTECTED = (
    "SELECT CASE WHEN bool_and(protected) THEN 'on' END FROM held "
    "WHERE role = ANY (%s) AND coalesce(unit, committee) IS NOT NULL"
)
_ENTER = f"""WITH held (role, committee, unit, code, protected) AS MATERIALIZED ({{held}}),
entered AS MATERIALIZED (SELECT set_config('role', '{ROLE}', false) AS entered,
    set_config('skillnad.committees', coalesce(({_COMMITTEES}), ''), false),
    set_config('skillnad.units', coalesce(({_UNITS}), ''), false),
    set_config('skillnad.protected', coalesce(({_PROTECTED}), ''), false))
SELECT entered, held.* FROM entered LEFT JOIN held ON true"""  # noqa: S608 (names of our own)
_NOWHERE = ", ".join(f"set_config('{name}', '', false)" for name in _SETTINGS)
_ENTER_NOBODY = f"SELECT set_config('role', '{ROLE}', false), {_NOWHERE}"
_LEAVE = f"RESET ROLE; SELECT {_NOWHERE}"


@contextmanager
def area_of_request(account: Login) -> Iterator[None]:
    """Within it the account's standing is known without another question, and the database gives its area's rows alone.

    Nobody, and a login that is switched off, has no area. Two questions on PostgreSQL, one on SQLite (none for nobody).
    """
    _enter(account)
    try:
        yield
    finally:
        _leave()


def _enter(account: Login) -> None:
    if isinstance(account, Account) and account.is_active:
        account.standing = _enter_as(account) if _has_roles() else read(standing_rows(account))
    elif _has_roles():
        with connection.cursor() as cursor:
            cursor.execute(_ENTER_NOBODY)


def _enter_as(account: Account) -> tuple[Standing, ...]:
    sql, params = standing_rows(account).query.sql_with_params()
    roles = [role.value for role in PEOPLE_ROLES]
    with connection.cursor() as cursor:
        cursor.execute(_ENTER.format(held=sql), [*params, roles, roles, roles])
        rows = cursor.fetchall()
    return read(row[1:] for row in rows if row[1] is not None)


def _leave() -> None:
    """A connection that cannot be left is closed: the next request gets one that has never been in an area."""
    if not _has_roles() or connection.connection is None:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_LEAVE)
    except Error:
        connection.close()


def _has_roles() -> bool:
    return connection.vendor == "postgresql"


def stand_back() -> None:
    """From here on this process is the web's: each new connection is in the role from its first moment, with no area,
    and leaving an area leads back there. What runs beside requests then sees nobody either."""
    if not _has_roles():
        return
    settings = connections.settings["default"]
    settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "options": f"-c role={ROLE} -c jit=off"}
    connection.close()
