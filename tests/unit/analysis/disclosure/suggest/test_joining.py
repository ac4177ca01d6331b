"""Names of levels that are put together."""

import pytest

from skillnad.analysis.disclosure.suggest.joining import are_ages, joined, shortened


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (("0–6 år", "7–12 år"), "0–12 år"),
        (("0-6", "7-12"), "0–12"),
        (("2023", "2024"), "2023 och 2024"),
        (("13–20 år", "21 år och äldre"), "13–20 år och 21 år och äldre"),
        (("Norr", "Söder", "Väster"), "Norr, Söder och Väster"),
    ],
)
def test_levels_together_have_a_name(labels, name: str) -> None:
    assert joined(labels) == name


@pytest.mark.parametrize(
    ("labels", "ages"),
    [
        (("0–6 år", "7–12 år", "13 år och äldre"), True),
        (("2023", "2024"), True),
        (("0–6 år", "8–12 år"), False),
        (("Norr", "7–12 år"), False),
    ],
)
def test_ages_follow_on_each_other(labels, ages: bool) -> None:
    assert are_ages(labels) is ages


@pytest.mark.parametrize(
    ("labels", "language", "words"),
    [
        ("ab", "sv", "a och b"),
        ("abc", "en", "a, b and c"),
        ("abcd", "sv", "a, b och 2 till"),
        ("abcde", "en", "a, b and 3 more"),
    ],
)
def test_many_levels_are_told_by_the_first(labels, language, words) -> None:
    assert shortened(labels, language) == words
