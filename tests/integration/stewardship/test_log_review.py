"""A check of the log, from what is stored to what somebody made of it."""

from datetime import date, datetime, timedelta
from typing import Any

import people
import pytest
from django.db import DatabaseError

from skillnad.audit.actions import record
from skillnad.audit.entries import EVERYONE
from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.lib.errors import UserError
from skillnad.organisation.actions import revoke_role
from skillnad.organisation.models import Account
from skillnad.stewardship.log_review import begin_review, set_own_identity, settle_finding
from skillnad.stewardship.log_review_queries import findings_of, reviews
from skillnad.stewardship.models import LogReview, OwnIdentity

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AFTER = people.NOW + timedelta(days=40)
DAYS = {"from_date": date(2026, 3, 1), "to_date": date(2026, 3, 31)}


def reads(by: Account, *pseudonyms: int, at: datetime = people.NOW) -> AuditEvent:
    return record(
        by=by.actor, at=at, action="client.read", purpose="follow_up", subject_kind="client", subjects=pseudonyms
    )


def begun(wanted: int = 0, **values: Any) -> LogReview:
    return begin_review(**{**DAYS, "wanted": wanted, "seed": "fro", "by": people.BY, "at": AFTER, **values})


def told(review: LogReview) -> list[tuple[str, int, int]]:
    rows = review.findings.order_by("reason", "event_id")
    return [(row.reason, row.event_id, row.events) for row in rows]


def test_events_are_drawn_among_logins_readings_of_people() -> None:
    anna = people.anna()
    events = {reads(anna, number).pk for number in range(1, 6)}
    record(by=people.BY, at=people.NOW, action="register.import", people=[1])
    record(by=anna.actor, at=people.NOW, action="snapshot.made", people=EVERYONE)
    review = begun(wanted=100)
    assert {event for _, event, _ in told(review)} == events
    assert review.readings == 5


def test_both_days_of_the_period_are_in_it() -> None:
    """By the Swedish clock: 23:30 UTC on the last day is the day after."""
    anna = people.anna()
    within = [datetime.fromisoformat(f"2026-{at}+00:00") for at in ("02-28T23:30", "03-31T21:30")]
    beyond = [datetime.fromisoformat(f"2026-{at}+00:00") for at in ("02-28T22:30", "03-31T22:30")]
    for at in (*within, *beyond):
        reads(anna, 1, at=at)
    assert begun().readings == 2


def test_same_seed_draws_the_same() -> None:
    anna = people.anna()
    for number in range(1, 50):
        reads(anna, number)
    once, again = begun(wanted=5), begun(wanted=5)
    assert told(once) == told(again)
    assert told(begun(wanted=5, seed="other")) != told(once)


def test_many_protected_are_found_by_what_the_register_says() -> None:
    anna = people.anna()
    for number in range(1, 6):
        people.client(number, protected=True)
    first = reads(anna, 1, 2, 3)
    reads(anna, 4, 5)
    assert told(begun()) == [("protected", first.pk, 2)]


def test_unit_that_was_left_is_found_by_its_peoples_cases() -> None:
    anna = people.anna()
    people.case(people.client(1), unit=people.unit("BU"))
    people.case(people.client(2), "case-2", unit=people.unit("LSS"))
    revoke_role(assignment=anna.assignments.get(), by=people.BY, at=people.NOW + timedelta(days=1))
    reads(anna, 1)
    late = reads(anna, 1, at=people.NOW + timedelta(days=2))
    reads(anna, 2, at=people.NOW + timedelta(days=2))
    assert told(begun()) == [("left", late.pk, 1)]


def test_own_record_is_found_where_the_logins_number_is_known() -> None:
    index = installed_keys().blind_index("20010203TK01")
    anna, cecilia = people.anna(), people.cecilia(identity_index=index)
    event = reads(anna, cecilia.pseudonym)
    assert told(begun()) == []
    set_own_identity(account=anna, identity="010203-TK01", by=people.BY, at=AFTER)
    review = begun()
    assert (told(review), review.own_known) == ([("own", event.pk, 1)], 1)


def test_own_number_is_kept_as_its_index_and_logged_without_it() -> None:
    anna = people.anna()
    for number in ("20010203-TK01", "20010203-TK11"):
        set_own_identity(account=anna, identity=number, by=people.BY, at=AFTER)
    assert len(bytes(OwnIdentity.objects.get().identity_index)) == 32
    assert "TK" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("days", [{"from_date": date(2026, 4, 1)}, {"to_date": AFTER.date()}])
def test_period_that_is_none_or_not_over_is_refused(days: dict[str, date]) -> None:
    with pytest.raises(UserError, match="AUD-020"):
        begun(**days)
    assert not LogReview.objects.exists()


def a_finding() -> Any:
    reads(people.anna(), 1)
    return begun(wanted=1).findings.get()


def test_outcome_is_kept_with_who_and_when() -> None:
    row = settle_finding(finding=a_finding().pk, outcome="expected", by=people.olle().actor, at=AFTER)
    assert (row.outcome, row.settled_at) == ("expected", AFTER)
    (shown,) = findings_of(row.review, "account:0")
    assert (shown.by, shown.outcome, shown.settled_by) == ("anna", "befogad", "olle")


def test_outcome_is_said_once() -> None:
    row = a_finding()
    settle_finding(finding=row.pk, outcome="unclear", by="account:0", at=AFTER)
    with pytest.raises(UserError, match="AUD-022"):
        settle_finding(finding=row.pk, outcome="expected", by="account:0", at=AFTER)


@pytest.mark.parametrize("outcome", ["", "x", "EXPECTED"])
def test_outcome_that_is_none_is_refused(outcome: str) -> None:
    with pytest.raises(UserError, match="AUD-021"):
        settle_finding(finding=a_finding().pk, outcome=outcome, by="account:0", at=AFTER)


def test_nobody_settles_a_reading_of_their_own() -> None:
    row = a_finding()
    with pytest.raises(UserError, match="AUD-023"):
        settle_finding(finding=row.pk, outcome="expected", by=row.event.by, at=AFTER)


def test_database_keeps_outcome_and_person_together() -> None:
    row = a_finding()
    row.outcome = "expected"
    with pytest.raises(DatabaseError):
        row.save()


def test_list_shows_no_person() -> None:
    reads(people.anna(), 4_611_686_018_427_387_905)
    shown = findings_of(begun(wanted=1), "account:0")
    assert shown[0].people == 1
    assert "4611686018427387905" not in str(shown)


def test_reviews_tell_what_is_left() -> None:
    row = a_finding()
    (review,) = reviews()
    assert (review.found, review.left) == (1, 1)  # type: ignore[attr-defined]
    settle_finding(finding=row.pk, outcome="expected", by="account:0", at=AFTER)
    assert [one.left for one in reviews()] == [0]  # type: ignore[attr-defined]


def test_check_and_outcome_are_in_the_log_themselves() -> None:
    settle_finding(finding=a_finding().pk, outcome="expected", by="account:0", at=AFTER)
    last = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))[-2:]
    assert last == ["log.review_begun", "log.review_settled"]
    assert verify() == AuditEvent.objects.count()
