"""*Organisationen*: the operator sees the units of a day, changes them, and is told why where that cannot be."""

from datetime import date
from typing import Any

import people
import pytest

from skillnad.audit.models import AuditEvent
from skillnad.codebook.trees import Succession
from skillnad.organisation.history.queries import recorded_history
from skillnad.organisation.history.records import UnitRecord
from skillnad.organisation.models import Account, Unit

pytestmark = pytest.mark.database
PAGE = "/organisationen/"
NEW_YEAR = date(2025, 1, 1)


@pytest.fixture
def olle(browser: Any, db: None) -> Any:
    people.exempelby()
    browser.force_login(people.olle())
    return browser


def change(browser: Any, what: str, **form: Any) -> Any:
    return browser.post(f"{PAGE}andra/", {"vad": what, "dag": "2025-01-01", **form})


def test_operator_sees_the_units(olle: Any) -> None:
    page = olle.get(PAGE).content.decode()
    assert "Barn och unga</th><td>BU</td><td>Socialnämnden</td>" in page
    assert 'href="/organisationen/"' in page


def test_unit_takes_a_new_name_from_a_day(olle: Any) -> None:
    answer = change(olle, "byt-namn", enhet="BU", namn="Barnenheten")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert Unit.objects.get(code="BU").name == "Barnenheten"
    assert UnitRecord.objects.latest("pk").made_by == Account.objects.get(username="olle").actor


def test_units_of_an_earlier_day_are_as_they_were(olle: Any) -> None:
    change(olle, "byt-namn", enhet="BU", namn="Barnenheten")
    before = olle.get(PAGE, {"dag": "2024-12-31"}).content.decode().partition("<h2>")[0]
    assert "Barn och unga</th>" in before
    assert "Barnenheten</th>" not in before


def test_unit_moves_to_another_committee(olle: Any) -> None:
    change(olle, "flytta", enhet="BU", namnd="ON")
    assert Unit.objects.get(code="BU").committee.code == "ON"


def test_unit_is_closed_on_its_last_day(olle: Any) -> None:
    change(olle, "stang", enhet="BU")
    assert Unit.objects.get(code="BU").valid_to == NEW_YEAR


def test_unit_is_split_in_those_that_are_written(olle: Any) -> None:
    change(olle, "dela", enhet="BU", nya="B1 Barn och familj\r\n\r\nU1 Unga\r\n")
    assert Unit.objects.get(code="B1").name == "Barn och familj"
    assert recorded_history().successions == (Succession("BU", "B1", NEW_YEAR), Succession("BU", "U1", NEW_YEAR))
    assert "BU, B1, U1" in olle.get(PAGE).content.decode() or "B1, BU, U1" in olle.get(PAGE).content.decode()


def test_units_are_merged_into_one(olle: Any) -> None:
    change(olle, "sla-ihop", enheter=["BU", "LSS"], kod="ALLA", namn="Alla")
    assert Unit.objects.get(code="ALLA").valid_from == NEW_YEAR
    assert "ALLA fortsätter efter BU" in olle.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("what", "form", "said"),
    [
        ("byt-namn", {"enhet": "BUU", "namn": "X"}, "Menade du BU?"),
        ("byt-namn", {"enhet": "BU", "namn": " "}, "saknar kod eller namn"),
        ("stang", {"enhet": "BU", "dag": "i går"}, "Skriv den som 2024-12-31"),
        ("dela", {"enhet": "BU", "nya": "B1 Barn"}, "minst två"),
        ("sla-ihop", {"enheter": ["BU"], "kod": "X", "namn": "X"}, "minst två"),
        ("flytta", {"enhet": "BU", "namnd": "XX"}, "De som finns är"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(olle: Any, what: str, form: Any, said: str) -> None:
    before = (UnitRecord.objects.count(), AuditEvent.objects.count())
    answer = change(olle, what, **form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (UnitRecord.objects.count(), AuditEvent.objects.count()) == before


def test_day_that_is_none_is_told_of(olle: Any) -> None:
    assert olle.get(PAGE, {"dag": "igår"}).status_code == 422


def test_change_that_is_none_is_not_found(olle: Any) -> None:
    assert change(olle, "riv").status_code == 404


def test_name_is_shown_and_never_run(olle: Any) -> None:
    change(olle, "byt-namn", enhet="BU", namn="<script>alert(1)</script>")
    page = olle.get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_analyst_neither_sees_nor_changes(alva: Any) -> None:
    assert alva.get(PAGE).status_code == 403
    assert change(alva, "stang", enhet="BU").status_code == 403
    assert Unit.objects.get(code="BU").valid_to is None
