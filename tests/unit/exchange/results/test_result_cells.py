from made_tables import axis, cross, flow, frequency

from skillnad.analysis.results import TOTAL, LeftOut, Level, LevelKind
from skillnad.exchange.results.cells import Status, keys_of, kind_of, label_of, provenance_of, status_of, unique

CROSSED = cross({("1", "1"): 20, ("1", "2"): None, ("2", "1"): 7, ("2", "2"): 9})


def test_cells_come_in_the_order_of_the_axes_with_margins_last():
    keys = list(keys_of(CROSSED))
    assert keys[:4] == [("1", "1"), ("1", "2"), ("1", ""), ("1", TOTAL)]
    assert keys[-1] == (TOTAL, TOTAL)
    assert len(keys) == 16


def test_cell_that_no_measure_has_is_left_out():
    assert list(keys_of(flow(1, 2, 3, 4))) == [("ongoing_start",), ("new",), ("closed",), ("ongoing_end",)]


def test_number_is_shown_hidden_or_without_meaning():
    told = [status_of(CROSSED, "share", key) for key in (("1", "1"), ("1", "2"), ("2", ""))]
    assert told == [Status.SHOWN, Status.GAP, Status.NONE]


def test_levels_are_told_in_words_and_by_kind():
    made = axis("problem", "1", "x")
    assert [label_of(made, code) for code in ("1", "x", "", TOTAL)] == ["Ett", "Vet ej", "Uppgift saknas", "Alla"]
    assert [kind_of(made, code) for code in ("1", "x", "", TOTAL)] == ["value", "unknown", "missing", "total"]


def test_level_without_words_is_its_code_and_the_missing_is_called_so():
    made = axis("unit", "A")
    wordless = type(made)(made.id, made.label, (Level("A", ""), Level("", "", LevelKind.MISSING)))
    assert [label_of(wordless, code) for code in ("A", "")] == ["A", "Uppgift saknas"]


def test_names_that_are_taken_get_numbers_whatever_their_case():
    assert unique(["count", "a", "Count", "count", "b"]) == ["count", "a", "Count_2", "count_3", "b"]


def test_provenance_finds_the_same_answer_again():
    told = provenance_of(frequency({"1": 20}))
    assert told["title"] == "Ärenden 2025, efter problem"
    assert (told["snapshot"], told["ledger_key"]) == ("5" * 64, "a" * 64)
    assert (told["population"], told["as_of"], told["policy"]) == ("cases", "2025-12-31", "kommun-12345678")
    assert "färre än fem" in told["gap"]


def test_rows_that_were_left_out_are_told_by_reason_and_a_gap_as_a_gap():
    left = (LeftOut("open", 12), LeftOut("no_first_day", None), LeftOut("no_number", 0))
    assert provenance_of(frequency({"1": 20}, left_out=left))["left_out"] == "open 12, no_first_day .."
    assert provenance_of(frequency({"1": 20}))["left_out"] == "none"


def test_column_that_no_model_could_use_is_told_by_its_name():
    left = (LeftOut("no_group", 7), LeftOut("unused_background", 0, "age_group"))
    told = provenance_of(frequency({"1": 20}, left_out=left))["left_out"]
    assert told == "no_group 7, unused_background age_group"
