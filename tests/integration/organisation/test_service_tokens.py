"""Tokens for other systems open what they were given for, in one place, until their last day, and nothing else."""

from datetime import date, datetime, timedelta
from typing import Any

import people
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from skillnad.audit.models import AuditEvent
from skillnad.lib.errors import Denied, UserError
from skillnad.organisation.models import ServiceToken
from skillnad.organisation.rights import Right
from skillnad.organisation.service_tokens.actions import FOR_SERVICES, LONGEST, issue_token, revoke_token
from skillnad.organisation.service_tokens.bearers import Bearer
from skillnad.organisation.service_tokens.checking import bearer_of
from skillnad.organisation.service_tokens.secrets import new_token

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = people.NOW.date()
LAST = date(2026, 6, 30)


def issued(name: str = "Beslutsstöd", *rights: Right, last: date = LAST, **where: Any) -> tuple[ServiceToken, str]:
    wanted = rights or (Right.READ_REPORT,)
    return issue_token(name=name, rights=wanted, last_date=last, by=people.BY, at=people.NOW, **where)


def used(text: str, right: Right = Right.READ_REPORT, at: datetime = people.NOW) -> Bearer:
    return bearer_of(text=text, right=right, at=at)


def last_event() -> AuditEvent:
    return AuditEvent.objects.latest("pk")


def test_token_opens_what_it_was_given_for() -> None:
    row, text = issued("Beslutsstöd", Right.READ_REPORT, Right.EXPLORE_TABLES)
    bearer = used(text)
    assert bearer.rights == {Right.READ_REPORT, Right.EXPLORE_TABLES}
    assert bearer.actor == row.actor == f"service:{row.pk}"
    assert not bearer.area


def test_token_reaches_its_own_place_and_no_protected_person() -> None:
    of_unit = used(issued("a", Right.READ_FREE_TEXT, unit=people.unit("BU"))[1], Right.READ_FREE_TEXT)
    of_committee = used(issued("b", Right.READ_FREE_TEXT, committee=people.committee("ON"))[1], Right.READ_FREE_TEXT)
    assert (of_unit.area.units, of_unit.area.committees) == ({people.unit("BU").pk}, frozenset())
    assert (of_committee.area.units, of_committee.area.committees) == (frozenset(), {people.committee("ON").pk})
    assert not of_unit.area.protected
    assert not of_committee.area.protected


def test_each_use_is_logged_with_its_purpose() -> None:
    row, text = issued()
    used(text)
    event = last_event()
    assert (event.action, event.by, event.purpose) == ("token.used", f"service:{row.pk}", "follow_up")
    assert (event.subjects, event.details) == ([row.pk], {"right": "read_report"})


def test_token_is_not_stored() -> None:
    row, text = issued()
    secret = text.split("_", 2)[2]
    told = str(ServiceToken.objects.values()) + str(list(AuditEvent.objects.values()))
    assert secret not in told
    assert row.digest in told


def refused(text: str, right: Right = Right.READ_REPORT, at: datetime = people.NOW) -> tuple[str, str, list[Any]]:
    """What is said, and what the log has of it."""
    with pytest.raises(Denied) as caught:
        used(text, right, at)
    event = last_event()
    assert event.action == "token.refused"
    return str(caught.value), event.details["reason"], event.subjects


def test_token_that_does_not_open_says_the_same_whatever_the_reason() -> None:
    row, text = issued()
    other, gone = issued("Annat")
    revoke_token(token=other, by=people.BY, at=people.NOW)
    later = people.NOW + timedelta(days=365)
    wrong = text[:-1] + ("a" if text[-1] != "a" else "b")
    told = [
        refused(new_token().text),
        refused(wrong),
        refused(gone),
        refused(text, at=later),
        refused(text, Right.EXPLORE_TABLES),
    ]
    assert len({said for said, _, _ in told}) == 1
    assert [reason for _, reason, _ in told] == ["unknown", "unknown", "revoked", "expired", "right"]
    assert [subjects for _, _, subjects in told] == [[], [], [other.pk], [row.pk], [row.pk]]


@pytest.mark.parametrize("text", ["", "skn_", "skn_x_y", "Bearer x", "skn_" + "0" * 16 + "_" + "å" * 43, "x" * 10_000])
def test_what_is_no_token_opens_nothing(text: str) -> None:
    assert refused(text)[1] == "unknown"


def test_handle_of_one_token_with_the_secret_of_another_opens_nothing() -> None:
    (_, one), (_, other) = issued("a"), issued("b")
    mixed = "_".join([*one.split("_", 2)[:2], other.split("_", 2)[2]])
    assert refused(mixed)[1] == "unknown"


def test_token_that_exists_is_looked_for_as_one_that_does_not() -> None:
    _, text = issued()
    counts = []
    for each in (text[:-2] + "xy", new_token().text, "inget"):
        with CaptureQueriesContext(connection) as queries:
            refused(each)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_token_is_good_on_its_last_day_and_not_on_the_next() -> None:
    _, text = issued(last=TODAY)
    assert used(text)
    assert refused(text, at=people.NOW + timedelta(days=1))[1] == "expired"


def test_revoked_token_remains_as_it_was() -> None:
    row, _ = issued()
    revoke_token(token=row, by="operator:one", at=people.NOW)
    revoke_token(token=row, by="operator:two", at=people.NOW + timedelta(days=1))
    row.refresh_from_db()
    assert (row.revoked_by, row.revoked_at) == ("operator:one", people.NOW)


def test_name_is_free_again_once_its_token_is_revoked() -> None:
    row, _ = issued()
    with pytest.raises(UserError, match="ACC-024"):
        issued()
    revoke_token(token=row, by=people.BY, at=people.NOW)
    assert issued()[0].pk != row.pk


@pytest.mark.parametrize(
    ("rights", "last", "code"),
    [
        ((Right.MANAGE_ROLES,), LAST, "ACC-021"),
        ((Right.READ_REPORT, Right.BREAK_GLASS), LAST, "ACC-021"),
        ((Right.SEE_ROLES,), LAST, "ACC-021"),
        ((Right.READ_REPORT,), TODAY - timedelta(days=1), "ACC-022"),
        ((Right.READ_REPORT,), TODAY + LONGEST + timedelta(days=1), "ACC-022"),
        ((Right.READ_FREE_TEXT,), LAST, "ACC-023"),
    ],
)
def test_token_that_would_be_too_wide_is_not_given_out(rights: tuple[Right, ...], last: date, code: str) -> None:
    with pytest.raises(UserError, match=code):
        issued("Brett", *rights, last=last)
    assert not ServiceToken.objects.exists()


def test_token_of_no_right_or_two_places_is_not_given_out() -> None:
    with pytest.raises(UserError, match="ACC-021"):
        issue_token(name="x", rights=(), last_date=LAST, by=people.BY, at=people.NOW)
    with pytest.raises(UserError, match="ACC-023"):
        issued("x", unit=people.unit(), committee=people.committee())


def test_database_holds_a_token_to_one_place() -> None:
    row, _ = issued(unit=people.unit())
    with pytest.raises(IntegrityError):
        ServiceToken.objects.filter(pk=row.pk).update(committee=people.committee())


def test_no_right_over_others_is_for_a_service() -> None:
    assert not {Right.MANAGE_ROLES, Right.SEE_ROLES, Right.BREAK_GLASS, Right.SEE_BROKEN_GLASS} & set(FOR_SERVICES)
