from made_tables import YEAR, cross, flow, frequency, shared

from skillnad.analysis.questions import Selection, Where
from skillnad.analysis.results import TOTAL, YES
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.reading import (
    added,
    beside,
    cell,
    hidden,
    known,
    meaningless,
    most_common,
    named,
    ranked,
    share,
    values,
)


def test_values_are_what_is_neither_unknown_nor_missing():
    table = frequency({"1": 10, "x": 5, "": 3})
    assert [level.code for level in values(table.axes[0])] == ["1"]
    assert [level.code for level in beside(table.axes[0])] == ["x", ""]


def test_named_leaves_out_what_the_questions_own_conditions_rule_out():
    selection = Selection(Population.CASES, YEAR, where=(Where("problem", ("2", "3")), Where("unit", ("A",))))
    table = frequency({"1": 0, "2": 20, "3": 7}, selection=selection)
    assert [level.code for level in named(table)] == ["2", "3"]
    assert [level.code for level in most_common(table, 0, 0)] == ["2", "3"]


def test_named_of_a_flow_heeds_its_conditions():
    table = flow(1, 2, 3, 4)
    assert len(named(table)) == 4


def test_known_leaves_out_unknown_and_missing():
    assert known(frequency({"1": 10, "2": 20, "x": 5, "": 3})) == 30


def test_known_is_a_gap_where_the_missing_is_hidden():
    assert known(frequency({"1": 10, "2": 20, "": None}, total=33)) is None


def test_known_is_a_gap_where_the_total_is_hidden():
    assert known(frequency({"1": 10, "2": 20}, total=None)) is None


def test_share_is_taken_of_what_is_known():
    assert share(frequency({"1": 10, "2": 30, "x": 60}), "1") == 0.25


def test_share_of_a_gap_is_a_gap():
    assert share(frequency({"1": None, "2": 30}, total=33), "1") is None


def test_share_is_the_tables_own_where_it_has_one():
    assert share(cross({("1", "1"): 10, ("2", "1"): 30}), "1", "1") == 0.25


def test_share_of_a_column_of_gaps_is_a_gap():
    table = cross({("1", "1"): None, ("2", "1"): 30})
    assert share(table, "2", "1") is None


def test_cell_without_a_measure_is_none():
    assert cell(frequency({"1": 10}), "median", "1") is None


def test_cell_levels_that_are_not_given_are_totals():
    assert cell(cross({("1", "1"): 10, ("1", "2"): 7}), "count", "1") == 17


def test_meaningless_is_a_share_of_nothing_and_not_a_gap():
    table = frequency({"1": 0, "": 8})
    assert meaningless(table, "share", "1")
    assert not meaningless(frequency({"1": None, "2": 9}, total=12), "share", "1")


def test_meaningless_is_an_absent_key_of_a_measure_that_the_table_has():
    table = shared({TOTAL: (8, 2), "1": (8, 2), "2": (None, None)})
    assert meaningless(table, "share", YES, "3")
    assert not meaningless(table, "share", YES, "2")


def test_ranked_leaves_out_gaps_zeros_and_unknown():
    table = frequency({"1": 10, "2": None, "3": 0, "4": 40, "x": 90}, total=143)
    assert [(level.code, number) for level, number in ranked(table)] == [("4", 40), ("1", 10)]


def test_ranked_keeps_the_codebooks_order_in_a_tie():
    assert [level.code for level, _ in ranked(frequency({"2": 10, "1": 10}))] == ["2", "1"]


def test_hidden_counts_gaps_among_values_only():
    assert hidden(frequency({"1": None, "2": None, "3": 9, "x": None}, total=30)) == 2


def test_most_common_puts_gaps_after_what_is_shown_and_zeros_last():
    table = frequency({"1": 0, "2": None, "3": 9, "4": 40}, total=52)
    assert [level.code for level in most_common(table, 0, 0)] == ["4", "3", "2", "1"]
    assert [level.code for level in most_common(table, 0, 2)] == ["4", "3"]


def test_added_is_a_gap_where_any_part_is():
    assert added([0.25, 0.5]) == 0.75
    assert added([0.25, None]) is None
