"""Made-up people fit their group and their age."""

from datetime import date

import pytest

from skillnad.codebook.periods import age_at
from skillnad.register.demo import people
from skillnad.register.demo.dice import Dice
from skillnad.register.demo.profiles import load_profiles

PROFILES = load_profiles()
INTAKE = date(2024, 2, 29)


@pytest.mark.parametrize("group", PROFILES.groups.values(), ids=lambda group: group.id)
def test_birth_date_gives_an_age_of_the_group(group) -> None:
    dice = Dice(1, "birth")
    ages = {age_at(people.a_birth_date(dice, group, INTAKE), INTAKE) for _ in range(300)}
    assert min(ages) >= min(first for first, _ in group.ages)
    assert max(ages) <= max(last for _, last in group.ages)


def test_legal_sex_follows_the_group() -> None:
    dice = Dice(1, "sex")
    women = sum(people.a_legal_sex(dice, PROFILES.groups["våldsutsatta"]) == "1" for _ in range(1000))
    assert 840 < women < 920


@pytest.mark.parametrize(
    ("birth", "possible"),
    [
        (date(2015, 1, 1), {"2", "5", "8"}),
        (date(2005, 1, 1), {"1", "3", "4", "6", "7"}),
        (date(1930, 1, 1), {"1", "3", "4", "6", "7"}),
    ],
)
def test_household_fits_the_age(birth: date, possible: set[str]) -> None:
    dice = Dice(1, "household")
    assert {people.a_household(dice, PROFILES, birth, INTAKE) for _ in range(300)} <= possible


def test_household_of_someone_older_than_the_table_is_another() -> None:
    assert people.a_household(Dice(1, "old"), PROFILES, date(1900, 1, 1), INTAKE) == "7"


@pytest.mark.parametrize(("since", "value"), [(1, "2"), (729, "2"), (730, "3"), (2000, "3")])
def test_previous_contact_counts_from_the_clients_own_last_case(since: int, value: str) -> None:
    assert people.a_previous_contact(Dice(1, "known"), PROFILES.groups["barn"], since) == value


def test_previous_contact_of_a_first_case_follows_the_group() -> None:
    dice = Dice(1, "first")
    found = {people.a_previous_contact(dice, PROFILES.groups["barn"], None) for _ in range(300)}
    assert found == {"1", "2", "3", "4"}
