"""What one cell says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.register.imports.cells import Reading, Span, read_date, read_number, reader
from skillnad.register.imports.fields import fields_of
from skillnad.register.imports.mapping import Source

SPAN = Span.around(date(2026, 3, 2))
FIELDS = fields_of(load_codebook())
MARCH = date(2025, 3, 14)


def read(field: str, text: str, decimal: str = ",", **how: object) -> Reading:
    return reader(replace(Source(FIELDS[field][-1], column="x"), **how), SPAN, decimal)(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["2025-03-14", "20250314", "14/3 2025", "14/03 2025", "2025-3-14", "2025-03-14 00:00:00", "2025-03-14T10:15"],
)
def test_date_is_read_without_being_told_its_form(text: str) -> None:
    assert read_date(text, None, SPAN) == Reading(MARCH)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("14/03/2025", "DD/MM/YYYY"),
        ("14.3.2025", "DD.MM.YYYY"),
        ("14-03-2025", "DD-MM-YYYY"),
        ("2025/03/14", "YYYY/MM/DD"),
        ("25-03-14", "YY-MM-DD"),
        ("250314", "YY-MM-DD"),
        ("2025-03-14", "DD/MM/YYYY"),
    ],
)
def test_date_is_read_in_the_named_form_or_iso(text: str, form: str) -> None:
    assert read_date(text, form, SPAN) == Reading(MARCH)


@pytest.mark.parametrize("text", ["14/03/2025", "25-03-14", "mars 2025", "2025-02-30", "2025-13-01", "2025"])
def test_date_that_is_ambiguous_or_none_is_unreadable(text: str) -> None:
    assert read_date(text, None, SPAN) == Reading(fault="IMP-101")


@pytest.mark.parametrize("text", ["0025-03-14", "1899-12-31", "2029-01-01", "0000-01-01"])
def test_date_in_an_impossible_year_has_a_rule_of_its_own(text: str) -> None:
    assert read_date(text, None, SPAN) == Reading(fault="IMP-102")


def test_two_digit_year_is_the_latest_possible() -> None:
    assert read_date("29-01-01", "YY-MM-DD", SPAN).value == date(1929, 1, 1)


@pytest.mark.parametrize("text", ["2028-12-31", "1900-01-01"])
def test_days_at_the_ends_of_the_span_are_read(text: str) -> None:
    assert read_date(text, None, SPAN).value == date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("12 345,50", ",", "12345.50"),
        ("12\u00a0345,50", ",", "12345.50"),
        ("12.345,50", ",", "12345.50"),
        ("12.5", ",", "12.5"),
        ("1,234.5", ".", "1234.5"),
        ("−3", ",", "-3"),
        ("100 kr", ",", "100"),
    ],
)
def test_number_is_read(text: str, decimal: str, number: str) -> None:
    assert read_number(text, decimal) == Decimal(number)


@pytest.mark.parametrize("text", ["tolv", "1,2,3", "", "NaN", "Infinity"])
def test_text_is_no_number(text: str) -> None:
    assert read_number(text, ",") is None


def test_amount_is_whole_ore() -> None:
    assert read("amount", "12,345") == Reading(1234)
    assert read("amount", "1500", whole_ore=True) == Reading(1500)


@pytest.mark.parametrize("text", ["8", "08", "Hemlös", " hemlös "])
def test_code_or_label_of_the_codebook_needs_no_mapping(text: str) -> None:
    assert read("problem", text.strip()).value in ("8", "11")


def test_several_codes_are_in_the_codebooks_order_once() -> None:
    assert read("problem", "14, 2,14", split=",") == Reading("2;14")


def test_mapped_codes_replace_the_codebooks() -> None:
    how = {"codes": {"fh": ("10",), "": ()}}
    assert read("intervention_type", "FH", **how) == Reading("10")
    assert read("intervention_type", "10", **how) == Reading(fault="IMP-103")


def test_one_source_value_can_be_several_codes() -> None:
    assert read("problem", "vm", codes={"vm": ("8", "2")}) == Reading("2;8")


def test_value_mapped_to_nothing_is_missing() -> None:
    assert read("origin", "okänt", codes={"okänt": ()}) == Reading()


def test_missing_marks_are_missing_in_any_case() -> None:
    assert read("origin", "Saknas", missing=frozenset({"saknas"})) == Reading()


def test_unknown_code_breaks_its_rule() -> None:
    assert read("origin", "99") == Reading(fault="IMP-103")


@pytest.mark.parametrize("text", ["1,11", "11,12"])
def test_excluding_values_break_their_rule(text: str) -> None:
    assert read("collaboration", text, split=",") == Reading(fault="IMP-104")


def test_two_values_of_a_single_variable_break_their_rule() -> None:
    assert read("origin", "1,2", split=",") == Reading(fault="IMP-104")


@pytest.mark.parametrize(("text", "value"), [("J", True), ("ja", True), ("X", True), ("Nej", False), ("0", False)])
def test_flag_is_yes_or_no(text: str, value: bool) -> None:
    assert read("protected", text) == Reading(value)


def test_flag_that_is_neither_is_unknown_and_never_no() -> None:
    assert read("protected", "kanske") == Reading(fault="IMP-103")


def test_name_with_an_identity_breaks_its_rule() -> None:
    assert read("unit", "Boende 19900102-TF21") == Reading(fault="IMP-106")


def test_name_is_trimmed_and_its_blanks_are_one() -> None:
    assert read("unit", "Enhet   Öst") == Reading("Enhet Öst")
