"""One protected table as CSV, JSON, HTML or Markdown: the same numbers, the same gaps, the same note on gaps."""

import csv
import io
import json
from html import escape

from skillnad.analysis.compact import shape_of
from skillnad.analysis.comparisons.questions import Comparative, Comparison
from skillnad.analysis.figures import WORDS, word
from skillnad.analysis.grid import Grid, GridCell, grid, source
from skillnad.analysis.headline import CALENDARS, TOGETHER, axis_words, headline, is_pooled
from skillnad.analysis.leaving import check_may_leave
from skillnad.analysis.results import MeasureKind, ProtectedTable
from skillnad.analysis.serialise import GAP, table_as_data
from skillnad.reports.comparison_counting import NO_CAUSE
from skillnad.reports.comparison_layouts import as_cell
from skillnad.reports.comparison_wording import told
from skillnad.reports.counting import counted_how, whole_of_shares
from skillnad.reports.numbers import cell_text
from skillnad.reports.render.gaps import explained, sentence
from skillnad.reports.render.grid_markup import GridMarkup
from skillnad.reports.render.sources import WHERE_FROM, source_words

FORMATS = ("csv", "json", "html", "markdown")
HOW_MADE = "Så är jämförelsen gjord"
_DIGITS = {
    MeasureKind.SHARE: 4,
    MeasureKind.DAYS: 1,
    MeasureKind.AMOUNT: 2,
    MeasureKind.POINTS: 4,
    MeasureKind.RATIO: 4,
    MeasureKind.CHANCE: 6,
}
_MEAN = 2
"""Decimals of a count that is a mean: the middle of a course."""
_NEUTRALISED = ("=", "+", "-", "@", "\t", "\r")


def render(table: ProtectedTable, form: str, *, delimiter: str = ";", decimal: str = ",") -> str:
    """The table in one of FORMATS. CSV is for a Swedish Excel unless told otherwise."""
    match form:
        case "csv":
            return as_csv(table, delimiter=delimiter, decimal=decimal)
        case "json":
            return as_json(table)
        case "html":
            return as_html(table)
        case "markdown":
            return as_markdown(table)
    raise ValueError(f"no such format: {form}")


def as_csv(table: ProtectedTable, *, delimiter: str = ";", decimal: str = ",") -> str:
    """RFC 4180 but for the delimiter; a gap is `..`. Write it as `utf-8-sig`, so that Excel sees å, ä and ö."""
    check_may_leave(table)
    shape = grid(table)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    pooled = f" ({TOGETHER})" if is_pooled(table) else ""  # bare numbers have no headline to say it in
    writer.writerow(
        [_safe(f"{stub(table, shape)}{pooled}"), *(_safe(shape.heading(column)) for column in shape.columns)]
    )
    for row in shape.rows:
        writer.writerow([_safe(row.label), *(_number(cell, decimal) for cell in row.cells)])
    return stream.getvalue()


def as_json(table: ProtectedTable) -> str:
    return json.dumps(table_as_data(table), ensure_ascii=False, indent=2) + "\n"


def as_markdown(table: ProtectedTable) -> str:
    check_may_leave(table)
    shape = shape_of(table)
    lines = [
        _markdown_row([stub(table, shape), *(shape.heading(column) for column in shape.columns)]),
        _markdown_row(["---", *("---:" for _ in shape.columns)]),
        *(_markdown_row([row.label, *map(_text, row.cells)]) for row in shape.rows),
    ]
    said = [" ".join(told(table)), ""] if told(table) else []
    return "\n".join([f"**{headline(table)}**", "", *said, *lines, "", *notes(table), source(table)]) + "\n"


def as_html(table: ProtectedTable) -> str:
    """A table that a screen reader can read: a caption, scopes, and each gap with its meaning. No style, no script."""
    shape = shape_of(table)
    markup = GridMarkup(shape, stub(table, shape), _gaps_at(table) if table.gaps else "")
    return (
        f"{_said(table)}<table {markup.table}><caption>{escape(headline(table))}</caption>"
        f"{markup.head()}{markup.body()}</table>"
        f"{notes_as_html(table)}<details><summary>{WHERE_FROM}</summary><p>{escape(source_words(table.provenance))}</p>"
        f'<p class="source">{escape(source(table))}</p></details>\n'
    )


def _said(table: ProtectedTable) -> str:
    """What a comparison says, before its numbers."""
    points = "".join(f"<li>{escape(sentence)}</li>" for sentence in told(table))
    return f'<ul class="said">{points}</ul>' if points else ""


def notes_as_html(table: ProtectedTable) -> str:
    """How a comparison was made is long, and opens for whoever asks."""
    gaps = explained(_gaps_at(table), [table.provenance.policy], "gap-told") if table.gaps else ""
    counted = f"<p>{escape(_counted(table))}</p>"
    if not isinstance(table.question, Comparative):
        return f"{gaps}{counted}"
    open_too = f"<p>{escape(NO_CAUSE)}</p>" if isinstance(table.question, Comparison) else ""
    return f"{gaps}{open_too}<details><summary>{HOW_MADE}</summary>{counted}</details>"


def _gaps_at(table: ProtectedTable) -> str:
    """The id of what says what a gap means; a notebook may show many tables on one page."""
    return f"lucka-{table.provenance.ledger_key[:12]}"


def notes(table: ProtectedTable) -> list[str]:
    """What stands under a table: what a gap means, where there is one, and how the numbers were counted."""
    return [*([sentence([table.provenance.policy])] if table.gaps else []), _counted(table)]


def _counted(table: ProtectedTable) -> str:
    return " ".join((counted_how(table, shares="share" in table.cells), *whole_of_shares(table)))


def stub(table: ProtectedTable, shape: Grid) -> str:
    """The heading of the first column; that of a calendar is its step, not its date."""
    steps = {axis.label: axis_words(axis).capitalize() for axis in table.axes if axis.id.partition(":")[0] in CALENDARS}
    return steps.get(shape.stub, shape.stub)


def _text(cell: GridCell) -> str:
    return cell_text(as_cell(cell))


def _number(cell: GridCell, decimal: str) -> str:
    """A number for a machine: no spaces between thousands, shares as 0–1 with four decimals; a verdict in words."""
    if cell.blank:
        return ""
    if cell.value is None:
        return GAP
    if cell.kind in WORDS:
        return word(cell.kind, cell.value)
    digits = _DIGITS.get(cell.kind, 0 if float(cell.value).is_integer() else _MEAN)
    return f"{cell.value:.{digits}f}".replace(".", decimal)


def _safe(text: str) -> str:
    """A label that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_NEUTRALISED) else text


def _markdown_row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
