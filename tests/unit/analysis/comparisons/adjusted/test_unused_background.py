"""A column that a comparison asks to be adjusted for, and that is too thin for the model: every answer says so."""

import pytest
from snapshots_made import make_snapshot
from unit.analysis.comparisons.adjusted_days.times_made import ENDED, uneven
from unit.analysis.comparisons.adjusted_days.times_made import asked as asked_of_times

from skillnad.analysis.comparisons.adjusted.figures import Adjustment
from skillnad.analysis.comparisons.in_words import unused
from skillnad.analysis.comparisons.questions import Adjusted, Comparison
from skillnad.analysis.door import ask, restore
from skillnad.analysis.questions import Share, Where
from skillnad.analysis.results import LeftOut, ProtectedTable
from skillnad.analysis.serialise import table_as_data

LEFT_OUT = LeftOut("unused_background", 0, "legal_sex")


def asked(folder, *columns: str, thin: int = 3, way: Adjusted = Adjusted.MODEL) -> ProtectedTable:
    """Two units alike in origin, with so few of the one sex."""
    rows = [
        {"unit": "AB"[n % 2], "origin": "12"[n // 2 % 2], "legal_sex": "12"[n < thin], "rating": "13"[n // 4 % 2]}
        for n in range(200)
    ]
    question = Comparison(Share(Where("rating", ("3",)), by=("unit",)), adjusted_for=columns, way=way)
    return ask(make_snapshot(folder, interventions=rows), question, engine="in_memory")


def test_thin_column_is_named_and_the_others_are_adjusted_for(tmp_path):
    table = asked(tmp_path, "origin", "legal_sex")
    assert LEFT_OUT in table.left_out
    assert table.value("adjusted", "A") == asked(tmp_path / "alone", "origin").value("adjusted", "A")


@pytest.mark.parametrize("columns", [("origin",), ("origin", "legal_sex")])
def test_columns_that_are_used_are_not_named(tmp_path, columns):
    assert unused(asked(tmp_path, *columns, thin=80)) == []


def test_no_column_is_named_where_there_is_no_model(tmp_path):
    """That nothing could be adjusted for is what the rows without figures say."""
    table = asked(tmp_path, "legal_sex")
    assert [left.reason for left in table.left_out if left.rows != 0] == ["thin_background"]
    assert unused(table) == []


def test_standard_uses_every_column(tmp_path):
    assert unused(asked(tmp_path, "origin", "legal_sex", way=Adjusted.STANDARD)) == []


def test_times_say_so_too():
    rows = [each | {"goal_attainment": "12"[place < 3]} for place, each in enumerate(uneven())]
    table = asked_of_times(rows, (30,), selection=ENDED, adjusted_for=("origin", "goal_attainment"))
    assert unused(table) == ["goal_attainment"]


def test_stored_answer_still_says_so(tmp_path):
    table = asked(tmp_path, "origin", "legal_sex")
    data = table_as_data(table)
    assert {"reason": "unused_background", "rows": 0, "column": "legal_sex"} in data["left_out"]
    assert restore(data).left_out == table.left_out


def test_rows_that_are_left_out_are_of_no_column(tmp_path):
    (told,) = (one for one in table_as_data(asked(tmp_path, "legal_sex"))["left_out"] if one["rows"])
    assert set(told) == {"reason", "rows"}


@pytest.mark.parametrize(("used", "named"), [(None, []), (frozenset(), []), ({1}, ["a", "c"]), ({0, 1, 2}, [])])
def test_columns_are_named_in_their_order(used, named):
    found = Adjustment({}, {}, used=used).unused(("a", "b", "c"))
    assert [left.column for left in found] == named
