from datetime import date

import pytest

from skillnad.codebook.days_in_words import day, month_name, month_short, period_words
from skillnad.codebook.periods import Period


def test_day_is_written_out_in_swedish():
    assert day(date(2026, 2, 1)) == "1 februari 2026"


def test_month_name_leaves_what_is_no_month():
    assert (month_name("2025-04"), month_name(""), month_name("2025Q1")) == ("april 2025", "", "2025Q1")


def test_month_short_has_no_full_stop():
    assert [month_short(f"2025-{month:02}") for month in (1, 5, 12)] == ["jan", "maj", "dec"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2025", "2025"),
        ("2025-04", "april 2025"),
        ("2025H1", "1 januari–30 juni 2025"),
        ("2024-07-01..2025-06-30", "1 juli 2024–30 juni 2025"),
    ],
)
def test_period_words_are_what_one_would_say(period, words):
    assert period_words(Period.parse(period)) == words
