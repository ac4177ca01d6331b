"""People with protected identity are in no list unless someone asks for everyone."""

from datetime import date

import people
import pytest

from skillnad.register.models import Case, Client, Cost, FollowUp, Intervention, Review

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MODELS = [Client, Case, Intervention, FollowUp, Review, Cost]


def a_story(number: int, protected: bool) -> None:
    """One row of every kind."""
    case = people.case(people.client(number, protected=protected), key=f"case-{number}")
    intervention = people.intervention(case, key=f"intervention-{number}")
    people.follow_up(intervention, key=f"follow-up-{number}")
    row = {"intervention": intervention, "source": "test", "source_key": f"row-{number}"}
    Review.everyone.create(case=case, due_date=date(2025, 1, 1), **row)
    Cost.everyone.create(from_date=date(2025, 1, 1), amount=1, **row)


@pytest.fixture(autouse=True)
def two_stories() -> None:
    a_story(1, protected=False)
    a_story(2, protected=True)


@pytest.mark.parametrize("model", MODELS)
def test_lists_hide_the_protected(model: type[Client]) -> None:
    assert [row.source_key[-1] for row in model.objects.all()] == ["1"]


@pytest.mark.parametrize("model", MODELS)
def test_everyone_counts_the_protected(model: type[Client]) -> None:
    assert model.everyone.count() == 2
    assert model.everyone.visible().count() == 1


def test_reverse_relations_hide_the_protected() -> None:
    protected = Client.everyone.get(protected=True)
    assert not protected.cases.exists()
    assert Client.objects.get().cases.exists()


def test_protection_that_is_lifted_shows_the_person() -> None:
    Client.everyone.update(protected=False)
    assert Client.objects.count() == 2
