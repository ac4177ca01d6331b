"""A view as an HTML table: a caption and headers that a screen reader follows, in a form that fits a telephone.

Where rows are stacked on a telephone the style sheet takes the table's elements out of their columns, and browsers then
forget what they are: every element says its role itself. What each cell is of stands before it, drawn and not read,
for whoever hears the table hears its headers.
"""

from collections.abc import Callable, Collection, Iterable
from html import escape

from skillnad.lib.text import lowered
from skillnad.reports.numbers import SPACE, cell_text, unbroken
from skillnad.reports.render.gaps import explained, gap
from skillnad.reports.render.grid_markup import breakable
from skillnad.reports.render.phone import Form, form_of
from skillnad.reports.shading import shades
from skillnad.reports.sparing import spared
from skillnad.reports.views import Cell, Group, Heading, Role, Row, View

MANY = 8
"""More columns than so are set smaller also where there is room."""
_CLASSES = {Role.TOTAL: ' class="sk-total"', Role.BESIDE: ' class="sk-beside"', Role.VALUE: ""}


def text(said: str) -> str:
    """Running text as markup."""
    return escape(unbroken(said))


def table(view: View, id: str, *, caption_shown: bool = True, policies: Collection[str] = ()) -> str:
    """The table, under it its note, and where it has gaps what a gap means under the `policies` that it was protected
    with. Of a table of nothing but gaps the caption and the note alone.
    """
    shown = spared(view)
    note = f'<p class="sk-note">{text(shown.note)}</p>' if shown.note else ""
    if not shown.headings:
        return f'<p class="sk-note">{text(shown.caption)}. {text(shown.note)}</p>'
    unseen = "" if caption_shown else ' class="sk-only-read"'
    gaps = explained(f"{id}-lucka", policies, "sk-gap") if shown.has_gaps else ""
    made = _Table(shown, form_of(shown.stub, *_words(shown)), f"{id}-lucka" if gaps else "")
    return (
        f'<div class="sk-scroll" role="region" tabindex="0" aria-labelledby="{id}-caption">'
        f'<table{made.named}><caption><span id="{id}-caption"{unseen}>{text(shown.caption)}</span></caption>'
        f"{made.head()}{made.body()}</table></div>{gaps}{note}"
    )


def _words(view: View) -> tuple[list[str], list[tuple[str, list[str]]], tuple[tuple[str, int], ...]]:
    """Headings, rows and spans, as a reader sees them."""
    rows = [(row.label, [_plain(cell) for cell in row.cells]) for row in view.rows]
    return [heading.label for heading in view.headings], rows, view.spans


def _plain(cell: Cell) -> str:
    return cell_text(cell).replace(f"{SPACE}till{SPACE}", " till ")


class _Table:
    """A view with the form that it has on a telephone."""

    def __init__(self, view: View, form: Form, described: str) -> None:
        self.view, self.form, self.described = view, form, described
        self.shade: Callable[[Cell], int] = shades(view)

    @property
    def named(self) -> str:
        classes = " ".join(filter(None, (self.form.value, "sk-many" if len(self.view.headings) > MANY else "")))
        described = f' aria-describedby="{self.described}"' if self.described else ""
        return f"{f' class={chr(34)}{classes}{chr(34)}' if classes else ''}{described}{self._role('table')}"

    def _role(self, role: str) -> str:
        return f' role="{role}"' if self.form.stacked else ""

    def head(self) -> str:
        group, row, column = (self._role(role) for role in ("rowgroup", "row", "columnheader"))
        labels = "".join(f'<th scope="col"{column}>{breakable(head.label)}</th>' for head in self.view.headings)
        stub = breakable(self.view.stub)
        if not self.view.spans:
            return f'<thead{group}><tr{row}><th scope="col"{column}>{stub}</th>{labels}</tr></thead>'
        spans = "".join(
            f'<th scope="colgroup" colspan="{width}"{column}>{breakable(name)}</th>' for name, width in self.view.spans
        )
        first = f'<tr{row}><th scope="col" rowspan="2"{column}>{stub}</th>{spans}</tr>'
        return f"<thead{group}>{first}<tr{row}>{labels}</tr></thead>"

    def body(self) -> str:
        return "".join(self._group(group) for group in self.view.groups)

    def _group(self, group: Group) -> str:
        width = len(self.view.headings) + 1
        name = f'<th scope="rowgroup" colspan="{width}" class="sk-group"{self._role("rowheader")}>'
        heading = f"<tr{self._role('row')}>{name}{breakable(group.label)}</th></tr>" if group.label else ""
        return f"<tbody{self._role('rowgroup')}>{heading}{self._rows(group.rows)}</tbody>"

    def _rows(self, rows: Iterable[Row]) -> str:
        return "".join(self._row(row) for row in rows)

    def _row(self, row: Row) -> str:
        label = breakable(row.label)
        named = f'<a href="#{row.link}">{label}</a>' if row.link else label
        header = f'<th scope="row"{self._role("rowheader")}>{named}</th>'
        cells = "".join(self._cell(*pair) for pair in zip(row.cells, self.view.headings, strict=True))
        return f"<tr{_CLASSES[row.role]}{self._role('row')}>{header}{cells}</tr>"

    def _cell(self, cell: Cell, heading: Heading) -> str:
        shade = self.shade(cell)
        ground = f' class="sk-shade-{shade}"' if shade else ""
        return f"<td{ground}{self._role('cell')}{self._label(heading)}>{_inside(cell)}</td>"

    def _label(self, heading: Heading) -> str:
        """What the cell is of, for the eye alone."""
        if not self.form.stacked:
            return ""
        name = f"{heading.over}, {lowered(heading.label)}" if heading.over else heading.label
        return f' data-label="{escape(name)}"'


def _inside(cell: Cell) -> str:
    if cell.value is None and not cell.blank:
        return gap("sk-only-read")
    return _lines(cell)


def _lines(cell: Cell) -> str:
    """The cell's text, an interval broken before it or at its "till" and nowhere else: on a telephone, where the
    style lets it."""
    shown = escape(_plain(cell))
    if cell.ends is None or cell.difference:
        return shown
    number, _, ends = shown.partition(" (")
    return f'{number} <span class="sk-whole">({ends}</span>'
