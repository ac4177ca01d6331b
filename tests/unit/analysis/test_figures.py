import pytest

from skillnad.analysis.figures import WORDS, figure, interval, is_difference, with_interval
from skillnad.analysis.results import Measure, MeasureKind

S = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (MeasureKind.COUNT, 1234, f"1{S}234"),
        (MeasureKind.SHARE, 0.344, f"34{S}%"),
        (MeasureKind.DAYS, 63.25, "63,2"),
        (MeasureKind.AMOUNT, 12345.6, f"12{S}346"),
        (MeasureKind.POINTS, 0.1492, "14,9"),
        (MeasureKind.RATIO, 1.384, "1,38"),
        (MeasureKind.RATIO, float("inf"), "oändlig"),
        (MeasureKind.CHANCE, 0.0283, "0,028"),
        (MeasureKind.CHANCE, 0.8209, "0,82"),
        (MeasureKind.PLACE, 3, "3"),
    ],
)
def test_figure_is_told_by_its_kind(kind: MeasureKind, value: float, text: str) -> None:
    assert figure(kind, value) == text


def test_p_is_never_told_as_none_at_all() -> None:
    assert figure(MeasureKind.CHANCE, 0.0004) == "<0,001"
    assert figure(MeasureKind.CHANCE, 0.001) == "0,001"


@pytest.mark.parametrize(("value", "text"), [(-0.145, "−14,5"), (0.022, "+2,2"), (0, "0,0"), (0.0001, "+0,0")])
def test_difference_of_shares_has_its_sign(value: float, text: str) -> None:
    assert figure(MeasureKind.POINTS, value, difference=True) == text


def test_difference_in_days_has_its_sign_and_a_time_has_none() -> None:
    assert figure(MeasureKind.DAYS, 12, difference=True) == "+12"
    assert figure(MeasureKind.DAYS, -12.5, difference=True) == "−12,5"
    assert figure(MeasureKind.DAYS, 12) == "12"


def test_verdict_placing_and_signal_are_words() -> None:
    assert [figure(MeasureKind.VERDICT, number) for number in range(3)] == [
        "skillnad visad",
        "ingen skillnad visad",
        "för få för att avgöra",
    ]
    assert figure(MeasureKind.PLACING, 2) == "inom gränserna"
    assert figure(MeasureKind.SIGNAL, 1.0) == "ja"


def test_no_words_speak_of_effects() -> None:
    assert not any("effekt" in word for words in WORDS.values() for word in words)


def test_interval_of_a_share_tells_its_unit_once() -> None:
    assert with_interval(MeasureKind.SHARE, 0.34, (0.3, 0.38)) == f"34{S}% (30–38)"
    assert interval(MeasureKind.SHARE, 0.001, 0.02) == "<1–2"


def test_interval_with_signs_has_no_dash_that_looks_like_one() -> None:
    told = with_interval(MeasureKind.POINTS, -0.145, (-0.24, -0.016), difference=True)
    assert told == f"−14,5 (−24,0{S}till{S}−1,6)"


def test_measure_is_a_difference_by_its_name() -> None:
    named = {id: is_difference(Measure(id, "", MeasureKind.POINTS)) for id in ("difference", "difference_low", "seen")}
    assert named == {"difference": True, "difference_low": True, "seen": False}
