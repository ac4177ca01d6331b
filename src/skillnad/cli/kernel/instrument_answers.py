"""A file of answers as columns: CSV as a spreadsheet, a form tool or a statistics package writes it.

A column is an item's id (`sdq1`; a cell of a matrix `hours.client.mon`; an option of a multiple choice or a rank order
`q3.1`). Beside them may stand `key`, `perspective`, `variant`, `language`, `age`, `date` and `slot.<id>`. Free text is
never read, but for whether there is any where there must be. Nothing here repeats what a cell holds.
"""

import csv as python_csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import compute, csv

from skillnad.instruments.answer_cells import SLOT, by_any_name, item_columns
from skillnad.instruments.asked import ItemKind
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import listed, meant, shown

ABOUT_ROWS: Final = ("key", "perspective", "variant", "language", "age", "date")
DELIMITERS: Final = (";", "\t", ",")
LARGEST: Final = 2**31
"""Bytes. A million sheets of a hundred questions are a tenth of this."""
ALIKE: Final = 0.75
FIRST: Final = 2
"""The row of the first answers, as a spreadsheet counts: the names of the columns are row 1."""


@dataclass(frozen=True)
class AnswerFile:
    """A file as read: text by column, and what became of its rows.

    `rows`: the row number in the file of each row of `table`. `broken`: rows that do not have as many cells as there
    are columns. `unread`: columns that the instrument has nothing of.
    """

    name: str
    table: pa.Table
    rows: list[int]
    broken: list[int]
    delimiter: str
    unread: tuple[str, ...]


def read_answers(path: Path, instrument: Instrument) -> AnswerFile:
    """The columns that the instrument has something of. Raises UserError (INSTR-050) where the file cannot be read."""
    text = _text(path)
    first, _, rest = text.partition("\n")
    if not rest.strip():
        raise _refused(
            path,
            "Filen har inga svar under rubrikraden. Skriv en rad för varje svarande.",
            "The file has no answers below its header. Write a row for each who answered.",
        )
    delimiter = max(DELIMITERS, key=first.count)
    header = [name.strip().lower() for name in next(csv_rows(first, delimiter))]
    known = known_columns(instrument)
    names = [known.get(name, name) for name in header]
    _check_header(path, instrument, names)
    unread = tuple(name for name in names if name not in known.values() and name)
    wanted = [name for name in names if name in known.values() and not _is_text(instrument, name)]
    table, broken = _parsed(path, text, names, wanted, delimiter)
    table, rows = _numbered(table, broken)
    return AnswerFile(path.name, table, rows, [place + FIRST for place in broken], delimiter, unread)


def known_columns(instrument: Instrument) -> dict[str, str]:
    """Every name that a column may have, and what it is called here: `hours__mon` is `hours.mon`, as forms write it."""
    return by_any_name([*ABOUT_ROWS, *(f"{SLOT}{name}" for name in instrument.slots), *item_columns(instrument)])


def csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Few rows of CSV, as Python reads them."""
    return python_csv.reader(io.StringIO(text), delimiter=delimiter)


def _is_text(instrument: Instrument, name: str) -> bool:
    item = instrument.items.get(name)
    return item is not None and item.kind is ItemKind.TEXT and not item.required


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise _refused(path, "Filen är större än 2 GB. Dela den.", "The file is larger than 2 GB. Divide it.")
        content = path.read_bytes()
    except OSError:
        raise _refused(
            path,
            "Filen finns inte, eller går inte att läsa. Se efter att namnet och mappen är rätt.",
            "The file is not there, or cannot be read. See that its name and folder are right.",
        ) from None
    if content.startswith((b"PK\x03\x04", b"PAR1", b"$FL2", b"\xd0\xcf\x11\xe0")) or b"\0" in content[:1000]:
        raise _refused(
            path,
            "Filen är inte text. Spara svaren som CSV (i Excel: Spara som, CSV UTF-8).",
            "The file is no text. Save the answers as CSV (in Excel: Save as, CSV UTF-8).",
        )
    if not content.strip():
        raise _refused(
            path,
            "Filen är tom. Skriv frågornas id på första raden, och svaren under.",
            "The file is empty. Write the items' ids on the first row, and the answers below.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_header(path: Path, instrument: Instrument, names: list[str]) -> None:
    if not item_columns(instrument).keys() & set(names):
        some = [name for name, item in instrument.items.items() if item.kind is not ItemKind.TEXT][:5]
        raise _refused(
            path,
            f"Ingen kolumn är en fråga i {instrument.id}. Första raden ska ha frågornas id, som {listed(some)}.",
            f"No column is a question of {instrument.id}. Row 1 has the items' ids, such as {listed(some, 'en')}.",
        )
    problems = [*_twice(path, names), *_misspelt(path, instrument, names)]
    if problems:
        raise UserError(*problems)


def _twice(path: Path, names: list[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        yield Problem(
            "INSTR-050",
            f"Kolumnen {shown(name)} står {names.count(name)} gånger. Ta bort eller byt namn på alla utom en.",
            f"The column {shown(name)} stands {names.count(name)} times. Remove or rename all but one.",
            f"{path.name}, rad 1",
        )


def _misspelt(path: Path, instrument: Instrument, names: list[str]) -> Iterator[Problem]:
    """Columns of no question whose name is like that of one without column: that would else count as unanswered."""
    known = known_columns(instrument).values()
    lacking = [name for name in dict.fromkeys(known) if name not in names]
    for name in names:
        guess = None if name in known or not name else _alike(name, lacking)
        if guess is not None and guess not in ABOUT_ROWS:
            yield Problem(
                "INSTR-050",
                f"Kolumnen {shown(name)} är ingen fråga i {instrument.id}.{meant(guess)} Rätta eller ta bort den.",
                f"The column {shown(name)} is no question of {instrument.id}.{meant(guess, 'en')} Mend or remove it.",
                f"{path.name}, rad 1",
            )


def _alike(name: str, known: list[str]) -> str | None:
    """The name that `name` is a slip for: more than half alike, or each column beside the questions would be one."""
    found = get_close_matches(name, known, n=1, cutoff=ALIKE)
    return found[0] if found else None


def _parsed(path: Path, text: str, names: list[str], wanted: list[str], delimiter: str) -> tuple[pa.Table, list[int]]:
    """The wanted columns as text, and the places (0 first) of rows with another number of cells."""
    broken: list[int] = []

    def judged(row: csv.InvalidRow) -> str:
        broken.append(row.number - FIRST)
        return "skip"

    unique = [name or f"\0{place}" for place, name in enumerate(names)]
    try:
        table = csv.read_csv(
            pa.BufferReader(text.encode()),
            csv.ReadOptions(use_threads=False, column_names=unique, skip_rows=1, block_size=2**24),
            csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=judged
            ),
            csv.ConvertOptions(
                column_types=dict.fromkeys(unique, pa.string()), include_columns=wanted, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:  # its words hold cells of the file
        raise _refused(
            path,
            "Filen går inte att läsa som CSV: troligen ett citattecken utan slut. Spara den på nytt ur kalkylarket.",
            "The file cannot be read as CSV: probably a quote without end. Save it anew from the spreadsheet.",
        ) from None
    return table, broken


def _numbered(table: pa.Table, broken: list[int]) -> tuple[pa.Table, list[int]]:
    """The rows where anything is filled in, and each one's row number in the file."""
    skipped = set(broken)
    places = [place for place in range(table.num_rows + len(skipped)) if place not in skipped]
    filled = np.zeros(table.num_rows, np.bool_)
    for column in table.columns:
        filled |= compute.not_equal(column, "").to_numpy()
    return table.filter(pa.array(filled)), (np.array(places, np.int64)[filled] + FIRST).tolist()


def _refused(path: Path, sv: str, en: str) -> UserError:
    return UserError.of("INSTR-050", where=path.name, sv=sv, en=en)
