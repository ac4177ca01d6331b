"""The checks of the log as they are shown: who read, when and why, and never whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from skillnad.audit.models import AuditEvent
from skillnad.audit.words import action_told, purpose_told
from skillnad.stewardship.log_extract import names_of
from skillnad.stewardship.models import LogFinding, LogReview, Outcome, Reason


@dataclass(frozen=True)
class Shown:
    """One finding. `events` is how many the login had of a pattern, of which this is the first; `people` how many the
    event touched; `own` whether it is the reader's, who then does not settle it."""

    id: int
    row: int
    at: datetime
    by: str
    what: str
    why: str
    reason: str
    pattern: bool
    events: int
    people: int
    outcome: str
    settled_at: datetime | None
    settled_by: str
    own: bool


def reviews() -> "QuerySet[LogReview, LogReview]":
    """The latest first, each with how many findings it has and how many of them are `left` to settle."""
    left = Count("findings", filter=Q(findings__outcome=Outcome.OPEN))
    return LogReview.objects.annotate(found=Count("findings"), left=left).order_by("-made_at", "-pk")


def findings_of(review: LogReview, reader: str) -> Sequence[Shown]:
    """What is left first, and then in the order of the log. `reader` is the actor that looks."""
    rows = list(review.findings.select_related("event").order_by("outcome", "event_id", "reason"))
    names = names_of({actor for row in rows for actor in (row.event.by, row.settled_by) if actor})
    people = _people([row.event_id for row in rows])
    return [_shown(row, names, people.get(row.event_id, 0), reader) for row in rows]


def _people(events: Sequence[int]) -> dict[int, int]:
    told = AuditEvent.objects.filter(pk__in=events).values("pk").annotate(people_count=Count("people"))
    return dict(told.values_list("pk", F("people_count")))


def _shown(row: LogFinding, names: dict[str, str], people: int, reader: str) -> Shown:
    event = row.event
    return Shown(
        id=row.pk,
        row=event.pk,
        at=event.at,
        by=names[event.by],
        what=action_told(event.action),
        why=purpose_told(event.purpose),
        reason=Reason(row.reason).label,
        pattern=row.reason != Reason.DRAWN,
        events=row.events,
        people=people,
        outcome=Outcome(row.outcome).label if row.outcome else "",
        settled_at=row.settled_at,
        settled_by=names.get(row.settled_by, ""),
        own=event.by == reader,
    )
