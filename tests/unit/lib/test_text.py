import pytest

from skillnad.lib.text import capitalised, either, listed, lowered, meant, nearest, shown


@pytest.mark.parametrize(("word", "found"), [("exclusiv", "exclusive"), ("ORDER", "order"), ("zzz", None), ("", None)])
def test_nearest_finds_the_spelling_that_was_meant(word, found):
    assert nearest(word, ["order", "exclusive", "values"]) == found


@pytest.mark.parametrize(
    ("words", "sv", "en"),
    [
        ([], "inget", "nothing"),
        (["a"], "a", "a"),
        (["a", "b"], "a och b", "a and b"),
        (["a", "b", "c"], "a, b och c", "a, b and c"),
    ],
)
def test_listed_reads_as_running_text(words, sv, en):
    assert (listed(words), listed(words, "en")) == (sv, en)


@pytest.mark.parametrize(
    ("words", "sv", "en"),
    [
        ([], "inget", "nothing"),
        (["a"], "a", "a"),
        (["a", "b"], "a eller b", "a or b"),
        ("abc", "a, b eller c", "a, b or c"),
    ],
)
def test_alternatives_are_joined_by_or(words, sv, en):
    assert (either(words), either(words, "en")) == (sv, en)


def test_meant_says_nothing_without_a_guess():
    assert meant(None) == meant(None, "en") == ""
    assert meant("order") == " Menade du ”order”?"
    assert meant("order", "en") == " Did you mean 'order'?"


def test_shown_is_one_short_line():
    assert shown("a\n  b") == "a b"
    assert shown("x" * 50, length=10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "small", "large"),
    [
        ("Ålder i EU", "ålder i EU", "Ålder i EU"),
        ("insats för Bo", "insats för Bo", "Insats för Bo"),
        ("", "", ""),
    ],
)
def test_first_letter_alone_is_changed(text, small, large):
    assert (lowered(text), capitalised(text)) == (small, large)
