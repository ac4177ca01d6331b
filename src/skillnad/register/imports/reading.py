"""A file as it is: every column as text, every row with its number, and what was found out on the way."""

import csv
import hashlib
import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl

from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, nearest, shown
from skillnad.register.imports.encodings import read_bytes, to_utf8
from skillnad.register.imports.mapping import FileSpec, rejected_stem
from skillnad.register.imports.workbooks import check_workbook

LIMIT = 1_500_000_000
"""Bytes: above it a file is refused, since it would not fit beside the work in the memory of an ordinary machine."""

ROW = "#rad"
"""The column with each row's number, counted as a spreadsheet shows it: the header row comes before the first."""

ADDED = ("regel", "kolumn", "åtgärd")
"""What a file of rejected rows has beside the original columns; ignored when it comes back."""

WORKBOOKS = (".xlsx", ".xlsm")
_SEPARATORS = (";", "\t", ",")


@dataclass(frozen=True)
class Table:
    """One file (or one sheet of a workbook) as text. `encoding` and `separator` are what it was read with, to write
    rejected rows alike; `stem` is what their file is named for."""

    file: str
    stem: str
    frame: pl.DataFrame
    encoding: str
    separator: str
    sha256: str
    size: int

    @property
    def headings(self) -> list[str]:
        return [name for name in self.frame.columns if name != ROW]


def read_table(path: Path, spec: FileSpec, limit: int = LIMIT) -> Table:
    """The file at `path` as `spec` says. Raises UserError IMP-001 to IMP-012."""
    raw = read_bytes(path, limit)
    size = len(raw)
    with ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_digest, raw)
        if path.suffix.lower() in WORKBOOKS or raw.startswith(b"PK\x03\x04"):
            frame, encoding = _workbook(raw, spec, path.name), spec.encoding or "utf-8"
            separator = spec.separator or ";"
        else:
            text, encoding = to_utf8(raw, spec.encoding, path.name)
            del raw  # a large file stands in memory once while it is parsed
            separator = spec.separator or _separator(text, spec.skip_rows)
            frame = _csv(text, separator, spec.skip_rows, path.name)
    if not frame.height:
        raise _empty(path.name)
    stem = rejected_stem(path.stem, spec.sheet)
    return Table(path.name, stem, _numbered(frame, spec.skip_rows), encoding, separator, digest.result(), size)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def sheet_names(path: Path) -> list[str | None]:
    """The sheets of a workbook that have rows, or `[None]` for anything else."""
    if path.suffix.lower() not in WORKBOOKS:
        return [None]
    try:
        book = fastexcel.read_excel(path)
    except fastexcel.FastExcelError:
        return [None]  # reading it tells what is wrong
    return [name for name in book.sheet_names if book.load_sheet(name, header_row=None, n_rows=2).height > 1]


def check_columns(table: Table, wanted: Sequence[str]) -> None:
    """Every column that the mapping names is there. Raises UserError IMP-009 with all that are not."""
    missing = [name for name in wanted if name not in table.headings]
    if missing:
        raise UserError(*(_missing_column(table, name).problems[0] for name in missing))


def _numbered(frame: pl.DataFrame, skipped: int) -> pl.DataFrame:
    """Rows without any cell are left out here: workbooks end with them."""
    numbered = frame.with_row_index(ROW, offset=skipped + 2)
    return numbered.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null()))


def _separator(text: bytes, skipped: int) -> str:
    """The sign that the header row has most of outside quotes."""
    header = "".join(_header_lines(text, skipped, 1)).split('"')[::2]
    return max(_SEPARATORS, key=lambda sign: sum(part.count(sign) for part in header))


def _header_lines(text: bytes, skipped: int, lines: int) -> list[str]:
    stream = io.TextIOWrapper(io.BytesIO(text[: 1024 * 1024]), encoding="utf-8", errors="replace", newline="")
    return [line for number, line in zip(range(skipped + lines), stream, strict=False) if number >= skipped]


def _csv(text: bytes, separator: str, skipped: int, file: str) -> pl.DataFrame:
    header = next(csv.reader(_header_lines(text, skipped, 20), delimiter=separator), [])
    names = _checked_names(header, file)
    try:
        return pl.read_csv(
            text,
            separator=separator,
            skip_lines=skipped,
            has_header=True,
            new_columns=names,
            infer_schema=False,
            low_memory=False,
        )
    except (pl.exceptions.PolarsError, ValueError):
        # The parser's own message quotes cells, so the place is looked for again and the cause is not passed on.
        raise _ragged(text, separator, skipped, len(names), file) from None


def _workbook(raw: bytes, spec: FileSpec, file: str) -> pl.DataFrame:
    sheet = check_workbook(raw, spec.sheet, spec.skip_rows, file)
    try:
        frame = fastexcel.read_excel(raw).load_sheet(sheet, header_row=None, dtypes="string").to_polars()
    except fastexcel.FastExcelError:
        raise _empty(file) from None
    if frame.height <= spec.skip_rows:
        raise _empty(file)
    header = ["" if name is None else str(name) for name in frame.row(spec.skip_rows)]
    while header and not header[-1].strip():
        header.pop()
    names = _checked_names(header, file)
    return (
        frame.slice(spec.skip_rows + 1)
        .select(frame.columns[: len(names)])
        .rename(dict(zip(frame.columns, names, strict=False)))
    )


def _checked_names(header: list[str], file: str) -> list[str]:
    """Trimmed headings. A heading twice is a fault: which of them is meant cannot be known."""
    names = [" ".join(name.split()) for name in header]
    twice = [str(place) for place, name in enumerate(names, 1) if name and names.count(name) > 1]
    if twice:
        # Told by place: where the header row is missing, what stands there is somebody's.
        raise UserError.of(
            "IMP-010",
            where=f"{file}, rubrikraden",
            sv=f"Kolumnerna {listed(twice)} har rubriker som står på flera kolumner. Ge dem olika rubriker i uttaget, "
            "och se efter att första raden är rubriker.",
            en=f"Columns {listed(twice, 'en')} have headings that stand on several columns. Give them different "
            "headings in the extract, and see that the first row is headings.",
        )
    return [name or f"kolumn {place}" for place, name in enumerate(names, 1)]


def _ragged(text: bytes, separator: str, skipped: int, width: int, file: str) -> UserError:
    """The first row that has another number of cells than the header, found with the slow reader."""
    stream = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    number = 0
    try:
        for number, row in enumerate(csv.reader(stream, delimiter=separator), 1):
            if number > skipped + 1 and len(row) > width:
                break
    except csv.Error:
        number += 1
    return UserError.of(
        "IMP-011",
        where=f"{file}, rad {number}",
        sv=f"Raden har inte {width} celler som rubrikraden, eller ett citattecken som aldrig slutar. Rätta raden, "
        "eller "
        "sätt separator i mappningen.",
        en=f"The row does not have {width} cells as the header has, or a quote never ends. Correct the row, or set "
        "separator in the mapping.",
    )


def _missing_column(table: Table, name: str) -> UserError:
    guess = nearest(name, table.headings)
    hint_sv = f" Menas ”{shown(guess)}”?" if guess else ""
    hint_en = f" Is '{shown(guess)}' meant?" if guess else ""
    return UserError.of(
        "IMP-009",
        where=f"{table.file}, rubrikraden",
        sv=f"Kolumnen ”{shown(name)}” som mappningen nämner finns inte.{hint_sv} Filen har {len(table.headings)} "
        "kolumner: "
        "ta med kolumnen i uttaget, eller rätta mappningen.",
        en=f"The column '{shown(name)}' that the mapping names is not there.{hint_en} The file has "
        f"{len(table.headings)} "
        "columns: include the column in the extract, or correct the mapping.",
    )


def _empty(file: str) -> UserError:
    return UserError.of(
        "IMP-002",
        where=file,
        sv="Filen har inga rader under rubrikraden. Gör om uttaget i verksamhetssystemet.",
        en="The file has no rows below its header. Make the extract again in the case system.",
    )
