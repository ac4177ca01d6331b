"""The weights of the made-up municipality speak the codebook's language."""

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.register.demo.extracts import codebook_folder
from skillnad.register.demo.places import PROVIDER_WEIGHTS, UNITS
from skillnad.register.demo.profiles import load_profiles

CODEBOOK = load_codebook(codebook_folder())
PROFILES = load_profiles()
GROUPS = list(PROFILES.groups.values())


def codes(variable: str) -> set[str]:
    return set(CODEBOOK[variable].codes)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.id)
def test_group_uses_only_codes_of_the_codebook(group) -> None:
    assert set(group.reasons) <= codes("intake_reason")
    assert set(group.problems) <= codes("problem")
    assert set(group.origins) == codes("origin")
    assert set(group.known) == codes("previous_contact")


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.id)
def test_group_offers_interventions_that_have_a_kind(group) -> None:
    offered = {code for weights in group.interventions.values() for code in weights}
    assert offered <= set(PROFILES.kinds)
    assert "other" in group.interventions


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.id)
def test_group_matches_interventions_to_its_own_problems(group) -> None:
    possible = set(group.problems) | set(group.reasons) | {"other"}
    assert set(group.interventions) <= possible


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.id)
def test_group_has_units_and_twelve_months(group) -> None:
    assert set(group.units) <= {unit.code for unit in UNITS}
    assert list(group.months) == list(range(1, 13))


def test_shares_of_the_groups_make_a_whole() -> None:
    assert sum(group.share for group in GROUPS) == pytest.approx(1.0)


def test_every_kind_of_intervention_is_a_code_with_a_provider() -> None:
    assert set(PROFILES.kinds) == codes("intervention_type")
    assert {kind.provider for kind in PROFILES.kinds.values()} <= set(PROVIDER_WEIGHTS)


def test_only_placements_cost_by_the_month() -> None:
    assert all(kind.placement == (kind.month > 0) for kind in PROFILES.kinds.values())


def test_households_cover_every_age_once() -> None:
    ages = [age for first, last, _ in PROFILES.households for age in range(first, last + 1)]
    assert ages == list(range(111))


def test_no_child_lives_alone_or_with_a_partner() -> None:
    children = [weights for first, last, weights in PROFILES.households if last < 18]
    assert all({"1", "4"}.isdisjoint(weights) for weights in children)


def test_collaboration_is_there_for_every_problem() -> None:
    assert set(PROFILES.collaboration) == codes("problem")
    assert all(set(weights) <= codes("collaboration") for weights in PROFILES.collaboration.values())


def test_endings_and_goals_are_codes() -> None:
    assert all(set(weights) <= codes("closing_reason") for weights in PROFILES.ending.values())
    assert all(set(weights) == codes("goal_attainment") for weights in PROFILES.goals.values())


def test_profiles_are_read_once() -> None:
    assert load_profiles() is load_profiles()
