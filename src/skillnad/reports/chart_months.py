"""Columns month by month: counts, and what is new and closed."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from skillnad.analysis.results import Axis
from skillnad.codebook.days_in_words import month_short
from skillnad.lib.text import capitalised
from skillnad.reports.chart_frames import BLUE, INK, WIDTH, Datum, datum_of, enough, finished, gap_marks, legend, told
from skillnad.reports.numbers import whole
from skillnad.reports.outline import Draw, Drawing, Tables
from skillnad.reports.reading import count, named, values

MOST_LETTERS = 45
"""So many letters of months' names have room beside each other on a telephone; more are turned."""


def months(what: str) -> Draw:
    """Columns by month, in the calendar's order."""

    def draw(tables: Tables) -> Drawing | None:
        axis = tables[0].axes[0]
        data = [datum_of(_month(level.code, axis), count(tables[0], level.code), whole) for level in values(axis)]
        if not enough(data):
            return None
        base = alt.Chart().encode(x=_month_axis(data))
        y = alt.Y("value:Q", axis=None, scale=alt.Scale(domainMin=0))
        drawn = base.transform_filter("datum.value !== null")
        column = drawn.mark_bar(color=BLUE).encode(y=y)
        numbers = drawn.mark_text(dy=-8, color=INK, fontSize=12).encode(y=y, text="text:N")
        chart = alt.layer(column, numbers, *gap_marks(base, data, upright=True)).properties(
            width=WIDTH - 20, height=200
        )
        return Drawing(finished(chart, data), f"{capitalised(what)} per månad", told(data))

    return draw


def flow_columns() -> Draw:
    """New and closed side by side, month by month."""

    def draw(tables: Tables) -> Drawing | None:
        (table,) = tables
        if len(table.axes) < 2:
            return None
        names = {"new": "Nya", "closed": "Avslutade"}
        data = [
            datum_of(_month(level.code, table.axes[0]), count(table, level.code, code), whole, name)
            for level in named(table)
            for code, name in names.items()
        ]
        if not enough(data):
            return None
        return Drawing(_flow_spec(data, list(names.values())), "Nya och avslutade per månad", told(data))

    return draw


def _flow_spec(data: list[Datum], names: list[str]) -> dict[str, Any]:
    base = alt.Chart().encode(x=_month_axis(data), xOffset=alt.XOffset("series:N", sort=names))
    y = alt.Y("value:Q", title=None, axis=alt.Axis(grid=True, tickCount=4, domain=False), scale=alt.Scale(domainMin=0))
    column = base.transform_filter("datum.value !== null").mark_bar().encode(y=y, color=legend(names))
    gaps = gap_marks(base, data, upright=True)
    return finished(alt.layer(column, *gaps).properties(width=WIDTH - 60, height=200), data)


def _month_axis(data: Sequence[Datum]) -> Any:
    order = list(dict.fromkeys(datum["label"] for datum in data))
    beside = len(order) * max(map(len, order), default=0) <= MOST_LETTERS
    axis = alt.Axis(labelAngle=0 if beside else -90, title=None, ticks=False)
    return alt.X("label:N", sort=order, axis=axis, scale=alt.Scale(domain=order))


def _month(code: str, axis: Axis) -> str:
    """Three letters, so that twelve stand beside each other on a telephone."""
    several_years = len({level.code[:4] for level in values(axis)}) > 1
    return f"{month_short(code)[:3]} {code[2:4]}" if several_years else month_short(code)[:3]
