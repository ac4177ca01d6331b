"""Identity numbers as social services meet them: personnummer, and all that stands in where there is none.

Nothing here refuses a number: a person with an odd number exists all the same. What is odd is a warning. A birth
date read out of a number is a hint and never a fact (numbers for a full day are given a day near by, and reserve
numbers may be guesses); the same goes for sex.

Sources: Folkbokföringslagen (1991:481) 18 § (form, check digit, plus sign), lag (2022:1697) (samordningsnummer, day
+ 60), Inera's form for national reserve numbers, IVO's form for local ones (ÅÅÅÅMMDD-T### and -TF##).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class IdentityKind(StrEnum):
    PERSONNUMMER = "personnummer"
    SAMORDNING = "samordning"
    INTERIM = "interim"
    RESERVE_NATIONAL = "reserv_nat"
    RESERVE_LOCAL = "reserv_lokal"
    NONE = "none"


class IdentityWarning(StrEnum):
    CHECK_DIGIT = "check_digit"
    BIRTH_NUMBER = "birth_number"
    NO_SUCH_DATE = "no_such_date"
    FUTURE = "future"
    CENTURY = "century"
    UNKNOWN_FORM = "unknown_form"

    def text(self, language: str = "sv") -> str:
        return _WARNINGS[self][language == "en"]


_WARNINGS: Mapping[IdentityWarning, tuple[str, str]] = {
    IdentityWarning.CHECK_DIGIT: (
        "Kontrollsiffran stämmer inte. Jämför med folkbokföringen.",
        "The check digit does not fit. Compare with the population register.",
    ),
    IdentityWarning.BIRTH_NUMBER: (
        "Födelsenumret är 000, som aldrig delas ut. Jämför med folkbokföringen.",
        "The birth number is 000, which is never given. Compare with the population register.",
    ),
    IdentityWarning.NO_SUCH_DATE: (
        "Numrets datum finns inte i kalendern. Det lagras som ett lokalt nummer.",
        "The number's date is not in the calendar. It is kept as a local number.",
    ),
    IdentityWarning.FUTURE: (
        "Numrets födelsedatum ligger i framtiden. Jämför med folkbokföringen.",
        "The number's birth date is in the future. Compare with the population register.",
    ),
    IdentityWarning.CENTURY: (
        "Seklet framgår inte av numret: utan plustecken skulle personen inte vara född än. Skriv tolv siffror.",
        "The number does not say its century: without a plus the person would not be born yet. Write twelve digits.",
    ),
    IdentityWarning.UNKNOWN_FORM: (
        "Numret har ingen känd form. Det lagras som ett lokalt nummer, så som det är skrivet.",
        "The number has no known form. It is kept as a local number, as written.",
    ),
}


@dataclass(frozen=True)
class Identity:
    """`number` is twelve characters where the form is known, else as written. Printing an identity leaves it out."""

    kind: IdentityKind
    number: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)
    warnings: tuple[IdentityWarning, ...] = ()


_FORM = re.compile(r"(1[89]|2[01])?(\d\d)(\d\d)(\d\d) ?([-+]?) ?([0-9A-Z]{4})", re.ASCII)
_NATIONAL = re.compile(r"(2[1-3])(\d\d)(\d\d)(\d\d)-?([A-HJ-NPR-UX-Z]{2})(\d)(\d)", re.ASCII)
_REGIONAL = re.compile(r"(99\d{6})-?(\d{4})", re.ASCII)
"""Region Stockholm's reserve numbers."""
_INTERIM = re.compile(r"[TRSUWXJKLMN]\d{3}", re.ASCII)
_SEXED_RESERVE = re.compile(r"(?:T\d|TF)\d\d", re.ASCII)
_DASHES = str.maketrans("‐‑‒–—−\u00a0", "------ ")
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
"""The digit sum of twice a digit."""
_COORDINATION = 60
_NATIONAL_OFFSET = 3
"""National reserve numbers write 1990 as 2290: three centuries ahead."""
_CENTURY_YEARS = 100


def parse_identity(text: str | None, today: date) -> Identity:
    """What `text` identifies a person by; blank text is `none`. `today` settles the century of ten digits."""
    written = (text or "").strip()
    if not written.isascii():
        written = written.translate(_DASHES).strip()
    if not written:
        return Identity(IdentityKind.NONE, "")
    compact = written.upper()
    if match := _FORM.fullmatch(compact):
        return _dated(match, written, today)
    if match := _NATIONAL.fullmatch(compact):
        return _national(match)
    if match := _REGIONAL.fullmatch(compact):
        return Identity(IdentityKind.RESERVE_LOCAL, match[1] + match[2])
    return Identity(IdentityKind.RESERVE_LOCAL, written, None, (IdentityWarning.UNKNOWN_FORM,))


def check_digit_fits(ten: str) -> bool:
    """Luhn's sum over YYMMDDNNNC, ten digits."""
    return check_digit(ten) == int(ten[9])


def check_digit(nine: str) -> int:
    """Luhn's check digit of YYMMDDNNN; a tenth digit is not looked at."""
    y1, y2, m1, m2, d1, d2, n1, n2, n3 = map(int, nine[:9])
    doubled = _DOUBLED[y1] + _DOUBLED[m1] + _DOUBLED[d1] + _DOUBLED[n1] + _DOUBLED[n3]
    return -(doubled + y2 + m2 + d2 + n2) % 10


def sex_hint(identity: Identity) -> str | None:
    """Variable 4's code by the number's third digit from the end's second place: even is woman ("1"), odd man ("2").

    A hint only: legal sex can have changed since the number was given, and most local numbers say nothing.
    """
    if identity.kind == IdentityKind.NONE or len(identity.number) != 12:
        return None
    if identity.kind == IdentityKind.RESERVE_LOCAL and not _SEXED_RESERVE.fullmatch(identity.number[8:]):
        return None
    return "2" if int(identity.number[10]) % 2 else "1"


def _national(match: re.Match[str]) -> Identity:
    century, year, month, day, letters, sex, check = match.groups()
    born = _date(int(century) * 100 + int(year) - _NATIONAL_OFFSET * _CENTURY_YEARS, int(month), int(day))
    warnings = () if born else (IdentityWarning.NO_SUCH_DATE,)
    number = f"{century}{year}{month}{day}{letters}{sex}{check}"
    return Identity(IdentityKind.RESERVE_NATIONAL, number, born, warnings)


def _dated(match: re.Match[str], written: str, today: date) -> Identity:
    century, year, month, day, sign, last = match.groups()
    real_day = int(day) - _COORDINATION if int(day) > _COORDINATION else int(day)
    century, guessed = (century, False) if century else _century(int(year), int(month), real_day, sign, today)
    born = _date(int(century + year), int(month), real_day)
    if born is None:
        return Identity(IdentityKind.RESERVE_LOCAL, written, None, (IdentityWarning.NO_SUCH_DATE,))
    kind = _kind(year + month + day, int(day) > _COORDINATION, last)
    warnings = list(_odd(kind, year + month + day + last))
    if born > today:
        warnings.append(IdentityWarning.FUTURE)
    if guessed:
        warnings.append(IdentityWarning.CENTURY)
    return Identity(kind, f"{century}{year}{month}{day}{last}", born, tuple(warnings))


def _century(year: int, month: int, day: int, sign: str, today: date) -> tuple[str, bool]:
    """The latest century in which the person is born; `+` says that they turn 100 this year or are older.

    A date later this year without a plus is read as a century ago, and the reading is a guess.
    """
    latest = today.year - (today.year - year) % _CENTURY_YEARS
    if sign == "+":
        return str((latest - _CENTURY_YEARS) // _CENTURY_YEARS), False
    unborn = (latest, month, day) > (today.year, today.month, today.day)
    return str((latest - _CENTURY_YEARS * unborn) // _CENTURY_YEARS), unborn


def _kind(six: str, coordination: bool, last: str) -> IdentityKind:
    if last.isdigit():
        return IdentityKind.SAMORDNING if coordination else IdentityKind.PERSONNUMMER
    if _INTERIM.fullmatch(last) and check_digit_fits(six + "1" + last[1:]):
        return IdentityKind.INTERIM
    return IdentityKind.RESERVE_LOCAL


def _odd(kind: IdentityKind, ten: str) -> tuple[IdentityWarning, ...]:
    if kind not in (IdentityKind.PERSONNUMMER, IdentityKind.SAMORDNING):
        return ()
    if ten[6:9] == "000":
        return (IdentityWarning.BIRTH_NUMBER,)
    return () if check_digit_fits(ten) else (IdentityWarning.CHECK_DIGIT,)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
