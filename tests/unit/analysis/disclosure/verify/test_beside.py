"""What a release and an earlier one tell together, where the earlier one's truth is not at hand."""

from dataclasses import replace

import pytest
from released_tables import Made, Table, changed, given, released

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.verify import incidence, promises
from skillnad.analysis.disclosure.verify.beside import _may_be, verify_beside
from skillnad.analysis.disclosure.verify.objections import Wrong
from skillnad.analysis.disclosure.verify.verifying import verify

INNER = ["a0,b0", "a0,b1", "a1,b0", "a1,b1"]


def by(columns, *counts):
    """A 2 by 2 table of two columns, by rows."""
    first, second = columns
    places = [(f"{first}{row}", f"{second}{column}") for row in (0, 1) for column in (0, 1)]
    rows = [(*place, count) for place, count in zip(places, counts, strict=True)]
    return given(f"{first} {second}", *rows, name=f"{columns}.csv")


def together(*tables, gaps=()):
    return Made(tuple(released(each, gaps).tables[0] for each in tables))


FIRST = by("ab", 3, 7, 5, 9)
BEFORE = together(FIRST, gaps=INNER)
LATER = (by("bc", 8, 0, 8, 8), by("ac", 10, 0, 6, 8))
"""All of a0 is in c0, where no more than 8 are b1: of the ten in a0 two or more are then b0."""


def wrongs(objections):
    return {(each.wrong, each.table, each.coordinates) for each in objections}


def test_small_number_of_an_earlier_release_is_seen_to_come_too_near():
    found = wrongs(verify_beside(together(*LATER), [BEFORE], DEFAULT, LATER))
    assert (Wrong.NARROW, "ab.csv", ("a0", "b0")) in found


def test_who_has_the_truth_of_both_says_the_same():
    assert verify([BEFORE], DEFAULT, [FIRST]) == []
    assert verify([together(*LATER)], DEFAULT, LATER) == []
    assert Wrong.NARROW in {each.wrong for each in verify([BEFORE, together(*LATER)], DEFAULT, [FIRST, *LATER])}


def test_one_of_the_tables_alone_tells_nothing_new():
    for table in LATER:
        assert verify_beside(together(table), [BEFORE], DEFAULT, [table]) == []


def test_what_the_earlier_releases_left_closed_is_asked_of_none():
    """The three tables in one, as nobody should have released them; a fourth makes it no worse."""
    before, later = Made((*BEFORE.tables, *together(*LATER).tables)), by("de", 10, 5, 5, 4)
    assert verify_beside(together(later, gaps=["d1,e1", "d1,e0", "d0,e1", "d0,e0"]), [before], DEFAULT, [later]) == []


@pytest.mark.parametrize("policy", [Policy(attacker=Attacker.PRIMARY_KNOWN), Policy(contributors=True)])
def test_nothing_is_shown_to_be_safe_from_who_knows_more_of_gaps_than_the_verifier(policy):
    found = verify_beside(together(LATER[1]), [BEFORE], policy, [LATER[1]])
    assert {each.wrong for each in found} == {Wrong.UNSURE}
    assert {each.table for each in found} == {"ab.csv"}


def test_who_knows_which_are_small_is_answered_where_the_gaps_are_the_release_s_own():
    first, policy = by("ab", 3, 27, 25, 29), Policy(attacker=Attacker.PRIMARY_KNOWN)
    again = replace(first, name="again.csv")
    assert verify_beside(together(again, gaps=INNER), [together(first, gaps=INNER)], policy, [again]) == []


def test_same_people_shown_and_hidden_are_apart():
    again = replace(FIRST, name="again.csv")
    found = verify_beside(together(again), [BEFORE], DEFAULT, [again])
    assert wrongs(found) == {(Wrong.APART, "again.csv", tuple(place.split(","))) for place in INNER}


def test_large_gap_that_becomes_exact_is_noticed():
    """It was 20 or more, so no small number; now a0 and c0 are the same people."""
    first = by("ab", 30, 40, 60, 10)
    later = (by("bc", 30, 60, 40, 10), by("ac", 70, 0, 0, 70))
    found = verify_beside(together(*later), [together(first, gaps=INNER)], DEFAULT, later)
    assert (Wrong.NARROW, "ab.csv", ("a0", "b0")) in wrongs(found)


def test_large_gap_that_may_still_be_two_numbers_is_let_be():
    first, later = by("ab", 30, 40, 60, 10), by("ac", 40, 30, 30, 40)
    assert verify_beside(together(later), [together(first, gaps=INNER)], DEFAULT, [later]) == []


def three_by_three(columns, counts, gaps):
    """By rows, and its gaps by a word each: a0b1, and a0T of a sum."""
    first, second = columns
    places = [(f"{first}{row}", f"{second}{column}") for row in range(3) for column in range(3)]
    told = given(f"{first} {second}", *((*p, c) for p, c in zip(places, counts, strict=True)), name=f"{columns}.csv")
    hidden = [",".join("Total" if word == "T" else word for word in (gap[:2], gap[2:])) for gap in gaps.split()]
    return told, together(told, gaps=[gap.replace("TT", "Total") for gap in hidden])


ODD = (
    three_by_three("bc", (2, 8, 1, 1, 6, 6, 1, 5, 0), "TTc0 TTc2 b0c0 b0c1 b0c2 b1c0 b1c1 b2c0 b2c1"),
    three_by_three("ab", (4, 10, 0, 0, 0, 4, 7, 3, 2), "a0b0 a0b1 a1T a1b2 a2T a2b0 a2b1 a2b2"),
    three_by_three("ac", (0, 9, 5, 1, 3, 0, 3, 7, 2), "TTc0 TTc2 a1T a1c0 a1c1 a2T a2c0 a2c1 a2c2"),
)


def test_cells_that_no_table_has_are_read_too():
    """Everybody by a, b and c at once: no two of the three tables tell what all of them do."""
    (_, one), (_, two), (told, third) = ODD
    policy = Policy(attacker=Attacker.NOT_NEGATIVE)
    found = wrongs(verify_beside(third, [one, two], policy, [told]))
    assert found == {(Wrong.NARROW, "ab.csv", ("a0", "b0"))}
    assert all(verify_beside(third, [each], policy, [told]) == [] for each in (one, two))


def test_fractions_that_were_closed_before_are_asked_of_none(monkeypatch):
    monkeypatch.setattr(promises, "FEW", 0)
    before, later = Made((*BEFORE.tables, *together(*LATER).tables)), by("de", 10, 5, 5, 4)
    assert verify_beside(together(later, gaps=["d1,e1", "d1,e0", "d0,e1", "d0,e0"]), [before], DEFAULT, [later]) == []


def test_what_does_not_add_up_is_an_objection():
    wrong = changed(together(LATER[0]), "b1,c0", 0)
    found = verify_beside(wrong, [BEFORE], DEFAULT, [LATER[0]])
    assert [(each.wrong, each.table, each.coordinates) for each in found] == [(Wrong.SUM, "bc.csv", ("b1", "c1"))]


def test_what_is_too_wide_to_look_at_is_an_objection(monkeypatch):
    monkeypatch.setattr(incidence, "MOST_INNER", 7)
    found = verify_beside(together(LATER[1]), [BEFORE], DEFAULT, [LATER[1]])
    assert wrongs(found) == {(Wrong.UNSURE, "ac.csv", ("a0", "c0"))}


def test_what_takes_too_long_is_an_objection():
    found = verify_beside(together(LATER[1]), [BEFORE], DEFAULT, [LATER[1]], budget=5)
    assert wrongs(found) == {(Wrong.UNSURE, "ab.csv", tuple(place.split(","))) for place in INNER}


def test_table_of_the_same_file_name_is_another_one():
    """The name is not what its rows are known by."""
    later = replace(LATER[1], name="ab.csv")
    assert verify_beside(together(later), [BEFORE], DEFAULT, [later]) == []


TEN = Policy(threshold=10)
"""To which each gap of BEFORE, from 1 to 9, is closed already."""


@pytest.mark.parametrize("few", [400, 0])
def test_gap_that_was_closed_before_must_stay_as_open_as_it_was(monkeypatch, few):
    monkeypatch.setattr(promises, "FEW", few)
    found = verify_beside(together(*LATER), [BEFORE], TEN, LATER)
    assert wrongs(found) == {(Wrong.NARROW, "ab.csv", tuple(place.split(","))) for place in INNER}
    assert verify_beside(together(LATER[1]), [BEFORE], TEN, [LATER[1]]) == []


def test_gap_that_could_be_just_one_small_number_is_noticed_when_it_becomes_exact():
    """It was 5 or more, and is now 14."""
    first, later = by("ab", 14, 40, 60, 10), (by("bc", 14, 60, 40, 10), by("ac", 54, 0, 0, 70))
    found = verify_beside(together(*later), [together(first, gaps=INNER)], DEFAULT, later)
    assert (Wrong.NARROW, "ab.csv", ("a0", "b0")) in wrongs(found)


def test_only_gap_of_all_is_noticed_when_it_becomes_exact():
    """That 30 of a0 are b0 was shown, and nothing of b1; now a0 is what is left of everybody."""
    rows = ((("a0", "b0"), 30), (("a0", "Total"), None), (("a1", "b0"), 40), (("a1", "b1"), 0), (("a1", "Total"), 40))
    before, later = Made((Table("ab.csv", ("a", "b"), rows),)), given("c", ("c0", 60), ("c1", 20), name="c.csv")
    found = verify_beside(released(later), [before], DEFAULT, [later])
    assert wrongs(found) == {(Wrong.NARROW, "ab.csv", ("a0", "Total"))}


@pytest.mark.parametrize(("rest", "objected"), [(2, False), (0, True)])
def test_gap_of_the_release_that_its_truth_has_no_row_of_is_of_nobody(rest, objected):
    """Nobody is in B and y: that may be seen to be one other number, and no small number is promised."""
    told = given("a b", ("A", "x", 30), ("A", "y", 40), ("B", "x", rest))
    made = released(told, ("B,x", "Total,x") if rest else ())
    more = Made((Table("t.csv", ("a", "b"), (*made.tables[0].rows, (("B", "y"), None))),))
    more = changed(changed(more, "Total,y", None), "Total,Total", None) if rest else more
    found = verify_beside(more, [], Policy(zeros_printed=False), [told])
    assert ((Wrong.NARROW, "t.csv", ("B", "y")) in wrongs(found)) is objected


class TwoToFour:
    """A reader of whole numbers to whom a gap is from 2 to 4."""

    def whole(self, gap, end, *, upward):
        return end <= 4 if upward else end >= 2


@pytest.mark.parametrize(("value", "may"), [(1, False), (2, True), (4, True), (5, False)])
def test_gap_may_be_what_lies_between_two_tables_of_whole_numbers(value, may):
    assert _may_be(TwoToFour(), 0, value) is may
