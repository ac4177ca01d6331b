"""What is said to follow between tables is true: random questions of random snapshots, named, linked and added up."""

import tempfile
from pathlib import Path

import pytest
from generative.made_questions import questions, rows, snapshot_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.joint.named import named_table
from skillnad.analysis.joint.union import Union
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import Count, CrossTable, Selection, Where
from skillnad.analysis.selection import by_of

SLOWLY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MOST_COLUMNS = 2
ASKED = questions().filter(lambda question: len(by_of(question)) <= MOST_COLUMNS)

SOME = [Count(by=("unit", "legal_sex")), Count(by=("origin",)), CrossTable("unit", "origin")]


def union_of(snapshot, asked):
    count = InMemoryEngine().count
    return Union({canonical_json(each): named_table(snapshot, count(snapshot, each)) for each in asked})


@SLOWLY
@given(rows(), st.lists(ASKED, min_size=2, max_size=4))
def test_all_that_is_linked_adds_up(held, asked):
    with tempfile.TemporaryDirectory() as folder:
        told = union_of(snapshot_of(Path(folder) / "one", held), asked).system
    assert abs(told.matrix @ told.values).max(initial=0) < 1e-6


@SLOWLY
@given(rows(), ASKED)
def test_every_cell_of_a_table_has_a_group_with_its_count(held, question):
    with tempfile.TemporaryDirectory() as folder:
        union = union_of(snapshot_of(Path(folder) / "one", held), [question])
    for part in (part for table in union.tables.values() for part in table.parts.values()):
        told = {part.names[cell.name]: cell.value for cell in part.told.cells if part.names[cell.name] in part.groups}
        assert all(union.own_cells[name].value == value for name, value in told.items())


def test_a_column_of_several_chosen_and_told_by_adds_up(tmp_path):
    """Who holds the chosen code is not missing it; the table has the empty row all the same."""
    held = [{"unit": "AB"[n % 2], "problem": ["", "1", "1;35"][n % 3]} for n in range(40)]
    chosen = Count(Selection(where=(Where("problem", ("1",)),)), ("unit", "problem"))
    told = union_of(snapshot_of(tmp_path / "one", held), [chosen, Count(by=("problem",))]).system
    assert abs(told.matrix @ told.values).max(initial=0) < 1e-6


@pytest.mark.parametrize("order", [1, -1])
def test_order_of_tables_changes_nothing(tmp_path, order):
    held = [{"unit": "ABC"[n % 3], "legal_sex": "12"[n % 2], "origin": "13"[n % 7 > 4]} for n in range(40)]
    asked = SOME[::order]
    told = union_of(snapshot_of(tmp_path / "one", held), asked).system
    assert [cell.name for cell in told.cells] == [cell.name for cell in _expected(tmp_path, held).cells]


def _expected(folder, held):
    return union_of(snapshot_of(folder / "other", held), SOME).system
