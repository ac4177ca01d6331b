"""Columns of text into columns of values: each distinct text is read once, and its value is put in place everywhere."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from os import cpu_count

import polars as pl

from skillnad.codebook.model import Variable
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import shown
from skillnad.register.imports.cells import EXCLUSIVE_VALUES, UNKNOWN_CODE, Span, Value, reader
from skillnad.register.imports.fields import Field, Form
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.mapping import FileSpec, Source, Unknown
from skillnad.register.imports.reading import ROW

TYPES: Mapping[Form, type[pl.DataType]] = {
    Form.DATE: pl.Date,
    Form.CODE: pl.String,
    Form.CODES: pl.String,
    Form.FLAG: pl.Boolean,
    Form.NAME: pl.String,
    Form.AMOUNT: pl.Int64,
    Form.NUMBER: pl.Float64,
    Form.TEXT: pl.String,
}
READ_AS_MISSING = "IMP-223"
NAMED = "#name"
"""What follows a column's name where it holds the name that goes with a code."""
_FIRST_ROWS = 3


@dataclass(frozen=True)
class Place:
    """Where a column's faults are told of: the section's number, its file and its mapping."""

    section: int
    file: str
    mapping: str


def read_columns(frame: pl.DataFrame, spec: FileSpec, span: Span, place: Place, findings: Findings) -> pl.DataFrame:
    """A frame of the same rows with a typed column a field, named `record.field`; faults go to `findings`.

    Raises UserError IMP-013 for values that the mapping does not know, where it does not say what to do with them.
    """
    wanted = [source for source in spec.sources if not source.from_identity]
    with ThreadPoolExecutor(cpu_count()) as threads:  # a column is one thread's work to Polars, and each its own
        parts = list(threads.map(lambda source: _read(frame, source, spec, span, place), wanted))
    unknown = [problem for part in parts for problem in part.unknown]
    if unknown:
        raise UserError(*unknown)
    for part in parts:
        findings.extend(part.findings)
    return _with_standard(pl.DataFrame([frame[ROW], *(column for part in parts for column in part.columns)]), spec)


@dataclass
class _Part:
    """What is read of one source: a column, its names where it has them, and what is wrong."""

    columns: list[pl.Series]
    findings: Findings
    unknown: list[Problem]


def _read(frame: pl.DataFrame, source: Source, spec: FileSpec, span: Span, place: Place) -> _Part:
    part = _Part([], Findings(), [])
    values = _field(frame, source, span, spec.decimal, place, part.findings, part.unknown)
    part.columns.append(values.alias(source.field.column))
    if source.name:
        named = _text_field(frame, source.name, replace(source, column=source.name), place, part.findings)
        part.columns.append(named.alias(source.field.column + NAMED))
    return part


def standard_fields(spec: FileSpec) -> dict[str, Field]:
    """The standard's fields that follow from old local series, by column: those that no source fills itself."""
    given = {source.field.column for source in spec.sources}
    found = {}
    for source in spec.sources:
        variable = source.field.variable
        if variable and variable.maps_to:
            field = Field(variable.maps_to, source.field.record, source.field.form, variable.sv)
            if field.column not in given:
                found[source.field.column] = field
    return found


def _with_standard(frame: pl.DataFrame, spec: FileSpec) -> pl.DataFrame:
    """Old local codes translated to the standard's, beside the old series, which is kept."""
    local = {source.field.column: source.field.variable for source in spec.sources}
    for column, field in standard_fields(spec).items():
        variable = local[column]
        texts = frame[column]
        codes = {text: _translated(text, variable) for text in texts.unique().drop_nulls().to_list() if variable}
        values: dict[str, Value] = {text: code for text, code in codes.items() if code}
        frame = frame.with_columns(put_in_place(texts, values, pl.String).alias(field.column))
    return frame


def _translated(text: str, variable: Variable) -> str:
    standard = dict.fromkeys(code for old in text.split(";") for code in variable.mapping.get(old, ()))
    return ";".join(sorted(standard, key=lambda code: (len(code), code)))


def _field(
    frame: pl.DataFrame,
    source: Source,
    span: Span,
    decimal: str,
    place: Place,
    findings: Findings,
    unknown: list[Problem],
) -> pl.Series:
    if source.options:
        return _ticked(frame, source, place, findings)
    if source.column is None:
        coded = source.field.form in (Form.CODE, Form.CODES)
        value: Value = source.value if coded else reader(source, span, decimal)(source.value or "").value
        return pl.Series([value], dtype=TYPES[source.field.form]).new_from_index(0, frame.height)
    texts = frame[source.column]
    values, faults = read_texts(texts.unique().drop_nulls(), source, span, decimal)
    _report(frame, source, faults, place, findings, unknown)
    return put_in_place(texts, values, TYPES[source.field.form])


def _text_field(frame: pl.DataFrame, name: str, source: Source, place: Place, findings: Findings) -> pl.Series:
    """A column that goes with another: its texts, which may not hold an identity number either."""
    values, faults = read_texts(frame[name].unique().drop_nulls(), source, Span(date.min, date.max), ",")
    _report(frame, source, faults, place, findings, [])
    return put_in_place(frame[name], values, pl.String)


def read_texts(texts: pl.Series, source: Source, span: Span, decimal: str) -> tuple[dict[str, Value], dict[str, str]]:
    """Distinct texts -> values, and those that break a rule -> its code."""
    read = reader(source, span, decimal)
    values: dict[str, Value] = {}
    faults = {}
    for text in texts.to_list():
        trimmed = text.strip()
        if not trimmed:
            continue
        reading = read(trimmed)
        if reading.fault:
            faults[text] = reading.fault
        elif reading.value is not None:
            values[text] = reading.value
    return values, faults


def put_in_place(texts: pl.Series, values: Mapping[str, Value], dtype: type[pl.DataType]) -> pl.Series:
    """Each text's value; null for a text that has none."""
    if not values:
        return pl.Series([None], dtype=dtype).new_from_index(0, len(texts))
    new = pl.Series(list(values.values()), dtype=dtype)
    return texts.replace_strict(pl.Series(list(values), dtype=pl.String), new, default=None, return_dtype=dtype)


def _ticked(frame: pl.DataFrame, source: Source, place: Place, findings: Findings) -> pl.Series:
    """One column a value: the codes of those that are ticked, in the codebook's order."""
    variable = source.field.variable
    codes = variable.codes if variable else ()
    ordered = sorted(source.options.items(), key=lambda item: codes.index(item[1]) if item[1] in codes else len(codes))
    parts = []
    for column, code in ordered:
        yes = [text for text in frame[column].unique().drop_nulls() if " ".join(text.split()).casefold() in source.yes]
        parts.append(pl.when(pl.col(column).is_in(yes)).then(pl.lit(code)))
    joined = frame.select(pl.concat_str(parts, separator=";", ignore_nulls=True).alias("codes"))["codes"]
    several = forbidden_sets(joined.unique(), variable, source.field.form)
    if several:
        findings.add(
            place.section, frame.filter(joined.is_in(several))[ROW], EXCLUSIVE_VALUES, ", ".join(source.options)
        )
    return joined.replace("", None)


def forbidden_sets(sets: pl.Series, variable: Variable | None, form: Form) -> list[str]:
    """Those of the distinct `"1;11"` that hold several codes where only one may stand."""
    exclusive = variable.exclusive if variable else frozenset()
    several = [text for text in sets.drop_nulls().to_list() if ";" in text]
    return [text for text in several if form is Form.CODE or exclusive.intersection(text.split(";"))]


def _report(
    frame: pl.DataFrame,
    source: Source,
    faults: Mapping[str, str],
    place: Place,
    findings: Findings,
    unknown: list[Problem],
) -> None:
    for code in sorted(set(faults.values())):
        texts = [text for text, fault in faults.items() if fault == code]
        rows = frame.filter(pl.col(source.column or "").is_in(texts))[ROW]
        if code == UNKNOWN_CODE and source.unknown is Unknown.REFUSE:
            unknown.append(_unknown_problem(source, rows[:_FIRST_ROWS].to_list(), len(texts), place))
        elif code == UNKNOWN_CODE and source.unknown is Unknown.MISSING:
            findings.add(place.section, rows, READ_AS_MISSING, source.column or "")
        else:
            findings.add(place.section, rows, code, source.column or "")


def _unknown_problem(source: Source, rows: Sequence[int], values: int, place: Place) -> Problem:
    """Names column and rows, never the value: nobody knows what it holds."""
    numbers = ", ".join(str(row) for row in rows)
    column = shown(source.column or "")
    return Problem(
        code="IMP-013",
        where=f"{place.file}, kolumn {column}, rad {numbers}",
        sv=f"{values} värde(n) i kolumnen finns inte i mappningen för {source.field.id}. Lägg till dem under "
        "codes på rad "
        f'{source.line} i {place.mapping} ("värdet i filen" = "kod"), eller skriv unknown = "reject" eller '
        '"missing" där.',
        en=f"{values} value(s) of the column are not in the mapping of {source.field.id}. Add them under codes on line "
        f'{source.line} of {place.mapping} ("value in the file" = "code"), or write unknown = "reject" or '
        '"missing" there.',
    )
