"""Sheets of answers as a table: a row a sheet, a column a question, with what SPSS and others need to be told of each.

The columns are named as `skillnad instrument score` reads them. Free text stays out unless the caller asks for it.
`exchange.results.answer_frames` writes the table to SPSS and Parquet.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from skillnad.exchange.forms.losses import Loss
from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.answers import AnswerSheet, Level, check_answers, levels
from skillnad.instruments.asked import Item, ItemKind, Option
from skillnad.instruments.conditions import Answer
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import listed


class Holds(StrEnum):
    """What stands in a column."""

    CODE = "code"  # one of its options
    NUMBER = "number"  # a number, or one of its options
    CHOSEN = "chosen"  # 1 or 0: whether one option of a multiple choice was chosen
    RANK = "rank"
    DATE = "date"
    TEXT = "text"


Cell = str | int | float | date | None


@dataclass(frozen=True)
class Column:
    """One column. A cell is None where nothing was answered, and where the question was not asked: `unasked` has the
    rows of the latter. `options` are empty where a cell is no code."""

    name: str
    label: str
    holds: Holds
    measure: str  # nominal, ordinal or scale
    cells: tuple[Cell, ...]
    options: tuple[Option, ...] = ()
    unasked: frozenset[int] = frozenset()
    decimals: int = 0
    least: float | None = None


@dataclass(frozen=True)
class AnswerTable:
    """`about` names the instrument and its source; `losses` what is not in the columns."""

    title: str
    about: str
    columns: tuple[Column, ...]
    rows: int
    losses: tuple[Loss, ...] = ()


_MEASURES: Final[Mapping[ItemKind, str]] = {ItemKind.SCALE: "ordinal", ItemKind.SINGLE: "nominal"}
_SHEET: Final[Mapping[str, tuple[str, Callable[[AnswerSheet], Cell]]]] = {
    "perspective": ("Vem som svarar", lambda sheet: sheet.perspective),
    "variant": ("Formulärets variant", lambda sheet: sheet.variant or None),
    "language": ("Formulärets språk", lambda sheet: sheet.language or None),
    "age": ("Ålder i hela år", lambda sheet: sheet.age),
}


def answer_table(
    instrument: Instrument, sheets: Sequence[AnswerSheet], keys: Sequence[str] = (), *, with_texts: bool = False
) -> AnswerTable:
    """The sheets, in order; `keys` (one for each, if any) are the rows' own, and no identity numbers.

    Raises UserError (INSTR-041, INSTR-050 to INSTR-059) with the row and question of every answer that may not stand.
    """
    problems = [told for row, sheet in enumerate(sheets, start=1) for told in _problems(instrument, sheet, row)]
    if problems:
        raise UserError(*problems)
    left = [item.id for item in instrument.items.values() if item.kind is ItemKind.TEXT and not with_texts]
    named = [Column("key", "Radens nyckel", Holds.TEXT, "nominal", tuple(keys))] if keys else []
    if keys and len(keys) != len(sheets):
        raise ValueError("there must be a key for each sheet")
    return AnswerTable(
        f"{instrument.id} {instrument.version}",
        f"{instrument.title_sv}. Källa: {instrument.source}",
        (*named, *_sheet_columns(instrument, sheets), *_item_columns(instrument, sheets, left)),
        len(sheets),
        (Loss(listed(left), "svar i fri text", "answers in free text", "answers"),) if left else (),
    )


def _problems(instrument: Instrument, sheet: AnswerSheet, row: int) -> Iterator[Problem]:
    for problem in check_answers(instrument, sheet):
        place = f", kolumn {problem.where}" if problem.where else ""
        yield replace(problem, where=f"rad {row}{place}")


def _sheet_columns(instrument: Instrument, sheets: Sequence[AnswerSheet]) -> Iterator[Column]:
    """What is told of the sheets themselves; what no sheet tells is no column."""
    for name, (label, read) in _SHEET.items():
        cells = tuple(read(sheet) for sheet in sheets)
        if any(cell is not None for cell in cells):
            holds, measure = (Holds.NUMBER, "scale") if name == "age" else (Holds.TEXT, "nominal")
            yield Column(name, label, holds, measure, cells)
    for slot in instrument.slots.values():
        cells = tuple(sheet.slots.get(slot.id) for sheet in sheets)
        if any(cells):
            yield Column(f"slot.{slot.id}", f"Ordval: {slot.standard}", Holds.TEXT, "nominal", cells)


def _item_columns(instrument: Instrument, sheets: Sequence[AnswerSheet], left: Sequence[str]) -> Iterator[Column]:
    told = [levels(instrument, sheet) for sheet in sheets]
    for item in instrument.items.values():
        if item.id in left:
            continue
        unasked = frozenset(row for row, level in enumerate(told) if level[item.id] is Level.NOT_ASKED)
        answers = [_answer(item, sheet, level[item.id]) for sheet, level in zip(sheets, told, strict=True)]
        if item.kind in (ItemKind.MULTIPLE, ItemKind.RANK):
            yield from _option_columns(item, answers, unasked)
        else:
            yield _column(item, answers, unasked)


def _answer(item: Item, sheet: AnswerSheet, level: Level) -> Answer | None:
    """The answer, if the question was asked; nothing chosen, of one that counts so where it was not asked."""
    given = sheet.answers.get(item.id)
    if level is Level.NOT_ASKED or given == "":
        return None
    return () if given is None and level is Level.VALUE else given


def _option_columns(item: Item, answers: Sequence[Answer | None], unasked: frozenset[int]) -> Iterator[Column]:
    """A column for each option: 1 or 0 of a multiple choice, the rank of a rank order."""
    ranked = item.kind is ItemKind.RANK
    holds, measure = (Holds.RANK, "ordinal") if ranked else (Holds.CHOSEN, "nominal")
    for option in item.options:
        cells = tuple(_of_option(answer, option.code) for answer in answers)
        label = f"{item.label_sv}: {option.sv}"
        yield Column(f"{item.id}.{option.code}", label, holds, measure, cells, unasked=unasked)


def _of_option(answer: Answer | None, code: str) -> Cell:
    if isinstance(answer, Mapping):
        return answer.get(code)
    if answer is None or isinstance(answer, str | int | float | Decimal):
        return None
    return int(code in answer)


def _column(item: Item, answers: Sequence[Answer | None], unasked: frozenset[int]) -> Column:
    numbers = item.kind in NUMBERS
    kinds = {ItemKind.DATE: Holds.DATE, ItemKind.TEXT: Holds.TEXT}
    return Column(
        item.id,
        f"{item.number}. {item.label_sv}" if item.number else item.label_sv,
        Holds.NUMBER if numbers else kinds.get(item.kind, Holds.CODE),
        "scale" if numbers or item.kind is ItemKind.DATE else _MEASURES.get(item.kind, "nominal"),
        tuple(_cell(item, answer) for answer in answers),
        item.options,
        unasked,
        item.decimals,
        item.least,
    )


def _cell(item: Item, answer: Answer | None) -> Cell:
    if isinstance(answer, Decimal):
        return float(answer) if item.decimals else int(answer)
    if isinstance(answer, str):
        return date.fromisoformat(answer) if item.kind is ItemKind.DATE else answer
    return answer if isinstance(answer, int | float) else None


def as_csv(table: AnswerTable) -> bytes:
    """UTF-8 with a mark that spreadsheets know, semicolons and decimal commas. An empty cell is no answer."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in range(table.rows):
        writer.writerow([_written(column, column.cells[row]) for column in table.columns])
    return stream.getvalue().encode("utf-8-sig")


def _written(column: Column, cell: Cell) -> str:
    """Words that a spreadsheet would take for a formula have an apostrophe before them."""
    if isinstance(cell, float):
        return f"{cell:.{column.decimals}f}".replace(".", ",")
    text = "" if cell is None else str(cell)
    return f"'{text}" if column.holds is Holds.TEXT and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
