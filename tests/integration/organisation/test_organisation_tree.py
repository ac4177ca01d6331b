from dataclasses import replace
from datetime import date
from typing import Any

import people
import pytest
from django.db import IntegrityError

from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.lib.errors import UserError
from skillnad.organisation.actions import add_providers, add_units, set_up_tree
from skillnad.organisation.models import Administration, Committee, Municipality, Provider, Unit
from skillnad.organisation.places import AdministrationPlace, Place, ProviderPlace, Tree, UnitPlace

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WHEN: dict[str, Any] = {"by": people.BY, "at": people.NOW}


def put(tree: Tree) -> Municipality:
    return set_up_tree(tree=tree, **WHEN)


def test_tree_is_stored_with_its_branches() -> None:
    municipality = people.exempelby()
    assert Municipality.objects.get() == municipality
    assert [committee.code for committee in municipality.committees.order_by("pk")] == ["SN", "ON"]
    assert Unit.objects.get(code="LSS").committee.code == "ON"
    assert Provider.objects.get().kind == "private"


def test_tree_may_be_put_again() -> None:
    people.exempelby()
    people.exempelby()
    counts = [model.objects.count() for model in (Municipality, Committee, Unit, Provider)]
    assert counts == [1, 2, 2, 1]


def test_changed_name_is_updated_and_nothing_removed() -> None:
    people.exempelby()
    put(Tree(people.TREE.municipality, people.TREE.committees, units=(UnitPlace("BU", "Barnenheten"),)))
    assert Unit.objects.get(code="BU").name == "Barnenheten"
    assert Unit.objects.filter(code="LSS").exists()


def test_unit_ends_and_stays() -> None:
    put(replace(people.TREE, units=(UnitPlace("BU", "Barn och unga", valid_to=date(2025, 6, 30)),)))
    assert Unit.objects.get().valid_to == date(2025, 6, 30)


def test_unit_without_committee_is_the_first_ones() -> None:
    put(Tree(Place("1234", "Exempelby"), units=(UnitPlace("A", "Enhet A"),)))
    assert Unit.objects.get().committee.name == "Socialnämnden"


def test_district_stands_between_committee_and_unit() -> None:
    district = AdministrationPlace("D1", "Norra stadsdelen", committee="SN", kind="district")
    unit = UnitPlace("N", "Norra", committee="SN", administration="D1")
    put(Tree(Place("1234", "Exempelby"), (Place("SN", "Socialnämnden"),), (district,), (unit,)))
    assert Unit.objects.get().administration == Administration.objects.get(kind="district")


@pytest.mark.parametrize(
    "unit", [UnitPlace("A", "Enhet A", committee="XX"), UnitPlace("A", "Enhet A", administration="XX")]
)
def test_unknown_branch_changes_nothing(unit: UnitPlace) -> None:
    with pytest.raises(UserError, match=r"REG-001.*”XX”"):
        put(Tree(Place("1234", "Exempelby"), units=(unit,)))
    assert not Municipality.objects.exists()
    assert verify() == 0


def test_register_holds_one_municipality() -> None:
    people.exempelby()
    with pytest.raises(UserError, match="REG-002"):
        put(Tree(Place("4321", "Annanby")))


@pytest.mark.parametrize("place", [Place("123", "X"), Place("12a4", "X"), Place("1234", "")])
def test_database_refuses_what_is_no_municipality(place: Place) -> None:
    with pytest.raises(IntegrityError):
        put(Tree(place))


@pytest.mark.parametrize(
    "unit",
    [
        UnitPlace("", "Enhet"),
        UnitPlace("A", ""),
        UnitPlace("A", "Enhet", valid_from=date(2025, 2, 1), valid_to=date(2025, 1, 31)),
    ],
)
def test_database_refuses_a_unit_out_of_order(unit: UnitPlace) -> None:
    with pytest.raises(IntegrityError):
        put(Tree(Place("1234", "Exempelby"), units=(unit,)))


def test_new_units_are_added_and_known_ones_left() -> None:
    municipality = people.exempelby()
    ids = add_units(municipality=municipality, units=(UnitPlace("BU", "Annat"), UnitPlace("NY", "Ny")), **WHEN)
    assert ids == dict(Unit.objects.values_list("code", "pk"))
    assert set(ids) == {"BU", "LSS", "NY"}
    assert Unit.objects.get(code="BU").name == "Barn och unga"


def test_new_providers_are_added_and_known_ones_left() -> None:
    municipality = people.exempelby()
    new = (ProviderPlace("P1", "Annat"), ProviderPlace("P2", "Ny"))
    ids = add_providers(municipality=municipality, providers=new, **WHEN)
    assert ids == dict(Provider.objects.values_list("code", "pk"))
    assert sorted(Provider.objects.values_list("name", flat=True)) == ["Lugna gatan HVB", "Ny"]


def test_each_change_is_one_event() -> None:
    municipality = people.exempelby()
    add_units(municipality=municipality, units=(UnitPlace("BU", "Känd"),), **WHEN)
    add_units(municipality=municipality, units=(UnitPlace("NY", "Ny"),), **WHEN)
    events = list(AuditEvent.objects.order_by("pk").values_list("action", "details"))
    counts = {"committees": 2, "administrations": 0, "units": 2, "providers": 1}
    assert events == [("organisation.set_up", counts), ("organisation.add_units", {"units": 1})]
