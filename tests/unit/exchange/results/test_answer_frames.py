"""Answers in SPSS and Parquet, read back: labels, what is missing and why, measures and dates."""

import io
import json
from dataclasses import replace
from datetime import date

import polars as pl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from made_forms import whole
from worked_sheets import instrument_names, sheets_of

from skillnad.exchange.forms.answer_files import answer_table
from skillnad.exchange.results.answer_frames import as_parquet, as_sav
from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import ItemKind, Means, Option
from skillnad.lib.errors import UserError

ORDER = {"a": 2, "b": 1, "c": 3}


def sheet(**answers):
    return AnswerSheet("samlat", "2026.1", "client", answers)


FIRST = sheet(p1="2", safe="9", mood=7.5, days=12, met="2026-02-28", help=["a"], helped="0", order=ORDER)
SECOND = sheet(p1="0", safe="3", days="X")


@pytest.fixture
def opened(tmp_path):
    def read(content, **more):
        (tmp_path / "answers.sav").write_bytes(content)
        return pyreadstat.read_sav(tmp_path / "answers.sav", output_format="dict", **more)

    return read


def sav(*sheets, instrument=None, **more):
    return as_sav(answer_table(instrument or whole(), sheets or [FIRST, SECOND], **more))


def test_codes_are_the_instruments_own_numbers_with_their_labels(opened):
    data, told = opened(sav(), user_missing=True)
    assert data["p1"] == [2, 0]
    assert told.variable_value_labels["p1"] == {0: "Nej", 1: "Delvis", 2: "Ja"}


def test_a_variable_has_the_questions_words(opened):
    _, told = opened(sav())
    assert told.column_names_to_labels["p1"] == "Om p1"
    assert told.column_names_to_labels["help__a"] == "Om hjälpen: A"


def test_dont_know_is_declared_missing_under_its_own_code(opened):
    data, told = opened(sav(), user_missing=True)
    assert data["safe"] == [9, 3]
    assert told.missing_ranges["safe"] == [{"lo": 9, "hi": 9}]
    assert told.variable_value_labels["safe"][9] == "Vet inte"


def test_what_is_declared_missing_is_in_no_mean(opened):
    data, _ = opened(sav())
    assert data["safe"] in ([None, 3], [pytest.approx(float("nan"), nan_ok=True), 3])


def test_a_code_that_is_no_number_is_below_all_numbers(opened):
    data, told = opened(sav(), user_missing=True)
    assert data["days"] == [12, -1]
    assert told.variable_value_labels["days"] == {-1: "Inte besvarad", -2: "Inte tillämplig"}
    assert sorted(each["lo"] for each in told.missing_ranges["days"]) == [-2, -1]


def test_what_was_not_asked_is_a_missing_value_of_its_own(opened):
    data, told = opened(sav(), user_missing=True)
    assert data["helped"] == [0, -1]
    assert told.variable_value_labels["helped"][-1] == "Frågades inte"
    assert told.missing_ranges["helped"] == [{"lo": -1, "hi": -1}]


def test_what_was_not_answered_has_no_value(opened):
    data, _ = opened(sav(), user_missing=True)
    assert data["mood"][0] == 7.5
    assert data["mood"][1] is None or data["mood"][1] != data["mood"][1]


def test_a_multiple_choice_is_yes_and_no(opened):
    data, told = opened(sav(), user_missing=True)
    assert [data[f"help__{code}"][0] for code in ("a", "b", "none")] == [1, 0, 0]
    assert told.variable_value_labels["help__a"] == {0: "Nej", 1: "Ja"}


def test_measures_are_told(opened):
    _, told = opened(sav())
    names = ("p1", "place", "mood", "order__a")
    assert [told.variable_measure[name] for name in names] == ["ordinal", "nominal", "scale", "ordinal"]


def test_a_day_is_a_day(opened):
    data, told = opened(sav())
    assert data["met"][0] == date(2026, 2, 28)
    assert told.original_variable_types["met"].startswith(("DATE", "SDATE", "EDATE", "ADATE"))


def test_a_cell_of_a_matrix_has_a_name_that_spss_takes(opened):
    data, _ = opened(sav(sheet(**{"hours.mon.day": 1.5})))
    assert data["hours__mon__day"] == [1.5]


def test_words_for_codes_are_numbered_with_the_code_beside(opened):
    given = AnswerSheet("samlat", "2026.1", "staff", {"place": "b"})
    data, told = opened(sav(given))
    assert (data["place"], data["place__code"]) == ([2], ["b"])
    assert told.variable_value_labels["place"] == {1: "A", 2: "B", 3: "C"}


def many_unknown():
    unknown = tuple(Option(code, code, code, Means.NOT_APPLICABLE) for code in ("7", "8", "9", "X"))
    items = whole().items
    return replace(
        whole(), items={**items, "safe": replace(items["safe"], options=(*items["safe"].options[:4], *unknown))}
    )


def test_more_than_three_missing_codes_are_a_range(opened):
    data, told = opened(
        sav(sheet(safe="8"), sheet(safe="X"), sheet(safe="4"), instrument=many_unknown()), user_missing=True
    )
    assert data["safe"] == [-2, -4, 4]
    assert told.missing_ranges["safe"] == [{"lo": -4, "hi": -1}]


def test_a_number_that_may_be_below_zero_keeps_clear_of_the_codes(opened):
    items = whole().items
    made = replace(whole(), items={**items, "days": replace(items["days"], least=-5)})
    data, _ = opened(sav(sheet(days="X"), sheet(days=-5), instrument=made), user_missing=True)
    assert data["days"] == [-6, -5]


def test_the_file_says_which_instrument_and_version(opened):
    _, told = opened(sav())
    assert told.file_label == "Skillnad samlat 2026.1"
    assert "svar i fri text: said" in told.notes


@pytest.mark.parametrize("name", instrument_names())
def test_every_worked_case_is_written_and_read(opened, name):
    pairs = list(sheets_of(name))
    if not pairs:
        pytest.skip("no case without problems")
    instrument = pairs[0][0]
    sheets = [given for _, given in pairs]
    data, told = opened(as_sav(answer_table(instrument, sheets)), user_missing=True)
    for item in instrument.items.values():
        if item.kind is not ItemKind.SCALE:
            continue
        labels = {option.sv: option.code for option in item.options}
        spoken = told.variable_value_labels[item.id.replace(".", "__")]
        for given, number in zip(sheets, data[item.id.replace(".", "__")], strict=True):
            label = spoken.get(number, "")
            if item.id in given.answers and label != "Frågades inte":
                assert item.option(given.answers[item.id]).sv == label
                assert label in labels


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    with pytest.raises(UserError, match=r"REP-010.*skillnad\[spss\]"):
        sav()


def parquet(*sheets):
    return as_parquet(answer_table(whole(), sheets or [FIRST, SECOND]))


def test_parquet_has_codes_numbers_and_days():
    read = pl.read_parquet(io.BytesIO(parquet()))
    assert read["p1"].to_list() == ["2", "0"]
    assert read["mood"].to_list() == [7.5, None]
    assert read["met"].to_list() == [date(2026, 2, 28), None]
    assert read["help.a"].to_list() == [1, None]


def test_parquet_has_the_codes_of_a_number_beside_it():
    read = pl.read_parquet(io.BytesIO(parquet()))
    assert read["days"].to_list() == [12, None]
    assert read["days.code"].to_list() == [None, "X"]


def test_parquet_says_what_each_code_means():
    told = json.loads(pq.read_metadata(io.BytesIO(parquet())).metadata[b"skillnad"])
    assert told["title"] == "samlat 2026.1"
    assert told["columns"]["safe"]["options"]["9"] == {"label": "Vet inte", "means": "dont_know"}


def test_parquet_of_no_rows_has_its_columns():
    read = pl.read_parquet(io.BytesIO(as_parquet(answer_table(whole(), []))))
    assert read.height == 0
    assert "p1" in read.columns
