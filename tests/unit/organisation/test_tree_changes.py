"""What a reorganisation makes of a tree's history, and what it refuses."""

from datetime import date

import pytest

from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell, lines_on
from skillnad.lib.errors import UserError
from skillnad.organisation.history import changes

DAY, EVE, TODAY = date(2025, 1, 1), date(2024, 12, 31), date(2026, 3, 2)
OLD, NEW = date(2024, 6, 30), date(2025, 6, 30)


def spell(code, first=None, last=None, name="", committee="SN", administration=""):
    return UnitSpell(code, name or f"Enhet {code}", committee, administration, first, last)


TREE = TreeHistory((spell("A"), spell("B"), spell("C", date(2024, 1, 1))))


def of(history, code):
    return [each for each in history.spells if each.code == code]


def refused(change, *told):
    with pytest.raises(UserError) as error:
        change(TREE, *told)
    return error.value.code


def wrong(history, known=TREE):
    with pytest.raises(UserError) as error:
        changes.check(history, TODAY, known)
    return {problem.code for problem in error.value.problems}


def test_new_name_begins_where_the_old_one_ends():
    assert of(changes.renamed(TREE, "A", "Norr", DAY), "A") == [spell("A", None, EVE), spell("A", DAY, name="Norr")]


def test_same_name_is_no_change():
    assert changes.renamed(TREE, "A", "Enhet A", DAY) == TREE


def test_moved_unit_stands_elsewhere_under_its_name():
    assert of(changes.moved(TREE, "A", "ON", "D1", DAY), "A")[1] == spell("A", DAY, None, "", "ON", "D1")


def test_closed_unit_is_there_on_its_last_day():
    assert of(changes.closed(TREE, "A", EVE), "A") == [spell("A", None, EVE)]


def test_split_ends_the_unit_and_begins_the_new_where_it_stood():
    after = changes.split(TREE, "A", [UnitSpell("A1", "Ett", ""), UnitSpell("A2", "Två", "ON")], DAY)
    assert of(after, "A") == [spell("A", None, EVE)]
    assert of(after, "A1") + of(after, "A2") == [spell("A1", DAY, name="Ett"), spell("A2", DAY, None, "Två", "ON")]
    assert after.successions == (Succession("A", "A1", DAY), Succession("A", "A2", DAY))


def test_unit_that_gives_a_part_away_goes_on():
    after = changes.split(TREE, "A", [UnitSpell("A", "", ""), UnitSpell("A2", "Två", "")], DAY)
    assert of(after, "A") == [spell("A")]
    assert [line.units for line in lines_on(after, NEW)] == [("A", "A2"), ("B",), ("C",)]


def test_part_may_go_to_a_unit_that_was_there():
    after = changes.split(TREE, "A", [UnitSpell("A1", "Ett", ""), UnitSpell("B", "", "")], DAY)
    assert of(after, "B") == [spell("B")]
    assert Succession("A", "B", DAY) in after.successions


def test_merger_ends_both_and_begins_one():
    after = changes.merged(TREE, ["A", "B"], UnitSpell("AB", "Båda", ""), DAY)
    assert of(after, "A") + of(after, "B") == [spell("A", None, EVE), spell("B", None, EVE)]
    assert after.successions == (Succession("A", "AB", DAY), Succession("B", "AB", DAY))


def test_unit_that_takes_another_over_may_take_a_new_name():
    after = changes.merged(TREE, ["A", "B"], UnitSpell("A", "Båda", ""), DAY)
    assert of(after, "A") == [spell("A", None, EVE), spell("A", DAY, name="Båda")]
    assert after.successions == (Succession("B", "A", DAY),)
    assert [next(line.units for line in lines_on(after, day)) for day in (OLD, NEW)] == [("A", "B"), ("A", "B")]


@pytest.mark.parametrize(
    ("change", "told", "code"),
    [
        (changes.renamed, ("AA", "Norr", DAY), "ORG-001"),
        (changes.renamed, ("C", "Norr", date(2024, 1, 1)), "ORG-003"),
        (changes.split, ("C", [spell("C1"), spell("C2")], date(2023, 1, 1)), "ORG-003"),
        (changes.split, ("A", [spell("A1")], DAY), "ORG-009"),
        (changes.split, ("A", [spell("A1"), spell("A1")], DAY), "ORG-009"),
        (changes.merged, (["A", "A"], spell("AB"), DAY), "ORG-009"),
        (changes.merged, (["A", "X"], spell("AB"), DAY), "ORG-001"),
    ],
)
def test_change_that_cannot_be_is_refused(change, told, code):
    assert refused(change, *told) == code


def test_closed_unit_does_not_change_after_its_last_day():
    with pytest.raises(UserError, match="ORG-004"):
        changes.renamed(changes.closed(TREE, "A", EVE), "A", "Norr", DAY)


def test_code_of_a_closed_unit_is_not_taken_again():
    with pytest.raises(UserError, match="ORG-010"):
        changes.split(changes.closed(TREE, "A", EVE), "B", [spell("A"), spell("B1")], NEW)


def test_what_no_tree_can_have_is_refused_together():
    assert wrong(TreeHistory((spell("A", DAY, EVE), spell("B"), spell("B", DAY)))) == {"ORG-005", "ORG-007"}


def test_unit_cannot_follow_itself():
    pairs = (Succession("A", "B", DAY), Succession("B", "A", DAY))
    assert wrong(TreeHistory(TREE.spells, pairs)) == {"ORG-006"}


def test_successor_of_nobody_and_one_from_before_the_unit_are_refused():
    pairs = (Succession("X", "A", DAY), Succession("C", "B", date(2023, 1, 1)))
    assert wrong(TreeHistory(TREE.spells, pairs)) == {"ORG-001", "ORG-003"}


def test_change_of_tomorrow_waits_until_tomorrow():
    assert wrong(changes.renamed(TREE, "A", "Norr", date(2026, 3, 3))) == {"ORG-008"}
    changes.check(changes.renamed(TREE, "A", "Norr", TODAY), TODAY, TREE)


@pytest.mark.parametrize("told", [spell("D", name=" "), spell("D,E"), spell("D" * 41), spell("D", name="x" * 201)])
def test_code_and_name_of_a_new_unit_are_readable(told):
    assert wrong(TreeHistory((*TREE.spells, told))) == {"ORG-011"}


def test_code_that_came_with_an_extract_is_what_it_is():
    known = TreeHistory((spell("A;1"),))
    changes.check(changes.renamed(known, "A;1", "Norr", DAY), TODAY, known)


def test_told_units_take_the_place_of_what_was_known():
    told = TreeHistory((spell("A", None, EVE), spell("D", DAY)), (Succession("A", "D", DAY),))
    after = changes.with_units(TREE, told)
    assert {each.code for each in after.spells} == {"A", "B", "C", "D"}
    assert of(after, "A") == [spell("A", None, EVE)]
    assert changes.with_units(after, told) == after


def test_message_names_the_nearest_code_and_the_way_out():
    with pytest.raises(UserError) as error:
        changes.renamed(TREE, "AA", "Norr", DAY)
    assert "Menade du A?" in error.value.text()
    assert "Did you mean A?" in error.value.text("en")
