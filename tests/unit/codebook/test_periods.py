from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.codebook.periods import Period, age_at
from skillnad.lib.errors import UserError

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025H1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025h2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("2025K4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        (" 2025-01-15..2025-01-15 ", date(2025, 1, 15), date(2025, 1, 15)),
    ],
)
def test_period_is_read_from_text(text, first, last):
    period = Period.parse(text)
    assert (period.start, period.last_day) == (first, last)


@pytest.mark.parametrize("text", ["", "25", "2025H3", "2025Q5", "2025-13", "2025-02-30..2025-03-01", "0000", "i fjol"])
def test_text_that_is_no_period_is_a_user_error(text):
    with pytest.raises(UserError) as caught:
        Period.parse(text)
    assert caught.value.code == "PER-001"


@pytest.mark.parametrize(
    "text", ["9999", "9999-11", "9999-01-01..9999-01-02", "2025-01-01..9999-12-31", "0001", "1799"]
)
def test_year_that_nobody_asks_for_is_a_user_error(text):
    """Each had failed elsewhere: in its own words, in the year before, in the months leading up."""
    with pytest.raises(UserError) as caught:
        Period.parse(text)
    assert caught.value.code == "PER-001"


@pytest.mark.parametrize("text", ["1800", "2999", "1800-01-01..2999-12-31"])
def test_last_years_that_are_read_have_a_year_before_and_months_leading_up(text):
    period = Period.parse(text)
    assert str(period) == text
    assert period.a_year_before().start.year == period.start.year - 1
    assert period.leading_up(60).last_day == period.last_day


@pytest.mark.parametrize("end", [date(2025, 1, 1), date(2024, 12, 31)])
def test_period_without_days_is_refused(end):
    with pytest.raises(UserError) as caught:
        Period(date(2025, 1, 1), end)
    assert caught.value.code == "PER-002"


def test_period_through_holds_its_last_day_and_not_the_next():
    period = Period.through(date(2025, 1, 1), date(2025, 1, 31))
    assert date(2025, 1, 31) in period
    assert date(2025, 2, 1) not in period
    assert date(2024, 12, 31) not in period
    assert period.days == 31


@given(DAYS, DAYS)
def test_period_through_counts_both_ends(one, other):
    first, last = sorted((one, other))
    assert Period.through(first, last).days == (last - first).days + 1


@given(DAYS, DAYS, DAYS, DAYS)
def test_periods_overlap_when_they_share_a_day(a, b, c, d):
    one, other = Period.through(*sorted((a, b))), Period.through(*sorted((c, d)))
    shared = max(one.start, other.start) < min(one.end, other.end)
    assert one.overlaps(other) == other.overlaps(one) == shared


def test_neighbouring_periods_do_not_overlap():
    assert not Period.month(2025, 1).overlaps(Period.month(2025, 2))


def test_months_of_a_year_are_twelve():
    assert [str(month) for month in Period.year(2025).months()] == [f"2025-{number:02}" for number in range(1, 13)]


def test_months_of_a_period_are_whole():
    months = list(Period.through(date(2024, 12, 31), date(2025, 2, 1)).months())
    assert months == [Period.month(2024, 12), Period.month(2025, 1), Period.month(2025, 2)]


@pytest.mark.parametrize("text", ["2025", "2025-04", "2025-01-01..2025-06-30"])
def test_period_is_printed_as_it_is_read(text):
    assert str(Period.parse(text)) == text


@given(DAYS, st.integers(0, 400))
def test_printed_period_reads_back(first, days):
    period = Period.through(first, first + timedelta(days=days))
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2007, 6, 15), date(2025, 6, 14), 17),
        (date(2007, 6, 15), date(2025, 6, 15), 18),
        (date(2004, 2, 29), date(2025, 2, 28), 20),
        (date(2004, 2, 29), date(2025, 3, 1), 21),
        (date(2025, 1, 1), date(2025, 1, 1), 0),
    ],
)
def test_age_is_whole_years_lived(birth, day, age):
    assert age_at(birth, day) == age


def test_age_before_birth_is_a_bug():
    with pytest.raises(ValueError, match="before"):
        age_at(date(2025, 1, 2), date(2025, 1, 1))


@given(DAYS, st.integers(0, 120))
def test_age_rises_by_one_on_each_birthday(birth, years):
    birthday = (
        date(birth.year + years, 3, 1)
        if (birth.month, birth.day) == (2, 29)
        else birth.replace(year=birth.year + years)
    )
    if birthday >= birth and years:
        assert age_at(birth, birthday) - age_at(birth, birthday - timedelta(days=1)) in (0, 1)
        assert age_at(birth, birthday) == years


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2025", "2024"),
        ("2025-03", "2024-03"),
        ("2025Q1", "2024Q1"),
        ("2024-02-29..2024-03-01", "2023-02-28..2023-03-01"),
    ],
)
def test_a_year_before_is_the_same_days(period, before):
    assert Period.parse(period).a_year_before() == Period.parse(before)


@pytest.mark.parametrize(
    ("period", "months", "whole"),
    [
        ("2025-03", 1, "2025-03"),
        ("2025-03", 13, "2024-03-01..2025-03-31"),
        ("2025", 12, "2025"),
        ("2025-01-10..2025-02-10", 2, "2025-01-01..2025-02-28"),
    ],
)
def test_months_leading_up_are_whole_and_end_with_that_of_the_last_day(period, months, whole):
    assert Period.parse(period).leading_up(months) == Period.parse(whole)


@given(DAYS, st.integers(1, 36))
def test_months_leading_up_are_as_many_as_asked_for(first, months):
    assert len(list(Period.through(first, first).leading_up(months).months())) == months
