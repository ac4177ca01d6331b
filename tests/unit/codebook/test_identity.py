"""Published test numbers, reserve numbers that can be nobody's, and a second library's opinion."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer

from skillnad.codebook.identity import (
    Identity,
    IdentityKind,
    IdentityWarning,
    check_digit,
    check_digit_fits,
    parse_identity,
    sex_hint,
)

TODAY = date(2025, 11, 1)
VALID = ("200002292399", "190905271474", "195704289999", "194608239986")


@pytest.mark.parametrize("number", VALID)
def test_personnummer_is_read_without_warning(number):
    identity = parse_identity(number, TODAY)
    assert (identity.kind, identity.number, identity.warnings) == (IdentityKind.PERSONNUMMER, number, ())
    assert f"{identity.birth_date:%Y%m%d}" == number[:8]


@pytest.mark.parametrize(
    "written",
    [
        "19570428-9999",
        "195704289999",
        "570428-9999",
        "5704289999",
        " 570428 9999 ",
        "19570428–9999",
        "570428\u00a09999",
    ],
)
def test_personnummer_has_one_canonical_form(written):
    assert parse_identity(written, TODAY).number == "195704289999"


def test_plus_means_a_hundred_years_or_more():
    assert parse_identity("090527+1474", TODAY).number == "190905271474"
    assert parse_identity("090527-1474", TODAY).number == "200905271474"


def test_plus_comes_in_the_calendar_year_of_the_hundredth_birthday():
    assert parse_identity("251231+0008", TODAY).birth_date == date(1925, 12, 31)


def test_ten_digits_of_someone_not_yet_born_are_a_guess():
    identity = parse_identity("251231-0008", TODAY)
    assert identity.birth_date == date(1925, 12, 31)
    assert IdentityWarning.CENTURY in identity.warnings


def test_twelve_digits_of_someone_not_yet_born_are_a_warning():
    assert IdentityWarning.FUTURE in parse_identity("20251231-0008", TODAY).warnings


@pytest.mark.parametrize("written", ["20251101-{}", "251101-{}"])
def test_someone_born_today_is_not_odd(written):
    identity = parse_identity(written.format(f"001{check_digit('251101001')}"), TODAY)
    assert (identity.birth_date, identity.warnings) == (TODAY, ())


@pytest.mark.parametrize(
    ("written", "warning"),
    [
        ("197004289895", IdentityWarning.CHECK_DIGIT),
        ("201509160006", IdentityWarning.BIRTH_NUMBER),
        ("20251350-1234", IdentityWarning.NO_SUCH_DATE),
        ("20250229-1234", IdentityWarning.NO_SUCH_DATE),
        ("12345", IdentityWarning.UNKNOWN_FORM),
        ("AB-1-2", IdentityWarning.UNKNOWN_FORM),
    ],
)
def test_what_is_odd_is_a_warning_and_keeps_a_number(written, warning):
    identity = parse_identity(written, TODAY)
    assert identity.warnings == (warning,)
    assert identity.number


def test_samordningsnummer_has_its_day_plus_60():
    identity = parse_identity("19700488-9893", TODAY)
    assert (identity.kind, identity.birth_date) == (IdentityKind.SAMORDNING, date(1970, 4, 28))


def test_interim_number_fits_its_check_digit_with_one_for_the_letter():
    fitting = f"19900101-R23{check_digit('900101' + '1' + '23')}"
    assert parse_identity(fitting, TODAY).kind == IdentityKind.INTERIM
    assert parse_identity(fitting[:-1] + str((int(fitting[-1]) + 1) % 10), TODAY).kind == IdentityKind.RESERVE_LOCAL


@pytest.mark.parametrize(
    ("written", "kind", "number", "born"),
    [
        ("22900101AB12", IdentityKind.RESERVE_NATIONAL, "22900101AB12", date(1990, 1, 1)),
        ("23050607-yz34", IdentityKind.RESERVE_NATIONAL, "23050607YZ34", date(2005, 6, 7)),
        ("99123456-7890", IdentityKind.RESERVE_LOCAL, "991234567890", None),
        ("19900101-TF24", IdentityKind.RESERVE_LOCAL, "19900101TF24", date(1990, 1, 1)),
        ("900101-T12B", IdentityKind.RESERVE_LOCAL, "19900101T12B", date(1990, 1, 1)),
        ("T-4711", IdentityKind.RESERVE_LOCAL, "T-4711", None),
    ],
)
def test_reserve_numbers(written, kind, number, born):
    identity = parse_identity(written, TODAY)
    assert (identity.kind, identity.number, identity.birth_date) == (kind, number, born)


@pytest.mark.parametrize("written", ["", "   ", None, "\u00a0"])
def test_no_number_is_an_identity_of_its_own(written):
    assert parse_identity(written, TODAY) == Identity(IdentityKind.NONE, "")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("194608239986", "1"),
        ("195704289999", "2"),
        ("19900101-TF24", "1"),
        ("19900101-T132", "2"),
        ("22900101AB12", "2"),
        ("19900101-A123", None),
        ("991234567890", None),
        ("T-4711", None),
        ("", None),
    ],
)
def test_sex_is_a_hint_where_the_form_has_one(written, code):
    assert sex_hint(parse_identity(written, TODAY)) == code


def test_identity_never_prints_its_number():
    printed = repr(parse_identity("195704289999", TODAY))
    assert "1957" not in printed
    assert "9999" not in printed


@pytest.mark.parametrize("warning", list(IdentityWarning))
def test_warnings_speak_both_languages(warning):
    assert warning.text("sv") != warning.text("en")


DAYS = st.dates(date(1900, 1, 1), TODAY)
BIRTH_NUMBERS = st.integers(1, 999)


@given(DAYS, BIRTH_NUMBERS, st.booleans())
def test_every_well_formed_number_agrees_with_the_personnummer_library(born, birth_number, coordination):
    nine = f"{born:%y%m}{born.day + 60 * coordination:02}{birth_number:03}"
    written = f"{born:%Y}"[:2] + nine + str(check_digit(nine))
    identity = parse_identity(written, TODAY)
    other = personnummer.parse(written)
    assert identity.number == other.format(True).replace("-", "")
    assert (identity.kind == IdentityKind.SAMORDNING) == other.is_coordination_number()
    assert sex_hint(identity) == ("2" if other.is_male() else "1")
    assert identity.warnings == ()


@given(DAYS, st.integers(0, 9999))
def test_warnings_agree_with_the_personnummer_library(born, last):
    written = f"{born:%Y%m%d}{last:04}"
    assert (parse_identity(written, TODAY).warnings == ()) == personnummer.valid(written)


@given(st.dates(date(1930, 1, 1), date.today() - timedelta(days=1)), BIRTH_NUMBERS)
def test_century_of_ten_digits_agrees_with_the_personnummer_library(born, birth_number):
    nine = f"{born:%y%m%d}{birth_number:03}"
    written = f"{nine[:6]}-{nine[6:]}{check_digit(nine)}"
    theirs = personnummer.parse(written).format(True).replace("-", "")
    assert parse_identity(written, date.today()).number == theirs


@given(st.text(max_size=30))
def test_nothing_written_is_refused(text):
    identity = parse_identity(text, TODAY)
    assert (identity.kind == IdentityKind.NONE) == (identity.number == "")


@given(st.text("0123456789", min_size=9, max_size=9))
def test_check_digit_fits_what_it_made_and_no_other(nine):
    fits = [digit for digit in range(10) if check_digit_fits(nine + str(digit))]
    assert fits == [check_digit(nine)]
