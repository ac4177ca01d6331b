"""Figures as a Swedish reader writes them."""

from math import inf

import pytest

from skillnad.analysis.formulas.control_charts import NO_VARIATION
from skillnad.analysis.formulas.intervals import Interval, NoInterval, Why
from skillnad.analysis.handbook.swedish_figures import (
    certain,
    found,
    number,
    p_said,
    p_value,
    percent,
    percents,
    points,
    span,
    trimmed,
)

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (3.14159, 2, "3,14"),
        (2.0, 1, "2,0"),
        (12345.6, 0, f"12{SPACE}346"),
        (-1.25, 1, f"{MINUS}1,2"),
        (-0.01, 1, "0,0"),
        (None, 1, "finns inte"),
    ],
)
def test_number(value: float | None, decimals: int, shown: str) -> None:
    assert number(value, decimals) == shown


@pytest.mark.parametrize(("value", "shown"), [(38.0, "38"), (57.5, "57,5"), (None, "finns inte")])
def test_trimmed_number_has_no_empty_decimals(value: float | None, shown: str) -> None:
    assert trimmed(value) == shown


@pytest.mark.parametrize(
    ("p", "shown", "said"),
    [
        (0.0004, "mindre än 0,001", "p < 0,001"),
        (0.0184, "0,018", "p = 0,018"),
        (0.2, "0,20", "p = 0,20"),
        (None, "finns inte", "p = finns inte"),
    ],
)
def test_p_has_the_digits_that_matter(p: float | None, shown: str, said: str) -> None:
    assert (p_value(p), p_said(p)) == (shown, said)


def test_shares_and_their_differences_have_different_units() -> None:
    assert percent(0.375) == f"37,5{SPACE}%"
    assert points(-0.117) == f"{MINUS}11,7{SPACE}procentenheter"
    assert percent(None) == points(None) == "finns inte"


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        (Interval(0.107, 0.603), f"10,7–60,3{SPACE}%"),
        (Interval(-0.02, 0.05), f"{MINUS}2,0 till 5,0{SPACE}%"),
        (Interval(0.2, inf), f"20,0{SPACE}% och uppåt"),
        (NoInterval(Why.NOBODY), Why.NOBODY.sv),
    ],
)
def test_interval_of_a_share(interval: Interval | NoInterval, shown: str) -> None:
    assert percents(interval) == shown


def test_interval_in_its_own_unit() -> None:
    assert span(Interval(20, 88), 0) == "20–88"
    assert span(Interval(20, 88), 0, 1, "dagar") == f"20–88{SPACE}dagar"


def test_answer_that_is_not_there_is_refused() -> None:
    assert found(3) == 3
    assert certain(Interval(0, 1)) == Interval(0, 1)
    with pytest.raises(ValueError, match="no variation"):
        found(NO_VARIATION)
    with pytest.raises(ValueError, match="nobody to count"):
        certain(NoInterval(Why.NOBODY))
