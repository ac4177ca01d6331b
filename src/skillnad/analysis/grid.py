"""A protected table laid out: the first axis down, the others and the measures across, for every plain rendering."""

from dataclasses import dataclass
from itertools import product

from skillnad.analysis.figures import is_difference
from skillnad.analysis.questions import Change, Flow, Share
from skillnad.analysis.results import TOTAL, Axis, Key, LevelKind, Measure, MeasureKind, ProtectedTable

_ALL = "Alla"
_FLOW = "flow"


@dataclass(frozen=True)
class GridCell:
    """A number, a gap (no value), or a blank where a number would have no meaning; `ends` are its interval's, where
    they share its cell, and with `to` it is itself the lower end of two. A `difference` has its sign."""

    value: int | float | None
    kind: MeasureKind = MeasureKind.COUNT
    blank: bool = False
    ends: tuple[float, float] | None = None
    to: float | None = None
    difference: bool = False


@dataclass(frozen=True)
class GridColumn:
    """A column of numbers: the levels that it is of (none in a table of one axis), and the measure."""

    over: str
    measure: Measure
    part: Key


@dataclass(frozen=True)
class GridRow:
    """`code` is the level's that the row is of; a table without axes has one row, of none."""

    label: str
    cells: tuple[GridCell, ...]
    total: bool = False
    code: str | None = None


@dataclass(frozen=True)
class Grid:
    """The table as it is laid out: the first axis down, the others and the measures across."""

    stub: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]

    @property
    def crossed(self) -> bool:
        return any(column.over for column in self.columns)

    def heading(self, column: GridColumn) -> str:
        """One line for a column, where there is room for one."""
        measures = {each.measure.id for each in self.columns}
        parts = [column.over] if column.over else []
        return ", ".join([*parts, column.measure.label] if len(measures) > 1 or not parts else parts)


def grid(table: ProtectedTable) -> Grid:
    axes = table.axes
    order = _order(table)
    down, across = order[:1], order[1:]
    columns = tuple(
        GridColumn(_over(axes, across, part), measure, part)
        for part in product(*(_codes(table, axes[place]) for place in across))
        for measure in table.measures
        if _means_something(table, measure, across, part)
    )
    codes = _codes(table, axes[down[0]]) if down else [""]
    rows = tuple(_row(table, order, code if down else None, columns) for code in codes)
    return Grid(axes[down[0]].label if down else "", columns, rows)


def source(table: ProtectedTable) -> str:
    """Where the numbers come from."""
    told = table.provenance
    return (
        f"Ögonblicksbild {told.snapshot[:12]}, läget {told.as_of}. Skydd {told.policy}. Fråga {told.ledger_key[:12]}."
    )


def _order(table: ProtectedTable) -> list[int]:
    """Which axis goes first: the outcome of a share or a change goes across, with its by-column down."""
    places = list(range(len(table.axes)))
    return places[1:] + places[:1] if isinstance(table.question, Share | Change) and len(places) > 1 else places


def _codes(table: ProtectedTable, axis: Axis) -> list[str]:
    """Levels and the total; a flow's own total is nothing that a reader asks for."""
    total = [] if isinstance(table.question, Flow) and axis.id == _FLOW else [TOTAL]
    return [level.code for level in axis.levels] + total


def _means_something(table: ProtectedTable, measure: Measure, across: list[int], part: Key) -> bool:
    """A share has no column at what is unknown or missing: it stands outside the denominator."""
    cells = table.cells[measure.id]
    return any(all(key[place] == code for place, code in zip(across, part, strict=True)) for key in cells)


def _row(table: ProtectedTable, order: list[int], code: str | None, columns: tuple[GridColumn, ...]) -> GridRow:
    first = () if code is None else (code,)
    cells = tuple(_cell(table, column.measure, _key(order, first + column.part)) for column in columns)
    if code is None:
        return GridRow(_ALL, cells, total=True)
    return GridRow(_label(table.axes[order[0]], code), cells, code == TOTAL, code)


def _key(order: list[int], part: Key) -> Key:
    placed = dict(zip(order, part, strict=True))
    return tuple(placed[place] for place in range(len(order)))


def _cell(table: ProtectedTable, measure: Measure, key: Key) -> GridCell:
    cells = table.cells[measure.id]
    if key not in cells:
        return GridCell(None, blank=True)
    return GridCell(cells[key], measure.kind, difference=is_difference(measure))


def _over(axes: tuple[Axis, ...], across: list[int], part: Key) -> str:
    return ", ".join(_label(axes[place], code) for place, code in zip(across, part, strict=True))


def _label(axis: Axis, code: str) -> str:
    if code == TOTAL:
        return _ALL
    level = next(level for level in axis.levels if level.code == code)
    return level.label or ("Uppgift saknas" if level.kind is LevelKind.MISSING else code)
