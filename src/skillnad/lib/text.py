"""Words for messages: the nearest spelling, a list in running text, whole files as text."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_ALIKE = 0.6
"""How alike two words must be (0–1, the ratio of difflib) for one to be suggested for the other."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None where none is close. Case makes no difference."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=_ALIKE)
    return by_lower[found[0]] if found else None


def meant(guess: str | None, language: str = "sv") -> str:
    """` Menade du ”guess”?`, or nothing where there is no guess; stands after a sentence."""
    if guess is None:
        return ""
    return f" Did you mean '{guess}'?" if language == "en" else f" Menade du ”{guess}”?"


def listed(words: Sequence[str], language: str = "sv") -> str:
    """`a`, `a och b`, `a, b och c`; an empty list is `inget`."""
    joiner, nothing = (" and ", "nothing") if language == "en" else (" och ", "inget")
    if not words:
        return nothing
    if len(words) == 1:
        return words[0]
    return ", ".join(words[:-1]) + joiner + words[-1]


def either(words: Sequence[str], language: str = "sv") -> str:
    """`a`, `a eller b`, `a, b eller c`: alternatives, of which a reader takes one; an empty list is `inget`."""
    if len(words) < 2:
        return listed(words, language)
    return ", ".join(words[:-1]) + (" or " if language == "en" else " eller ") + words[-1]


def lowered(label: str) -> str:
    """A label inside a sentence: its first letter small, and the others as they are."""
    return f"{label[:1].lower()}{label[1:]}"


def capitalised(text: str) -> str:
    """The start of a sentence: the first letter large, and the others as they are."""
    return f"{text[:1].upper()}{text[1:]}"


def shown(text: object, length: int = 40) -> str:
    """`text` on one line, cut to `length` characters: for what a user wrote in a configuration file."""
    line = " ".join(str(text).split())
    return line if len(line) <= length else line[: length - 1] + "…"
