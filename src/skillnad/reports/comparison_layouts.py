"""How comparative tables become tables for a reader: n, figure and difference with their intervals, outcome in words.

The workbook has all of it: intervals' ends by themselves, ratios, p, and the smallest difference that could be seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from skillnad.analysis.compact import compact
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.grid import Grid, GridCell, GridRow, grid
from skillnad.analysis.results import LevelKind, MeasureKind, ProtectedTable
from skillnad.reports.outline import Show, Tables
from skillnad.reports.views import Cell, Group, Heading, Role, Row, View

STACKED = "Skillnaden är mot alla övriga; av två grupper den första mot den andra."
Judge = Callable[[ProtectedTable, str], Verdict | None]
"""What a page says of one group of a table, where it judges its tables together; None where it is compared with
nothing."""


def compared(judge: Judge | None = None) -> Show:
    """Comparative tables of like measures, stacked as groups. With `judge` the outcome is the page's, not the table's
    own."""

    def show(tables: Tables, caption: str) -> View:
        told = [_judged(compact(table), table, judge) for table in tables]
        full = tuple(_view(caption, [table], [_judged(grid(table), table, judge)]) for table in tables)
        note = STACKED if len(tables) > 1 and _against_the_rest(tables) else ""
        return replace(_view(caption, tables, told), note=note, full=full)

    return show


def as_cell(cell: GridCell) -> Cell:
    return Cell(cell.value, cell.kind, cell.blank, ends=cell.ends, to=cell.to, difference=cell.difference)


def _view(caption: str, tables: Sequence[ProtectedTable], shapes: Sequence[Grid]) -> View:
    """One table is an ordinary one; of several each is a group under its column's name, and "all" is told once."""
    first = shapes[0]
    if len(shapes) == 1:
        return View(caption, first.stub, _headings(first), (Group(tuple(_rows(first.rows, tables[0]))),))
    headings = tuple(
        Heading(_common([shape.columns[at].measure.label for shape in shapes])) for at in range(len(first.columns))
    )
    every = [replace(_row(row, Role.TOTAL), label="Alla") for row in first.rows if row.total]
    groups = (
        Group(tuple(_rows([row for row in shape.rows if not row.total], table)), shape.stub)
        for table, shape in zip(tables, shapes, strict=True)
    )
    return View(caption, "Grupp", headings, (Group(tuple(every)), *groups))


def _headings(shape: Grid) -> tuple[Heading, ...]:
    return tuple(Heading(column.measure.label, column.over) for column in shape.columns)


def _common(labels: Sequence[str]) -> str:
    """The heading that tables share: what each difference is against stands in the note where they are unlike."""
    if len(set(labels)) == 1:
        return labels[0]
    start, _, _ = labels[0].partition(" mot ")
    _, comma, unit = labels[0].rpartition(", ")
    return f"{start}{comma}{unit}"


def _against_the_rest(tables: Tables) -> bool:
    return any(isinstance(table.question, Comparison) and not table.question.against for table in tables)


def _rows(rows: Sequence[GridRow], table: ProtectedTable) -> list[Row]:
    outside = {level.code for axis in table.axes[:1] for level in axis.levels if level.kind is not LevelKind.VALUE}
    return [_row(row, Role.TOTAL if row.total else Role.BESIDE if row.code in outside else Role.VALUE) for row in rows]


def _row(row: GridRow, role: Role) -> Row:
    return Row(row.label, tuple(map(as_cell, row.cells)), role)


def _judged(shape: Grid, table: ProtectedTable, judge: Judge | None) -> Grid:
    """The grid with the page's verdicts in the place of the table's."""
    if judge is None:
        return shape
    rows = tuple(replace(row, cells=_with(shape, row, _said(row.code, table, judge))) for row in shape.rows)
    return replace(shape, rows=rows)


def _said(code: str | None, table: ProtectedTable, judge: Judge) -> GridCell:
    verdict = None if code is None else judge(table, code)
    if verdict is None:
        return GridCell(None, MeasureKind.VERDICT, blank=True)
    return GridCell(list(Verdict).index(verdict), MeasureKind.VERDICT)


def _with(shape: Grid, row: GridRow, said: GridCell) -> tuple[GridCell, ...]:
    return tuple(
        said if column.measure.kind is MeasureKind.VERDICT else cell
        for column, cell in zip(shape.columns, row.cells, strict=True)
    )
