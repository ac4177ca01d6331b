"""Rows of the log on their way in, many at a time."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from django.db import connection

from skillnad.audit.models import AuditEvent, AuditSubject

_EVENTS = 500  # of one statement
_PEOPLE = 10_000  # sent at a time


def add_events(events: Sequence[AuditEvent]) -> None:
    """In the order given. Each is given its row id."""
    if len(events) == 1:
        events[0].save(force_insert=True)
    else:
        AuditEvent.objects.bulk_create(events, batch_size=_EVENTS)


def add_people(rows: Iterable[tuple[int, int]]) -> None:
    """(event, keyed name), in the order of the events: a delivery has hundreds of thousands."""
    waiting = iter(rows)
    first = list(islice(waiting, 2))
    if len(first) < 2:  # most events are of one person
        for event, person in first:
            AuditSubject(event_id=event, person=person).save(force_insert=True)
        return
    table = connection.ops.quote_name(AuditSubject._meta.db_table)
    every = chain(first, waiting)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"INSERT INTO {table} (event_id, person) VALUES (%s, %s)", every)  # type: ignore[arg-type]  # noqa: S608
            return
        with cursor.cursor.copy(f"COPY {table} (event_id, person) FROM STDIN") as copy:
            while part := list(islice(every, _PEOPLE)):
                copy.write("".join(f"{event}\t{person}\n" for event, person in part))
