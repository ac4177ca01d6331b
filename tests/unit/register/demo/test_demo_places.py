"""The organisation is one that the register can take, and nobody's."""

from skillnad.register.demo.municipality import CODE, NAME
from skillnad.register.demo.places import PROVIDER_WEIGHTS, PROVIDERS, UNITS, tree

COUNTIES = {1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 17, 18, 19, 20, 21, 22, 23, 24, 25}


def test_municipality_code_belongs_to_no_county() -> None:
    assert len(CODE) == 4
    assert int(CODE[:2]) not in COUNTIES


def test_municipality_says_that_it_is_made_up() -> None:
    assert NAME.startswith("Påhitt")


def test_tree_places_every_unit_under_a_committee_of_its_own() -> None:
    committees = {place.code for place in tree().committees}
    assert [unit.code for unit in tree().units] == [unit.code for unit in UNITS]
    assert {unit.committee for unit in tree().units} == committees


def test_tree_knows_providers_by_name() -> None:
    assert {provider.code for provider in tree().providers} == {provider.name for provider in PROVIDERS}


def test_tree_tells_municipal_providers_from_private() -> None:
    kinds = {provider.name: provider.kind for provider in tree().providers}
    assert kinds["Kommunens egna familjehem"] == "municipal"
    assert kinds["HVB Påhittsgården"] == "private"


def test_providers_are_weighed_by_their_kind() -> None:
    for kind, weights in PROVIDER_WEIGHTS.items():
        assert set(weights) == {provider.code for provider in PROVIDERS if provider.kind == kind}
