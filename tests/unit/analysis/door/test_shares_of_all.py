"""Where denominators are hidden a whole table has shares of all, made of nothing but what it shows."""

import pytest
from raw_tables import axis, counted

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.shares import cross_fractions
from skillnad.analysis.protection import SHARE, protect_table
from skillnad.analysis.questions import CrossTable, Percent
from skillnad.analysis.results import RawTable
from skillnad.analysis.shares_of_all import SHARE_OF_ALL, better_of_all, shares_of_all

VALUES, SEX = axis("row", "a", "b", multiple=True), axis("column", "1", "2")


def table(women: tuple[int, int, int], men: tuple[int, int, int]) -> RawTable:
    """Rows with A, with B and with neither, of women and of men; nobody has both."""
    rows = {(code, sex): found[place] for sex, found in (("1", women), ("2", men)) for place, code in enumerate("ab")}
    rows |= {("", "1"): women[2], ("", "2"): men[2]}
    return counted((VALUES, SEX), rows, CrossTable("row", "column", percent=Percent.COLUMNS))


def test_every_share_is_shown_where_few_men_lack_the_value() -> None:
    shown = protect_table(table((50, 60, 0), (80, 70, 2)), DEFAULT)
    assert shown.measures[1:] == (SHARE_OF_ALL,)
    assert shown.cells["count"]["", "2"] is None
    assert shown.cells["share"]["a", "2"] == pytest.approx(80 / 152)
    assert shown.cells["share"]["a", "1"] == pytest.approx(50 / 110)


def test_shares_are_of_the_known_where_nothing_is_hidden() -> None:
    shown = protect_table(table((50, 60, 0), (80, 70, 20)), DEFAULT)
    assert shown.measures[1:] == (SHARE,)
    assert shown.cells["share"]["a", "2"] == pytest.approx(80 / 150)


def test_shares_stay_of_the_known_where_many_are_seen_to_lack_the_value() -> None:
    """Shares of all would then not be comparable with those of the groups whose denominators are known."""
    shown = protect_table(table((50, 60, 40), (80, 70, 2)), DEFAULT)
    assert shown.measures[1:] == (SHARE,)


@pytest.mark.parametrize("hidden", [1, 2, 3, 4])
def test_shares_of_all_are_the_same_whatever_is_hidden(hidden: int) -> None:
    """The same counts are shown, so the same shares are."""
    first = protect_table(table((50, 60, 0), (80, 72 - 1, 1)), DEFAULT)
    other = protect_table(table((50, 60, 0), (80, 72 - hidden, hidden)), DEFAULT)
    for key in [("a", "1"), ("a", "2"), ("b", "1")]:
        assert other.cells["share"][key] == first.cells["share"][key]


def test_a_hidden_count_has_no_share_of_all() -> None:
    raw = table((50, 60, 0), (80, 70, 2))
    made = cross_fractions(raw.axes, Percent.COLUMNS)
    shares = shares_of_all({**raw.counts, ("b", "2"): None}, made, Percent.COLUMNS)
    assert shares["b", "2"] is None
    assert shares["a", "2"] is not None


def test_nothing_is_gained_where_no_share_is_lost() -> None:
    raw = table((50, 60, 0), (80, 70, 2))
    made = cross_fractions(raw.axes, Percent.COLUMNS)
    assert not better_of_all(raw.counts, made, dict.fromkeys(made, 0.5), Percent.COLUMNS)
