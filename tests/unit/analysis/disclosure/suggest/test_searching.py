"""Suggestions for tables of anybody's."""

import pytest
from disclosure_tables import SHARED

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.release import Layout
from skillnad.analysis.disclosure.suggest.searching import suggestions
from skillnad.analysis.disclosure.table_set.protecting import protect
from skillnad.analysis.disclosure.table_set.reading import read_tables
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet
from skillnad.lib.errors import UserError

ROWS = {
    ("0-6", "a"): 2, ("0-6", "b"): 9, ("7-12", "a"): 4, ("7-12", "b"): 3, ("13-17", "a"): 20, ("13-17", "b"): 31,
    ("18-20", "a"): 44, ("18-20", "b"): 57,
}  # fmt: skip
CANARY = 987_654


def told(rows=ROWS) -> TableSet:
    return TableSet((GivenTable("t.csv", Layout(("age", "unit", "n"), "n"), rows),))


def test_best_recoding_comes_first() -> None:
    first = suggestions(told(), DEFAULT)[0]
    assert first.sv == "Slå ihop age 0-6 och 7-12: 6 luckor färre, inga kvar."


def test_as_many_gaps_are_left_as_is_said() -> None:
    for each in suggestions(told(), DEFAULT):
        assert sum(table.gaps for table in protect(each.to, DEFAULT, seconds=0.0).tables) <= each.after.gaps


def test_no_more_are_given_than_asked_for() -> None:
    assert len(suggestions(told(), DEFAULT, limit=1)) == 1


def test_table_without_gaps_has_none() -> None:
    assert suggestions(told({("0-6", "a"): 50, ("7-12", "b"): 60}), DEFAULT) == ()


def test_same_are_given_each_time() -> None:
    assert suggestions(told(), DEFAULT) == suggestions(told(dict(reversed(ROWS.items()))), DEFAULT)


def test_rounded_tables_have_no_gaps_to_win_back() -> None:
    assert suggestions(told(), Policy(way=Way.ROUND)) == ()


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(UserError, match="DISC-046"):
        suggestions(told({**ROWS, ("Total", "a"): 1}), DEFAULT)


def test_suggestion_tells_no_count_in_words_or_repr() -> None:
    found = suggestions(told({**ROWS, ("18-20", "b"): CANARY}), DEFAULT)
    assert found
    assert not any(str(CANARY) in text for each in found for text in (each.sv, each.en, repr(each), repr(each.to)))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared tables are not there")
def test_overlapping_groupings_have_suggestions() -> None:
    places = [("region", "fylke"), ("region", "kostragr")]
    found = suggestions(read_tables([SHARED / "published" / "z2.csv"], "ant", places), DEFAULT)
    assert any(each.sv.startswith("Visa inga summor för fylke") for each in found)
