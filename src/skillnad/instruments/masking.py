"""Free text as it is shown: what may name someone or lead to someone is replaced by a word in brackets.

Masked are identity numbers, e-mail addresses, telephone numbers, street addresses with a number, box addresses and
postcodes with a place, and any other number of seven digits or more. Rather too much than too little: an amount of
millions goes too. Names of people, and a street without a number, are not found: whoever reads must still take care.
"""

import re
import unicodedata
from collections.abc import Callable

from skillnad.codebook.identity_in_text import HIDDEN as IDENTITY
from skillnad.codebook.identity_in_text import hide_identities

EMAIL = "[e-post]"
TELEPHONE = "[telefon]"
ADDRESS = "[adress]"
NUMBER = "[nummer]"

_DASH = r"\-+‐‑‒–—−"
_PAUSE = rf"(?:\.|[ \t]{{0,2}}(?:[/(){_DASH}]{{1,2}}[ \t]{{0,2}})?)"
"""What may stand between two digits of one number."""
_MONTH, _DAY_OF_MONTH = r"(?:0[1-9]|1[0-2])", r"(?:[0-2]\d|3[01]|[6-8]\d|9[01])"
_LAST = r"(?:\d{4}|[A-Za-z]\d{3}|[A-Za-z]{2}\d\d)"
_BETWEEN = rf"[ ./{_DASH}]"
_IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z])(?:\d\d)?\d\d(?:{_BETWEEN}?{_MONTH}{_BETWEEN}?{_DAY_OF_MONTH}"
    rf"(?:[ \t]{{0,2}}[{_DASH}][ \t]{{0,2}}{_LAST}|[ \t]{{0,2}}(?!\d{{4}}){_LAST})"
    rf"|{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY_OF_MONTH}[ \t]{{0,2}}{_LAST})(?![0-9A-Za-z])",
    re.ASCII,
)
"""An identity number as a hand writes it, with dashes or dots in its date; bare digits are left to the rest."""
_EMAIL = re.compile(
    r"(?<![^\s,;<>()])[^\s@,;<>()]+[ \t]?(?:@|\(at\)|\[at\]|snabel-?a)[ \t]?[^\s,;<>()]+\.[^\W\d_]{2,}", re.IGNORECASE
)
_YEAR = r"(?:19|20)\d\d"
_CALENDAR = rf"{_YEAR}-\d\d-\d\d|{_YEAR}(?:[ \t]?[ {_DASH}/][ \t]?{_YEAR})+|\d\d?\.\d\d[ \t]?[{_DASH}][ \t]?\d\d?\.\d\d"
"""A day, years or hours: numbers that are nobody's."""
_LONG = re.compile(rf"(?<!\d)(?P<calendar>{_CALENDAR})(?!{_PAUSE}\d)|(?:\+[ \t]?|\()?\d(?:{_PAUSE}\d){{6,}}", re.ASCII)
_LEADS_OUT = ("0", "+", "(0")
"""How a telephone number begins."""

_STREETS = (
    r"(?:allén?|alléen|backen?|berget|brinken|bron|dalen|esplanaden|gata|gatan|gården|gränd|gränden|hamnen|höjden|kajen"
    r"|kroken|leden|liden|promenaden|slingan|stig|stigen|strand|stranden|svängen|torg|torget|väg|vägen|åsen)"
)
_NOT_NAMES = r"(?!(?:Av|Efter|Från|I|Inte|Längs|Med|Och|På|Till|Under|Ut|Vid|Över)[ \t])"
_MORE = r"(?:[ \t]?[A-Za-z](?![^\W\d_]))?(?:,?[ \t]+(?:lgh|lägenhet|tr|uppg|uppgång|nr)\.?[ \t]*\w*)*"
_ADDRESSES = (
    re.compile(rf"(?<!\w)[^\W\d_]+{_STREETS}[ \t]+\d+{_MORE}", re.IGNORECASE),
    re.compile(rf"(?<!\w){_NOT_NAMES}[A-ZÅÄÖ][^\W\d_]*[ \t]+(?:{_STREETS}|plan)[ \t]+\d+{_MORE}"),
    re.compile(r"(?<!\w)(?:box|postbox)[ \t]+\d+", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:SE?-[ \t]?)?\d{3}(?:[ \t]\d\d[ \t]+[^\W\d_]{2,}|\d\d[ \t]+[A-ZÅÄÖ][^\W\d_]+)"),
)


def masked(text: str) -> str:
    """`text` with what is told above replaced. Digits of any script become 0–9; masking twice changes nothing more."""
    shown = _EMAIL.sub(EMAIL, _plainly_written(text))
    shown = hide_identities(_IDENTITY.sub(IDENTITY, shown))
    for address in _ADDRESSES:
        shown = address.sub(ADDRESS, shown)
    return _LONG.sub(_number, shown)


def _number(match: re.Match[str]) -> str:
    if match["calendar"]:
        return match[0]
    return TELEPHONE if match[0].startswith(_LEADS_OUT) else NUMBER


def _plainly_written(text: str) -> str:
    """In the usual form of each letter and digit, without the unseen signs that could part a number."""
    seen = [letter for place, letter in enumerate(text) if not _unseen(letter) or _inside_a_word(text, place)]
    return "".join(map(_digit, unicodedata.normalize("NFKC", "".join(seen))))


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cf", "Cc") and letter not in "\n\t"


def _inside_a_word(text: str, place: int) -> bool:
    """Persian and Arabic join and part letters with unseen signs: those are part of how a word is written."""
    around: Callable[[str], bool] = str.isalpha
    return 0 < place < len(text) - 1 and around(text[place - 1]) and around(text[place + 1])


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
