import pickle

import pytest

from skillnad.analysis.joint.sets import Among, among, atoms, holding, joined, minus, stretch, union

YOUNG, OLD, ALL = among("0-6", "7-12"), among("65+"), among("0-6", "7-12", "65+")
JANUARY, FEBRUARY, BOTH = stretch(0, 31), stretch(31, 59), stretch(0, 59)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [(YOUNG, ALL, YOUNG), (YOUNG, OLD, Among()), (JANUARY, BOTH, JANUARY), (stretch(0, 40), FEBRUARY, stretch(31, 40))],
)
def test_what_is_in_both_meets(one, other, both):
    assert one.meet(other) == other.meet(one) == both


def test_less_is_within_more():
    assert YOUNG.within(ALL)
    assert not ALL.within(YOUNG)
    assert JANUARY.within(BOTH)


def test_months_side_by_side_are_one_stretch():
    assert union([FEBRUARY, JANUARY]) == BOTH
    assert joined([(0, 31), (40, 59)]) == ((0, 31), (40, 59))


def test_stretch_of_no_length_is_nothing():
    assert stretch(5, 5) == Among()
    assert str(Among()) == "nothing"


@pytest.mark.parametrize(
    ("whole", "part", "left"),
    [(ALL, YOUNG, OLD), (BOTH, JANUARY, FEBRUARY), (BOTH, stretch(10, 20), Among(frozenset(), ((0, 10), (20, 59))))],
)
def test_minus_is_what_is_left(whole, part, left):
    assert minus(whole, part) == left


def test_overlapping_sets_cut_each_other_into_atoms():
    one, other = among("1", "2"), among("2", "3")
    told = dict(atoms([one, other]))
    assert told == {among("1"): {one}, among("2"): {one, other}, among("3"): {other}}


def test_stretches_cut_each_other_at_every_end():
    year, late = stretch(0, 365), stretch(300, 400)
    assert dict(atoms([year, late])) == {
        stretch(0, 300): {year},
        stretch(300, 365): {year, late},
        stretch(365, 400): {late},
    }


def test_who_holds_one_of_few_holds_one_of_more():
    assert holding("1").within(holding(["1", "2"]))
    assert not holding(["1", "2"]).within(holding("1"))
    assert holding("1").meet(holding(["1", "2"])) == holding("1")


def test_who_holds_two_is_within_those_who_hold_either():
    both = holding("1").meet(holding("2"))
    assert both.within(holding("1"))
    assert both.within(holding("2"))
    assert not holding("1").within(both)


def test_who_holds_none_of_more_holds_none_of_fewer():
    assert holding("1", ["2", "3"]).within(holding("1", ["2"]))
    assert not holding("1", ["2"]).within(holding("1", ["2", "3"]))


def test_sets_are_told_in_one_way():
    assert str(among("b", "a")) == "a|b"
    assert str(holding(["2", "1"], ["3"])) == "1+2&-3"
    assert str(BOTH) == "[0,59)"


def test_who_holds_something_is_not_missing():
    assert holding(["", "2"]).meet(holding("1")) == holding("2").meet(holding("1"))


def test_who_is_missing_and_holds_something_is_nobody():
    nobody = holding([""]).meet(holding("1"))
    assert nobody == holding("1").meet(holding("1", without="1"))
    assert str(nobody) == "nothing"
    assert str(nobody) != str(holding([""]))


def test_nobody_is_within_anybody():
    nobody = holding([""]).meet(holding("1"))
    assert nobody.within(holding("2", without="3"))
    assert not holding("2").within(nobody)


def test_same_holders_are_told_in_the_same_words():
    assert holding(["1", "2"], without="1") == holding("2", without="1")
    assert holding(["1", "2"]).meet(holding(["2", "3"], without="1")) == holding("2", without="1")
    assert holding("2", without=["", "3"]) == holding("2", without="3")


@pytest.mark.parametrize("one", [among("1", "2"), stretch(0, 9), holding("12"), holding(["1"], without=["2"])])
def test_sets_go_to_another_process_without_their_hash(one):
    hash(one)
    told = pickle.loads(pickle.dumps(one))
    assert "_hash" not in vars(told)
    assert told == one
    assert hash(told) == hash(one)
