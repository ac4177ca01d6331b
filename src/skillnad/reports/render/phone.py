"""How a table stands on a telephone: as it is, set tight, or a row at a time, so that none has to be drawn sideways.
And on a desk's screen: set close, where it is too wide for one as it is.

Widths are reckoned from letters, in Inter, which is wider than most fonts that a telephone has. The style sheet follows
the form; the table's elements and headers are the same in all of them.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

WIDTH = 340
"""CSS pixels: a telephone of 375 less the page's margins, and a little for what is reckoned too narrow."""
DESK = 1200
"""A screen of 1280, the same way."""
CLOSE = "sk-close"
"""The class of what is set close there."""
_NARROW, _WIDE = "fijlrtI.,:;()-–/’”", "mwMWÅÄÖ%"
_EM = {"digit": 0.63, "space": 0.28, "narrow": 0.37, "wide": 0.86, "upper": 0.7, "letter": 0.59}
_BOLD = 1.06
_BESIDE = 149
"""Pixels for a cell and its name where two stand beside each other in a stacked row."""


class Form(StrEnum):
    """Named for the classes of the style sheet."""

    PLAIN = ""
    TIGHT = "sk-tight"
    STACKED = "sk-stack"
    STACKED_LONG = "sk-stack sk-long"

    @property
    def stacked(self) -> bool:
        return self in (Form.STACKED, Form.STACKED_LONG)


MOST_LETTERS = 17
"""A longer name of a column stands on a line of its own."""

_Sizes = tuple[float, int, int, int]
_SIZES: dict[Form, _Sizes] = {Form.PLAIN: (14.0, 8, 112, 152), Form.TIGHT: (13.0, 4, 80, 116)}
"""Size of letters, a cell's padding, and the least and most of the column of names, as in the style sheet."""

_ROOMY = (16.0, 24, 240, 384)
"""The same on a desk's screen."""

Rows = Sequence[tuple[str, Sequence[str]]]
"""Each row's name and what its cells say."""
LaidOut = tuple[str, Sequence[str], Rows, Sequence[tuple[str, int]]]
"""The heading of the names, those of the columns, the rows, and what stands over the columns."""


def form_of(stub: str, headings: Sequence[str], rows: Rows, over: Sequence[tuple[str, int]] = ()) -> Form:
    """The roomiest form that fits; `over` are headings that span so many columns."""
    for form in _SIZES:
        if width(form, stub, headings, rows, over) <= WIDTH:
            return form
    return Form.STACKED if _fit_beside(headings, rows, over) else Form.STACKED_LONG


def _fit_beside(headings: Sequence[str], rows: Rows, over: Sequence[tuple[str, int]]) -> bool:
    """Has each cell room beside its name, which may go on over lines, in half of the width?"""
    size = _SIZES[Form.PLAIN][0]
    names = [*headings, *(name for name, _ in over)]
    longest = max((_longest_word(name) for name in names), default=0)
    if max(map(len, names), default=0) > MOST_LETTERS or over:
        return False
    return (longest + max((_longest_word(cell) for _, cells in rows for cell in cells), default=0)) * size <= _BESIDE


def is_wide(stub: str, headings: Sequence[str], rows: Rows, over: Sequence[tuple[str, int]] = ()) -> bool:
    """Too wide for a desk's screen, as roomy as tables stand there."""
    return _width(_ROOMY, stub, headings, rows, over) > DESK


def width(form: Form, stub: str, headings: Sequence[str], rows: Rows, over: Sequence[tuple[str, int]] = ()) -> float:
    """The least width in pixels that the table can have in a form that is not stacked."""
    return _width(_SIZES[form], stub, headings, rows, over)


def _width(sizes: _Sizes, stub: str, headings: Sequence[str], rows: Rows, over: Sequence[tuple[str, int]]) -> float:
    size, padding, least, most = sizes
    names = max((_longest_word(name) for name in (stub, *(name for name, _ in rows))), default=0) * size
    columns = [_column(heading, [cells[at] for _, cells in rows]) for at, heading in enumerate(headings)]
    needed = sum(columns) * size + padding * len(columns)
    spans = sum(max(0, _longest_word(name) * _BOLD - sum(part)) for name, part in _spanned(over, columns)) * size
    return min(most, max(least, names)) + padding + needed + spans


def _spanned(over: Sequence[tuple[str, int]], columns: Sequence[float]) -> Iterable[tuple[str, Sequence[float]]]:
    start = 0
    for name, many in over:
        yield name, columns[start : start + many]
        start += many


def _column(heading: str, cells: Iterable[str]) -> float:
    """In ems: a line ends at a plain space, and nowhere else."""
    return max([_longest_word(heading) * _BOLD, *map(_longest_word, cells)])


def _longest_word(text: str) -> float:
    words = text.replace("/", "/ ").split(" ")
    return max(sum(map(_em, word)) for word in words)


def _em(letter: str) -> float:
    if letter.isdigit():
        return _EM["digit"]
    if letter.isspace():
        return _EM["space"]
    if letter in _NARROW:
        return _EM["narrow"]
    if letter in _WIDE:
        return _EM["wide"]
    return _EM["upper" if letter.isupper() else "letter"]
