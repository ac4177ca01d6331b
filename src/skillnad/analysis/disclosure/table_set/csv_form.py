"""CSV as people have it: separator found, quotes undone, a byte order mark allowed; and written back the same way."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillnad.analysis.disclosure.release import Layout
from skillnad.lib.errors import UserError

SEPARATORS = (",", ";", "\t", "|")
MARK = "\ufeff"
Line = tuple[int, list[str]]
"""The number of the line in the file, and its values."""


@dataclass(frozen=True)
class Sheet:
    """A file's lines below its header. Its values are in no message."""

    name: str
    layout: Layout
    lines: tuple[Line, ...]

    def __repr__(self) -> str:
        return f"Sheet({self.name})"


def content_of(path: Path) -> bytes:
    """Raises UserError: DISC-040 where the file cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise UserError.of(
            "DISC-040",
            where=path.name,
            sv="Filen går inte att läsa. Ange en fil som finns och som du får läsa.",
            en="The file cannot be read. Give one that is there and that you may read.",
        ) from None


def sheet_of(name: str, content: bytes, count: str) -> Sheet:
    """Raises UserError: DISC-040 no UTF-8 or broken quotes, DISC-041 nothing in it, DISC-042 a column that is not
    there, DISC-043 a line of another length."""
    text = _decoded(name, content)
    separator = _separator(text, count)
    lines = [line for line in _lines(name, text.removeprefix(MARK), separator) if any(line[1])]
    if len(lines) < 2:
        raise _empty(name)
    header = tuple(word.strip() for word in lines[0][1])
    _check_header(name, header, count)
    uneven = [number for number, values in lines[1:] if len(values) != len(header)]
    if uneven:
        raise _uneven(name, uneven, len(header))
    return Sheet(name, Layout(header, count, separator, text.startswith(MARK)), tuple(lines[1:]))


def csv_of(layout: Layout, rows: Iterable[tuple[Sequence[str], int | None]]) -> bytes:
    """A table's rows in its own layout; a gap is empty."""
    told = io.StringIO(newline="")
    writer = csv.writer(told, delimiter=layout.separator, lineterminator="\n")
    writer.writerow(layout.header)
    at = layout.header.index(layout.count)
    for values, count in rows:
        writer.writerow([*values[:at], "" if count is None else str(count), *values[at:]])
    return ((MARK if layout.mark else "") + told.getvalue()).encode()


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise UserError.of(
            "DISC-040",
            where=name,
            sv="Filen är inte UTF-8. Spara den som CSV UTF-8 och kör om.",
            en="The file is not UTF-8. Save it as CSV UTF-8 and run again.",
        ) from None


def _separator(text: str, count: str) -> str:
    """The one that makes the count's column a column; else the one that makes most."""
    header = next((line for line in text.removeprefix(MARK).splitlines() if line.strip()), "")
    split = {sign: [word.strip() for word in next(_reader([header], sign), [])] for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: (count in split[sign] and len(split[sign]) > 1, len(split[sign])))


def _lines(name: str, text: str, separator: str) -> list[Line]:
    reader = _reader(io.StringIO(text, newline=""), separator, strict=True)
    try:
        return [(reader.line_num, [value.strip() for value in values]) for values in reader]
    except csv.Error:
        raise UserError.of(
            "DISC-040",
            where=f"{name}, rad {reader.line_num}",
            sv="Citattecknen går inte ihop. Skriv ett citattecken inuti ett värde två gånger, eller ta bort det.",
            en="The quotation marks do not pair. Write one inside a value twice, or remove it.",
        ) from None


def _reader(lines: Iterable[str], separator: str, *, strict: bool = False) -> Any:
    """A space after a separator is no part of a value."""
    return csv.reader(lines, delimiter=separator, strict=strict, skipinitialspace=True)


def _empty(name: str) -> UserError:
    return UserError.of(
        "DISC-041",
        where=name,
        sv="Filen har inga rader. Första raden ska ha kolumnernas namn, och varje rad därefter en cell.",
        en="The file has no rows. The first line has the names of the columns, and each line after it a cell.",
    )


def _check_header(name: str, header: Sequence[str], count: str) -> None:
    twice = sorted({column for column in header if header.count(column) > 1 or not column})
    if twice:
        raise UserError.of(
            "DISC-042",
            where=f"{name}, rad 1",
            sv=f"Varje kolumn ska ha ett namn och det ska vara dess eget; så är det inte med ”{twice[0][:40]}”. "
            "Byt namn på en av dem.",
            en=f"Each column has a name, and one of its own; '{twice[0][:40]}' is not. Rename one of them.",
        )
    if count not in header:
        known = ", ".join(column[:40] for column in header)
        sv, en = f"Kolumnen ”{count[:40]}” finns inte. ", f"There is no column '{count[:40]}'. "
        raise UserError.of(
            "DISC-042",
            where=f"{name}, rad 1",
            sv=f"{sv if count else ''}Ange kolumnen med antal, med --count; här finns {known}.",
            en=f"{en if count else ''}Give the column of counts with --count; here are {known}.",
        )


def _uneven(name: str, numbers: Sequence[int], width: int) -> UserError:
    told = ", ".join(str(number) for number in numbers[:5])
    return UserError.of(
        "DISC-043",
        where=f"{name}, rad {told}",
        sv=f"Raden har inte {width} värden som rubriken. Rätta den, eller sätt citattecken om värden med skiljetecken.",
        en=f"The line does not have {width} values as the header does. Mend it, or quote values that hold separators.",
    )
