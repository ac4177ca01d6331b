"""docs/behorighet.md says what the table says, to a reader who has no code."""

import pytest

from skillnad.cli.kernel.rights_page import most, rights_page
from skillnad.organisation.rights import RULES, Role, Rule, Sees

PAGE = rights_page("<!-- made -->")
LINES = PAGE.splitlines()


def row(first: str, cells: int) -> list[str]:
    """The cells of the one row of a table of so many columns that begins so."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in LINES if line.startswith(f"| {first} |")]
    (found,) = [each for each in rows if len(each) == cells]
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.right)
def test_each_right_has_a_yes_for_each_role_that_has_it(rule: Rule) -> None:
    told = row(rule.what, 1 + len(Role))[1:]
    assert [cell == "ja" for cell in told] == [role in rule.roles for role in Role]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.right)
def test_each_right_tells_what_it_shows_and_why(rule: Rule) -> None:
    assert row(rule.what, 4)[1:3] == [rule.sees.label, rule.purpose.label]


def test_protected_identities_are_told_beside_what_shows_people() -> None:
    assert row("läsa svar i fritext", 4)[3] == "bara med uttryckligt medgivande"
    assert row("läsa rapporten", 4)[3] == "visas inte"


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.ANALYST, Sees.PEOPLE), (Role.UNIT_MANAGER, Sees.SMALL_NUMBERS), (Role.OPERATOR, Sees.NOTHING)],
)
def test_each_role_tells_the_most_that_it_sees(role: Role, sees: Sees) -> None:
    assert most(role) is sees
    assert row(role.label, 4)[3] == sees.label


def test_who_sees_people_is_said_by_name() -> None:
    assert "- läsa svar i fritext: analytiker" in LINES


def test_page_begins_with_how_it_was_made() -> None:
    assert LINES[0] == "<!-- made -->"
