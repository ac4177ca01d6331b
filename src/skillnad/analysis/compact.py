"""A comparative table as people read it: an interval beside its figure, and only the columns that carry the answer.
Files of numbers hold all of it (`grid`)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from skillnad.analysis.comparisons.in_words import opponent
from skillnad.analysis.comparisons.questions import Comparative, Comparison, Ranking
from skillnad.analysis.figures import POINTS_UNIT
from skillnad.analysis.grid import Grid, GridCell, GridColumn, GridRow, grid
from skillnad.analysis.results import LevelKind, Measure, MeasureKind, ProtectedTable

DETAILS = {
    *("limit", "part", "ratio", "p", "seen", "adjusted", "mean", "mean_difference"),
    *("outer", "target", "spread", "widened", "centre"),
    *("both", "only_first", "only_second", "neither"),
}
"""Figures that stand in files, and in how it was counted: beside the answer they hide it. So do the ratio, p and the
smallest difference seen of any comparison (`adjusted_p`, `within_120_ratio`)."""
DIFFERENCE = "difference"
_OF_ANY = ("_ratio", "_p", "_seen")
LOW, HIGH = "_low", "_high"
RANGES = {
    "best": ("worst", "Möjliga platser"),
    "inner_low": ("inner_high", "Inre gränser"),
    "low": ("high", "Styrgränser"),
    "bound_low": ("bound_high", "Andel av alla tillfrågade"),
}
"""Two ends that have no figure between them, and what they are called together."""
CONFIDENCE = "95 % intervall"
FIRST = "whole"
_NAMES = {FIRST: "Antal (n)"}


def shape_of(table: ProtectedTable) -> Grid:
    """How a table is laid out for people: a comparative one compact, any other whole."""
    return compact(table) if isinstance(table.question, Comparative) else grid(table)


def compact(table: ProtectedTable) -> Grid:
    """Rows that say nothing (nobody has a missing group) are left out; a ranking stands in its order."""
    whole = grid(table)
    kept = tuple(_kept(whole))
    columns = tuple(_headed(table, each) for each in kept)
    rows = [replace(row, cells=tuple(_cell(row, each) for each in kept)) for row in whole.rows]
    return replace(whole, columns=columns, rows=tuple(_ordered(table, rows)))


@dataclass(frozen=True)
class _Kept:
    """A column, its place in the whole grid, and the places of its interval's ends, or of its other end."""

    column: GridColumn
    at: int
    ends: tuple[int, int] | None
    to: int | None


def _kept(whole: Grid) -> Iterator[_Kept]:
    """The number that the figure is of goes first."""
    places = {(column.part, column.measure.id): place for place, column in enumerate(whole.columns)}
    shown = [place for place, column in enumerate(whole.columns) if _carries(whole, column, place)]
    for place in sorted(shown, key=lambda place: whole.columns[place].measure.id != FIRST):
        column = whole.columns[place]
        low, high = (places.get((column.part, f"{column.measure.id}{end}")) for end in (LOW, HIGH))
        to = places.get((column.part, RANGES[column.measure.id][0])) if column.measure.id in RANGES else None
        yield _Kept(column, place, None if low is None or high is None else (low, high), to)


def _carries(whole: Grid, column: GridColumn, place: int) -> bool:
    """Neither a detail, nor the end of another figure's interval, nor a rule that nothing breaks."""
    id, measures = column.measure.id, {column.measure.id for column in whole.columns}
    figure = id.removesuffix(LOW).removesuffix(HIGH)
    if figure in DETAILS or figure.endswith(_OF_ANY) or id in {other for other, _ in RANGES.values()}:
        return False
    if column.measure.kind is MeasureKind.SIGNAL:
        return any(row.cells[place].value for row in whole.rows)
    return not any(id.endswith(end) and id.removesuffix(end) in measures for end in (LOW, HIGH))


def _cell(row: GridRow, kept: _Kept) -> GridCell:
    cell = row.cells[kept.at]
    if kept.to is not None:
        return replace(cell, to=row.cells[kept.to].value)
    if kept.ends is None:
        return cell
    low, high = (row.cells[place].value for place in kept.ends)
    return cell if low is None or high is None else replace(cell, ends=(low, high))


def _headed(table: ProtectedTable, kept: _Kept) -> GridColumn:
    measure = kept.column.measure
    return replace(kept.column, measure=replace(measure, label=_name(table, measure, bool(kept.ends))))


def _name(table: ProtectedTable, measure: Measure, with_ends: bool) -> str:
    """The measure's name with what it is against, its unit, and what stands in brackets."""
    if measure.id in RANGES:
        return RANGES[measure.id][1]
    label = _NAMES.get(measure.id, measure.label)
    if measure.id.endswith(DIFFERENCE) and isinstance(table.question, Comparison):
        head, comma, tail = label.partition(", ")
        label = f"{head} mot {opponent(table.question, table.axes[0])}{comma}{tail}"
    if measure.kind is MeasureKind.POINTS:
        label = f"{label}, {POINTS_UNIT}"
    return f"{label} ({CONFIDENCE})" if with_ends else label


def _ordered(table: ProtectedTable, rows: list[GridRow]) -> list[GridRow]:
    outside = {level.code for axis in table.axes[:1] for level in axis.levels if level.kind is not LevelKind.VALUE}
    said = [row for row in rows if row.code not in outside or _says(row)]
    if isinstance(table.question, Ranking):
        sign = -1 if table.question.highest_first else 1
        said.sort(key=lambda row: _rank(table, row, sign))
    return said


def _rank(table: ProtectedTable, row: GridRow, sign: int) -> tuple[bool, bool, float]:
    """By the share; a group without one after the others, and everyone last."""
    share = table.cells["share"].get((row.code or "",))
    return row.total, share is None, sign * (share or 0.0)


def _says(row: GridRow) -> bool:
    """Is there anyone, shown or hidden?"""
    return any(not cell.blank and cell.value != 0 for cell in row.cells)
