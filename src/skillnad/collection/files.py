"""A file of answers, opened: what its columns are, and the cells of each row.

Beside the items' own columns stand those that say which sheet it is and whom it is about (`ABOUT`, `WHOM`), and
`slot.<id>` for the words that the case decided.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillnad.instruments.answer_cells import SLOT, by_any_name, item_columns, words_columns
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import listed, meant, nearest, shown
from skillnad.register.imports.encodings import read_bytes, to_utf8

REQUIRED = ("key", "date")
ABOUT = (*REQUIRED, "perspective", "variant", "language", "age", "occasion", "mode")
WHOM = ("identity", "client", "case", "intervention", "follow_up")
"""Of these the lowest is what the sheet is about; the others must be what stands above it."""
WHERE = ("unit", "provider")
LARGEST = 500_000_000
"""Bytes."""
FIRST = 2
"""The row of the first answers, as a spreadsheet counts."""
_SEPARATORS = (";", "\t", ",")


@dataclass(frozen=True)
class Row:
    """`cells` is empty where the row does not have as many cells as there are columns."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class AnswerFile:
    """`columns` are what each column is, in the file's order; `unread` are those that the instrument has nothing of."""

    name: str
    sha256: str
    size: int
    columns: tuple[str, ...]
    unread: tuple[str, ...]
    text: str
    separator: str

    def rows(self) -> Iterator[Row]:
        """The rows that are not blank, below the header. Raises UserError INSTR-050 where a cell never ends."""
        try:
            yield from self._rows()
        except csv.Error:
            raise UserError(_problem(self.name, *_ENDLESS)) from None

    def _rows(self) -> Iterator[Row]:
        for number, cells in enumerate(_lines(self.text, self.separator), start=1):
            if number < FIRST or not any(cell.strip() for cell in cells):
                continue
            whole = len(cells) == len(self.columns)
            yield Row(number, _told(zip(self.columns, cells, strict=True)) if whole else {})


def open_answers(path: Path, instrument: Instrument) -> AnswerFile:
    """Raises UserError: IMP-001 to IMP-005 where the file cannot be read, INSTR-050 where its columns are not those of
    answers to the instrument."""
    raw = read_bytes(path, LARGEST)
    content, _ = to_utf8(raw, None, path.name)
    text = content.decode("utf-8")
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    names = [name.strip().lower() for name in next(_lines(first, separator), [])]
    known = known_columns(instrument)
    columns = tuple(known.get(name, name) for name in names)
    _check(path.name, instrument, columns)
    unread = tuple(name for name in columns if name not in known.values())
    return AnswerFile(path.name, hashlib.sha256(raw).hexdigest(), len(raw), columns, unread, text, separator)


def known_columns(instrument: Instrument) -> dict[str, str]:
    """Every name that a column may have, in small letters, and what it is called here: `hours__mon` is `hours.mon`, as
    forms write it."""
    slots = (f"{SLOT}{name}" for name in instrument.slots)
    return by_any_name([*ABOUT, *WHOM, *WHERE, *slots, *item_columns(instrument), *words_columns(instrument)])


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _told(cells: Iterator[tuple[str, str]]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in cells}


def _check(file: str, instrument: Instrument, columns: Sequence[str]) -> None:
    rules = (_ambiguous, _twice, _lacking, _misspelt)
    problems = [problem for rule in rules for problem in rule(file, instrument, columns)]
    if problems:
        raise UserError(*problems)


def _ambiguous(file: str, instrument: Instrument, _: Sequence[str]) -> Iterator[Problem]:
    for name in sorted(set(instrument.items) & {*ABOUT, *WHOM, *WHERE}):
        yield _problem(
            file,
            f"Frågan {name} i {instrument.id} heter som en kolumn om raden. Ge frågan ett annat namn i en ny version.",
            f"The question {name} of {instrument.id} is called as a column about the row. Name it otherwise in a new "
            "version.",
        )


def _twice(file: str, _: Instrument, columns: Sequence[str]) -> Iterator[Problem]:
    for name in sorted({name for name in columns if columns.count(name) > 1}):
        yield _problem(
            file,
            f"Kolumnen ”{shown(name)}” finns flera gånger. Ta bort eller byt namn på alla utom en.",
            f"The column '{shown(name)}' is there more than once. Remove or rename all but one.",
        )


def _lacking(file: str, instrument: Instrument, columns: Sequence[str]) -> Iterator[Problem]:
    for name in REQUIRED:
        if name not in columns:
            guess = nearest(name, columns)
            yield _problem(
                file,
                f"Kolumnen {name} saknas.{meant(guess)} Varje rad behöver {_WHY[name][0]}.",
                f"The column {name} is missing.{meant(guess, 'en')} Each row needs {_WHY[name][1]}.",
            )
    if not item_columns(instrument).keys() & set(columns):
        some = list(instrument.items)[:5]
        yield _problem(
            file,
            f"Ingen kolumn är en fråga i {instrument.id}. Första raden ska ha frågornas id, som {listed(some)}.",
            f"No column is a question of {instrument.id}. The first row should have their ids, such as "
            f"{listed(some, 'en')}.",
        )


def _misspelt(file: str, instrument: Instrument, columns: Sequence[str]) -> Iterator[Problem]:
    """A column of nothing whose name is like that of what has no column: its answers would else count as not given."""
    known = known_columns(instrument).values()
    lacking = [name for name in dict.fromkeys(known) if name not in columns and name not in (*ABOUT, *WHOM, *WHERE)]
    for name in columns:
        guess = None if name in known or not name else nearest(name, lacking)
        if guess is not None:
            yield _problem(
                file,
                f"Kolumnen ”{shown(name)}” är ingen fråga i {instrument.id}.{meant(guess)} Rätta eller ta bort den.",
                f"The column '{shown(name)}' is no question of {instrument.id}.{meant(guess, 'en')} Mend or remove it.",
            )


_ENDLESS = (
    "En cell är längre än 130 000 tecken: ett citattecken saknas nog. Öppna filen och spara den som CSV igen.",
    "A cell is longer than 130,000 characters: a quotation mark is probably missing. Save the file as CSV again.",
)
_WHY = {
    "key": ("en nyckel som är dess egen i filens källa", "a key that is its own in the file's source"),
    "date": ("dagen då svaren gavs, som 2026-02-28", "the day when the answers were given, such as 2026-02-28"),
}


def _problem(file: str, sv: str, en: str) -> Problem:
    return Problem(code="INSTR-050", where=file, sv=sv, en=en)
