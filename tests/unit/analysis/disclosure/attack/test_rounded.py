from fractions import Fraction

import pytest

from skillnad.analysis.disclosure.attack.rounded import Rounded, counts_of, read_rounded


@pytest.mark.parametrize("text", ["46,9", "46.9", "46,9 %", " 46,9 procent ", "46,9%"])
def test_share_is_read_with_its_decimals(text):
    assert read_rounded(text) == Rounded(Fraction(469, 10), Fraction(1, 20))


def test_thousands_may_be_spaced():
    assert read_rounded("1 234").value == 1234


@pytest.mark.parametrize("text", ["", "..", "x", "under 5", "4-6", "46,"])
def test_what_is_no_number_is_not_read(text):
    assert read_rounded(text) is None


@pytest.mark.parametrize(
    ("text", "of", "counts"), [("63", 19, [12]), ("38", 29, [11]), ("46,9", 49, [23]), ("2", 49, [1])]
)
def test_share_of_few_people_is_a_count(text, of, counts):
    assert list(counts_of(read_rounded(text), of)) == counts


def test_share_of_many_people_leaves_several_counts():
    assert list(counts_of(read_rounded("10"), 1000)) == list(range(95, 106))


def test_share_that_no_whole_number_gives_leaves_none():
    assert list(counts_of(read_rounded("63"), 7)) == []


def test_share_is_never_of_fewer_than_nobody_or_more_than_all():
    assert list(counts_of(read_rounded("0"), 60)) == [0]
    assert list(counts_of(read_rounded("100"), 60)) == [60]


def test_both_ways_to_round_a_half_are_possible():
    assert 1 in counts_of(read_rounded("12"), 8)
    assert 1 in counts_of(read_rounded("13"), 8)


@pytest.mark.parametrize("of", [3, 19, 49, 250])
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_true_count_is_always_among_those_that_a_share_leaves(of, decimals):
    assert all(count in counts_of(read_rounded(f"{100 * count / of:.{decimals}f}"), of) for count in range(of + 1))


def test_least_is_never_below_nothing():
    assert (read_rounded("0").low, read_rounded("0").high) == (0, Fraction(1, 200))
    assert read_rounded("0,4").low == Fraction(35, 10000)
