"""What a form of another's does not say and an instrument must: marked, so that its author finds it, and `check` too.

The mark is the one that `skillnad instrument new` leaves. What is words carries it in them; what is one of a few codes
has the most common of them, and a comment above.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from skillnad.instruments.new import MARK

PURPOSE: Final = f"{MARK}: vad svaren ska användas till."
HOLDER: Final = f"{MARK}: vem som har rätten till frågorna."

_HEADING: Final = f"# Importerat formulär. Ändra det som är märkt {MARK}, och ta bort märket när det stämmer."
_ANSWERED: Final = (
    "vem som svarar. Skriv client guardian relative caseworker staff provider unit municipality eller region."
)
_ABOUT: Final = "vad svaren gäller. Skriv person intervention contact working_week eller municipality."
_LICENCE: Final = 'kräver orden tillstånd? Skriv då kind = "permission", texts = false och confirm = true.'
_DIRECTION: Final = "vilket håll är bra? Skriv high_is_good, low_is_good, high_is_bad eller none (inget håll)."
_MEANING: Final = 'är svaret inget värde? Lägg till meaning = "dont_know" eller "not_applicable".'

UNSAID: Final[Mapping[str, str]] = {
    "answered_by = ": _ANSWERED,
    "about = ": _ABOUT,
    "[licence]": _LICENCE,
    'direction = "none"': _DIRECTION,
}
"""By how its line of definition.toml begins, what the author is to see to."""

_NO_VALUE = re.compile(
    r"\b(vet (inte|ej)|(inte|ej) (aktuell|relevant)\w*|vill (inte|ej) svara|don't know|not applicable)\b", re.IGNORECASE
)


def with_marks(text: str, unsaid: Mapping[str, str]) -> str:
    """The text of definition.toml with a comment above the first line that begins as each of `unsaid`, and above every
    option that seems to be no value. As it was where nothing is unsaid."""
    return "\n".join([_HEADING, *_lines(text.split("\n"), dict(unsaid))]) if unsaid else text


def _lines(lines: list[str], left: dict[str, str]) -> Iterator[str]:
    for line in lines:
        start = next((start for start in left if line.startswith(start)), None)
        if start is not None:
            yield f"# {MARK}: {left.pop(start)}"
        elif "code = " in line and "meaning = " not in line and _NO_VALUE.search(line):
            yield f"{' ' * (len(line) - len(line.lstrip()))}# {MARK}: {_MEANING}"
        yield line
