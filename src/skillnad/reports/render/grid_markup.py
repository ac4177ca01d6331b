"""A grid as the head and body of an HTML table, in a form that fits a telephone: as `html_tables` does with a view.

Where rows are stacked each element says its role, for the style sheet takes them out of their columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby

from skillnad.analysis.figures import WORDS
from skillnad.analysis.grid import Grid, GridCell, GridColumn, GridRow
from skillnad.reports.comparison_layouts import as_cell
from skillnad.reports.numbers import cell_text
from skillnad.reports.render.gaps import gap
from skillnad.reports.render.phone import CLOSE, Form, LaidOut, form_of, is_wide


def breakable(text: str) -> str:
    """Text as markup that may break after a slash: "missbruk/beroende" is wider than a telephone's column."""
    return escape(text).replace("/", "/<wbr>")


@dataclass(frozen=True)
class GridMarkup:
    """`stub` is the heading of the first column; `described` the id of what says what a gap means."""

    shape: Grid
    stub: str
    described: str = ""

    @property
    def table(self) -> str:
        """The table's own attributes."""
        close = CLOSE if is_wide(*self._laid_out) else ""
        named = " ".join(filter(None, ("skillnad-table", self._form.value, close)))
        described = f' aria-describedby="{self.described}"' if self.described else ""
        return f'class="{named}"{described}{self._role("table")}'

    def head(self) -> str:
        return f"<thead{self._role('rowgroup')}>{self._head()}</thead>"

    def body(self) -> str:
        rows = "".join(self._row(row) for row in self.shape.rows)
        return f"<tbody{self._role('rowgroup')}>{rows}</tbody>"

    @cached_property
    def _form(self) -> Form:
        return form_of(*self._laid_out)

    @cached_property
    def _laid_out(self) -> LaidOut:
        rows = [(row.label, [cell_text(as_cell(cell)) for cell in row.cells]) for row in self.shape.rows]
        return self.stub, [self._label(column) for column in self.shape.columns], rows, self._spans

    @property
    def _spanned(self) -> bool:
        """Has each group of columns a heading of its own, over those of the measures?"""
        return self.shape.crossed and len({column.measure.id for column in self.shape.columns}) > 1

    @property
    def _spans(self) -> tuple[tuple[str, int], ...]:
        return tuple(_spans(self.shape.columns)) if self._spanned else ()

    def _label(self, column: GridColumn) -> str:
        return column.measure.label if self._spanned else self.shape.heading(column)

    def _role(self, role: str) -> str:
        return f' role="{role}"' if self._form.stacked else ""

    def _head(self) -> str:
        row, heads = self._role("row"), self._role("columnheader")
        stub, names = breakable(self.stub), "".join(map(self._column, self.shape.columns))
        if not self._spanned:
            return f'<tr{row}><th scope="col"{heads}>{stub}</th>{names}</tr>'
        over = "".join(
            f'<th scope="colgroup" colspan="{width}"{heads}>{breakable(label)}</th>' for label, width in self._spans
        )
        first = f'<tr{row}><th scope="col" rowspan="2"{heads}>{stub}</th>{over}</tr>'
        return f"{first}<tr{row}>{names}</tr>"

    def _column(self, column: GridColumn) -> str:
        words = ' class="words"' if column.measure.kind in WORDS else ""
        return f'<th scope="col"{words}{self._role("columnheader")}>{breakable(self._label(column))}</th>'

    def _row(self, row: GridRow) -> str:
        total = ' class="total"' if row.total else ""
        cells = "".join(self._cell(*pair) for pair in zip(row.cells, self.shape.columns, strict=True))
        name = f'<th scope="row"{self._role("rowheader")}>{breakable(row.label)}</th>'
        return f"<tr{total}{self._role('row')}>{name}{cells}</tr>"

    def _cell(self, cell: GridCell, column: GridColumn) -> str:
        told = f"{self._role('cell')}{self._of_what(column)}"
        if cell.value is None and not cell.blank:
            return f'<td class="gap"{told}>{gap("only-read")}</td>'
        words = ' class="words"' if cell.kind in WORDS else ""
        return f"<td{words}{told}>{escape(cell_text(as_cell(cell)))}</td>"

    def _of_what(self, column: GridColumn) -> str:
        """What the cell is of, for the eye alone."""
        return f' data-label="{escape(self.shape.heading(column))}"' if self._form.stacked else ""


def _spans(columns: tuple[GridColumn, ...]) -> Iterator[tuple[str, int]]:
    for _, neighbours in groupby(columns, key=lambda column: column.part):
        group = list(neighbours)
        yield group[0].over, len(group)
