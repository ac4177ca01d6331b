import pytest

from skillnad.analysis.disclosure.derived.numbers import NUMBERS, SV, How, number_of


@pytest.mark.parametrize(
    ("measure", "how"),
    [
        ("count", How.COUNT),
        ("only_first", How.COUNT),
        ("sum", How.AMOUNT),
        ("share", How.LINEAR),
        ("bound_low", How.LINEAR),
        ("share_low", How.FOLLOWS),
        ("within_90", How.BANDS),
        ("within_90_low", How.FOLLOWS),
        ("within_90_difference_low", How.OF_TWO),
        ("difference_low", How.OF_TWO),
        ("adjusted_p", How.APART),
        ("km_p90", How.ROWS),
        ("mean_difference_low", How.ROWS),
        ("centre", How.SHOWN),
    ],
)
def test_number_is_accounted_for(measure, how):
    number = number_of(measure)
    assert number is not None
    assert number.how is how


def test_number_that_is_new_is_not_accounted_for():
    assert number_of("risk") is None


def test_rules_of_a_chart_are_known_as_signals_alone():
    assert number_of("shift", signal=True) == number_of("low")
    assert number_of("shift") is None


def test_every_way_is_told_and_used():
    assert {number.how for number in NUMBERS} == set(SV) == set(How)


def test_no_number_is_told_twice():
    told = [name for number in NUMBERS for name in number.ids]
    assert len(told) == len(set(told))
