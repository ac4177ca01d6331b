import numpy as np
import pytest
from optimum_tasks import LONE, chosen, column, task

from skillnad.analysis.disclosure.optimum.whole_numbers import in_parts, with_whole_moves

CORNERS = (("a00", "b01"), ("a01", "b00"), ("a01", "b01"))


@pytest.fixture
def lone():
    told, small = task(LONE)
    return told, small, chosen(told, small, *CORNERS)


def around(told, small, amount):
    move = np.zeros(len(small.value))
    for name, sign in ((("a00", "b00"), 1), (CORNERS[0], -1), (CORNERS[1], -1), (CORNERS[2], 1)):
        move[column(told, small, *name)] = sign * amount
    return move


def test_needs_that_whole_moves_meet_are_not_in_parts(lone):
    told, small, _ = lone
    assert in_parts(small, np.array([around(told, small, 2.0), around(told, small, -2.0)])) == []


def test_need_that_only_a_move_in_parts_meets_is_in_parts(lone):
    told, small, _ = lone
    assert {far for _, far in in_parts(small, np.array([around(told, small, 2.5)]))} == {2.0, -2.0}


def test_choice_with_whole_moves_stays_as_it_is(lone):
    _, small, choice = lone
    assert np.array_equal(with_whole_moves(small, choice, np.zeros((0, len(choice))), lambda: 10.0), choice)


def test_choice_without_whole_moves_gets_the_cheapest(lone):
    told, small, choice = lone
    bare = chosen(told, small)
    assert np.array_equal(with_whole_moves(small, bare, np.zeros((0, len(bare))), lambda: 10.0), choice)


def test_choice_is_left_where_no_time_is_left(lone):
    told, small, _ = lone
    bare = chosen(told, small)
    assert np.array_equal(with_whole_moves(small, bare, np.zeros((0, len(bare))), lambda: 0.0), bare)
