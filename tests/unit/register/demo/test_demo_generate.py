"""The whole municipality: repeatable, consistent, and believable enough to be worth looking at."""

from collections import Counter
from datetime import date

import pytest

from skillnad.codebook.identity import IdentityKind, parse_identity, sex_hint
from skillnad.codebook.periods import age_at
from skillnad.register.demo.generate import make_municipality
from skillnad.register.demo.municipality import FIRST_DAY, LAST_DAY, Municipality
from skillnad.register.demo.profiles import load_profiles


@pytest.fixture(scope="module")
def town() -> Municipality:
    return make_municipality(1500, 5)


def test_municipality_is_the_same_for_the_same_seed() -> None:
    assert make_municipality(60, 3) == make_municipality(60, 3)


def test_municipality_is_another_for_another_seed() -> None:
    assert make_municipality(60, 3).clients != make_municipality(60, 4).clients


def test_one_more_client_changes_no_other() -> None:
    few, more = make_municipality(60, 3), make_municipality(61, 3)
    assert more.clients[:60] == few.clients
    assert more.cases[: len(few.cases)] == few.cases


def test_municipality_has_as_many_clients_as_asked_for(town: Municipality) -> None:
    assert [client.number for client in town.clients] == list(range(1, 1501))


def test_identities_are_local_reserve_numbers_and_each_ones_own(town: Municipality) -> None:
    identities = [client.identity for client in town.clients if client.identity]
    kinds = {parse_identity(identity, LAST_DAY).kind for identity in identities}
    assert kinds == {IdentityKind.RESERVE_LOCAL}
    assert len(set(identities)) == len(identities)


def test_identities_agree_with_sex_and_birth(town: Municipality) -> None:
    for client in town.clients[:200]:
        if client.identity:
            identity = parse_identity(client.identity, LAST_DAY)
            assert sex_hint(identity) in (client.legal_sex, None)
            assert identity.birth_date == client.birth_date


def test_support_without_identity_is_small_and_after_the_new_law(town: Municipality) -> None:
    nameless = {client.number for client in town.clients if not client.identity}
    assert 0.004 < len(nameless) / 1500 < 0.014
    assert all(case.decision_date is None for case in town.cases if case.client in nameless)
    assert all(case.intake_date >= date(2025, 7, 1) for case in town.cases if case.client in nameless)
    assert all(client.birth_date is None for client in town.clients if client.number in nameless)


def test_protected_identities_are_few_but_there(town: Municipality) -> None:
    assert 1 <= sum(client.protected for client in town.clients) <= 25


def test_everything_belongs_to_something_above_it(town: Municipality) -> None:
    cases = {case.number for case in town.cases}
    interventions = {intervention.number for intervention in town.interventions}
    assert {case.client for case in town.cases} == {client.number for client in town.clients}
    assert {intervention.case for intervention in town.interventions} <= cases
    for visits in (town.follow_ups, town.reviews, town.costs):
        assert {visit.intervention for visit in visits} <= interventions


def test_numbers_run_from_one(town: Municipality) -> None:
    for rows in (town.cases, town.interventions, town.follow_ups, town.reviews, town.costs):
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))


def test_cases_are_seen_within_the_five_years(town: Municipality) -> None:
    assert all(case.closed_date is None or case.closed_date >= FIRST_DAY for case in town.cases)
    assert all(case.intake_date <= LAST_DAY for case in town.cases)


def test_some_cases_were_ongoing_before_the_five_years_and_some_still_are(town: Municipality) -> None:
    before = sum(case.intake_date < FIRST_DAY for case in town.cases)
    still = sum(case.closed_date is None for case in town.cases)
    assert 0.03 < before / len(town.cases) < 0.15
    assert 0.12 < still / len(town.cases) < 0.35


def test_every_year_has_its_share_of_intakes(town: Municipality) -> None:
    years = Counter(case.intake_date.year for case in town.cases)
    whole = [years[year] for year in range(2021, 2026)]
    assert min(whole) > max(whole) * 0.7


def test_all_groups_are_there_and_some_are_small(town: Municipality) -> None:
    groups = Counter(case.group for case in town.cases)
    assert set(groups) == set(load_profiles().groups)
    assert groups["våldsutövare"] < 40
    assert groups["äldre"] > 250


def test_ages_at_a_first_intake_are_those_of_the_group(town: Municipality) -> None:
    births = {client.number: client.birth_date for client in town.clients}
    ages = [age_at(births[c.client], c.intake_date) for c in town.cases if c.group == "barn" and births[c.client]]
    assert sum(age <= 14 for age in ages) / len(ages) > 0.95


def test_reviews_are_of_children_in_placements(town: Municipality) -> None:
    kinds, births = load_profiles().kinds, {client.number: client.birth_date for client in town.clients}
    clients = {case.number: case.client for case in town.cases}
    interventions = {each.number: each for each in town.interventions}
    assert len(town.reviews) > 50
    for review in town.reviews:
        placed = interventions[review.intervention]
        assert kinds[placed.types[0]].placement
        assert age_at(births[clients[placed.case]], review.due_date) < 18


def test_elsewhere_some_clients_of_care_have_a_case_with_the_social_committee(town: Municipality) -> None:
    systems: dict[int, set[str]] = {}
    for case in town.cases:
        systems.setdefault(case.client, set()).add(case.system)
    assert sum(len(each) > 1 for each in systems.values()) >= 5


def test_women_and_men_differ_in_goals_but_modestly(town: Municipality) -> None:
    sex = {client.number: client.legal_sex for client in town.clients}
    case = {case.number: sex[case.client] for case in town.cases}
    stay = {intervention.number: case[intervention.case] for intervention in town.interventions}
    shares = {}
    for code in ("1", "2"):
        found = [visit.goal_attainment for visit in town.follow_ups if stay[visit.intervention] == code]
        shares[code] = sum(goal in ("1", "2") for goal in found) / len(found)
    assert abs(shares["1"] - shares["2"]) < 0.1
