"""Tables of text as case systems give them away: CSV in any encoding, and workbooks. Same rows, same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

import xlsxwriter

from skillnad.register.demo.municipality import EXTRACTED

MADE = datetime.combine(EXTRACTED, time())
"""Written into every workbook, so that its bytes never change."""


@dataclass
class Sheet:
    """A heading and rows; a row is by heading, so that columns can be soiled by name."""

    name: str
    header: tuple[str, ...]
    rows: list[dict[str, str]] = field(default_factory=list)

    def add(self, **cells: str) -> None:
        """A row of the named cells; the other columns are empty."""
        self.rows.append(dict.fromkeys(self.header, "") | cells)

    def put(self, cells: dict[str, str]) -> None:
        """The same, for headings that are no Python names."""
        self.add(**cells)

    def lines(self) -> list[list[str]]:
        return [list(self.header), *([row[column] for column in self.header] for row in self.rows)]


def write_text(path: Path, sheet: Sheet, *, encoding: str, separator: str) -> Path:
    """The sheet as text, lines ended as Windows does. Cells hold no separator, quote or line break of their own."""
    text = "".join(separator.join(line) + "\r\n" for line in sheet.lines())
    path.write_bytes(text.encode(encoding))
    return path


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> Path:
    """One XLSX with a sheet each, all cells text."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE, "title": "Uttag", "comments": "Påhittade uppgifter"})
    bold = book.add_format({"bold": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for number, line in enumerate(sheet.lines()):
            page.write_row(number, 0, line, bold if number == 0 else None)
    book.close()
    return path
