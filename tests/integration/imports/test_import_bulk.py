"""Whole frames into the register's tables: each value arrives as it is, on both databases, and in turn."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction

from skillnad.register.imports.storing import insert, remove, reserve_ids, update
from skillnad.register.imports.writer import writer
from skillnad.register.models import Case, Client, ImportRun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

ODD = ["A\tB", "C\nD", 'E"F', "G\\N", "\\.", "åäö €", "a,b;c", " ", "\\x41"]


def clients(**columns: Any) -> pl.DataFrame:
    """One client a source key; the other columns are the test's."""
    height = len(next(iter(columns.values())))
    plain = {
        "id": range(1, height + 1),
        "source": ["ifo"] * height,
        "source_key": [f"K{place}" for place in range(height)],
        "pseudonym": range(100, 100 + height),
    }
    return pl.DataFrame({**plain, **columns})


def stored(column: str) -> list[Any]:
    return list(Client.everyone.order_by("id").values_list(column, flat=True))


@pytest.mark.parametrize("odd", ODD)
def test_texts_are_stored_as_they_are(odd: str) -> None:
    insert(Client, clients(source_key=[odd, "plain"]))
    assert stored("source_key") == [odd, "plain"]


def test_empty_text_is_not_missing() -> None:
    insert(Client, clients(origin=["", "1"], birth_date=[None, date(1990, 1, 2)]))
    assert stored("origin") == ["", "1"]
    assert stored("birth_date") == [None, date(1990, 1, 2)]


def test_bytes_flags_and_largest_numbers_are_stored() -> None:
    largest = 2**63 - 1
    insert(
        Client,
        clients(
            pseudonym=[1, largest],
            row_hash=[-(2**63), largest],
            protected=[True, False],
            identity_sealed=[b"\x00\xff\\", None],
            identity_index=[b"\\x00", None],
            id_kind=["personnummer", "none"],
        ),
    )
    assert stored("pseudonym") == [1, largest]
    assert stored("row_hash") == [-(2**63), largest]
    assert stored("protected") == [True, False]
    assert [bytes(each) if each else each for each in stored("identity_sealed")] == [b"\x00\xff\\", None]


def test_local_values_are_stored_as_json() -> None:
    insert(Client, clients(local_values=['{"a": "å\\"\\\\"}', "{}"]))
    assert stored("local_values") == [{"a": 'å"\\'}, {}]


def test_texts_of_changed_rows_become_what_their_fields_store() -> None:
    insert(Client, clients(birth_date=[date(1990, 1, 2), None]))
    changed = pl.DataFrame({"id": [1, 2], "birth_date": [None, "1991-02-03"], "row_hash": ["5", "-6"]})
    with transaction.atomic():
        update(Client, changed)
    assert stored("birth_date") == [None, date(1991, 2, 3)]
    assert stored("row_hash") == [5, -6]


def test_ids_that_are_reserved_are_free() -> None:
    insert(Client, clients(origin=["1", "2"]))
    with transaction.atomic():
        first = reserve_ids(Client, 10)
        insert(Client, clients(id=[first + 9], pseudonym=[7], source_key=["L"]))
        assert reserve_ids(Client, 1) == first + 10


@pytest.mark.parametrize(("gone", "left"), [([], [1, 2, 3]), ([2], [1, 3]), ([1, 3, 9], [2]), ([1, 2, 3], [])])
def test_rows_are_removed_by_their_ids(gone: list[int], left: list[int]) -> None:
    insert(Client, clients(origin=["1", "2", "5"]))
    with transaction.atomic():
        remove(Client, pl.Series(gone, dtype=pl.Int64))
    assert stored("id") == left


def test_writes_are_done_in_the_order_that_they_came() -> None:
    with transaction.atomic(), writer() as writes:
        writes.do(lambda: insert(Client, clients(origin=["1", "2"])))
        writes.do(lambda: update(Client, pl.DataFrame({"id": [1], "origin": ["5"]})))
        writes.settled()
        assert stored("origin") == ["5", "2"]


def test_a_write_that_fails_is_told_of_at_the_end() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), writer() as writes:
        writes.do(lambda: insert(Client, clients(pseudonym=[7, 7])))
    assert stored("id") == []


def test_a_failure_beside_the_writes_takes_them_back() -> None:
    class Other(Exception):
        pass

    with pytest.raises(Other):
        _write_and_fail(Other())
    assert stored("id") == []


def _write_and_fail(failure: Exception) -> None:
    with transaction.atomic(), writer() as writes:
        writes.do(lambda: insert(Client, clients(origin=["1"])))
        raise failure


def test_the_connection_is_its_own_threads_again_after_the_writes() -> None:
    with transaction.atomic(), writer() as writes:
        writes.do(lambda: insert(Client, clients(origin=["1"])))
    assert not connection.allow_thread_sharing


@pytest.mark.parametrize("model", [Case, Client])
def test_runs_are_asked_for_by_no_index(model: Any) -> None:
    """A link that every row of a delivery shares costs as much as a row to index, and finds nothing."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    assert not any("import_run_id" in each["columns"] for each in found.values())
    assert ImportRun._meta.db_table == "register_importrun"
