"""PostgreSQL itself refuses rows outside the area of a request, whatever the application has forgotten to ask for."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import people
import pytest
from areas_made import MODELS, a_story, words
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from skillnad.collection.models import FreeAnswer, Submission
from skillnad.organisation.break_glass import break_glass
from skillnad.organisation.models import Account, Role
from skillnad.organisation.permissions import free_text_area
from skillnad.organisation.row_area import area_of_request
from skillnad.register.models import Case, Client, Intervention

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]
ALL = (*MODELS, Submission, FreeAnswer)


def keys(model: Any) -> set[str]:
    """What the database gives with no filter of the application's at all."""
    path = "submission__source_key" if model is FreeAnswer else "source_key"
    return set(model.everyone.values_list(path, flat=True))


def analyst(name: str = "astrid", **where: Any) -> Account:
    return people.login(name, Role.ANALYST, **where)


@pytest.fixture(autouse=True)
def stories(db: None) -> None:
    """One in BU (SN), one in LSS (ON), one with protected identity in BU, one of no unit; each with words."""
    bu, lss = people.unit("BU"), people.unit("LSS")
    told = {"bu": {"unit": bu}, "lss": {"unit": lss}, "secret": {"unit": bu, "protected": True}, "none": {"unit": None}}
    for key, how in told.items():
        words(key, follow_up=a_story(key, **how))


@pytest.mark.parametrize("model", ALL)
def test_committee_and_unit_see_their_own_rows_alone(model: Any) -> None:
    for place in ({"committee": people.committee("SN")}, {"unit": people.unit("BU")}):
        with area_of_request(analyst(f"astrid-{min(place)}", **place)):
            assert keys(model) == {"bu"}


@pytest.mark.parametrize("model", ALL)
def test_all_committees_see_what_is_of_no_unit(model: Any) -> None:
    with area_of_request(people.alva()):
        assert keys(model) == {"bu", "lss", "none"}


@pytest.mark.parametrize("model", ALL)
def test_leave_shows_the_protected_of_the_area(model: Any) -> None:
    with area_of_request(analyst(unit=people.unit(), protected=True)):
        assert keys(model) == {"bu", "secret"}


@pytest.mark.parametrize("who", [people.anna, people.bo, people.astrid, people.olle, people.rut])
def test_who_reads_no_people_gets_no_rows(who: Any) -> None:
    with area_of_request(who()):
        assert [keys(model) for model in ALL] == [set()] * len(ALL)


def test_nobody_and_a_login_that_is_off_get_no_rows() -> None:
    off = analyst(unit=people.unit())
    off.is_active = False
    for account in (AnonymousUser(), off):
        with area_of_request(account):
            assert [keys(model) for model in ALL] == [set()] * len(ALL)


@pytest.mark.parametrize("model", ALL)
def test_application_and_database_agree_on_every_area(model: Any) -> None:
    a_story("below", unit=None, intervention_unit=people.unit("BU"))
    a_story("apart", unit=people.unit("BU"), intervention_unit=people.unit("LSS"))
    words("of-client", client=Client.everyone.get(source_key="bu"))
    words("of-unit", unit=people.unit("LSS"))
    words("of-secret", unit=people.unit("BU"), case=Case.everyone.get(source_key="secret"))
    for key in ("bu", "below", "apart"):
        words(f"case-of-{key}", case=Case.everyone.get(source_key=key))
        words(f"intervention-of-{key}", intervention=Intervention.everyone.get(source_key=key))
    path = "submission__source_key" if model is FreeAnswer else "source_key"
    places = [{"unit": people.unit(code)} for code in ("BU", "LSS")]
    places += [{"committee": people.committee(code), "protected": leave} for code in ("SN", "ON") for leave in (0, 1)]
    for number, place in enumerate(places):
        account = analyst(f"a{number}", **place)
        asked = set(model.everyone.within(free_text_area(account)).values_list(path, flat=True))
        with area_of_request(account):
            assert keys(model) == asked, place


def test_emergency_opens_the_database_too_and_not_for_the_protected() -> None:
    account = analyst(unit=people.unit("LSS"))
    told = {"reason": "danger", "explanation": "Larm om en händelse", "lasts": timedelta(hours=1)}
    break_glass(account=account, place=people.unit("BU"), by=account.actor, at=timezone.now(), **told)
    with area_of_request(account):
        assert keys(Client) == {"bu", "lss"}


def test_owner_is_not_held() -> None:
    assert keys(Client) == {"bu", "lss", "secret", "none"}


def test_area_ends_with_the_request_also_after_an_error() -> None:
    class Fault(Exception):
        pass

    with pytest.raises(Fault), area_of_request(analyst(unit=people.unit())):
        raise Fault
    assert settings_now() == ("postgres", "", "", "")


def settings_now() -> tuple[Any, ...]:
    names = ", ".join(f"current_setting('skillnad.{name}', true)" for name in ("committees", "units", "protected"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_user::text, {names}")
        return tuple(cursor.fetchone())


def test_next_request_on_the_connection_has_nothing_of_the_one_before() -> None:
    with area_of_request(analyst(unit=people.unit(), protected=True)):
        assert settings_now() == ("skillnad_web", "", str(people.unit().pk), "on")
    with area_of_request(people.olle()):
        assert settings_now() == ("skillnad_web", "", "", "")
        assert keys(Client) == set()


CHANGES = (
    "DELETE FROM register_client",
    "UPDATE register_client SET protected = false",
    "INSERT INTO register_importrun DEFAULT VALUES",
    "UPDATE collection_freeanswer SET text_sealed = ''",
    "DELETE FROM collection_freeanswer",
    "TRUNCATE audit_auditevent",
    "ALTER TABLE register_client DISABLE ROW LEVEL SECURITY",
    "DROP POLICY skillnad_area ON register_client",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_web_changes_nothing_of_people(statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with area_of_request(people.alva()), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_themes_of_another_area_are_not_changed() -> None:
    with area_of_request(analyst(unit=people.unit("BU"))):
        assert FreeAnswer.everyone.update(themes=["larm"]) == 1
    assert FreeAnswer.everyone.get(submission__source_key="lss").themes == []


@pytest.fixture
def policies() -> Iterator[dict[str, tuple[bool, bool]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text, relrowsecurity, EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid) "
            "FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        yield {name: (on, has) for name, on, has in cursor.fetchall()}


def test_every_table_about_people_is_held(policies: dict[str, tuple[bool, bool]]) -> None:
    from django.apps import apps

    held = [model for model in apps.get_models() if hasattr(model, "in_area")]
    assert set(held) == set(ALL)
    assert all(policies[model._meta.db_table] == (True, True) for model in held)
