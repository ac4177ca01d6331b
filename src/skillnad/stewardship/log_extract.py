"""*Who has read about me*: the log of one person. That it was made is in the log too."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from skillnad.audit.actions import record
from skillnad.audit.entries import EVERYONE
from skillnad.audit.keys import installed_keys, log_sealing
from skillnad.audit.models import AuditEvent, AuditSubject
from skillnad.audit.queries import events_about
from skillnad.audit.words import action_told, purpose_told
from skillnad.audit.writing import writing
from skillnad.codebook.identity import parse_identity
from skillnad.organisation.models import Account
from skillnad.register.models import Client

PURPOSE = "right_of_access"


@dataclass(frozen=True)
class Reading:
    """One event as a person is told of it. `by` is a login's name, or what part of Skillnad it was. `everyone`: it
    touched all who were in the register then."""

    at: datetime
    by: str
    why: str
    what: str
    everyone: bool


@dataclass(frozen=True)
class LogExtract:
    """`found` is false where nobody in the register has the number: nothing has then been read of them here."""

    found: bool
    readings: Sequence[Reading] = field(default=(), repr=False)


@writing()
def log_extract(*, identity: str, by: str, at: datetime) -> LogExtract:
    """All that the log has of the person with this identity number, the latest first. The event of this extract is
    not in it; the next one has it."""
    number = parse_identity(identity, at.date()).number
    index = installed_keys().blind_index(number)
    pseudonym = Client.everyone.filter(identity_index=index).values_list("pseudonym", flat=True).first()
    extract = LogExtract(False) if pseudonym is None else LogExtract(True, _readings(pseudonym))
    record(
        by=by,
        at=at,
        action="log.extract",
        purpose=PURPOSE,
        subject_kind="client",
        subjects=[] if pseudonym is None else [pseudonym],
        details={"found": extract.found, "events": len(extract.readings)},
    )
    return extract


def _readings(pseudonym: int) -> list[Reading]:
    events = list(events_about(pseudonym))
    names, of_all = names_of({event.by for event in events}), _of_everyone(events)
    return [
        Reading(
            at=event.at,
            by=names[event.by],
            why=purpose_told(event.purpose),
            what=action_told(event.action),
            everyone=event.pk in of_all,
        )
        for event in events
    ]


def _of_everyone(events: Sequence[AuditEvent]) -> set[int]:
    names = log_sealing().people(EVERYONE)
    found = AuditSubject.objects.filter(person__in=names, event__gte=events[-1].pk) if events else ()
    return {each.event_id for each in found}


def names_of(actors: set[str]) -> dict[str, str]:
    """What the log's actors are called: a login by its name, and a part of Skillnad by what it does."""
    numbers = {int(actor.partition(":")[2]) for actor in actors if actor.startswith("account:")}
    logins = dict(Account.objects.filter(pk__in=numbers).values_list("pk", "username"))
    return {actor: _name(actor, logins) for actor in actors}


def _name(actor: str, logins: dict[int, str]) -> str:
    kind, _, which = actor.partition(":")
    if kind == "account":
        return logins.get(int(which), f"inloggning {which}, som inte finns kvar")
    if kind == "operator":
        return f"driften ({which})"
    return "ingen inloggad" if actor == "nobody" else actor
