"""A grid of squares, darker for larger numbers, with the number in each: two columns crossed."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from skillnad.reports.chart_frames import (
    BLUE,
    COLUMN_WRAP,
    INK,
    Datum,
    finished,
    height_of,
    placed,
    row_name_layer,
    wrapped,
    y_of,
)

_SQUARE, _SQUARE_HEIGHT = 42, 30
_HEAD_LINE = 13


def grid_of(data: Sequence[Datum]) -> dict[str, Any]:
    """The specification of a grid: squares that are darker for larger numbers, named on the left and above.

    Names of columns are read from below: leaning lines run into each other, and two names that are cut may be alike.
    """
    names = list(dict.fromkeys(datum["column"] for datum in data))
    square, rows = square_width(names), placed(data, least=_SQUARE_HEIGHT)
    height, width = height_of(data, least=_SQUARE_HEIGHT), square * len(names)
    squares = [{**datum, **_across(names.index(datum["column"]), square)} for datum in rows]
    largest = max(datum["value"] or 0 for datum in data)
    heads = alt.Chart(alt.Data(values=head_lines(names))).mark_text(align="left", angle=270, color=INK, fontSize=12)
    heads = heads.encode(x=_x_of("across", width), y=alt.value(-6), text="line:N")
    return finished(_squares(largest, width, height), squares, [row_name_layer(rows, height), heads])


def square_width(names: Sequence[str]) -> int:
    """Pixels: wide enough for a number, and for the lines of the longest name."""
    return max(_SQUARE, *(len(wrapped(name, COLUMN_WRAP)) * _HEAD_LINE + 3 for name in names))


def head_lines(names: Sequence[str]) -> list[Datum]:
    """A line of text for each line of each column's name, around the column's middle."""
    square = square_width(names)
    return [
        {"line": line, "across": (place + 0.5) * square + (number - (len(told) - 1) / 2) * _HEAD_LINE}
        for place, name in enumerate(names)
        for told in [wrapped(name, COLUMN_WRAP)]
        for number, line in enumerate(told)
    ]


def _across(place: int, square: int) -> Datum:
    return {"left": place * square, "centre": (place + 0.5) * square, "right": (place + 1) * square}


def _x_of(field: str, width: int) -> Any:
    """A place from the left, in pixels."""
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))


def _squares(largest: float, width: int, height: int) -> Any:
    drawn = alt.Chart().transform_filter("datum.value !== null")
    fill = alt.Color("value:Q", scale=alt.Scale(range=["#f3f7fb", BLUE], domainMin=0), legend=None)
    where = {"x": _x_of("left", width), "x2": "right:Q", "y": y_of("above", height), "y2": "below:Q"}
    square = drawn.transform_calculate(above="datum.row - 14", below="datum.row + 14").mark_rect(stroke="white")
    at = {"x": _x_of("centre", width), "y": y_of("row", height), "text": "text:N"}
    ink = alt.condition("datum.value > datum.dark", alt.value("white"), alt.value(INK))
    numbers = drawn.transform_calculate(dark=str(largest * 0.7)).mark_text(fontSize=12).encode(**at, color=ink)
    gaps = alt.Chart().transform_filter("datum.value === null").mark_text(fontSize=12, color=INK).encode(**at)
    return alt.layer(square.encode(**where, color=fill), numbers, gaps).properties(width=width, height=height)
