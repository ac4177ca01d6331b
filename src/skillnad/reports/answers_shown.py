"""Tables of what people have answered: the questions of an instrument in short, and one question in groups.

A share has its 95 per cent interval in brackets, and beside it how many it is of.
"""

from collections.abc import Callable, Sequence

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.results import TOTAL, MeasureKind, ProtectedTable
from skillnad.codebook.snapshot_schema import SnapshotColumn
from skillnad.reports.answers_read import answers_of, good_of, good_words, rate_of, share_cell, unsure, whole_of
from skillnad.reports.layouts import EVERYONE
from skillnad.reports.outline import Show, Tables
from skillnad.reports.reading import Number, cell, named
from skillnad.reports.views import BLANK, Cell, Group, Heading, Role, Row, View

IN_SHORT = (Heading("Tillfrågade"), Heading("Svarade"), Heading("”Vet inte”"), Heading("Andel bra svar"))
BRACKETS = (
    "Inom parentes: andel av dem som tillfrågades, och 95 procents intervall för andelen bra svar. Den är av dem som "
    "har svarat annat än ”vet inte”."
)
_Cells = Callable[[ProtectedTable, str], tuple[Cell, ...]]
"""Of a group, by its code."""
INTERVALS = "Inom parentes: 95 procents intervall."


def questions_in_short(columns: Sequence[SnapshotColumn], titles: dict[str, str], links: dict[str, str]) -> Show:
    """A row a question: how many were asked, answered and did not know, and the share of good answers."""

    def show(tables: Tables, caption: str) -> View:
        rows = tuple(
            Row(f"{titles[column.id]}: {good_words(column)}", _in_short(tables, column.id), link=links[column.id])
            for column in columns
        )
        return View(caption, "Fråga, och vad som är ett bra svar", IN_SHORT, (Group(rows),), BRACKETS)

    return show


def _in_short(tables: Tables, column: str) -> tuple[Cell, ...]:
    rate = rate_of(tables, column)
    asked, answered, of_asked = (_number(rate, name) for name in ("asked", "answered", "rate"))
    if asked == 0:
        return Cell(0), BLANK, BLANK, BLANK
    share = None if answered is None else of_asked
    return Cell(asked), Cell(answered, share=share), Cell(unsure(answers_of(tables, column))), _good(tables, column)


def _good(tables: Tables, column: str) -> Cell:
    return share_cell(good_of(tables, column))


def _number(table: ProtectedTable | None, measure: str) -> Number:
    return None if table is None else cell(table, measure)


def good_in_groups(tables: Tables, caption: str) -> View:
    """The share of good answers of all, and in the groups of each table, stacked; groups without answers are left
    out."""
    everyone = Row(EVERYONE, _of_group(tables[0]), Role.TOTAL)
    groups = [Group(_rows(table, "whole", _of_group), table.axes[0].label) for table in tables if _compares(table)]
    headings = (Heading("Antal som vet"), Heading("Andel"))
    return View(caption, "Grupp", headings, (Group((everyone,)), *_filled(groups)), INTERVALS)


def rates_in_groups(tables: Tables, caption: str) -> View:
    """How many answered of all, and in the groups of each table, stacked."""
    everyone = Row(EVERYONE, _rate(tables[0]), Role.TOTAL)
    groups = [Group(_rows(table, "asked", _rate), table.axes[0].label) for table in tables if table.axes]
    headings = (Heading("Tillfrågade"), Heading("Svarade"), Heading("Svarsfrekvens"))
    return View(caption, "Grupp", headings, (Group((everyone,)), *_filled(groups)), INTERVALS)


def _compares(table: ProtectedTable) -> bool:
    return isinstance(table.question, Comparison) and bool(table.axes)


def _filled(groups: Sequence[Group]) -> tuple[Group, ...]:
    """A heading over one row says nothing more than "all" does."""
    return tuple(group for group in groups if len(group.rows) > 1)


def _rows(table: ProtectedTable, of: str, cells: _Cells) -> tuple[Row, ...]:
    return tuple(
        Row(level.label, cells(table, level.code)) for level in named(table) if cell(table, of, level.code) != 0
    )


def _of_group(table: ProtectedTable, code: str = TOTAL) -> tuple[Cell, ...]:
    return Cell(whole_of(table, code)), share_cell(table, code)


def _rate(table: ProtectedTable, *group: str) -> tuple[Cell, ...]:
    if cell(table, "asked", *group) == 0:
        return Cell(0), BLANK, BLANK
    rate, low, high = (cell(table, name, *group) for name in ("rate", "rate_low", "rate_high"))
    ends = None if rate is None or low is None or high is None else (float(low), float(high))
    share = Cell(rate, MeasureKind.SHARE, ends=ends)
    return Cell(cell(table, "asked", *group)), Cell(cell(table, "answered", *group)), share
