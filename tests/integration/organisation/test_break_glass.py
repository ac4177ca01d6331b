"""An emergency opens one place, for some hours, with a reason, and is seen by those who are to see it."""

from datetime import timedelta
from typing import Any

import people
import pytest
from django.db import IntegrityError
from django.utils import timezone

from skillnad.audit.models import AuditEvent
from skillnad.lib.errors import Denied, UserError
from skillnad.organisation.actions import grant_role
from skillnad.organisation.break_glass import break_glass, end_break
from skillnad.organisation.models import Account, Assignment, BreakGlass, Role
from skillnad.organisation.permissions import free_text_area
from skillnad.organisation.queries import openings_for
from skillnad.organisation.standing import Area

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WHY = "Larm om en händelse i natt"


def astrid(**where: Any) -> Account:
    """An analyst of the unit BU alone, unless told."""
    return people.login("astrid", Role.ANALYST, **(where or {"unit": people.unit()}))


def opened(account: Account, ago: timedelta = timedelta(0), **how: Any) -> Assignment:
    told = {"place": people.unit("LSS"), "reason": "danger", "explanation": WHY, "lasts": timedelta(hours=2), **how}
    return break_glass(account=account, by=account.actor, at=timezone.now() - ago, **told)


def test_opening_adds_the_place_and_nothing_else() -> None:
    account = astrid()
    opened(account)
    assert free_text_area(account) == Area(units=frozenset({people.unit().pk, people.unit("LSS").pk}))


def test_opening_of_a_committee_is_of_all_of_it() -> None:
    account = astrid()
    opened(account, place=people.committee("ON"))
    assert free_text_area(account).committees == {people.committee("ON").pk}


@pytest.mark.parametrize(("ago", "open_still"), [(119, True), (121, False)])
def test_opening_ends_by_itself(ago: int, open_still: bool) -> None:
    account = astrid()
    opened(account, timedelta(minutes=ago))
    assert (people.unit("LSS").pk in free_text_area(account).units) is open_still


def test_opening_never_shows_the_protected() -> None:
    account = astrid(unit=people.unit(), protected=True)
    assert free_text_area(account).protected
    opened(account)
    assert not free_text_area(account).protected


def test_opening_is_ended_before_its_time_by_who_made_it() -> None:
    account = astrid()
    number = opened(account).pk
    with pytest.raises(Denied):
        end_break(account=people.alva(), number=number, by="account:0", at=timezone.now())
    end_break(account=account, number=number, by=account.actor, at=timezone.now())
    assert free_text_area(account) == Area(units=frozenset({people.unit().pk}))
    with pytest.raises(Denied):
        end_break(account=account, number=number, by=account.actor, at=timezone.now())


def test_role_that_was_given_cannot_be_ended_this_way() -> None:
    account = astrid()
    with pytest.raises(Denied):
        end_break(account=account, number=account.assignments.get().pk, by=account.actor, at=timezone.now())


@pytest.mark.parametrize("who", [people.anna, people.bo, people.olle, people.rut])
def test_who_reads_nobody_opens_nothing(who: Any) -> None:
    with pytest.raises(Denied, match="öppna ett annat område"):
        opened(who())
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"reason": "nyfiken"}, "ACC-001"),
        ({"explanation": "för kort"}, "ACC-002"),
        ({"explanation": "det gäller 20010203-TK01 i kväll"}, "ACC-002"),
        ({"explanation": "x " * 300}, "ACC-002"),
        ({"lasts": timedelta(hours=5)}, "ACC-003"),
        ({"lasts": timedelta(0)}, "ACC-003"),
    ],
)
def test_opening_without_a_good_account_of_it_is_refused(how: dict[str, Any], code: str) -> None:
    account = astrid()
    with pytest.raises(UserError, match=code):
        opened(account, **how)
    assert account.assignments.count() == 1


def test_log_knows_why_in_codes_and_no_words() -> None:
    account = astrid()
    opened(account)
    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    told = {"role": "analyst", "reason": "danger", "minutes": 120, "unit": "LSS"}
    assert (event.action, event.purpose, event.subjects) == ("account.break_glass", "follow_up", [account.pk])
    assert event.details == told


@pytest.mark.parametrize(
    ("who", "place", "seen"),
    [
        (people.rut, "LSS", 1),
        (people.bo, "LSS", 0),
        (people.bo, "BU", 1),
        (people.alva, "LSS", 0),
    ],
)
def test_opening_is_shown_to_the_auditor_and_the_places_manager(who: Any, place: str, seen: int) -> None:
    opened(astrid(), place=people.unit(place))
    assert openings_for(who()).count() == seen


def test_opening_of_a_committee_is_shown_once_to_each_manager_in_it() -> None:
    opened(astrid(), place=people.committee("SN"))
    bo = people.bo()
    grant_role(account=bo, role=Role.UNIT_MANAGER, unit=people.unit(), by=people.BY, at=people.NOW)
    assert openings_for(bo).count() == 1
    assert openings_for(people.login("eva", Role.UNIT_MANAGER, unit=people.unit("LSS"))).count() == 0


def test_who_opened_sees_it_and_whether_it_is_open() -> None:
    account = astrid()
    opened(account, timedelta(hours=3))
    opened(account)
    assert [one.running for one in openings_for(account)] == [True, False]


@pytest.mark.parametrize(
    "values", [{"reason": "x"}, {"explanation": ""}, {"lasts": timedelta(hours=5)}, {"lasts": timedelta(0)}]
)
def test_database_refuses_an_opening(values: dict[str, Any]) -> None:
    row = {"reason": "danger", "explanation": WHY, "lasts": timedelta(hours=1), **values}
    assignment = astrid().assignments.get()
    with pytest.raises(IntegrityError):
        BreakGlass.objects.create(assignment=assignment, **row)
