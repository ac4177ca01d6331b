"""The application's own filters are taken away, and the database still gives no page a row of another area; and what
all this costs a request."""

from pathlib import Path
from typing import Any

import people
import pytest
from access_table import ADDRESSES
from answer_files import row, written
from areas_made import MODELS, a_story
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path
from made_instruments import small

from skillnad.collection import visibility as of_answers
from skillnad.collection.actions import import_answers
from skillnad.collection.models import FreeAnswer, Submission
from skillnad.organisation.models import Role
from skillnad.register import visibility as of_register

pytestmark = [pytest.mark.django_db, pytest.mark.database]
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
WORDS = {"BU": "Kungsfiskaren", "LSS": "Stenskvättan", "SECRET": "Nattskärran"}


@pytest.fixture(autouse=True)
def written_words(db: None, tmp_path: Path) -> None:
    for key in WORDS:
        unit = people.unit("LSS" if key == "LSS" else "BU")
        a_story(f"{key}-1", unit=unit, protected=key == "SECRET")
    rows = [
        row(key, follow_up=f"{key}-1", day="1", night="1", why_not=f"{word} larmar.") for key, word in WORDS.items()
    ]
    import_answers(path=written(tmp_path / "a.csv", *rows), instrument=small(), by=people.BY, at=people.NOW)


@pytest.fixture
def without_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list is of everyone, everywhere."""
    monkeypatch.setattr(of_register.Within, "within", lambda rows, area: rows.all())
    for module in (of_register, of_answers):
        monkeypatch.setattr(module.Rows, "visible", lambda rows: rows.all())


def every_row(request: Any) -> HttpResponse:
    """A page as careless as can be: all rows of all models that lead to a person."""
    found = [model.everyone.values_list("source_key", flat=True) for model in (*MODELS, Submission)]
    return HttpResponse(repr([sorted(keys) for keys in found]) + repr(list(FreeAnswer.everyone.values_list("item"))))


urlpatterns = [path("allt/", every_row)]


def seen(browser: Any, address: str) -> set[str]:
    body = browser.get(address).content.decode()
    return {key for key, word in WORDS.items() if word in body or f"{key}-1" in body}


@on_postgresql
@pytest.mark.parametrize("place", ["BU", "LSS"])
def test_page_of_words_shows_the_own_area_alone(place: str, without_filters: None, browser: Any) -> None:
    browser.force_login(people.login("prov", Role.ANALYST, unit=people.unit(place)))
    assert seen(browser, ADDRESSES["free_answers"].path) == {place}


@on_postgresql
@pytest.mark.parametrize("role", list(Role))
def test_no_address_shows_another_areas_words(role: Role, without_filters: None, browser: Any) -> None:
    browser.force_login(people.login("prov", role, unit=people.unit("BU")))
    for name, address in ADDRESSES.items():
        assert seen(browser, address.path) <= {"BU"}, name


@on_postgresql
@pytest.mark.urls(__name__)
def test_careless_page_gets_the_area_of_whoever_asks(without_filters: None, browser: Any) -> None:
    assert seen(browser, "/allt/") == set()
    for name, role, where, expected in [
        ("a", Role.ANALYST, {"unit": people.unit("BU")}, {"BU"}),
        ("b", Role.ANALYST, {"committee": people.committee("ON")}, {"LSS"}),
        ("c", Role.ANALYST, {}, set()),
        ("d", Role.CASEWORKER, {"unit": people.unit("BU")}, set()),
        ("e", Role.OPERATOR, {}, set()),
        ("f", Role.ANALYST, {"unit": people.unit("BU"), "protected": True}, {"BU", "SECRET"}),
    ]:
        browser.force_login(people.login(name, role, **where))
        assert seen(browser, "/allt/") == expected, name
    browser.logout()
    assert seen(browser, "/allt/") == set()


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL refuses by itself")
def test_filters_that_are_taken_away_are_what_sqlite_has(without_filters: None, browser: Any) -> None:
    """The test above would see a leak: here there is one."""
    browser.force_login(people.login("prov", Role.ANALYST, unit=people.unit("BU")))
    assert seen(browser, ADDRESSES["free_answers"].path) == {"BU", "LSS", "SECRET"}


MOST = 2
ASKS_OF_ACCESS = ("organisation_assignment", "set_config", "RESET ROLE")


@pytest.mark.parametrize("address", ["/", "/tillganglighet/", "/fritext/", "/rapport/", "/utforska/", "/min-enhet/"])
@pytest.mark.parametrize("who", [people.alva, people.bo, people.olle, None])
def test_access_takes_two_questions_at_most(who: Any, address: str, browser: Any) -> None:
    if who:
        browser.force_login(who())
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    of_access = [one["sql"] for one in queries if any(word in one["sql"] for word in ASKS_OF_ACCESS)]
    assert len(of_access) == (MOST if connection.vendor == "postgresql" else int(who is not None))
