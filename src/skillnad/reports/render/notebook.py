"""A protected table as a notebook shows it: what stands under it is what stands under a saved one."""

from html import escape

from skillnad.analysis.compact import shape_of
from skillnad.analysis.comparisons.questions import Comparative
from skillnad.analysis.figures import cell_figure
from skillnad.analysis.grid import GridCell, source
from skillnad.analysis.headline import headline
from skillnad.analysis.results import MeasureKind, ProtectedTable
from skillnad.analysis.serialise import GAP
from skillnad.reports.render.tables import notes_as_html


def notebook_html(table: ProtectedTable) -> str:
    """Numbers as they are; those of a comparison as they are read, with their intervals."""
    shape, told = shape_of(table), _told if isinstance(table.question, Comparative) else _plain
    head = "".join(f"<th>{escape(shape.heading(column))}</th>" for column in shape.columns)
    rows = "".join(
        f"<tr><th>{escape(row.label)}</th>{''.join(f'<td>{escape(told(cell))}</td>' for cell in row.cells)}</tr>"
        for row in shape.rows
    )
    return (
        f"<table><caption>{escape(headline(table))}</caption><thead><tr><th>{escape(shape.stub)}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>{notes_as_html(table)}<p>{escape(source(table))}</p>"
    )


def _plain(cell: GridCell) -> str:
    if cell.blank:
        return ""
    if cell.value is None:
        return GAP
    return f"{cell.value:.4g}" if cell.kind is MeasureKind.SHARE else f"{cell.value:.10g}"


def _told(cell: GridCell) -> str:
    if cell.blank or cell.value is None:
        return _plain(cell)
    return cell_figure(cell, cell.value)
