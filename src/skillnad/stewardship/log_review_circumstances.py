"""What the register and the organisation know beside the log, in the names that the log has for people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from skillnad.audit.chain import Sealing
from skillnad.audit.entries import EVERYONE
from skillnad.audit.keys import log_sealing
from skillnad.audit.models import AuditSubject
from skillnad.organisation.models import Assignment, Unit
from skillnad.register.models import Case, Client, Intervention
from skillnad.stewardship.log_review_patterns import Circumstances, Held, Reading
from skillnad.stewardship.models import OwnIdentity

Span = tuple[datetime, datetime | None]


def readings_between(begin: datetime, end: datetime) -> Iterator[Reading]:
    """Each person that a login has touched from `begin` to just before `end`; not what touched everyone."""
    rows = AuditSubject.objects.filter(event__at__gte=begin, event__at__lt=end, event__by__startswith="account:")
    rows = rows.exclude(person__in=log_sealing().people(EVERYONE)).order_by("event_id", "person")
    for event, by, at, person in rows.values_list("event_id", "event__by", "event__at", "person").iterator():
        yield Reading(event, by, at, person)


def circumstances() -> Circumstances:
    sealing = log_sealing()
    protected = Client.everyone.filter(protected=True).values_list("pseudonym", flat=True)
    return Circumstances(
        protected=frozenset(sealing.person(each) for each in protected.iterator()),
        own=dict(_own(sealing)),
        held=_held(sealing),
    )


def _own(sealing: Sealing) -> Iterator[tuple[str, int]]:
    for own in OwnIdentity.objects.select_related("account"):
        clients = Client.everyone.filter(identity_index=bytes(own.identity_index))
        for pseudonym in clients.values_list("pseudonym", flat=True):
            yield own.account.actor, sealing.person(pseudonym)


def _held(sealing: Sealing) -> dict[str, list[Held]]:
    """Of the logins that have left something: every unit that they have had, by itself or with its committee."""
    left = Assignment.objects.filter(revoked_at__isnull=False).values("account")
    spans: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for one in Assignment.objects.filter(account__in=left).select_related("account").order_by("granted_at"):
        for unit in _units(one):
            spans[one.account.actor, unit].append((one.granted_at, one.revoked_at))
    people = {unit: _people_of(unit, sealing) for unit in {unit for _, unit in spans}}
    held: dict[str, list[Held]] = defaultdict(list)
    for (by, unit), had in spans.items():
        held[by].append(Held(people[unit], tuple(had)))
    return held


def _units(one: Assignment) -> Iterable[int]:
    if one.unit_id:
        return [one.unit_id]
    return Unit.objects.filter(committee=one.committee_id).values_list("pk", flat=True) if one.committee_id else ()


def _people_of(unit: int, sealing: Sealing) -> frozenset[int]:
    """Whose case or intervention is of the unit."""
    cases = Case.everyone.filter(unit=unit).values_list("client__pseudonym", flat=True)
    interventions = Intervention.everyone.filter(unit=unit).values_list("case__client__pseudonym", flat=True)
    return frozenset(sealing.person(each) for rows in (cases, interventions) for each in rows.iterator())
