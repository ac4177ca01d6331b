"""Shares: what stands in the denominator, and what follows from a gap."""

import pytest

from skillnad.analysis.formulas.shares import (
    Fraction,
    cross_shares,
    known,
    outcome_fractions,
    outcome_share,
    outcome_shares,
    share,
    steady_percent,
    total,
)
from skillnad.analysis.questions import Percent
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, Axis, Level, LevelKind

MISSING = Level(MISSING_LEVEL, "Uppgift saknas", LevelKind.MISSING)
SEX = Axis("sex", "Kön", (Level("1", "Kvinna"), Level("2", "Man"), MISSING))
GOAL = Axis("goal", "Mål", (Level("ja", "Ja"), Level("?", "Vet ej", LevelKind.UNKNOWN), MISSING))
INNER = {("1", "ja"): 3, ("1", "?"): 1, ("1", ""): 2, ("2", "ja"): 1, ("2", "?"): 0, ("2", ""): 0}
INNER |= {("", "ja"): 5, ("", "?"): 0, ("", ""): 1}
COUNTS = INNER | {
    (row, column): sum(n for key, n in INNER.items() if row in (TOTAL, key[0]) and column in (TOTAL, key[1]))
    for row in ("1", "2", "", TOTAL)
    for column in ("ja", "?", "", TOTAL)
}
AXES = (SEX, GOAL)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 4, 0.25), (0, 4, 0), (0, 0, None), (None, 4, None), (1, None, None)]
)
def test_share_of_a_whole(part: int | None, whole: int | None, expected: float | None) -> None:
    assert share(part, whole) == expected


def test_known_leaves_out_the_unknown_and_the_missing() -> None:
    assert total(COUNTS, known(AXES, ("1", TOTAL), (1,))) == 3
    assert total(COUNTS, known(AXES, (TOTAL, TOTAL), (1,))) == 9
    assert total(COUNTS, known(AXES, (TOTAL, TOTAL), (0, 1))) == 4
    assert total(COUNTS, known(AXES, ("1", "ja"), ())) == 3


def test_row_shares_have_the_rows_known_as_denominator() -> None:
    shares = cross_shares(COUNTS, AXES, Percent.ROWS)
    assert (shares["1", "ja"], shares["1", TOTAL], shares[TOTAL, "ja"]) == (1, 1, 1)


def test_column_shares_have_the_columns_known_as_denominator() -> None:
    shares = cross_shares(COUNTS, AXES, Percent.COLUMNS)
    assert (shares["1", "ja"], shares["2", "ja"], shares[TOTAL, "ja"]) == (0.75, 0.25, 1)
    assert shares["1", ""] == 1


def test_shares_of_all_add_up_to_one() -> None:
    shares = cross_shares(COUNTS, AXES, Percent.ALL)
    assert (shares["1", "ja"], shares["2", "ja"], shares[TOTAL, TOTAL]) == (0.75, 0.25, 1)


@pytest.mark.parametrize("percent", [Percent.ROWS, Percent.ALL])
def test_levels_outside_the_denominator_have_no_share(percent: Percent) -> None:
    shares = cross_shares(COUNTS, AXES, percent)
    assert (shares["1", "?"], shares["1", ""], shares[TOTAL, ""]) == (None, None, None)


@pytest.mark.parametrize("gap", [("1", "ja"), ("1", TOTAL), ("1", "?"), ("1", "")])
def test_share_that_needs_a_gap_is_a_gap(gap: tuple[str, str]) -> None:
    shares = cross_shares(COUNTS | {gap: None}, AXES, Percent.ROWS)
    assert shares["1", "ja"] is None
    assert shares["2", "ja"] == 1


def test_outcome_share_is_yes_of_yes_and_no() -> None:
    counts = {("yes", "A"): 1, ("no", "A"): 3, ("unknown", "A"): 9, ("", "A"): 9}
    assert outcome_share(counts, ("A",)) == 0.25


@pytest.mark.parametrize("gap", ["yes", "no"])
def test_outcome_share_of_a_gap_is_a_gap(gap: str) -> None:
    assert outcome_share({("yes",): 1, ("no",): 3} | {(gap,): None}, ()) is None


def test_outcome_shares_have_the_keys_of_the_other_axes() -> None:
    outcome = Axis("share:goal", "Mål", (Level("yes", "Ja"), Level("no", "Nej"), MISSING))
    counts = {(kind, code): 1 for kind in ("yes", "no", "", TOTAL) for code in ("1", "2", "", TOTAL)}
    assert outcome_shares(counts, (outcome, SEX)) == dict.fromkeys([("1",), ("2",), ("",), (TOTAL,)], 0.5)


def test_outcome_shares_are_made_of_yes_and_of_yes_and_no() -> None:
    made = outcome_fractions((Axis("share:goal", "Mål", (Level("yes", "Ja"), Level("no", "Nej"))), SEX))
    assert set(made) == {("1",), ("2",), ("",), (TOTAL,)}
    assert made["1",] == Fraction(part=((("yes", "1"), 1),), whole=((("yes", "1"), 1), (("no", "1"), 1)))


@pytest.mark.parametrize(
    ("part", "low", "high", "expected"),
    [
        (900, 1000, 1004, 0.9),
        (30, 55, 59, None),
        (0, 3, 9, 0.0),
        (0, 0, 9, None),
        (1, 8, 8, 0.13),  # half a per cent is rounded up
        (1, 400, 402, None),  # not none
        (399, 400, 401, None),  # not all
        (0, 1, 9, 0.0),
        (10, 1000, 1004, 0.01),
        (990, 1000, 1004, 0.99),
    ],
)
def test_steady_percent_is_shown_only_where_every_whole_gives_it(part, low, high, expected) -> None:
    assert steady_percent(part, low, high) == expected


@pytest.mark.parametrize("part", [0, 7, 90, 333])
def test_steady_percent_is_what_each_whole_between_gives(part: int) -> None:
    for low, width in ((400, 3), (900, 20), (334, 1)):
        each = {(200 * part + whole) // (2 * whole) / 100 for whole in range(low, low + width + 1)}
        found = steady_percent(part, low, low + width)
        assert found is None or each == {found}
