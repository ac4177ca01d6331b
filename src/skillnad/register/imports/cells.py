"""One cell at a time: what its text says. A column is read by its distinct texts, so plain Python is fast enough here.

A reader takes a cell (trimmed, never empty) and gives a `Reading`: a value, or the code of the rule that it breaks.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from skillnad.codebook.identity_in_text import contains_identity
from skillnad.register.imports.fields import Form
from skillnad.register.imports.mapping import Source, folded

Value = str | date | int | float | bool | None

UNREADABLE_DATE = "IMP-101"
IMPOSSIBLE_YEAR = "IMP-102"
UNKNOWN_CODE = "IMP-103"
EXCLUSIVE_VALUES = "IMP-104"
UNREADABLE_NUMBER = "IMP-105"
IDENTITY_IN_TEXT = "IMP-106"

_TIME = re.compile(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_DAY, _MONTH, _YEAR = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>\d{4})"
_ISO = re.compile(f"{_YEAR}-{_MONTH}-{_DAY}")
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_SWEDISH = re.compile(f"{_DAY}/{_MONTH}[ -]{_YEAR}")
DATE_FORMS: Mapping[str, re.Pattern[str]] = {
    "YYYY-MM-DD": _ISO,
    "YYYYMMDD": _COMPACT,
    "D/M YYYY": _SWEDISH,
    "DD/MM/YYYY": re.compile(f"{_DAY}/{_MONTH}/{_YEAR}"),
    "DD.MM.YYYY": re.compile(rf"{_DAY}\.{_MONTH}\.{_YEAR}"),
    "DD-MM-YYYY": re.compile(f"{_DAY}-{_MONTH}-{_YEAR}"),
    "YYYY/MM/DD": re.compile(f"{_YEAR}/{_MONTH}/{_DAY}"),
    "YY-MM-DD": re.compile(rf"(?P<y>\d{{2}})-?{_MONTH}-?{_DAY}"),
}
"""The forms that a mapping can name. A month before the day (US) is not among them: no Swedish system writes it."""

NO = frozenset({"n", "nej", "0", "false", "falskt", "no", "-"})
_BLANKS = re.compile(r"[\s   ]+")


@dataclass(frozen=True)
class Reading:
    value: Value = None
    fault: str | None = None


MISSING = Reading()
Reader = Callable[[str], Reading]


@dataclass(frozen=True)
class Span:
    """The days that a date of an extract can be: from 1900 to two years past the day of import."""

    first: date
    last: date

    @classmethod
    def around(cls, today: date) -> "Span":
        return cls(date(1900, 1, 1), date(today.year + 2, 12, 31))


def reader(source: Source, span: Span, decimal: str) -> Reader:
    """How cells of this source are read; values that the mapping calls missing are."""
    read = _READERS[source.field.form](source, span, decimal)
    missing = source.missing

    def cell(text: str) -> Reading:
        return MISSING if folded(text) in missing else read(text)

    return cell


def read_date(text: str, form: str | None, span: Span) -> Reading:
    """A date in the named form (or ISO), or in one of the three that are never ambiguous."""
    text = _TIME.sub("", text.strip())
    patterns = (DATE_FORMS[form], _ISO) if form else (_ISO, _COMPACT, _SWEDISH)
    for pattern in patterns:
        if match := pattern.fullmatch(text):
            return _dated(match, span)
    return Reading(fault=UNREADABLE_DATE)


def _dated(match: re.Match[str], span: Span) -> Reading:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    if len(match["y"]) == 2:  # the century that makes it the latest possible day
        year += span.last.year // 100 * 100
        year -= 100 if year > span.last.year else 0
    try:
        found = date(year, month, day)
    except ValueError:
        return Reading(fault=IMPOSSIBLE_YEAR if year == 0 else UNREADABLE_DATE)
    return Reading(found) if span.first <= found <= span.last else Reading(fault=IMPOSSIBLE_YEAR)


def _dates(source: Source, span: Span, _decimal: str) -> Reader:
    return lambda text: read_date(text, source.date, span)


def _known_codes(source: Source) -> dict[str, tuple[str, ...]]:
    """Folded text -> codes: the mapping's, or the codebook's own codes and labels."""
    if source.codes is not None:
        return dict(source.codes)
    variable = source.field.variable
    known: dict[str, tuple[str, ...]] = {}
    for value in variable.values if variable else ():
        for text in (value.en, value.sv, value.code.zfill(2), value.code):
            known[folded(text)] = (value.code,)
    return known


def _codes(source: Source, _span: Span, _decimal: str) -> Reader:
    known = _known_codes(source)
    variable = source.field.variable
    if not (variable and variable.coded):  # a value set that the codebook leaves open
        return _texts(source, _span, _decimal)
    places = {code: place for place, code in enumerate(variable.codes)}

    def cell(text: str) -> Reading:
        parts = [text] if source.split is None else [part for part in text.split(source.split) if part.strip()]
        found = [known.get(folded(part)) for part in parts if folded(part) not in source.missing]
        if None in found:
            return Reading(fault=UNKNOWN_CODE)
        codes = sorted({code for group in found if group for code in group}, key=places.__getitem__)
        return _coded(codes, variable.exclusive, source.field.form)

    return cell


def _coded(codes: list[str], exclusive: frozenset[str], form: Form) -> Reading:
    if not codes:
        return MISSING
    if len(codes) > 1 and (form is Form.CODE or exclusive.intersection(codes)):
        return Reading(fault=EXCLUSIVE_VALUES)
    return Reading(";".join(codes))


def _flags(source: Source, _span: Span, _decimal: str) -> Reader:
    def cell(text: str) -> Reading:
        if folded(text) in source.yes:
            return Reading(True)
        return Reading(False) if folded(text) in NO else Reading(fault=UNKNOWN_CODE)

    return cell


def read_number(text: str, decimal: str) -> Decimal | None:
    """A number with a decimal comma or point, thousands apart by blanks; None where it is none."""
    plain = _BLANKS.sub("", text).removesuffix("kr").removesuffix(":-").replace("−", "-")
    if decimal == ".":
        plain = plain.replace(",", "")
    elif "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    # A point alone is a decimal point even where commas are: that is how a workbook's numbers come.
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _amounts(source: Source, _span: Span, decimal: str) -> Reader:
    factor = 1 if source.whole_ore else 100

    def cell(text: str) -> Reading:
        number = read_number(text, decimal)
        if number is None or abs(number) >= 10**12:
            return Reading(fault=UNREADABLE_NUMBER)
        return Reading(int((number * factor).to_integral_value()))

    return cell


def _numbers(_source: Source, _span: Span, decimal: str) -> Reader:
    def cell(text: str) -> Reading:
        number = read_number(text, decimal)
        return Reading(fault=UNREADABLE_NUMBER) if number is None else Reading(float(number))

    return cell


def _texts(_source: Source, _span: Span, _decimal: str) -> Reader:
    return lambda text: Reading(fault=IDENTITY_IN_TEXT) if contains_identity(text) else Reading(" ".join(text.split()))


_READERS: Mapping[Form, Callable[[Source, Span, str], Reader]] = {
    Form.DATE: _dates,
    Form.CODE: _codes,
    Form.CODES: _codes,
    Form.FLAG: _flags,
    Form.NAME: _texts,
    Form.AMOUNT: _amounts,
    Form.NUMBER: _numbers,
    Form.TEXT: _texts,
}
