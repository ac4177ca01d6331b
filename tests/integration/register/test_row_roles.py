"""The roles that the row policies are for: how the web comes into its own, and that nothing leads out of it."""

from collections.abc import Iterator
from typing import Any

import people
import psycopg
import pytest
from areas_made import a_story
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, connections, transaction

from skillnad.organisation import row_area
from skillnad.organisation.models import Role
from skillnad.organisation.row_area import area_of_request, stand_back
from skillnad.register.models import Client
from skillnad.register.row_policies import SET, run

pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]
MAKE_ROLE = SET[:1]


def asked(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    return cursor.fetchone()[0]


@pytest.fixture
def stood_back(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A new connection of a process that is the web's; the test's own stays the owner's."""
    connection.ensure_connection()
    options = dict(connections.settings["default"].get("OPTIONS", {}))
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", options)
    monkeypatch.setattr(row_area, "connection", _Unclosed())
    stand_back()
    fresh = connections.create_connection("default")
    yield fresh
    fresh.close()


class _Unclosed:
    """The test's own connection, which is in the middle of the test."""

    vendor = "postgresql"

    def close(self) -> None:
        return


@pytest.mark.django_db(transaction=True)
def test_process_of_the_web_sees_nobody_before_during_or_after(stood_back: Any) -> None:
    a_story("bu", unit=people.unit())
    with stood_back.cursor() as cursor:
        for statement in ("SELECT 1", "RESET ROLE", "SET ROLE skillnad_web", "RESET ROLE"):
            cursor.execute(statement)
            assert asked(cursor, "SELECT current_user::text") == "skillnad_web"
            assert asked(cursor, "SELECT count(*) FROM register_client") == 0


@pytest.mark.django_db(transaction=True)
def test_login_of_the_webs_own_can_step_into_nothing_else(stood_back: Any) -> None:
    a_story("bu", unit=people.unit())
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE webben LOGIN; GRANT skillnad_web TO webben")
    told = stood_back.get_connection_params()
    where = {"host": told["host"], "dbname": told["dbname"], "user": "webben"}
    try:
        with psycopg.connect(**where, options="-c role=skillnad_web", autocommit=True) as own, own.cursor() as cursor:
            assert asked(cursor, "SELECT count(*) FROM register_client") == 0
            cursor.execute(f"SELECT set_config('skillnad.units', '{people.unit().pk}', false)")
            assert asked(cursor, "SELECT count(*) FROM register_client") == 1
            for way_out in ("SET ROLE postgres", "SET SESSION AUTHORIZATION postgres"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    cursor.execute(way_out)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE webben")


@pytest.mark.django_db
def test_who_may_make_no_roles_is_told_what_an_administrator_does_first() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE vanlig; SET ROLE vanlig")
        with pytest.raises(ProgrammingError, match="GRANT skillnad_web TO vanlig as a superuser"), transaction.atomic():
            run(connection, MAKE_ROLE)
        cursor.execute("RESET ROLE; GRANT skillnad_web TO vanlig; SET ROLE vanlig")
        run(connection, MAKE_ROLE)
        cursor.execute("RESET ROLE; DROP ROLE vanlig")


@pytest.mark.django_db
def test_migrating_again_changes_nothing() -> None:
    run(connection, MAKE_ROLE)
    with connection.cursor() as cursor:
        assert (
            asked(cursor, "SELECT rolcanlogin OR rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = 'skillnad_web'")
            is False
        )


@pytest.mark.django_db(transaction=True)
def test_connection_that_cannot_be_left_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    a_story("bu", unit=people.unit())
    account = people.login("astrid", Role.ANALYST, unit=people.unit())
    with area_of_request(account):
        backend = connection.connection
        backend.close()  # as when the server goes away
    assert connection.connection is not backend
    with area_of_request(AnonymousUser()):
        assert not Client.everyone.exists()
    assert Client.everyone.count() == 1
