"""The table of rights: whole, readable, and without a way to a person for whoever should see none."""

import pytest

from skillnad.organisation.rights import (
    PEOPLE_ROLES,
    RULES,
    TABLE,
    UNIT_ROLES,
    Purpose,
    Right,
    Role,
    Rule,
    Sees,
    rights_of,
)

BESIDE = {
    "caseworker": "read_report",
    "unit_manager": "read_report explore_tables explain_differences see_own_unit see_broken_glass",
    "analyst": "read_report explore_tables explain_differences withdraw_explanations preview_instruments "
    "read_free_text break_glass see_broken_glass",
    "contract_manager": "read_report explore_tables",
    "committee_secretary": "read_report",
    "interviewer": "preview_instruments",
    "operator": "see_roles manage_roles manage_organisation",
    "auditor": "see_broken_glass see_roles review_log",
}
"""What each role may, written once more by hand: a slip in the table is seen here."""


@pytest.mark.parametrize("role", list(Role))
def test_role_has_the_rights_that_were_meant(role: Role) -> None:
    assert {right.value for right in rights_of(role)} == set(BESIDE[role].split())


def test_every_right_stands_once_with_someone_who_has_it() -> None:
    assert [rule.right for rule in RULES] == list(Right)
    assert set(TABLE) == set(Right)
    assert all(rule.roles for rule in RULES)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR, Role.CONTRACT_MANAGER, Role.COMMITTEE_SECRETARY])
def test_role_that_is_to_see_no_person_has_no_way_to_one(role: Role) -> None:
    assert not [rule.right for rule in RULES if role in rule.roles and rule.sees in (Sees.PEOPLE, Sees.SMALL_NUMBERS)]


def test_operator_has_nothing_of_results_either() -> None:
    assert {TABLE[right].sees for right in rights_of(Role.OPERATOR)} == {Sees.NOTHING}


def test_only_who_gives_out_roles_may() -> None:
    assert TABLE[Right.MANAGE_ROLES].roles == {Role.OPERATOR}


def test_emergencies_are_for_roles_that_show_people_and_seen_by_managers_and_auditors() -> None:
    assert TABLE[Right.BREAK_GLASS].roles == PEOPLE_ROLES
    assert {Role.UNIT_MANAGER, Role.AUDITOR} <= TABLE[Right.SEE_BROKEN_GLASS].roles


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.right)
def test_what_shows_people_is_for_follow_up(rule: Rule) -> None:
    if rule.sees is not Sees.NOTHING:
        assert rule.purpose is Purpose.FOLLOW_UP
    assert not rule.protected or rule.reads_people


@pytest.mark.parametrize("role", list(Role))
def test_role_is_told_in_swedish(role: Role) -> None:
    assert role.label == role.label.lower() != role.value
    assert len(role.what) > 20


def test_roles_of_a_unit_are_those_of_the_work() -> None:
    assert set(UNIT_ROLES) == {Role.CASEWORKER, Role.UNIT_MANAGER}
