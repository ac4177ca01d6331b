"""Where things stand in a chart: rows as high as their own names need, names whole, months, groups and the common look.

Rows are placed in pixels and not by their names: two long names that begin alike are two rows, and one long name makes
no other row higher.
"""

import textwrap
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import altair as alt

from skillnad.reports.numbers import GAP

BLUE, AMBER, INK, PALE = "#1f4e79", "#c26a00", "#1b1b1b", "#a9c3dd"
SERIES = (BLUE, AMBER, "#7a5195", "#5f6b76")

WIDTH = 400
LABELS = 176
"""Pixels for the names of rows, left of the plot."""
ROW_WRAP, COLUMN_WRAP = 25, 30
_LINE = 15
_BAR = 16
_ONE_LEGEND_LINE = 26
"""So many letters of group names stand beside each other; more of them stand under each other."""

SWEDISH = "replace(replace(datum.label, regexp(',', 'g'), '\u00a0'), '.', ',')"
"""An axis' numbers with a space between thousands and a decimal comma."""

Datum = Mapping[str, Any]


def wrapped(label: str, width: int = ROW_WRAP) -> list[str]:
    """The whole label on as many lines as it needs. A word too long for one breaks after a slash."""
    words = [word.replace("/", "/ ") if len(word) > width else word for word in label.split()]
    return [line.replace("/ ", "/") for line in textwrap.wrap(" ".join(words), width)]


def placed(data: Sequence[Datum], bars: int = 1, least: int = 25) -> list[Datum]:
    """Each datum with `top`, `middle` and `bottom` of its bar, in pixels from above; a row is `bars` bars high."""
    heights = _heights(data, bars, least)
    ends = dict(zip(heights, accumulate(heights.values()), strict=True))
    series = list(dict.fromkeys(datum["series"] for datum in data))
    return [
        {**datum, **_bar(ends[datum["label"]] - heights[datum["label"]] / 2, series.index(datum["series"]), bars)}
        for datum in data
    ]


def _heights(data: Sequence[Datum], bars: int, least: int) -> dict[str, int]:
    labels = dict.fromkeys(datum["label"] for datum in data)
    return {label: max(least, len(wrapped(label)) * _LINE + 7, bars * _BAR + 8) for label in labels}


def _bar(middle: float, place: int, bars: int) -> Datum:
    top = middle - bars * _BAR / 2 + place * _BAR
    return {"row": middle, "top": top, "middle": top + _BAR / 2, "bottom": top + _BAR}


def height_of(data: Sequence[Datum], bars: int = 1, least: int = 25) -> int:
    return sum(_heights(data, bars, least).values())


def y_of(field: str, height: int) -> Any:
    """A place from above, in pixels."""
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False))


def row_names(data: Sequence[Datum]) -> list[Datum]:
    """A line of text for each line of each row's name, around the row's middle."""
    rows = {datum["label"]: datum["row"] for datum in data}
    return [
        {"line": line, "at": middle + (place - (len(lines) - 1) / 2) * _LINE}
        for label, middle in rows.items()
        for lines in [wrapped(label)]
        for place, line in enumerate(lines)
    ]


def row_name_layer(data: Sequence[Datum], height: int) -> Any:
    mark = alt.Chart(alt.Data(values=row_names(data))).mark_text(align="right", color=INK)
    return mark.encode(x=alt.value(-8), y=y_of("at", height), text="line:N")


def legend(names: Sequence[str]) -> Any:
    """The groups' colours; names that are long together stand under each other, so that the picture keeps its width."""
    under = sum(map(len, names)) > _ONE_LEGEND_LINE
    shown = alt.Legend(columns=1) if under else alt.Legend()
    scale = alt.Scale(domain=list(names), range=list(SERIES[: len(names)]))
    return alt.Color("series:N", sort=list(names), scale=scale, title=None, legend=shown)


def enough(data: Sequence[Datum]) -> bool:
    """Whether there is something to see: a number over zero, and no more gaps than numbers."""
    shown = [datum["value"] for datum in data if datum["value"] is not None]
    return any(shown) and 2 * len(shown) >= len(data)


def finished(chart: Any, data: Sequence[Datum], names: Any = None) -> dict[str, Any]:
    """The specification with its data and the look that all charts share, put in last: altair copies what it holds.

    `names` are layers with data of their own.
    """
    spec: dict[str, Any] = chart.to_dict(validate=False)
    layers = [{part: value for part, value in layer.items() if part != "data"} for layer in spec["layer"]]
    own = [layer.to_dict(validate=False) for layer in names or ()]
    own = [{part: value for part, value in layer.items() if part not in ("$schema", "config")} for layer in own]
    return {**spec, "layer": [*layers, *own], "data": {"values": list(data)}, "config": _LOOK}


def datum_of(label: str, value: int | float | None, text: Any, series: str = "") -> Datum:
    """A number and its text; a gap is told as one."""
    return {
        "label": label,
        "value": value,
        "text": GAP if value is None else text(value),
        "series": series,
    }


def gap_marks(base: Any, data: Sequence[Datum], upright: bool = False) -> list[Any]:
    """The symbol of a gap at the foot of its place, where there is one."""
    if all(datum["value"] is not None for datum in data):
        return []
    marked = base.transform_filter("datum.value === null")
    if upright:
        return [marked.mark_text(dy=-8, color=INK, fontSize=12).encode(y=alt.datum(0), text="text:N")]
    return [marked.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(x=alt.datum(0), text="text:N")]


def told(data: Sequence[Datum]) -> str:
    """The drawn numbers in words, for the alternative text: the six first; the rest stand in the table."""
    shown = [datum for datum in data if datum["value"] is not None][:6]
    parts = [f"{' '.join(filter(None, (datum['series'], datum['label'])))} {datum['text']}" for datum in shown]
    return f"{'; '.join(parts)}. Alla tal står i tabellen."


_LOOK = {
    "font": "Inter",
    "background": "transparent",
    "padding": 4,
    "view": {"stroke": None},
    "text": {"fontSize": 13},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": INK, "gridColor": "#e3e6ea"},
    "legend": {"orient": "top", "labelFontSize": 13, "labelColor": INK, "labelLimit": 220, "symbolType": "square"},
}
