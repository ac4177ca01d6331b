"""Which paths have a name: the common ones, and never so that the others are few."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.door import ask
from skillnad.analysis.headline import headline
from skillnad.analysis.paths import listed_paths, path_axis, step_axes
from skillnad.analysis.questions import Selection, Sequence
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

STEPS = ("legal_sex", "problem")
ROWS = [{"legal_sex": sex, "problem": problem} for sex, problem in [("1", "2")] * 9 + [("2", "1;2")] * 6 + [("1", "")]]


@pytest.fixture
def snapshot(tmp_path):
    return make_snapshot(tmp_path, interventions=ROWS)


def others(paths):
    return lambda listed: (sum(path not in listed for path in paths),) * 2


@given(paths=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=60), top=st.integers(1, 5))
def test_named_paths_are_common_and_the_others_are_none_or_many(paths, top):
    question, counts = Sequence(STEPS, top=top), Counter(paths)
    listed = listed_paths(question, counts, others(paths))
    left, _ = others(paths)(frozenset(listed))
    assert all(counts[path] >= question.least for path in listed)
    assert len(listed) <= top
    assert left == 0 or left >= question.least or not listed


def test_order_of_the_named_tells_nothing_of_their_rank():
    paths = [(1, 0)] * 9 + [(0, 0)] * 7 + [(2, 0)] * 8
    assert listed_paths(Sequence(STEPS), Counter(paths), others(paths)) == ((0, 0), (1, 0), (2, 0))


def test_axis_says_each_step_and_the_others_last(snapshot):
    axis = path_axis(step_axes(snapshot, Sequence(STEPS)), [(0, 1), (1, 0)])
    assert [level.code for level in axis.levels] == ["1>2", "2>1", "other"]
    assert [level.label for level in axis.levels] == ["Kvinna → problem 2", "Man → problem 1", "Andra vägar"]
    assert (axis.multiple, axis.sensitive) == (True, True)


def test_axis_is_in_english_too(snapshot):
    question = Sequence(STEPS)
    axis = path_axis(step_axes(snapshot, question, language="en"), [(0, 1)], language="en")
    assert axis.levels[-1].label == "Other paths"


def test_table_through_the_door_has_no_small_path(snapshot):
    table = ask(snapshot, Sequence(STEPS))
    assert table.cells["count"] == {("1>2",): 9, ("other",): 7, ("*",): 16}
    assert headline(table) == "Vägar för insatser, efter legal_sex → problem"


def test_those_on_no_named_path_are_not_few(tmp_path):
    """Of 17 rows 9 and 6 are on paths that exclude each other: that 2 are on neither would be seen."""
    left = make_snapshot(tmp_path, interventions=[*ROWS, ROWS[-1]])
    table = ask(left, Sequence(STEPS))
    assert [level.code for level in table.axes[0].levels] == ["1>2", "other"]


def test_question_that_would_name_what_few_have_is_refused_by_the_policy(snapshot):
    with pytest.raises(UserError, match="DISC-006"):
        ask(snapshot, Sequence(STEPS, least=DEFAULT.threshold - 1))


def test_steps_can_be_in_any_population(tmp_path):
    made = make_snapshot(tmp_path, cases=[{"unit": "A", "problem": "1"}] * 7)
    table = ask(made, Sequence(("unit", "problem"), Selection(Population.CASES)))
    assert table.value("count", "A>1") == 7
