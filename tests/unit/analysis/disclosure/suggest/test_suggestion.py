"""What a suggestion says, and which of several comes first."""

from math import log2

import pytest

from skillnad.analysis.disclosure.suggest.suggestion import Held, Recoding, Suggestion, best


def suggested(sv: str, gaps: int, bits: float, before: int = 20) -> Suggestion[str]:
    return Suggestion(Recoding(sv, sv, sv), Held(before, 10.0), Held(gaps, bits))


def test_what_a_table_holds_is_its_gaps_and_the_bits_that_are_shown() -> None:
    assert Held.of([6, 0, None, 14], gaps=3) == Held(3, log2(8) + log2(16))


@pytest.mark.parametrize(
    ("gaps", "sv"),
    [
        (8, "Slå ihop 0–3 och 4–6 år: 12 luckor färre, 8 kvar."),
        (0, "Slå ihop 0–3 och 4–6 år: 20 luckor färre, inga kvar."),
        (19, "Slå ihop 0–3 och 4–6 år: 1 lucka färre, 19 kvar."),
    ],
)
def test_suggestion_says_what_to_do_and_what_it_saves(gaps: int, sv: str) -> None:
    assert suggested("Slå ihop 0–3 och 4–6 år", gaps, 50).sv == sv


def test_suggestion_is_said_in_english() -> None:
    assert suggested("Put them together", 19, 50).en == "Put them together: 1 gap fewer, 19 left."


def test_what_tells_most_comes_first_and_then_what_has_fewest_gaps() -> None:
    found = [suggested("a", 0, 30), suggested("b", 4, 40), suggested("c", 2, 40)]
    assert [each.to for each in best(found, 3)] == ["c", "b", "a"]


def test_order_of_trying_is_no_matter() -> None:
    found = [suggested(name, 2, 40) for name in "dacb"]
    assert [each.to for each in best(found, 2)] == ["a", "b"]


@pytest.mark.parametrize(
    "useless", [suggested("few", 17, 50), suggested("nothing told", 0, 0), suggested("less told", 0, 10)]
)
def test_what_saves_few_gaps_or_tells_less_is_not_suggested(useless: Suggestion[str]) -> None:
    assert best([useless], 3) == ()


def test_fifth_of_the_gaps_is_enough() -> None:
    assert best([suggested("a", 16, 50)], 3)


def test_repr_tells_no_number() -> None:
    assert repr(suggested("Put together", 3, 44)) == "Suggestion('Put together')"
