"""Lists of an area hold its rows and no others, of every model that leads to a person."""

from datetime import date
from typing import Any

import people
import pytest
from areas_made import MODELS, a_story, area_of_committee, area_of_unit

from skillnad.organisation.standing import Area
from skillnad.register.models import Case, Client, FollowUp, Intervention, Review

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told(model: Any, area: Area) -> set[str]:
    return set(model.everyone.within(area).values_list("source_key", flat=True))


@pytest.fixture(autouse=True)
def two_stories(db: None) -> None:
    """One in BU of the committee SN, one in LSS of the committee ON."""
    a_story("bu", unit=people.unit("BU"))
    a_story("lss", unit=people.unit("LSS"))


@pytest.mark.parametrize("model", MODELS)
def test_area_of_a_committee_or_unit_has_its_own(model: Any) -> None:
    for area in (area_of_committee("SN"), area_of_unit("BU")):
        assert told(model, area) == {"bu"}


@pytest.mark.parametrize("model", MODELS)
def test_no_area_has_nobody(model: Any) -> None:
    assert told(model, Area()) == told(model, Area(protected=True)) == set()


@pytest.mark.parametrize("model", MODELS)
def test_both_committees_have_both(model: Any) -> None:
    assert told(model, area_of_committee("SN", "ON")) == {"bu", "lss"}


@pytest.mark.parametrize("model", MODELS)
def test_the_protected_are_within_only_with_leave(model: Any) -> None:
    a_story("secret", unit=people.unit("BU"), protected=True)
    assert told(model, area_of_unit("BU")) == {"bu"}
    assert told(model, area_of_unit("BU", protected=True)) == {"bu", "secret"}


@pytest.mark.parametrize("model", MODELS)
def test_what_is_of_no_unit_is_for_who_has_all_committees(model: Any) -> None:
    a_story("nowhere", unit=None)
    assert told(model, area_of_committee("SN")) == {"bu"}
    assert told(model, area_of_committee("SN", "ON")) == {"bu", "lss", "nowhere"}


@pytest.mark.parametrize("model", [Client, Case, Intervention, FollowUp, Review])
def test_case_without_a_unit_is_where_its_interventions_are(model: Any) -> None:
    a_story("by-intervention", unit=None, intervention_unit=people.unit("BU"))
    assert told(model, area_of_unit("BU")) == {"bu", "by-intervention"}
    assert told(model, area_of_unit("LSS")) == {"lss"}


def test_intervention_of_another_unit_shows_neither_case_nor_client() -> None:
    a_story("apart", unit=people.unit("BU"), intervention_unit=people.unit("LSS"))
    area = area_of_unit("LSS")
    assert told(Intervention, area) == told(FollowUp, area) == {"lss", "apart"}
    assert told(Case, area) == told(Client, area) == {"lss"}


def test_client_of_two_committees_is_seen_by_both_with_the_own_case_alone() -> None:
    client = Client.everyone.get(source_key="bu")
    Case.everyone.create(source="test", source_key="second", client=client, unit=people.unit("LSS"))
    assert told(Client, area_of_committee("ON")) == {"bu", "lss"}
    assert told(Case, area_of_committee("ON")) == {"lss", "second"}


def test_review_of_a_case_alone_is_where_the_case_is() -> None:
    case = Case.everyone.get(source_key="bu")
    Review.everyone.create(source="test", source_key="of-case", case=case, due_date=date(2025, 1, 1))
    assert told(Review, area_of_unit("BU")) == {"bu", "of-case"}
    assert told(Review, area_of_unit("LSS")) == {"lss"}


def test_client_without_a_case_is_of_no_unit() -> None:
    people.client(99, source_key="alone")
    assert told(Client, area_of_unit("BU")) == {"bu"}
    assert told(Client, area_of_committee("SN", "ON")) == {"bu", "lss", "alone"}
