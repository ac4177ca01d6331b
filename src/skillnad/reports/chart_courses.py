"""Run and control charts: a figure in order of time, its centre, its limits, and the points that break a rule.

A point that breaks a rule is a diamond, larger than the dots of the others. A month that is hidden breaks the line and
has ".." at the foot of its place.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt

from skillnad.analysis.comparisons.opponents import compared_levels
from skillnad.analysis.figures import figure
from skillnad.analysis.headline import axis_words
from skillnad.analysis.results import Axis, Level, Measure, MeasureKind, ProtectedTable
from skillnad.codebook.days_in_words import month_short
from skillnad.reports.chart_frames import AMBER, BLUE, INK, SWEDISH, WIDTH, Datum, enough, finished
from skillnad.reports.numbers import GAP
from skillnad.reports.outline import Draw, Drawing, Tables
from skillnad.reports.reading import cell

_WIDTH, _HEIGHT = WIDTH - 70, 220
_GREY = "#5f6b76"
MOST_NAMES = 8
"""So many names have room under the picture."""
UNITS = {MeasureKind.SHARE: "Andel, procent", MeasureKind.DAYS: "Dagar", MeasureKind.AMOUNT: "Kronor"}


def course_chart() -> Draw:
    """One table's points; a course without a centre is drawn as it is."""

    def draw(tables: Tables) -> Drawing | None:
        (table,) = tables
        value = _measure(table, "value")
        data = _points(table, value.kind)
        if not enough(data):
            return None
        limits = any(datum["low"] is not None for datum in data)
        return Drawing(_spec(data, value, table.axes[0]), _caption(table, data, limits), _told(table, data))

    return draw


def _measure(table: ProtectedTable, id: str) -> Measure:
    return next(measure for measure in table.measures if measure.id == id)


def _points(table: ProtectedTable, kind: MeasureKind) -> list[Datum]:
    """In the unit of the axis: shares in hundredths. `piece` counts the stretches between gaps."""
    times = 100 if kind is MeasureKind.SHARE else 1
    signals = [measure.id for measure in table.measures if measure.kind is MeasureKind.SIGNAL]
    found: list[Datum] = []
    piece = 0
    for place, level in enumerate(compared_levels(table.axes[0])):
        value, centre, low, high = (
            None if (number := cell(table, id, level.code)) is None else number * times
            for id in ("value", "centre", "low", "high")
        )
        piece += value is None
        found.append(
            {
                "label": level.label,
                "place": place,
                "value": value,
                "centre": centre,
                "low": low,
                "high": high,
                "piece": piece,
                "signal": any(cell(table, id, level.code) for id in signals),
                "text": GAP if value is None else figure(kind, value / times),
                "series": "",
            }
        )
    return found


def _spec(data: Sequence[Datum], value: Measure, axis: Axis) -> dict[str, Any]:
    x = _time(axis)
    numbers = [datum[name] for datum in data for name in ("value", "low", "high") if datum[name] is not None]
    room = (max(numbers) - min(numbers)) * 0.12 or 1
    scale = alt.Scale(domain=[max(0, min(numbers) - room), max(numbers) + room], nice=True)
    title = UNITS.get(value.kind, "Antal")
    side = alt.Axis(title=title, tickCount=5, grid=True, labelExpr=SWEDISH)
    base = alt.Chart().encode(x=x)

    def at(name: str) -> Any:
        return alt.Y(f"{name}:Q", axis=side, scale=scale)

    layers = [
        base.transform_filter(f"datum.{name} !== null")
        .mark_line(color=_GREY, strokeWidth=1.5, strokeDash=[6, 3], interpolate="step")
        .encode(y=at(name))
        for name in ("low", "high")
    ]
    centre = base.transform_filter("datum.centre !== null").mark_line(color=INK, strokeWidth=1.5)
    shown = base.transform_filter("datum.value !== null").encode(y=at("value"))
    layers += [
        centre.encode(y=at("centre")),
        shown.mark_line(color=BLUE, strokeWidth=1.5, strokeJoin="round").encode(detail="piece:N"),
        shown.transform_filter("!datum.signal").mark_point(filled=True, fill=BLUE, size=28, opacity=1),
        shown.transform_filter("datum.signal").mark_point(
            shape="diamond", filled=True, fill=AMBER, stroke=INK, strokeWidth=1, size=95, opacity=1
        ),
    ]
    gaps = base.transform_filter("datum.value === null").mark_text(color=INK, fontSize=14, dy=-9)
    layers.append(gaps.encode(y=alt.value(_HEIGHT), text="text:N"))
    return finished(alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT), data)


def _time(axis: Axis) -> Any:
    """Places in order, some of them named: as many as there is room for, the first of a year where it can be."""
    levels = compared_levels(axis)
    names = [_short(level, axis) for level in levels]
    values = _named_places(levels)
    listed = ",".join(f"'{name}'" for name in names)
    shown = alt.Axis(title=None, values=values, labelExpr=f"[{listed}][datum.value]", grid=False, labelOverlap=True)
    last = max(1, len(levels) - 1)
    return alt.X("place:Q", axis=shown, scale=alt.Scale(domain=[-0.5, last + 0.5], nice=False, zero=False))


def _named_places(levels: Sequence[Level]) -> list[int]:
    every = list(range(len(levels)))
    if len(levels) <= MOST_NAMES:
        return every
    firsts = [place for place in every if place == 0 or levels[place].code[:4] != levels[place - 1].code[:4]]
    if 3 <= len(firsts) <= MOST_NAMES:
        return firsts
    return every[:: -(-len(levels) // (MOST_NAMES - 2))]


def _short(level: Level, axis: Axis) -> str:
    """ "jan 25", "kv 1 25", "2025"."""
    step, _, _ = axis.id.partition(":")
    if step == "month":
        return f"{month_short(level.code)[:3]} {level.code[2:4]}"
    return f"kv {level.label.split()[1]} {level.label[-2:]}" if step == "quarter" else level.label


def _caption(table: ProtectedTable, data: Sequence[Datum], limits: bool) -> str:
    by = f"Per {axis_words(table.axes[0])}."
    if not any(datum["centre"] is not None for datum in data):
        return f"{by} Punkterna är för få, eller för lika, för en mittlinje."
    lines = "Heldragen linje: mittlinjen." + (" Streckade: styrgränserna." if limits else "")
    return f"{by} {lines}{' Romber: punkter som bryter mot en regel.' if _broken(data) else ''}"


def _broken(data: Sequence[Datum]) -> list[Datum]:
    return [datum for datum in data if datum["signal"]]


def _told(table: ProtectedTable, data: Sequence[Datum]) -> str:
    """From what to what, the middle, and what breaks a rule."""
    shown = [datum for datum in data if datum["value"] is not None]
    first, last = shown[0], shown[-1]
    said = [f"Från {first['text']} ({first['label']}) till {last['text']} ({last['label']})"]
    centre = next((datum["centre"] for datum in data if datum["centre"] is not None), None)
    if centre is not None:
        kind = _measure(table, "value").kind
        said.append(f"mittlinjen är {figure(kind, centre / (100 if kind is MeasureKind.SHARE else 1))}")
        rules = [m.label for m in table.measures if m.kind is MeasureKind.SIGNAL and any(table.cells[m.id].values())]
        said += rules or ["ingen punkt bryter mot en regel"]
    return f"{'; '.join(said)}. Alla tal står i tabellen."
