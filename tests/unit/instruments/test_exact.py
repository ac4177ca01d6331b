"""Numbers as they are written, and halves upwards."""

from decimal import Decimal
from fractions import Fraction

import pytest

from skillnad.instruments.exact import decimals_of, exact, half_up, read_number


def test_a_float_is_the_decimal_that_it_is_written_as():
    assert exact(1.0) + exact(5.6) + exact(9.7) + exact(8.7) == 25
    assert 1.0 + 5.6 + 9.7 + 8.7 < 25  # what would happen else


def test_whole_numbers_decimals_and_fractions_stay_themselves():
    assert exact(3) == 3
    assert exact(Decimal("0.10")) == Fraction(1, 10)
    assert exact(Fraction(1, 3)) == Fraction(1, 3)


@pytest.mark.parametrize("number", [float("inf"), float("nan"), Decimal("Infinity"), Decimal("NaN")])
def test_what_is_not_finite_is_no_number(number):
    with pytest.raises(ValueError, match="finite"):
        exact(number)


@pytest.mark.parametrize(("text", "number"), [("2", 2), ("-1.5", Fraction(-3, 2)), ("0", 0)])
def test_a_code_that_is_a_number_is_read_as_one(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["X", "", "2026-02-02", "Infinity", "nan", "1,5", "1e99999999", "9" * 41, "٣"])
def test_other_codes_are_no_numbers(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(5, 2), 0, 3),
        (Fraction(-5, 2), 0, -2),
        (Fraction(20, 3), 0, 7),
        (Fraction(249, 100), 1, Fraction(5, 2)),
        (Fraction(1, 8), 2, Fraction(13, 100)),
        (Fraction(7), 3, 7),
    ],
)
def test_halves_go_upwards(value, places, expected):
    assert half_up(value, places) == expected


def test_without_places_it_is_to_whole_numbers():
    assert half_up(Fraction(249, 100)) == 2


@pytest.mark.parametrize(
    ("value", "decimals"),
    [(Fraction(7), 0), (Fraction(1, 2), 1), (Fraction(1, 8), 3), (Fraction(1, 25), 2), (Fraction(1, 3), None)],
)
def test_how_many_decimals_it_takes_to_write_a_number_out(value, decimals):
    assert decimals_of(value) == decimals
