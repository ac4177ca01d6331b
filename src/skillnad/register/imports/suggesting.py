"""A guess at what each column of a file is: from its heading, and from what its cells look like."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files as package_files
from typing import Any

import polars as pl
from rapidfuzz import fuzz

from skillnad.codebook.identity import IdentityKind, parse_identity
from skillnad.codebook.identity_in_text import contains_identity
from skillnad.codebook.model import Codebook
from skillnad.register.imports.cells import DATE_FORMS, Span, read_date
from skillnad.register.imports.fields import PARENT, Field, Form, Record, fields_of
from skillnad.register.imports.mapping import folded
from skillnad.register.imports.reading import Table
from skillnad.register.imports.ticks import Ticks, tick_groups

SURE = 90
POSSIBLE = 72
_SAMPLE = 2000
_MOST = 0.8
_FEW_VALUES = 80
_PREFERRED = ("YYYY-MM-DD", "YYYYMMDD", "D/M YYYY")  # read without being named


@dataclass(frozen=True)
class Column:
    """What the cells of one column look like. `values` are the distinct ones, empty where they are many or personal."""

    heading: str
    filled: int
    distinct: int
    date_form: str | None
    identity: bool
    values: tuple[str, ...]
    split: str | None


@dataclass(frozen=True)
class Guess:
    """`score` is 0–100: how alike the headings are."""

    column: Column
    field: Field
    score: float

    @property
    def sure(self) -> bool:
        return self.score >= SURE


@dataclass(frozen=True)
class Suggestion:
    """What one file seems to hold."""

    table: Table
    keys: Mapping[Record, Column]
    guesses: Sequence[Guess]
    unused: Sequence[Column]
    ticked: Sequence[Ticks] = ()


def suggest(table: Table, codebook: Codebook, today: date) -> Suggestion:
    """The likeliest key and field of each column; a column is used once."""
    columns = [_column(name, table.frame[name], today) for name in table.headings]
    keys = _keys(columns)
    taken = {column.heading for column in keys.values()}
    free = [column for column in columns if column.heading not in taken]
    fields = _lowest(fields_of(codebook), keys)
    ticked = _ticked(free, fields)
    used = {heading for group in ticked for heading in group.options}
    left = [column for column in free if column.heading not in used]
    guesses = _best(left, [field for field in fields if field.id not in {group.field.id for group in ticked}])
    used |= {guess.column.heading for guess in guesses}
    return Suggestion(table, keys, guesses, [column for column in free if column.heading not in used], ticked)


def _lowest(fields: Mapping[str, tuple[Field, ...]], keys: Mapping[Record, Column]) -> list[Field]:
    """Each field on the lowest record that the file has, or that stands right above one."""
    present = set(keys) | {parent for record in keys if (parent := PARENT[record])}
    fitting = [[field for field in every if field.record in present or not keys] for every in fields.values()]
    return [options[-1] for options in fitting if options]


def _ticked(columns: Sequence[Column], fields: Sequence[Field]) -> list[Ticks]:
    """Columns of which each stands for a value; one that is empty so far may be a value that nobody has."""
    cells = {column.heading: column.values for column in columns if column.values or not column.filled}
    return tick_groups(cells, fields, _names)


def _names(field: Field) -> list[str]:
    return [*_synonyms()["fields"].get(field.id, []), field.id, field.sv]


def _column(heading: str, texts: pl.Series, today: date) -> Column:
    cells = texts.drop_nulls().head(_SAMPLE).str.strip_chars()
    filled = [text for text in cells.to_list() if text]
    distinct = sorted(set(filled))
    form = _date_form(distinct, today)
    identity = _share(distinct, lambda text: _names_someone(text, today)) > _MOST
    personal = identity or any(contains_identity(text) for text in distinct)
    split = None if form or identity else _split(distinct)
    values = sorted({part.strip() for text in distinct for part in (text.split(split) if split else [text])})
    shown = values if len(values) <= _FEW_VALUES and not personal and not form else []
    return Column(heading, len(filled), len(distinct), form, identity, tuple(shown), split)


def _names_someone(text: str, today: date) -> bool:
    identity = parse_identity(text, today)
    return len(text) >= 10 and identity.kind != IdentityKind.NONE and identity.birth_date is not None


def _share(texts: Sequence[str], holds: Callable[[str], object]) -> float:
    return sum(1 for text in texts if holds(text)) / len(texts) if texts else 0.0


def _date_form(texts: Sequence[str], today: date) -> str | None:
    """The form that reads most cells, when it reads nearly all."""
    span = Span.around(today)
    forms = [*_PREFERRED, *(form for form in DATE_FORMS if form not in _PREFERRED)]
    shares = {form: _share(texts, partial(_dated, form, span)) for form in forms}
    best = max(forms, key=lambda form: shares[form])
    return best if shares[best] > _MOST else None


def _dated(form: str, span: Span, text: str) -> bool:
    return bool(DATE_FORMS[form].fullmatch(text.split(" 00:00")[0])) and read_date(text, form, span).value is not None


def _split(texts: Sequence[str]) -> str | None:
    """A sign that many cells have between parts which recur."""
    for sign in (";", "|", ",", "+"):
        several = [text for text in texts if sign in text]
        parts = {part.strip() for text in texts for part in text.split(sign)}
        if len(several) >= 2 and 1 < len(parts) < len(texts) and not any(len(part) > 60 for part in parts):
            return sign
    return None


def _keys(columns: Sequence[Column]) -> dict[Record, Column]:
    """An identity column names the client; else headings that say so."""
    found: dict[Record, Column] = {}
    for record in Record:
        fitting = [column for column in columns if column not in found.values() and not column.date_form]
        scored = [(_likeness(column.heading, _synonyms()["keys"].get(record, [])), column) for column in fitting]
        if record is Record.CLIENT:
            scored = [(score + 20 * column.identity, column) for score, column in scored]
        score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if best and score >= SURE:
            found[record] = best
    return found


def _best(columns: Sequence[Column], fields: Sequence[Field]) -> list[Guess]:
    """Greedy: the likeliest pair first, each column and each field once."""
    pairs = [
        Guess(column, field, _likeness(column.heading, _names(field)))
        for column in columns
        for field in fields
        if _fits(column, field)
    ]
    chosen: list[Guess] = []
    for guess in sorted(pairs, key=lambda pair: -pair.score):
        if guess.score < POSSIBLE:
            break
        if not any(guess.column is other.column or guess.field is other.field for other in chosen):
            chosen.append(guess)
    return sorted(chosen, key=lambda guess: [column.heading for column in columns].index(guess.column.heading))


def _fits(column: Column, field: Field) -> bool:
    """Dates go to dates, codes to columns of few values."""
    if not column.filled:
        return True
    if field.form is Form.DATE:
        return column.date_form is not None
    if field.form in (Form.CODE, Form.CODES, Form.FLAG):
        return bool(column.values)
    return column.date_form is None and not column.identity


def _likeness(heading: str, names: Sequence[str]) -> float:
    return max((fuzz.ratio(_plain(heading), _plain(name)) for name in names), default=0.0)


def _plain(text: str) -> str:
    return folded(text).replace("_", "").replace("-", "").replace(" ", "")


def usual_values(field_id: str) -> dict[str, str]:
    """Folded source values -> codes, of those that mean the same in every system."""
    return {folded(text): code for text, code in _synonyms()["values"].get(field_id, {}).items()}


@cache
def _synonyms() -> Mapping[str, Mapping[str, Any]]:
    text = package_files("skillnad.register.imports").joinpath("synonyms.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
