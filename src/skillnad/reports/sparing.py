"""A table without the rows and columns that hold nothing but gaps: one line names them instead.

A reader learns as much from their names as from their dots. The workbook has them all.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from skillnad.lib.text import listed
from skillnad.reports.views import Cell, Heading, Role, Row, View

FEWEST_ROWS = 2
"""One row of gaps takes no more room than the line that would name it."""
NOTHING = "Inga av tabellens tal kan visas."
ROWS_GONE = "För få att visa, eller dolt för att skydda andra tal"
COLUMNS_GONE = "Kan inte visas för någon rad"


def spared(view: View) -> View:
    """The view without columns of gaps, and without rows of gaps where they are many; a course keeps its rows, for a
    month that is left out would not be missed. Of a table of gaps alone the note is left."""
    kept = [at for at in range(len(view.headings)) if not _all_gaps([row.cells[at] for row in view.rows])]
    rows = list(view.rows)
    if rows and all(row.cells[at].blank for row in rows for at in kept):
        return replace(view, headings=(), groups=(), note=_joined(view.note, NOTHING)) if view.headings else view
    return _without_rows(_without_columns(view, kept))


def _all_gaps(cells: Sequence[Cell]) -> bool:
    """No number among them, and something that could have been one."""
    told = [cell for cell in cells if not cell.blank]
    return bool(told) and all(cell.value is None for cell in told)


def _without_columns(view: View, kept: Sequence[int]) -> View:
    if len(kept) == len(view.headings):
        return view
    gone = listed([_name(heading) for at, heading in enumerate(view.headings) if at not in kept])
    groups = tuple(replace(group, rows=tuple(_cut(row, kept) for row in group.rows)) for group in view.groups)
    headings = tuple(view.headings[at] for at in kept)
    return replace(view, headings=headings, groups=groups, note=_joined(view.note, f"{COLUMNS_GONE}: {gone}."))


def _name(heading: Heading) -> str:
    return f"{heading.label} ({heading.over})" if heading.over else heading.label


def _cut(row: Row, kept: Sequence[int]) -> Row:
    return replace(row, cells=tuple(row.cells[at] for at in kept))


def _without_rows(view: View) -> View:
    gone = [(group.label, row.label) for group in view.groups for row in group.rows if _goes(row)]
    if len(gone) < FEWEST_ROWS or view.course:
        return view
    groups = (replace(group, rows=tuple(row for row in group.rows if not _goes(row))) for group in view.groups)
    note = _joined(view.note, f"{ROWS_GONE}: {_by_group(gone)}.")
    return replace(view, groups=tuple(group for group in groups if group.rows), note=note)


def _goes(row: Row) -> bool:
    return row.role is not Role.TOTAL and _all_gaps(row.cells)


def _by_group(gone: Sequence[tuple[str, str]]) -> str:
    """ "A och B", or "Ålder: 0–6 år; Ursprung: A och B" where rows stand in groups."""
    parts = []
    for label, same in groupby(gone, key=lambda each: each[0]):
        names = listed([name for _, name in same])
        parts.append(f"{label}: {names}" if label else names)
    return "; ".join(parts)


def _joined(note: str, more: str) -> str:
    return " ".join(filter(None, (note, more)))
