"""Identities that can be nobody's, for demos and tests: local reserve numbers with a letter (IVO's form)."""

from datetime import date

from skillnad.codebook.identity import check_digit

_LETTERS = "TABCDEFGHPQVYZ"
"""T first, as IVO writes it; the rest are letters that no interim number begins with."""
_EACH = 10 * 5 * 9
"""Numbers a letter has for one day and one sex: a free digit, five digits that say the sex, and a last digit that is
never the one with which an interim number would fit its check digit."""


def made_up_identity(birth_date: date, female: bool, serial: int) -> str:
    """`YYYYMMDD-T###`, a different one for each `serial` from 0 to 6,299 of the same day and sex.

    The third character is even for a woman and odd for a man. Raises ValueError for a serial beyond those.
    """
    if not 0 <= serial < _EACH * len(_LETTERS):
        raise ValueError(f"a serial is 0 to {_EACH * len(_LETTERS) - 1}")
    letter, rest = divmod(serial, _EACH)
    first, rest = divmod(rest, 45)
    half, last = divmod(rest, 9)
    sexed = half * 2 + (not female)
    last += last >= check_digit(f"{birth_date:%y%m%d}1{first}{sexed}")
    return f"{birth_date:%Y%m%d}-{_LETTERS[letter]}{first}{sexed}{last}"
