"""Identity numbers where they should not be: in free text, in log lines, in notes."""

import re

from skillnad.codebook.identity import check_digit_fits

_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_LAST = r"(?:\d{4}|[A-Za-z]\d{3}|[A-Za-z]{2}\d{2})"
_SEPARATOR = r"[ \t\u00a0]?[-+‐‑‒–—−]?[ \t\u00a0]?"
_FOUND = re.compile(
    rf"(?<![0-9A-Za-z])((?:1[89]|2[0-3])?)(\d\d{_MONTH_DAY})({_SEPARATOR})({_LAST})(?![0-9A-Za-z])", re.ASCII
)
HIDDEN = "[identitet]"


def contains_identity(text: str) -> bool:
    """Whether `text` holds something that reads as an identity number.

    Twelve characters, or a separator before the last four, are enough. Ten bare digits must also fit their check
    digit: telephone numbers look the same otherwise.
    """
    return any(_convincing(match) for match in _FOUND.finditer(text))


def hide_identities(text: str) -> str:
    """`text` with each identity number replaced by `[identitet]`."""
    return _FOUND.sub(lambda match: HIDDEN if _convincing(match) else match[0], text)


def _convincing(match: re.Match[str]) -> bool:
    century, six, separator, last = match.groups()
    if century or separator.strip() or not last.isdigit():
        return True
    return check_digit_fits(six + last)
