"""What was said of a group before, against how many it is now."""

import pytest

from skillnad.analysis.joint.ledger import Heard
from skillnad.analysis.joint.said import Said, said_of

GROUP = ("interventions", "unit=A")


def said(now, *before):
    told = [Heard(f"{place}.0", number, shown) for place, (number, shown) in enumerate(before)]
    return said_of({GROUP: now}, {GROUP: told} if told else {}, 5)


def test_same_number_is_shown_or_hidden_as_it_was():
    assert said(20, (20, True)) == Said(shown=frozenset({GROUP}))
    assert said(20, (20, False)) == Said(hidden=frozenset({GROUP}))


def test_what_any_release_showed_is_shown():
    assert said(20, (20, False), (20, True)) == Said(shown=frozenset({GROUP}))


@pytest.mark.parametrize("now", [16, 19, 21, 24])
def test_number_near_the_one_that_was_shown_has_moved(now):
    assert said(now, (20, True)) == Said(near=frozenset({GROUP}), moved=frozenset({GROUP}))


@pytest.mark.parametrize("now", [15, 25])
def test_number_as_far_away_as_the_threshold_has_nothing_said_of_it(now):
    assert said(now, (20, True)) == Said()


def test_number_near_a_gap_is_near_and_has_not_moved():
    assert said(21, (20, False)) == Said(near=frozenset({GROUP}))


def test_number_that_was_shown_has_not_moved_though_another_was_near():
    assert said(20, (22, True), (20, True)) == Said(shown=frozenset({GROUP}))


def test_nothing_is_known_of_what_was_not_told():
    assert said(20).known == frozenset()
    assert said(20, (22, False)).known == {GROUP}
