import sys

import pyreadstat
import pytest
from compared_tables import FOUR, compared, course
from made_tables import axis, frequency, made

from skillnad.analysis.comparisons.questions import Chart
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Count, CrossTable, Flow, Percent
from skillnad.codebook.periods import Period
from skillnad.exchange.results.spss import as_sav, can_write
from skillnad.lib.errors import UserError


@pytest.fixture
def read(tmp_path):
    """What SPSS finds in the file: values as stored, and the description. `user_missing=False` is how it counts."""

    def read(table, user_missing=True):
        file = tmp_path / "table.sav"
        file.write_bytes(as_sav(table))
        return pyreadstat.read_sav(file, user_missing=user_missing)

    return read


def test_sav_has_a_row_a_cell_with_labelled_codes(table, read):
    data, told = read(table)
    assert len(data) == len(table.cells["count"])
    assert told.variable_value_labels["legal_sex"] == {1: "Kvinna", 2: "Man", -2: "Uppgift saknas", -1: "Alla"}
    assert told.column_names_to_labels["count"] == "Antal"


def test_gap_is_a_declared_missing_value_that_says_what_it_is(table, read):
    data, told = read(table)
    assert list(data[(data.unit == 2) & (data.legal_sex == 1)]["count"]) == [-9]
    assert told.missing_ranges["count"] == [{"lo": -9, "hi": -9}]
    assert told.variable_value_labels["count"][-9].startswith("Skyddat tal: färre än fem")


def test_share_without_meaning_is_simply_missing(table, read):
    data, _ = read(table)
    assert data[(data.unit == 1) & (data.legal_sex == -2)]["share"].isna().all()


def test_spss_counts_nothing_twice(snapshot, read):
    """Weighted by `count`, what SPSS takes for valid adds up to the number of rows: margins are user-missing."""
    data, _ = read(ask(snapshot, Count(by=("legal_sex",))), user_missing=False)
    assert data.dropna()["count"].sum() == 94


def test_do_not_know_is_outside_denominators_in_spss_too(snapshot, read):
    table = ask(snapshot, CrossTable("legal_sex", "origin", percent=Percent.ROWS))
    valid = read(table, user_missing=False)[0].dropna()
    women = valid[valid.legal_sex == 1]
    counted = dict(zip(women.origin, women["count"] / women["count"].sum(), strict=True))
    assert counted[1] == pytest.approx(table.cells["share"]["1", "1"])
    assert set(counted) == {1, 2, 3, 4}


def test_codes_that_are_no_numbers_stand_beside_their_places(table, read):
    data, told = read(table)
    assert told.variable_value_labels["unit"][3] == "Väster"
    assert list(data[data.unit == 3].unit_code.unique()) == ["C"]


def test_calendar_gets_a_name_that_spss_takes(snapshot, read):
    data, _ = read(ask(snapshot, Count(by=("month:start_date",))))
    assert list(data.columns) == ["month_start_date", "month_start_date_code", "count"]


def test_overlapping_values_are_said_in_the_label(snapshot, read):
    _, told = read(ask(snapshot, CrossTable("problem", "legal_sex")))
    assert told.column_names_to_labels["problem"] == "problem (flera värden möjliga)"
    assert told.variable_value_labels["problem"][14] == "problem 14"


def test_file_says_where_its_numbers_come_from(table, read):
    _, told = read(table)
    assert table.provenance.snapshot[:12] in told.file_label
    for text in (table.provenance.snapshot, table.provenance.ledger_key, "population: interventions"):
        assert any(text in note for note in told.notes)


def test_measures_are_scale_and_have_decimals_by_kind(table, read):
    _, told = read(table)
    assert told.variable_measure["share"] == "scale"
    assert told.original_variable_types["share"] == "F8.4"
    assert told.original_variable_types["count"] == "F10.0"


@pytest.mark.parametrize(("lowest", "gap"), [(0, -9), (-8, -9), (-9, -99), (-99, -999), (-400, -9999)])
def test_code_of_gaps_is_lower_than_every_number(read, lowest, gap):
    data, told = read(frequency({"1": lowest, "2": None}, total=50))
    assert told.missing_ranges["count"] == [{"lo": gap, "hi": gap}]
    assert list(data["count"]).count(gap) == 1


def test_two_kinds_of_do_not_know_leave_only_margins_and_missing_outside(read):
    unknown = axis("origin", "1", "2")
    levels = tuple(type(level)(level.code, level.label, axis("o", "x").levels[0].kind) for level in unknown.levels[:2])
    both = type(unknown)("origin", "Ursprung", (*levels, unknown.levels[2]))
    cells = {("1",): 7, ("2",): 8, ("",): 0, ("*",): 15}
    _, told = read(made(Count(by=("origin",)), (both,), {"count": cells}))
    assert told.missing_ranges["origin"] == [{"lo": -2, "hi": -1}]


def test_long_labels_are_cut_at_a_whole_letter(read):
    long = axis("unit", "1", label="å" * 200)
    _, told = read(made(Count(by=("unit",)), (long,), {"count": {("1",): 9, ("",): 0, ("*",): 9}}))
    assert told.column_names_to_labels["unit"] == "å" * 126 + "…"


def test_flow_and_single_number_are_written_too(snapshot, read):
    assert len(read(ask(snapshot, Flow(Period.year(2025))))[0]) >= 4
    assert list(read(ask(snapshot, Count()))[0]["count"]) == [94]


def test_without_the_extra_the_error_names_it(monkeypatch, table):
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    assert not can_write()
    with pytest.raises(UserError, match=r"REP-010 .*skillnad\[spss\]"):
        as_sav(table)


def test_verdict_is_a_number_with_its_words_as_labels(read):
    data, told = read(compared(FOUR))
    assert list(data[data.legal_sex == 1].verdict) == [0]
    assert told.variable_value_labels["verdict"] == {
        0: "skillnad visad",
        1: "ingen skillnad visad",
        2: "för få för att avgöra",
        -9: "Skyddat tal: färre än fem, eller skyddar ett annat tal",
    }
    assert told.variable_measure["verdict"] == "nominal"


def test_difference_keeps_its_ends_apart_and_its_unit(read):
    table = compared(FOUR)
    data, _ = read(table)
    row = data[data.legal_sex == 1].iloc[0]
    assert row.difference == pytest.approx(table.value("difference", "1"))
    assert row.difference_low < row.difference < row.difference_high


def test_middle_of_a_course_of_counts_shows_its_decimals(read):
    data, told = read(course([30, 35] * 12, chart=Chart.CONTROL))
    assert told.original_variable_types["centre"] == "F12.2"
    assert told.original_variable_types["value"] == "F10.0"
    assert data.centre[0] == 32.5
