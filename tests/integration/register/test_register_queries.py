from datetime import timedelta

import people
import pytest

from skillnad.codebook.snapshot_schema import Population
from skillnad.register.queries import MODELS, client_with_identity, latest_import, latest_moment, row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_row_counts_count_everyone() -> None:
    people.case(people.client(1, protected=True))
    assert row_counts()[Population.CLIENTS] == 1
    assert row_counts()[Population.CASES] == 1
    assert row_counts()[Population.COSTS] == 0


def test_row_counts_of_one_source() -> None:
    people.client(1)
    people.client(2, source="annat system")
    assert row_counts("annat system")[Population.CLIENTS] == 1


def test_row_counts_know_every_population() -> None:
    assert set(MODELS) == set(Population)


def test_latest_import_is_the_last_of_its_source() -> None:
    first = people.import_run()
    people.import_run(imported_at=people.NOW + timedelta(days=1), source="annat system")
    assert latest_import("test") == first
    assert latest_import() != first


def test_latest_moment_is_empty_before_the_first_import() -> None:
    assert latest_moment() == ""
    people.import_run()
    assert latest_moment() == people.NOW.isoformat()


def test_latest_import_is_none_before_the_first() -> None:
    assert latest_import() is None


def test_client_is_found_by_identity_and_by_no_other() -> None:
    cecilia = people.cecilia(protected=True)
    assert client_with_identity("20010203-TK01") == cecilia
    assert client_with_identity("20010203-TK02") is None
