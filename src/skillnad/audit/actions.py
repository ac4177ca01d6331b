"""Adding to the log."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from skillnad.audit.appending import EventRow, add_events, add_people
from skillnad.audit.chain import content, moment
from skillnad.audit.checkpoints import Checkpoint, keep_up
from skillnad.audit.entries import Entry
from skillnad.audit.keys import log_sealing
from skillnad.audit.models import AuditEvent
from skillnad.audit.writing import writing

_APPENDING = 7_319_502_118  # any number of our own: PostgreSQL's name for the lock of the chain's end


@writing()
def record(
    *,
    by: str,
    at: datetime,
    action: str,
    purpose: str = "",
    subject_kind: str = "",
    subjects: Sequence[int | str] = (),
    details: Mapping[str, Any] | None = None,
    people: Iterable[int] = (),
) -> AuditEvent:
    """Add one event to the chain, in the transaction that does what it tells of: both stay, or neither.

    `people` are the pseudonyms that were touched, where `subjects` are not: they are kept as keyed names, so that what
    was done to a person is found, and the list tells nothing without the key.
    """
    entry = Entry(action, purpose, subject_kind, subjects, details or {}, people)
    ((row_id, row),) = _append([entry], by, at)
    said = {"subjects": json.loads(row.subjects), "details": json.loads(row.details)}
    return AuditEvent(**{**vars(row), **said, "pk": row_id})


@writing()
def record_many(*, entries: Iterable[Entry], by: str, at: datetime) -> int:
    """Add some events, each its own link of the chain, in the order given; says how many. All of them stay, or none."""
    return len(_append(entries, by, at))


def _append(entries: Iterable[Entry], by: str, at: datetime) -> list[tuple[int, EventRow]]:
    """Gives the rows with their ids."""
    _wait_for_the_end_of_the_chain()
    last, mac = AuditEvent.objects.order_by("-pk").values_list("pk", "mac").first() or (0, "")
    rows, people = _linked(entries, by, at, mac)
    ids = add_events(rows, after=last)
    add_people((event, person) for event, listed in zip(ids, people, strict=True) for person in listed)
    if ids:
        end = Checkpoint(ids[-1], rows[-1].mac, moment(at))
        transaction.on_commit(lambda: keep_up(end), robust=True)  # a folder that is full stops no work
    return list(zip(ids, rows, strict=True))


def _linked(entries: Iterable[Entry], by: str, at: datetime, last: str) -> tuple[list[EventRow], list[list[int]]]:
    """The events, each after the one before it and the first after the seal `last`; and the people of each."""
    sealing, told_at = log_sealing(), moment(at)
    rows, people = [], []
    for entry in entries:
        told = entry.told(sealing)
        kind = (entry.action, entry.purpose, entry.subject_kind)
        sealed = sealing.link(content(last, told_at, by, *kind, told.subjects, told.details)).hex()
        rows.append(EventRow(at, by, *kind, told.subjects, told.details, last, sealed))
        people.append(told.people)
        last = sealed
    return rows, people


def _wait_for_the_end_of_the_chain() -> None:
    """On SQLite a transaction is alone; PostgreSQL lets two begin, and the second must see the first's event."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_APPENDING])
