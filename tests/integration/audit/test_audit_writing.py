"""One writer at a time, on both databases: no event is lost, and none follows the same one as another."""

import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import people
import pytest
from django.db import connection

from skillnad.audit.actions import record
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.audit.writing import writing
from skillnad.config.environment import read_environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def at_once(work: Callable[[], None], threads: int) -> None:
    def in_a_thread() -> None:
        try:
            work()
        finally:
            connection.close()

    running = [threading.Thread(target=in_a_thread) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def test_database_is_the_one_that_was_asked_for() -> None:
    assert connection.vendor == urlsplit(read_environment().database_url).scheme


def test_writers_at_once_make_one_chain() -> None:
    def work() -> None:
        for _ in range(5):
            record(by=people.BY, at=people.NOW, action="test.write")

    at_once(work, threads=4)
    assert verify() == 20


def test_work_that_reads_first_and_writes_later_loses_nothing() -> None:
    people.client(1)

    def work() -> None:
        with writing():
            client = people.Client.everyone.select_for_update().get()
            client.stated_gender = str(int(client.stated_gender or 0) + 1)
            client.save()

    at_once(work, threads=4)
    assert people.Client.everyone.get().stated_gender == "4"


def test_writing_is_all_or_nothing() -> None:
    @writing()
    def write_and_fall() -> None:
        record(by=people.BY, at=people.NOW, action="test.write")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fall()
    assert not AuditEvent.objects.exists()


def test_writing_within_writing_does_not_wait_for_itself() -> None:
    with writing(), writing():
        record(by=people.BY, at=people.NOW, action="test.write")
    assert verify() == 1


def test_writers_of_sqlite_queue_at_a_file_beside_it() -> None:
    with writing():
        pass
    beside = Path(f"{connection.settings_dict['NAME']}.lock")
    assert beside.exists() == (connection.vendor == "sqlite")


def test_sqlite_is_set_for_durability() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is durable as it comes")
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()
    assert (journal, synchronous) == (("wal",), (2,))
