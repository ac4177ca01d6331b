import numpy as np
import pytest
from disclosure_tables import Solver, as_system, levels, with_margins

from skillnad.analysis.disclosure import group_disclosure
from skillnad.analysis.disclosure.group_disclosure import Group, guarded, protect_groups
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern, protect_counts

GROUPS = Policy(zeros_printed=False, sensitive=("b",))
"""The second axis of the tables is sensitive."""
WHOLE = np.array([[12, 0, 0], [20, 30, 15], [9, 25, 40]])
"""All of the first group have its first value."""


def along(counts, group_all=True):
    """The groups along the second axis: each level of the first, and all."""
    lines = [*levels(counts.shape, 0), "*"]
    return [Group((((line, "*"), 1.0),), tuple((line, value) for value in levels(counts.shape, 1))) for line in lines]


def hidden(counts, policy=GROUPS):
    return protect_groups(as_system(counts), along(counts), policy).hidden


def most_outside(counts, gaps, line, value):
    """How many of a group a reader must think could lack the value."""
    reader = Solver(counts, gaps, floor=0)
    reader.sums["rest"] = reader.sums[line, "*"] - reader.sums[line, value]
    return reader.interval("rest")[1]


def test_group_that_is_told_of_as_a_whole_without_the_rule():
    gaps = protect_counts(as_system(WHOLE), Policy(zeros_printed=False)).hidden
    assert most_outside(WHOLE, gaps, "a00", "b00") == 0


def test_nobody_can_tell_that_all_of_a_group_have_a_value():
    assert most_outside(WHOLE, hidden(WHOLE), "a00", "b00") >= 1


def test_neither_can_it_be_told_of_the_zeros():
    gaps = hidden(WHOLE)
    assert {("a00", "b01"), ("a00", "b02")} & gaps


def test_table_without_a_group_of_one_kind_is_as_before():
    mixed = WHOLE + 10
    assert hidden(mixed) == frozenset()


def test_policy_may_leave_the_whole_alone():
    assert hidden(WHOLE, Policy(zeros_printed=False, sensitive=("b",), group_all=False)) == frozenset()


def test_all_but_a_few_may_be_as_many_as_the_threshold():
    few = np.array([[30, 2, 2], [20, 30, 15], [9, 25, 40]])
    assert most_outside(few, hidden(few), "a00", "b00") >= 5


def test_all_but_a_few_are_guarded_only_below_the_policys_number():
    few = np.array([[30, 2, 2], [20, 30, 15], [9, 25, 40]])
    policy = Policy(zeros_printed=False, sensitive=("b",), all_but=4)
    assert guarded(as_system(few), along(few), policy).forced == frozenset()
    assert len(guarded(as_system(few), along(few), policy).told.cells) == len(as_system(few).cells)


def test_that_nobody_has_a_value_is_a_gap_where_asked():
    policy = Policy(zeros_printed=False, sensitive=("b",), group_all=False, group_none=True)
    none = np.array([[12, 0, 9], [20, 30, 15], [9, 25, 40]])
    gaps = hidden(none, policy)
    assert ("a00", "b01") in gaps
    assert Solver(none, gaps, floor=0).interval(("a00", "b01"))[1] >= 1


def test_group_of_nobody_tells_nothing():
    empty = np.array([[0, 0, 0], [20, 30, 15], [9, 25, 40]])
    assert guarded(as_system(empty), along(empty), GROUPS).whole == ()


@pytest.mark.parametrize("seed", range(25))
def test_no_group_of_a_random_table_is_told_of_as_a_whole(seed):
    random = np.random.default_rng(seed)
    counts = random.poisson(8, (4, 3)) * (random.random((4, 3)) < 0.5)
    pattern = protect_groups(as_system(counts), along(counts), GROUPS)
    for line in [*levels(counts.shape, 0), "*"]:
        for value in levels(counts.shape, 1):
            cells = with_margins(counts)
            if cells[line, "*"] and cells[line, "*"] == cells[line, value]:
                assert pattern.withheld or most_outside(counts, pattern.hidden, line, value) >= 1


def test_group_that_still_follows_hides_its_table(monkeypatch):
    monkeypatch.setattr(group_disclosure, "protect_counts", lambda told, policy, forced: Pattern(frozenset(), 0))
    pattern = protect_groups(as_system(WHOLE), along(WHOLE), GROUPS)
    assert pattern.withheld
    assert len(pattern.hidden) == 16
