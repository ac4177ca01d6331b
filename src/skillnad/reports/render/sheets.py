"""A sheet on paper and on a screen: what a spreadsheet does not do by itself."""

import textwrap
from math import ceil
from typing import Any

LINE = 15
"""Points: the height of a line of text. A spreadsheet makes no row higher by itself where cells are merged."""
_A4 = 9
_UPRIGHT, _A_PAGE = 5, 12
"""Columns of numbers on a standing page, and on one that lies."""


def laid_out(sheet: Any, title: str, *, columns: int, heads: tuple[int, int] | None = None) -> None:
    """On paper: A4, what the sheet is of above and its page below, as many pages beside each other as `columns` of
    numbers need to be read, the names of rows and the rows `heads` (first, last) again on every one.
    """
    sheet.set_paper(_A4)
    (sheet.set_portrait if columns <= _UPRIGHT else sheet.set_landscape)()
    beside = max(1, ceil(columns / _A_PAGE))
    sheet.fit_to_pages(beside, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&L{title.replace('&', '&&')[:200]}")
    sheet.set_footer("&L&A&RSida &P av &N")
    if beside > 1:
        sheet.repeat_columns(0, 0)
    if heads:
        sheet.repeat_rows(*heads)


def lines_of(text: str, width: float) -> int:
    """How many lines a text needs in a column so wide, in the letters that a spreadsheet counts widths in."""
    return max(1, len(textwrap.wrap(text, max(1, int(width * 0.95)))))
