"""Reading the log, and showing that it is whole."""

from collections.abc import Sequence

from django.db import models

from skillnad.audit.chain import moment
from skillnad.audit.checkpoints import Checkpoint
from skillnad.audit.entries import EVERYONE
from skillnad.audit.faults import cut_off, problem_of, replaced, unnamed
from skillnad.audit.keys import log_sealing
from skillnad.audit.models import AuditEvent, AuditSubject
from skillnad.audit.verifying import verified
from skillnad.lib.errors import Problem, UserError


def checkpoint() -> Checkpoint:
    """How far the log has come: to be kept outside the database."""
    last = AuditEvent.objects.order_by("-pk").values_list("pk", "mac", "at").first()
    return Checkpoint(last[0], last[1], moment(last[2])) if last else Checkpoint(0, "")


def verify(since: Sequence[Checkpoint] = (), processes: int | None = None) -> int:
    """The number of events, when every one is as it was written and none is missing between them.

    With `since`, also that the log still goes through those checkpoints, so that nothing is cut off before them.
    Raises UserError with all that is wrong: AUD-001 (changed), AUD-002 (one is missing before it), AUD-003 (moved),
    AUD-004 (inserted), AUD-005 (the list of people), AUD-006 (a checkpoint is not reached), AUD-008 (further faults).
    """
    found = verified(processes)
    problems = [problem_of(fault) for fault in found.faults]
    if found.wrong > len(found.faults):
        problems.append(unnamed(found.wrong - len(found.faults)))
    problems += [problem for point in since if (problem := _missed(point))]
    if problems:
        raise UserError(*problems)
    return found.events


def _missed(point: Checkpoint) -> Problem | None:
    if point.row == 0:
        return None
    mac = AuditEvent.objects.filter(pk=point.row).values_list("mac", flat=True).first()
    if mac == point.mac:
        return None
    return replaced(point) if mac else cut_off(point, checkpoint())


def events_about(pseudonym: int) -> "models.QuerySet[AuditEvent]":
    """Every event that touched the person, the latest first; those that touched all who were in the register too."""
    sealing = log_sealing()
    names = [sealing.person(pseudonym), *(sealing.person(each) for each in EVERYONE)]
    return AuditEvent.objects.filter(pk__in=AuditSubject.objects.filter(person__in=names).values("event")).order_by(
        "-pk"
    )
