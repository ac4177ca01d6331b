"""Charts as data: altair specifications with Swedish text. A gap is never drawn: its place has the symbol "..", so that
it cannot be taken for a zero.

Lengths are pixels of a picture 400 wide: on a telephone it is drawn a tenth smaller at most, and its text is still
read (`chart_frames`). Colours differ in lightness and
are not red and green; every bar has its number beside it, so that no one needs the colours.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt

from skillnad.analysis.headline import CALENDARS
from skillnad.analysis.results import YES, Axis, Level, ProtectedTable
from skillnad.lib.text import lowered
from skillnad.reports.chart_frames import (
    BLUE,
    INK,
    LABELS,
    PALE,
    SERIES,
    WIDTH,
    Datum,
    datum_of,
    enough,
    finished,
    gap_marks,
    height_of,
    legend,
    placed,
    row_name_layer,
    told,
    y_of,
)
from skillnad.reports.chart_grids import grid_of
from skillnad.reports.numbers import days, percent, whole
from skillnad.reports.outline import Draw, Drawing, Tables
from skillnad.reports.reading import Number, added, cell, count, meaningless, most_common, named, share

_SPAN_ROW = 26
_AGES = "age_group"
_TURNED = 5
"""So many values stand across a grid that is turned."""
_GROUPS = 10
"""So many groups of people are drawn in the codebook's order; of more, the most common."""


def bars(most: int = 12, sort: bool = True, counts: bool = False) -> Draw:
    """Horizontal bars of shares (counts where they are wanted, or where shares cannot be taken), one table."""

    def draw(tables: Tables) -> Drawing | None:
        table = tables[0]
        levels = most_common(table, 0, most) if sort else named(table)[: most or None]
        of_all = [(level.label, share(table, level.code)) for level in levels]
        if counts or all(part is None for _, part in of_all):
            numbers = [(level.label, count(table, level.code)) for level in levels]
            return _bar_drawing(numbers, whole, "Antal", table.axes[0].label)
        return _bar_drawing(of_all, percent, "Andel", table.axes[0].label)

    return draw


def share_bars() -> Draw:
    """Horizontal bars of a Share by groups; tables are put after each other."""

    def draw(tables: Tables) -> Drawing | None:
        pairs = [
            (level.label, share(table, YES, level.code))
            for table in tables
            if len(table.axes) > 1
            for level in named(table, 1)
            if not meaningless(table, "share", YES, level.code)
        ]
        drawing = _bar_drawing(pairs, percent, "Andel", tables[0].axes[-1].label)
        return replace(drawing, caption="Andel i varje grupp") if drawing and len(tables) > 1 else drawing

    return draw


def amount_bars() -> Draw:
    """Horizontal bars of a sum by one column."""

    def draw(tables: Tables) -> Drawing | None:
        axis = tables[0].axes[0]
        levels = [level for level in named(tables[0]) if count(tables[0], level.code) != 0]
        return _bar_drawing(
            [(level.label, cell(tables[0], "sum", level.code)) for level in levels], whole, "Kronor", axis.label
        )

    return draw


def _bar_drawing(pairs: Sequence[tuple[str, Number]], text: Any, unit: str, subject: str) -> Drawing | None:
    data = placed([datum_of(label, value, text) for label, value in pairs])
    if not enough(data):
        return None
    return Drawing(_bars_spec(data, height_of(data)), f"{unit} efter {lowered(subject)}", told(data))


def _bars_spec(data: Sequence[Datum], height: int, groups: Sequence[str] = ()) -> dict[str, Any]:
    """Horizontal bars with their numbers, one colour or one a group."""
    drawn = alt.Chart().transform_filter("datum.value !== null")
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domainMin=0))
    color = legend(groups) if groups else alt.value(BLUE)
    bar = drawn.mark_rect().encode(x=x, x2=alt.datum(0), y=y_of("top", height), y2="bottom:Q", color=color)
    at = y_of("middle", height)
    numbers = drawn.mark_text(align="left", dx=5, color=INK, fontSize=_size(groups)).encode(x=x, y=at, text="text:N")
    gaps = gap_marks(alt.Chart().encode(y=at), data)
    chart = alt.layer(bar, numbers, *gaps).properties(width=WIDTH - LABELS - 70, height=height)
    return finished(chart, data, [row_name_layer(data, height)])


def _size(groups: Sequence[str]) -> int:
    return 12 if groups else 13


def group_bars(codes: tuple[str, ...], what: str) -> Draw:
    """Horizontal bars, one a group of people: the share that has any of the codes, which exclude each other."""

    def draw(tables: Tables) -> Drawing | None:
        (table,) = tables
        groups = named(table, 1)
        pairs = [
            (group.label, added([share(table, code, group.code, along=0) for code in codes]))
            for group in groups
            if not meaningless(table, "share", codes[0], group.code)
        ]
        drawing = _bar_drawing(pairs, percent, "Andel", table.axes[1].label)
        return replace(drawing, caption=f"{what}, efter {lowered(table.axes[1].label)}") if drawing else None

    return draw


def grouped_bars(most: int = 8, what: str = "Andel inom varje grupp", counts: bool = False) -> Draw:
    """Bars side by side for up to four groups (women and men): the share of each group, by the first axis' values.

    `what` says which shares they are where the table has its own. More values than `most` are cut to the most common.
    """

    def draw(tables: Tables) -> Drawing | None:
        (table,) = tables
        groups = named(table, 1)
        if len(groups) > len(SERIES):
            return None
        levels = _drawn(table, most)
        data = [
            _pair_datum(table, level, group, counts, along=0)
            for level in levels
            for group in groups
            if counts or not meaningless(table, "share", level.code, group.code)
        ]
        return _series_drawing(data, [group.label for group in groups], "Antal" if counts else what)

    return draw


def _drawn(table: ProtectedTable, most: int) -> tuple[Level, ...]:
    """The most common values where they are many; months stay in their order, all of them."""
    every = named(table)
    return every if len(every) <= most or _is_time(table.axes[0]) else most_common(table, 0, most)


def _is_time(axis: Axis) -> bool:
    return axis.id.partition(":")[0] in CALENDARS


def _pair_datum(table: ProtectedTable, one: Level, other: Level, counts: bool, along: int) -> Datum:
    """The number where two values meet; the second is the series."""
    if counts:
        return datum_of(one.label, count(table, one.code, other.code), whole, other.label)
    return datum_of(one.label, share(table, one.code, other.code, along=along), percent, other.label)


def paired_bars(names: tuple[str, str], most: int = 14) -> Draw:
    """Two tables over the same values side by side: what a case came for, and what was found."""

    def draw(tables: Tables) -> Drawing | None:
        if len(tables) < 2:
            return None
        levels = most_common(tables[0], 0, most)
        data = [
            datum_of(level.label, share(table, level.code), percent, name)
            for level in levels
            for table, name in zip(tables, names, strict=True)
        ]
        return _series_drawing(data, list(names), "Andel av ärendena")

    return draw


def _series_drawing(data: list[Datum], names: list[str], what: str) -> Drawing | None:
    if not enough(data):
        return None
    spec = _bars_spec(placed(data, len(names)), height_of(data, len(names)), names)
    return Drawing(spec, what, told(data))


def spans() -> Draw:
    """Durations: a pale bar from the lower to the upper quartile, with the median as a dark line and a number."""

    def draw(tables: Tables) -> Drawing | None:
        data = [_span("Alla", tables[0])]
        data += [
            _span(level.label, table, level.code)
            for table in tables
            if table.axes
            for level in named(table)
            if not meaningless(table, "median", level.code)
        ]
        if not enough(data):
            return None
        return Drawing(
            _span_spec(placed(data, least=_SPAN_ROW), height_of(data, least=_SPAN_ROW)),
            "Median (mörkt streck) och mittersta hälften (ljus stapel), i dagar",
            told(data),
        )

    return draw


def _span(label: str, table: ProtectedTable, *key: str) -> Datum:
    datum = datum_of(label, cell(table, "median", *key), days)
    return {**datum, "low": cell(table, "q1", *key), "high": cell(table, "q3", *key)}


def _span_spec(data: list[Datum], height: int) -> dict[str, Any]:
    """The number stands over its line, and both a little lower than the row's middle."""
    at = y_of("middle", height)
    axis = alt.Axis(title="Dagar", tickCount=5, grid=True)
    x = alt.X("value:Q", axis=axis, scale=alt.Scale(domainMin=0))
    drawn = alt.Chart().transform_filter("datum.value !== null").encode(y=at)
    middle = (
        alt.Chart()
        .transform_filter("datum.low !== null && datum.high !== null")
        .mark_bar(color=PALE, height=9, yOffset=6)
        .encode(x=alt.X("low:Q", axis=axis, scale=alt.Scale(domainMin=0)), x2="high:Q", y=at)
    )
    line = drawn.mark_tick(color=BLUE, thickness=4, size=11, yOffset=6, orient="vertical").encode(x=x)
    number = drawn.mark_text(align="center", dy=-6, color=INK, fontSize=12).encode(x=x, text="text:N")
    chart = alt.layer(middle, line, number, *gap_marks(alt.Chart().encode(y=at), data))
    chart = chart.properties(width=WIDTH - LABELS - 30, height=height)
    return finished(chart, data, [row_name_layer(data, height)])


def heat(rows: int = 8, columns: int = 6, along: int = 1, counts: bool = False) -> Draw:
    """A grid of shares (of each row, or with `along` 0 of each column) or counts, darker for larger, the number in
    each square. More columns than a telephone has room for are turned into rows, with fewer values across.
    """

    def draw(tables: Tables) -> Drawing | None:
        (table,) = tables
        top = _heads(table, columns, along)
        turned = len(top) > columns
        data = [
            _square(_pair_datum(table, row, column, counts, along), column.label, turned)
            for row in most_common(table, 0, _TURNED if turned else rows)
            for column in top
            if counts or not meaningless(table, "share", row.code, column.code, along=along)
        ]
        if not enough(data):
            return None
        one, other = table.axes[0].label, lowered(table.axes[1].label)
        shown = "antal" if counts else "andel av raden" if bool(along) is not turned else "andel av kolumnen"
        return Drawing(grid_of(data), f"{one} {'och' if along else 'efter'} {other}: {shown}", told(data))

    return draw


def _square(datum: Datum, column: str, turned: bool) -> Datum:
    label, column = (column, datum["label"]) if turned else (datum["label"], column)
    return {**datum, "label": label, "column": column, "series": ""}


def _heads(table: ProtectedTable, most: int, along: int) -> tuple[Level, ...]:
    """The columns of a grid: groups of people all, else the most common; a scale or ages keep the codebook's order."""
    every = named(table, 1)
    if not along and len(every) <= _GROUPS:
        return every
    chosen = most_common(table, 1, most)
    return tuple(level for level in every if level in chosen) if _AGES in table.axes[1].id else chosen
