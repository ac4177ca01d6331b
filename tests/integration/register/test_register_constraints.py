"""What the database itself refuses, on SQLite and on PostgreSQL."""

from datetime import date
from typing import Any

import people
import pytest
from django.db import IntegrityError, connection, transaction

from skillnad.register.models import Client, Cost, Review

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def case() -> Any:
    return people.case(people.client())


@pytest.fixture
def intervention(case: Any) -> Any:
    return people.intervention(case)


@pytest.mark.parametrize(
    "values",
    [
        {"intake_date": date(25, 3, 1)},
        {"intake_date": date(2101, 1, 1)},
        {"decision_date": date(1899, 12, 31)},
        {"closed_date": date(9999, 1, 1)},
        {"intake_date": date(2025, 3, 2), "closed_date": date(2025, 3, 1)},
        {"source": ""},
        {"source_key": ""},
        {"source_key": "case-1"},
    ],
)
def test_case_refuses(case: Any, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        people.case(case.client, key="case-2", **values)


@pytest.mark.parametrize(
    "values",
    [
        {"intake_date": date(2025, 3, 1), "closed_date": date(2025, 3, 1)},
        {"intake_date": date(1900, 1, 1), "closed_date": date(2100, 12, 31)},
        {"closed_date": date(2025, 3, 1)},
        {"intake_reason": "1;14", "local_values": {"hemkommun": "2281"}},
    ],
)
def test_case_accepts(case: Any, values: dict[str, Any]) -> None:
    stored = people.case(case.client, key="case-2", **values)
    stored.refresh_from_db()
    assert {name: getattr(stored, name) for name in values} == values


def test_same_key_from_another_source_is_another_row(case: Any) -> None:
    assert people.case(case.client, source="annat system").pk != case.pk


@pytest.mark.parametrize(
    "values",
    [
        {"start_date": date(2025, 3, 2), "end_date": date(2025, 3, 1)},
        {"start_date": date(25, 3, 2)},
        {"end_date": date(2201, 3, 2)},
    ],
)
def test_intervention_refuses(case: Any, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        people.intervention(case, **values)


def test_intervention_of_one_day_is_accepted(case: Any) -> None:
    day = date(2025, 3, 2)
    assert people.intervention(case, start_date=day, end_date=day).pk


def test_follow_up_refuses_the_year_25(intervention: Any) -> None:
    with pytest.raises(IntegrityError):
        people.follow_up(intervention, follow_up_date=date(25, 6, 1))


@pytest.mark.parametrize(
    "values",
    [
        {"amount": -1},
        {"from_date": date(25, 1, 1)},
        {"to_date": date(2024, 12, 31)},
        {"from_date": None},
    ],
)
def test_cost_refuses(intervention: Any, values: dict[str, Any]) -> None:
    row = {"source": "test", "source_key": "cost-1", "from_date": date(2025, 1, 1), "amount": 100, **values}
    with pytest.raises(IntegrityError):
        Cost.everyone.create(intervention=intervention, **row)


@pytest.mark.parametrize(
    ("due", "held"),
    [(date(2025, 2, 1), date(2025, 1, 1)), (date(2025, 2, 1), None), (None, date(2025, 1, 1))],
)
def test_review_of_a_case_is_due_or_held_in_any_order(case: Any, due: date | None, held: date | None) -> None:
    assert Review.everyone.create(case=case, source="test", source_key="1", due_date=due, held_date=held).pk


def test_review_without_any_date_is_refused(case: Any) -> None:
    with pytest.raises(IntegrityError):
        Review.everyone.create(case=case, source="test", source_key="1")


def test_review_belongs_to_a_case(intervention: Any) -> None:
    with pytest.raises(IntegrityError):
        Review.everyone.create(intervention=intervention, source="test", source_key="1", due_date=date(2025, 2, 1))


@pytest.mark.parametrize(
    "values",
    [
        {"pseudonym": 0},
        {"pseudonym": 1},
        {"legal_sex": "3"},
        {"birth_date": date(1825, 1, 1)},
        {"id_kind": "påhittad"},
        {"id_kind": "personnummer"},
        {"identity_sealed": b"sealed", "id_kind": "personnummer"},
        {"identity_index": b"index", "id_kind": "personnummer"},
        {"identity_sealed": b"sealed", "identity_index": b"index"},
    ],
)
def test_client_refuses(values: dict[str, Any]) -> None:
    people.client(1)
    with pytest.raises(IntegrityError):
        people.client(2, **values)


def test_one_identity_is_one_client() -> None:
    people.cecilia()
    with pytest.raises(IntegrityError), transaction.atomic():
        people.cecilia(pseudonym=7, source_key="client-7")
    assert Client.everyone.count() == 1


def test_many_clients_may_have_no_identity() -> None:
    people.client(1)
    people.client(2)
    assert Client.everyone.filter(identity_index=None).count() == 2


def test_rows_stored_without_django_get_the_same_defaults() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO register_client (source, source_key, pseudonym) VALUES ('test', 'raw', 5)")
    stored = Client.everyone.get()
    assert (stored.id_kind, stored.legal_sex, stored.protected, stored.local_values) == ("none", "", False, {})


def test_client_with_cases_stays(case: Any) -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("DELETE FROM register_client")
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
    assert Client.everyone.get() == case.client
