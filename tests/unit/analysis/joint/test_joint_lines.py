"""Which groups of a line lie in each other, which cover one, and which of those are needed."""

import pytest

from skillnad.analysis.joint.lines import _cover, _inside, _least
from skillnad.analysis.joint.sets import among, holding

ONE, TWO, THREE, BOTH, ALL = among("1"), among("2"), among("3"), among("1", "2"), among("1", "2", "3")
EITHER = holding(["1", "2"])


@pytest.mark.parametrize(
    ("sets", "least"),
    [([ONE, TWO, BOTH], [ONE, TWO]), ([ONE, BOTH], [ONE, BOTH]), ([BOTH, ONE, TWO, THREE, ALL], [ONE, TWO, THREE])],
)
def test_sets_that_others_make_up_are_left_out_where_nothing_is_lost(sets, least):
    assert _least(sets) == least


@pytest.mark.parametrize(
    ("one", "other", "inside"),
    [
        (ONE, None, True), (None, None, False), (None, ONE, False), (ONE, BOTH, True), (BOTH, ONE, False),
        (holding("1"), EITHER, True), (EITHER, holding("1"), False), (ONE, EITHER, False), (holding("1"), BOTH, False),
    ],
)  # fmt: skip
def test_less_lies_inside_more_of_its_own_kind(one, other, inside):
    assert _inside(one, other) is inside


@pytest.mark.parametrize(
    ("values", "line", "cover"),
    [
        (BOTH, [ONE, TWO, BOTH], [ONE, TWO]),
        (BOTH, [ONE, BOTH, None], []),
        (BOTH, [BOTH], []),
        (None, [ONE, TWO, None], []),
        (EITHER, [EITHER, holding("1"), holding("2")], [holding("1"), holding("2")]),
        (EITHER, [EITHER, holding("1")], []),
        (holding("1"), [EITHER, holding("1")], []),
        (holding(["1", "2"], without="3"), [holding("1"), holding("2")], []),
    ],
)
def test_groups_that_cover_one_are_the_smaller_that_leave_nobody_out(values, line, cover):
    assert _cover(values, dict.fromkeys(line, ("rows",))) == cover
