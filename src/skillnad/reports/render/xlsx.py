"""A report as a workbook: a sheet of contents, and a sheet a table with its whole numbers, its notes and where it
comes from.

Text never becomes a formula: a cell that begins as one is written with an apostrophe's meaning, as plain text, after a
neutral mark, because a workbook is opened by people who trust it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from skillnad.analysis.figures import WORDS
from skillnad.analysis.results import MeasureKind
from skillnad.codebook.days_in_words import day, period_words
from skillnad.reports.explanations import ASKED, Explained, of_which_figures, signature
from skillnad.reports.notes import about
from skillnad.reports.numbers import GAP, cell_text
from skillnad.reports.render.explanations import HEADING, RULED
from skillnad.reports.render.gaps import policies_of, sentence
from skillnad.reports.render.sheets import LINE, laid_out, lines_of
from skillnad.reports.render.sources import source_ids, source_words
from skillnad.reports.report import Report, ReportAnswer
from skillnad.reports.views import Cell, Group, Role, Row, View

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER_FORMATS = {
    MeasureKind.COUNT: "#,##0",
    MeasureKind.SHARE: "0 %",
    MeasureKind.DAYS: "#,##0.0",
    MeasureKind.AMOUNT: "#,##0",
    MeasureKind.POINTS: '0.0 %"-enheter"',
    MeasureKind.RATIO: "0.00",
    MeasureKind.CHANCE: "0.000",
    MeasureKind.PLACE: "0",
}
"""A value has the unit of a share in the file, 0–1: only a per cent sign shows it as hundredths."""
CONTENTS = "Innehåll"
ABOUT = "Om rapporten"

_NAMES, _NUMBERS = 46, 14
_TEXT_COLUMNS = 5
"""So many columns of numbers does running text stretch over, so that it is read without scrolling to the side."""
_TEXT_WIDTH = _NAMES + _TEXT_COLUMNS * _NUMBERS
_QUESTION, _TABLE = 62, 74
_LYING = 6
"""Text as wide as so many columns of numbers."""


def report_workbook(report: Report) -> bytes:
    """The bytes of the XLSX file."""
    stream = BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties(_properties(report))
        writer = _Writer(book)
        sheets = list(_sheets(report))
        writer.contents(report, sheets)
        for sheet in sheets:
            writer.table_sheet(sheet)
        writer.about(report)
    return stream.getvalue()


def number_format(kind: MeasureKind, difference: bool = False) -> str:
    """How a number is shown; a difference has its sign."""
    form = NUMBER_FORMATS[kind]
    return f"+{form};−{form};{form}" if difference else form


def safe_text(text: str) -> str:
    """Text that a spreadsheet cannot take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


@dataclass(frozen=True)
class _Sheet:
    name: str
    chapter: str
    title: str
    answer: ReportAnswer
    lacking: str


def _sheets(report: Report) -> Iterator[_Sheet]:
    number = 0
    for chapter in report.chapters:
        for item in chapter.items:
            for answer in item.answers:
                number += 1
                yield _Sheet(f"Tabell {number}", chapter.chapter.title, item.item.title, answer, item.item.lacking)


def _properties(report: Report) -> dict[str, Any]:
    facts = report.facts
    made = datetime(facts.made_on.year, facts.made_on.month, facts.made_on.day)
    return {
        "title": f"{facts.title}, {period_words(facts.period)}",
        "author": facts.whose,
        "created": made,
        "comments": f"Språk: svenska. Ögonblicksbild {facts.snapshot}. {GAP} är ett tal som inte visas.",
        "keywords": "sv-SE",
    }


@dataclass
class _Writer:
    """Writes sheets of one workbook; a format is made once for each look."""

    book: Any
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def look(self, **how: Any) -> Any:
        key = tuple(sorted(how.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": "Calibri", "valign": "top", **how})
        return self.formats[key]

    def text(self, sheet: Any, row: int, column: int, text: str, **how: Any) -> None:
        sheet.write_string(row, column, safe_text(text), self.look(**how))

    def contents(self, report: Report, sheets: list[_Sheet]) -> None:
        facts = report.facts
        sheet = self.book.add_worksheet(CONTENTS)
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, _QUESTION)
        sheet.set_column(2, 2, _TABLE)
        laid_out(sheet, f"{facts.whose} · {facts.title} · {period_words(facts.period)}", columns=_LYING, heads=(4, 4))
        self.text(sheet, 0, 0, facts.title, bold=True, font_size=16)
        sheet.set_row(0, 1.6 * LINE)
        self.text(sheet, 1, 0, f"{facts.whose}, {period_words(facts.period)}. Framtagen {day(facts.made_on)}.")
        self.text(sheet, 2, 0, f"{GAP} betyder att talet är dolt för att ingen enskild ska kunna kännas igen.")
        for column, heading in enumerate(("Blad", "Fråga", "Tabell")):
            self.text(sheet, 4, column, heading, bold=True, bottom=1)
        for row, entry in enumerate(sheets, start=5):
            sheet.write_url(
                row, 0, f"internal:'{entry.name}'!A1", self.look(font_color="#1f4e79", underline=1), entry.name
            )
            question, caption = f"{entry.chapter} · {entry.title}", entry.answer.view.caption
            self.text(sheet, row, 1, question, text_wrap=True)
            self.text(sheet, row, 2, caption, text_wrap=True)
            sheet.set_row(row, LINE * max(lines_of(question, _QUESTION), lines_of(caption, _TABLE)))
        sheet.freeze_panes(5, 0)

    def table_sheet(self, entry: _Sheet) -> None:
        sheet = self.book.add_worksheet(entry.name)
        sheet.set_column(0, 0, _NAMES)
        sheet.set_column(1, 60, _NUMBERS)
        view = entry.answer.view
        self.text(sheet, 0, 0, entry.title, bold=True, font_size=14)
        self.running(sheet, 1, " ".join(entry.answer.sentences))
        whole = view.full or (view,)
        row = 2
        for part in whole:
            row = self.table(sheet, row + 1, part)
        last_head = 5 if whole[0].spans else 4
        sheet.freeze_panes(last_head + 1, 1)
        columns = max(len(part.headings) for part in whole)
        heads = (3, last_head) if len(whole) == 1 else None
        laid_out(sheet, f"{entry.chapter} · {entry.title}", columns=columns, heads=heads)
        self.notes(sheet, self.explained(sheet, row + 1, entry.answer.explained), entry)

    def running(self, sheet: Any, row: int, text: str, **how: Any) -> None:
        """Text over several columns, in a row as high as it needs."""
        look = self.look(text_wrap=True, **how)
        sheet.merge_range(row, 0, row, _TEXT_COLUMNS, "", look)
        sheet.write_string(row, 0, safe_text(text), look)
        sheet.set_row(row, LINE * lines_of(text, _TEXT_WIDTH))

    def explained(self, sheet: Any, row: int, explained: Explained | None) -> int:
        """What is written beside a difference, or a framed row to write in; gives the first row after it."""
        if explained is None:
            return row
        self.text(sheet, row, 0, HEADING, bold=True)
        for written in (*explained.written, *explained.earlier):
            row += 1
            self.running(sheet, row, f"{written.text} ({signature(written)}. {of_which_figures(written)})")
        if not explained.written:
            self.running(sheet, row + 1, ASKED, font_color="#4a545e")
            row += 2
            sheet.merge_range(row, 0, row, _TEXT_COLUMNS, "", self.look(border=1))
            sheet.set_row(row, LINE * RULED)
        return row + 2

    def notes(self, sheet: Any, row: int, entry: _Sheet) -> None:
        answer = entry.answer
        gaps = any(part.has_gaps for part in answer.view.full or (answer.view,))
        for text in (
            sentence(policies_of(answer)) if gaps else "",
            answer.basis,
            answer.counted,
            entry.lacking,
            source_words(answer.provenance[0]),
            source_ids(answer),
        ):
            if text:
                self.running(sheet, row, text, font_color="#4a545e")
                row += 1
        sheet.write_url(
            row, 0, f"internal:'{CONTENTS}'!A1", self.look(font_color="#1f4e79", underline=1), "Till innehållet"
        )

    def table(self, sheet: Any, row: int, view: View) -> int:
        """Writes a table from `row` on; gives the first row after it."""
        self.text(sheet, row, 0, view.caption, bold=True)
        row = self._headings(sheet, row + 1, view)
        for group in view.groups:
            row = self._group(sheet, row, group)
        return row

    def _headings(self, sheet: Any, row: int, view: View) -> int:
        how = {"bold": True, "bottom": 1, "text_wrap": True}
        if view.spans:
            for column, heading in enumerate(view.headings, start=1):
                self.text(sheet, row, column, heading.over, bold=True, align="right", text_wrap=True)
            sheet.set_row(row, LINE * max(lines_of(heading.over, _NUMBERS) for heading in view.headings))
            row += 1
        self.text(sheet, row, 0, view.stub, **how)
        for column, heading in enumerate(view.headings, start=1):
            self.text(sheet, row, column, heading.label, align="right", **how)
        widest = [lines_of(heading.label, _NUMBERS) for heading in view.headings]
        sheet.set_row(row, LINE * max([lines_of(view.stub, _NAMES), *widest]))
        return row + 1

    def _group(self, sheet: Any, row: int, group: Group) -> int:
        if group.label:
            self.text(sheet, row, 0, group.label, bold=True)
            row += 1
        for line in group.rows:
            self._row(sheet, row, line)
            row += 1
        return row

    def _row(self, sheet: Any, row: int, line: Row) -> None:
        how: dict[str, Any] = {"bold": line.role is Role.TOTAL, "italic": line.role is Role.BESIDE}
        self.text(sheet, row, 0, line.label, text_wrap=True, **how)
        sheet.set_row(row, LINE * lines_of(line.label, _NAMES))
        for column, cell in enumerate(line.cells, start=1):
            self._cell(sheet, row, column, cell, how)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell, how: dict[str, Any]) -> None:
        if cell.blank:
            return
        if cell.value is None or cell.ends or cell.kind in WORDS:
            self.text(sheet, row, column, cell_text(cell), align="right", **how)
            return
        sheet.write_number(
            row, column, cell.value, self.look(num_format=number_format(cell.kind, cell.difference), **how)
        )

    def about(self, report: Report) -> None:
        sheet = self.book.add_worksheet(ABOUT)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 110)
        laid_out(sheet, report.facts.title, columns=_LYING)
        for row, (term, text) in enumerate(about(report.facts)):
            self.text(sheet, row, 0, term, bold=True)
            self.text(sheet, row, 1, text, text_wrap=True)
            sheet.set_row(row, LINE * max(lines_of(term, 30), lines_of(text, 110)))
