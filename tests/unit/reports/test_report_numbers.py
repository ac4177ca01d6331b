import pytest

from skillnad.analysis.results import MeasureKind
from skillnad.reports.numbers import GAP, cell_text, days, percent, unbroken, whole
from skillnad.reports.views import BLANK, Cell

NBSP = "\N{NO-BREAK SPACE}"


def test_whole_numbers_have_a_space_that_does_not_break_between_thousands():
    assert whole(1234567) == f"1{NBSP}234{NBSP}567"


@pytest.mark.parametrize(("value", "text"), [(3.5, "3,5"), (3.0, "3"), (1200.25, f"1{NBSP}200,2"), (0, "0")])
def test_days_have_a_decimal_comma_and_at_most_one_decimal(value, text):
    assert days(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.12, "12"), (0, "0"), (1, "100"), (0.004, "<1"), (0.999, ">99"), (0.006, "1"), (0.994, "99")],
)
def test_percent_never_rounds_something_to_nothing_or_to_all(share, text):
    assert percent(share) == f"{text}{NBSP}%"


def test_cell_text_of_a_gap_is_the_gap_symbol():
    assert cell_text(Cell(None, MeasureKind.SHARE)) == GAP


def test_cell_text_of_a_blank_is_empty_and_no_gap():
    assert cell_text(BLANK) == ""


def test_cell_text_puts_a_share_in_brackets_after_its_count():
    assert cell_text(Cell(12, share=0.25)) == f"12{NBSP}(25{NBSP}%)"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (MeasureKind.COUNT, f"1{NBSP}000"),
        (MeasureKind.AMOUNT, f"1{NBSP}000"),
        (MeasureKind.DAYS, f"1{NBSP}000"),
    ],
)
def test_cell_text_formats_by_kind(kind, text):
    assert cell_text(Cell(1000, kind)) == text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mer än 100 %.", f"mer än 100{NBSP}%."),
        ("95 % intervall", f"95{NBSP}% intervall"),
        ("(n = 12)", f"(n{NBSP}={NBSP}12)"),
        ("i % av allt", "i % av allt"),
        ("den = 3", "den = 3"),
    ],
)
def test_running_text_breaks_nowhere_within_a_number(said, kept):
    assert unbroken(said) == kept
