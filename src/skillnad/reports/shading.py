"""How dark a cell's ground is where a table is shaded: the larger the share, the darker."""

from collections.abc import Callable

from skillnad.reports.views import Cell, Role, View

STEPS = 4
"""Beside none at all. The darkest is still pale: ink on it is read by anyone."""


def shades(view: View) -> Callable[[Cell], int]:
    """0 (none) to STEPS for a cell of the view, against the largest share in it."""
    if not view.shaded:
        return lambda cell: 0
    largest = max((cell.share or 0 for row in view.rows if row.role is Role.VALUE for cell in row.cells), default=0)
    return lambda cell: _step(cell.share or 0, largest)


def _step(share: float, largest: float) -> int:
    return min(STEPS, int(share / largest * (STEPS + 1))) if largest else 0
