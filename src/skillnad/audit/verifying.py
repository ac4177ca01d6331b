"""The whole log followed, a long one in two processes, and what is wrong with it judged."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import get_context

from django.db import connection

from skillnad.audit import stored
from skillnad.audit.chain import Sealing
from skillnad.audit.following import Fault, Followed, Wrong
from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.audit.segments import Segment, followed, in_its_own

TOGETHER = 100_000
"""Events that this process follows alone: sooner done than another is started."""
_PROCESSES = 2
_ENDS = ("pk", "-pk")


@dataclass(frozen=True)
class Verified:
    """How many events there are, the first faults (each judged), and how many there are in all."""

    events: int
    faults: Sequence[Fault]
    wrong: int


def verified(processes: int | None = None) -> Verified:
    """What `queries.verify` tells of. Where nothing else is said, two processes for a log that is long; they see what
    is committed."""
    first, last = (AuditEvent.objects.order_by(order).values_list("pk", flat=True).first() or 0 for order in _ENDS)
    parts = processes or (_PROCESSES if last - first > TOGETHER and not connection.in_atomic_block else 1)
    segments = _segments(first, last, parts)
    found = _here(segments) if parts == 1 else _beside(segments)
    joined = Followed()
    for each in found:
        for fault in each.after(joined.events).faults:
            joined.add(fault)
        joined.events += each.events
    wrong = sum(each.wrong for each in found)
    return Verified(joined.events, _judged(joined.faults), wrong)


def _segments(first: int, last: int, parts: int) -> list[Segment]:
    """Equally many row ids each. A segment begins with the seal of the last event before it."""
    edges = [0, *(first + (last - first) * part // parts for part in range(1, parts)), last]
    return [Segment(after, end, _seal_at(after)) for after, end in pairwise(edges)]


def _seal_at(row: int) -> str:
    before = AuditEvent.objects.filter(pk__lte=row).order_by("-pk").values_list("mac", flat=True).first()
    return before or ""


def _here(segments: Iterable[Segment]) -> list[Followed]:
    """In the transaction that is under way, where one is."""
    connection.ensure_connection()
    sealing = Sealing.by(installed_keys().audit)
    return [followed(connection.connection, connection.vendor, each, sealing) for each in segments]


def _beside(segments: Sequence[Segment]) -> list[Followed]:
    database, key = stored.database_of(connection), installed_keys().audit
    with ProcessPoolExecutor(len(segments), get_context("spawn")) as pool:
        return list(pool.map(in_its_own, [database] * len(segments), [key] * len(segments), segments))


def _judged(faults: Sequence[Fault]) -> list[Fault]:
    """A gap is a row that was moved where the one that it follows still exists, else one that is gone."""
    followed = {fault.follows for fault in faults if fault.wrong is Wrong.GAP}
    there = {"", *AuditEvent.objects.filter(mac__in=followed).values_list("mac", flat=True)} if followed else set()
    gap = {True: Wrong.MOVED, False: Wrong.REMOVED}
    return [replace(each, wrong=gap[each.follows in there]) if each.wrong is Wrong.GAP else each for each in faults]
