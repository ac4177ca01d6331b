"""The larger the share, the darker its ground, and only where a table is shaded."""

import pytest

from skillnad.reports.shading import STEPS, shades
from skillnad.reports.views import Cell, Group, Heading, Role, Row, View


def view(*found: float | None, shaded: bool = True, total: float = 0.0) -> View:
    rows = tuple(Row(str(part), (Cell(10, share=part),)) for part in found)
    return View(
        "R", "V", (Heading("a"),), (Group((*rows, Row("Alla", (Cell(1, share=total),), Role.TOTAL))),), shaded=shaded
    )


@pytest.mark.parametrize(("share", "shade"), [(0.5, STEPS), (0.4, 4), (0.39, 3), (0.2, 2), (0.09, 0), (0.0, 0)])
def test_shade_follows_the_share_of_the_largest(share, shade):
    assert shades(view(0.5, share))(Cell(10, share=share)) == shade


def test_cell_without_a_share_has_no_shade():
    assert shades(view(0.5))(Cell(900)) == 0


def test_largest_of_the_total_counts_for_nothing():
    assert shades(view(0.1, total=1.0))(Cell(1, share=0.1)) == STEPS


def test_table_that_is_not_shaded_has_no_shades():
    assert shades(view(0.5, shaded=False))(Cell(10, share=0.5)) == 0


def test_table_of_no_shares_has_no_shades():
    assert shades(view(None, 0.0))(Cell(10, share=0.0)) == 0
