"""The recurring check of the log: begun for a period, and settled event by event."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from skillnad.audit.actions import record
from skillnad.audit.keys import installed_keys
from skillnad.audit.writing import writing
from skillnad.codebook.identity import parse_identity
from skillnad.lib.errors import UserError
from skillnad.organisation.models import Account
from skillnad.stewardship.log_review_circumstances import circumstances, readings_between
from skillnad.stewardship.log_review_patterns import drawn, patterns
from skillnad.stewardship.models import LogFinding, LogReview, Outcome, OwnIdentity, Reason

PURPOSE = "log_check"


@writing()
def begin_review(*, from_date: date, to_date: date, wanted: int, seed: str, by: str, at: datetime) -> LogReview:
    """Draw `wanted` events of the period's readings (both days are in it), and add what stands out.

    Raises UserError AUD-020 for a period that ends before it begins or has not ended.
    """
    zone = get_current_timezone()
    if not from_date <= to_date < at.astimezone(zone).date():
        raise _no_period()
    begin = datetime.combine(from_date, time(), zone)
    readings = list(readings_between(begin, datetime.combine(to_date + timedelta(1), time(), zone)))
    events, known = {one.event for one in readings}, circumstances()
    review = LogReview.objects.create(
        from_date=from_date,
        to_date=to_date,
        seed=seed,
        wanted=wanted,
        readings=len(events),
        own_known=OwnIdentity.objects.count(),
        made_at=at,
        made_by=by,
    )
    found = [LogFinding(review=review, event_id=event, reason=Reason.DRAWN) for event in drawn(events, wanted, seed)]
    for each in patterns(readings, known, zone):
        found.append(LogFinding(review=review, event_id=each.event, reason=each.reason, events=each.events))
    LogFinding.objects.bulk_create(found)
    _record("log.review_begun", review.pk, {"findings": len(found), "readings": len(events)}, by=by, at=at)
    return review


@writing()
def settle_finding(*, finding: int, outcome: str, by: str, at: datetime) -> LogFinding:
    """Say what an event was. It is said once, and never by whoever the event is of.

    Raises UserError AUD-021 for an outcome that is none, AUD-022 where it is settled already, AUD-023 for one's own.
    """
    if outcome not in set(Outcome.values) - {Outcome.OPEN}:
        raise _no_outcome()
    row = LogFinding.objects.select_related("event").select_for_update().get(pk=finding)
    if row.outcome:
        raise _settled()
    if row.event.by == by:
        raise _own_event()
    row.outcome, row.settled_at, row.settled_by = outcome, at, by
    row.save(update_fields=["outcome", "settled_at", "settled_by"])
    _record("log.review_settled", row.review_id, {"finding": row.pk, "outcome": outcome}, by=by, at=at)
    return row


@writing()
def set_own_identity(*, account: Account, identity: str, by: str, at: datetime) -> None:
    """Keep the blind index of a login's own identity number, to find its readings of itself."""
    index = installed_keys().blind_index(parse_identity(identity, at.date()).number)
    told = {"identity_index": index, "set_at": at, "set_by": by}
    OwnIdentity.objects.update_or_create(account=account, defaults=told)
    record(by=by, at=at, action="account.own_identity", subject_kind="account", subjects=[account.pk])


def _record(action: str, review: int, details: dict[str, int | str], *, by: str, at: datetime) -> None:
    record(by=by, at=at, action=action, purpose=PURPOSE, subject_kind="log_review", subjects=[review], details=details)


def _no_period() -> UserError:
    return UserError.of(
        "AUD-020",
        where="period",
        sv="Perioden ska börja före den slutar, och vara slut: välj ett slut som är i går eller tidigare.",
        en="The period should begin before it ends, and be over: choose an end that is yesterday or earlier.",
    )


def _no_outcome() -> UserError:
    words = ", ".join(label for value, label in Outcome.choices if value)
    return UserError.of(
        "AUD-021",
        where="bedömning",
        sv=f"Välj en bedömning: {words}.",
        en="Choose an outcome: expected, unauthorised or unclear.",
    )


def _settled() -> UserError:
    return UserError.of(
        "AUD-022",
        where="bedömning",
        sv="Händelsen är redan bedömd, och en bedömning ändras inte. Läs in sidan på nytt för att se den.",
        en="The event has been settled already, and that is not changed. Load the page again to see it.",
    )


def _own_event() -> UserError:
    return UserError.of(
        "AUD-023",
        where="bedömning",
        sv="Händelsen är din egen, och ingen bedömer sin egen läsning. Be en annan granskare.",
        en="The event is your own, and nobody settles a reading of their own. Ask another auditor.",
    )
