"""Sheets of answers as an SPSS file and as Parquet.

In SPSS every code has its label, and what is no value is a declared missing value with its meaning: "don't know", "not
applicable", and a question that was not asked. A question without answer is system-missing. Codes that are no numbers
get negative ones.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import Any, Final

import polars as pl

from skillnad.exchange.forms.answer_files import AnswerTable, Cell, Column, Holds
from skillnad.exchange.results.cells import unique
from skillnad.exchange.results.spss import VALUE_LABEL, VARIABLE_LABEL, writer
from skillnad.exchange.results.spss_texts import FILE_LABEL, NOTE, cut, variable_name
from skillnad.instruments.asked import Means
from skillnad.instruments.exact import read_number

NOT_ASKED: Final = "Frågades inte"
METADATA: Final = "skillnad"
"""The key of the Parquet file's metadata; its value is JSON with each column's label and options."""
_DISCRETE: Final = 3
"""Missing values that SPSS takes one by one; of more a range."""


@dataclass(frozen=True)
class _Coding:
    """A column's codes as numbers. `numbers` by code; `unasked` is the number of what was not asked."""

    numbers: Mapping[str, float]
    labels: Mapping[float, str]
    missing: list[Any]
    unasked: float | None
    has_own_numbers: bool


def as_sav(table: AnswerTable) -> bytes:
    """The bytes of the .sav file. Raises UserError REP-010 where the extra `spss` is not installed."""
    write_sav = writer()
    columns = [each for column in table.columns for each in _spss(column)]
    names = unique([variable_name(name.replace(".", "__")) for name, *_ in columns])
    named = dict(zip(names, columns, strict=True))
    frame = pl.DataFrame({name: _series(column, cells) for name, (_, column, cells, _) in named.items()})
    codings = {name: coding for name, (_, _, _, coding) in named.items() if coding}
    with tempfile.TemporaryDirectory(prefix="skillnad-sav-") as folder:
        file = Path(folder) / "answers.sav"
        write_sav(
            frame,
            file,
            file_label=cut(f"Skillnad {table.title}", FILE_LABEL),
            note=[cut(line, NOTE) for line in (table.about, *(loss.text() for loss in table.losses))],
            column_labels={name: cut(column.label, VARIABLE_LABEL) for name, (_, column, _, _) in named.items()},
            variable_value_labels={
                name: {code: cut(text, VALUE_LABEL) for code, text in coding.labels.items()}
                for name, coding in codings.items()
                if coding.labels
            },
            missing_ranges={name: coding.missing for name, coding in codings.items() if coding.missing},
            variable_measure={name: column.measure for name, (_, column, _, _) in named.items()},
            variable_format={
                name: f"F10.{column.decimals}" for name, (_, column, _, _) in named.items() if name in codings
            },
        )
        return file.read_bytes()


_Spss = tuple[str, Column, list[Any], _Coding | None]


def _spss(column: Column) -> Iterator[_Spss]:
    """A column as SPSS has it; where codes are words, they stand beside as text."""
    if column.holds in (Holds.TEXT, Holds.DATE):
        yield column.name, column, list(column.cells), None
        return
    coding = _coding(column)
    yield column.name, column, [_number(column, coding, row) for row in range(len(column.cells))], coding
    if not coding.has_own_numbers:
        texts = [cell if isinstance(cell, str) else None for cell in column.cells]
        beside = Column(f"{column.name}.code", f"{column.label}, kod", Holds.TEXT, "nominal", column.cells)
        yield beside.name, beside, texts, None


def _number(column: Column, coding: _Coding, row: int) -> float | None:
    cell: Cell = column.cells[row]
    if row in column.unasked:
        return coding.unasked
    return coding.numbers[cell] if isinstance(cell, str) else float(cell) if isinstance(cell, int | float) else None


def _coding(column: Column) -> _Coding:
    """The options' own numbers where they have them; what is no value and no number goes below all numbers."""
    values = [option for option in column.options if option.means is Means.VALUE]
    unknown = [option for option in column.options if option.means is not Means.VALUE]
    own = all(_is_whole(option.code) for option in values)
    numbers = {option.code: float(option.code) if own else float(n) for n, option in enumerate(values, start=1)}
    many = len(unknown) + bool(column.unasked) > _DISCRETE
    keep = own and not many
    below = _below([*numbers.values(), column.least or 0.0, *_own_numbers([o.code for o in unknown] if keep else [])])
    for option in unknown:
        numbers[option.code] = float(option.code) if keep and _is_whole(option.code) else next(below)
    unasked = next(below) if column.unasked else None
    labels = {numbers[option.code]: option.sv for option in column.options}
    labels |= {0.0: "Nej", 1.0: "Ja"} if column.holds is Holds.CHOSEN else {}
    labels |= {unasked: NOT_ASKED} if unasked is not None else {}
    outside = [numbers[option.code] for option in unknown] + ([] if unasked is None else [unasked])
    return _Coding(numbers, labels, _declared(outside), unasked, own)


def _is_whole(code: str) -> bool:
    number = read_number(code)
    return number is not None and number.denominator == 1 and str(int(number)) == code


def _own_numbers(codes: list[str]) -> list[float]:
    return [float(code) for code in codes if _is_whole(code)]


def _below(taken: list[float]) -> Iterator[float]:
    """Whole numbers downwards from below all that is taken, and below zero."""
    number = min(0, *map(floor, taken)) if taken else 0
    while True:
        number -= 1
        yield float(number)


def _declared(codes: list[float]) -> list[Any]:
    return codes if len(codes) <= _DISCRETE else [{"lo": min(codes), "hi": max(codes)}]


def _series(column: Column, cells: list[Any]) -> pl.Series:
    kinds: dict[Holds, Any] = {Holds.TEXT: pl.String, Holds.DATE: pl.Date}
    return pl.Series(cells, dtype=kinds.get(column.holds, pl.Float64), strict=False)


def as_parquet(table: AnswerTable) -> bytes:
    """Codes as text, numbers as numbers; of a number's codes a second column `<name>.code`. Empty is no answer.

    The file's metadata has each column's label and options with their meaning, as JSON under `skillnad`.
    """
    columns = [each for column in table.columns for each in _parquet(column)]
    frame = pl.DataFrame(dict(columns))
    told = {column.name: _told(column) for column in table.columns}
    about = {"title": table.title, "about": table.about, "columns": told}
    with tempfile.TemporaryDirectory(prefix="skillnad-parquet-") as folder:
        file = Path(folder) / "answers.parquet"
        frame.write_parquet(file, metadata={METADATA: json.dumps(about, ensure_ascii=False)})
        return file.read_bytes()


def _parquet(column: Column) -> Iterator[tuple[str, pl.Series]]:
    if column.holds is Holds.NUMBER:
        numbers = [cell if isinstance(cell, int | float) else None for cell in column.cells]
        yield column.name, pl.Series(numbers, dtype=pl.Float64 if column.decimals else pl.Int64)
        if column.options:
            yield (
                f"{column.name}.code",
                pl.Series([c if isinstance(c, str) else None for c in column.cells], dtype=pl.String),
            )
    elif column.holds in (Holds.CHOSEN, Holds.RANK):
        yield column.name, pl.Series(column.cells, dtype=pl.Int8)
    else:
        yield column.name, pl.Series(column.cells, dtype=pl.Date if column.holds is Holds.DATE else pl.String)


def _told(column: Column) -> dict[str, Any]:
    options = {each.code: {"label": each.sv, "means": each.means.value} for each in column.options}
    return {"label": column.label, "holds": column.holds.value, "measure": column.measure, "options": options}
