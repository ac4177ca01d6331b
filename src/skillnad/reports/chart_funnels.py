"""A funnel plot: each group's share by how many it has, between the limits that chance gives a group of its size.

Groups outside the limits are filled, and named; those inside are rings. The limits are drawn from what the table tells
(the middle line, and how much wider than chance's they are)."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from skillnad.analysis.comparisons.opponents import compared_levels
from skillnad.analysis.formulas import funnel as funnels
from skillnad.analysis.results import Level, ProtectedTable
from skillnad.reports.chart_frames import BLUE, INK, SWEDISH, WIDTH, Datum, finished
from skillnad.reports.numbers import percent, whole
from skillnad.reports.outline import Draw, Drawing, Tables
from skillnad.reports.reading import cell

INSIDE = list(funnels.Place).index(funnels.Place.INSIDE)
STEPS = 80
"""How many sizes the limits are drawn at."""
_WIDTH, _HEIGHT = WIDTH - 70, 260
_GREY = "#5f6b76"
_NAME = 24
"""Letters of a group's name that stand beside its dot."""


def funnel_plot() -> Draw:
    """None where fewer than two groups take part."""

    def draw(tables: Tables) -> Drawing | None:
        (table,) = tables
        target = cell(table, "target")
        dots = [_dot(table, level) for level in compared_levels(table.axes[0]) if _takes_part(table, level)]
        if target is None or not dots:
            return None
        sizes = [dot["n"] for dot in dots]
        limits = _limits(target, cell(table, "widened") or 1.0, min(sizes), max(sizes))
        caption = (
            "Andel efter hur många gruppen har. Heldragen linje: mittlinjen. Streckade: inre gränser. Prickade: yttre. "
            "Fylld punkt: utanför en gräns."
        )
        return Drawing(_spec(dots, limits, target), caption, _told(dots, target))

    return draw


def _takes_part(table: ProtectedTable, level: Level) -> bool:
    return cell(table, "placing", level.code) is not None


def _dot(table: ProtectedTable, level: Level) -> Datum:
    place = cell(table, "placing", level.code)
    return {
        "label": level.label,
        "short": level.label if len(level.label) <= _NAME else f"{level.label[: _NAME - 1]}…",
        "n": cell(table, "whole", level.code),
        "value": 100 * (cell(table, "share", level.code) or 0.0),
        "outside": place != INSIDE,
        "words": list(funnels.Place)[int(place or 0)].sv,
    }


def _limits(target: float, widened: float, least: float, most: float) -> list[Datum]:
    """The limits from a little below the smallest group to a little above the largest."""
    made = funnels.Funnel((), (), target, widened**2, widened**2)
    start, end = max(1, int(least * 0.8)), int(most * 1.08) + 1
    found: list[Datum] = []
    for n in sorted({round(start + (end - start) * step / STEPS) for step in range(STEPS + 1)}):
        inner, outer = made.limits(n)
        ends = {"inner_low": inner.low, "inner_high": inner.high, "outer_low": outer.low, "outer_high": outer.high}
        found.append({"n": n, **{name: 100 * end for name, end in ends.items()}})
    return found


def _spec(dots: Sequence[Datum], limits: Sequence[Datum], target: float) -> dict[str, Any]:
    first, last = limits[0]["n"], limits[-1]["n"]
    middle = (first + last) / 2
    data = [{**dot, "left": dot["n"] > middle, "above": dot["value"] > 100 * target} for dot in dots]
    x = alt.X(
        "n:Q", axis=alt.Axis(title="Antal (n)", tickCount=6, grid=False, labelExpr=SWEDISH), scale=_over(first, last)
    )
    top = max(*(dot["value"] for dot in dots), *(each["outer_high"] for each in limits))
    low = min(*(dot["value"] for dot in dots), *(each["outer_low"] for each in limits))
    scale = alt.Scale(domain=[max(0, low - 6), min(100, top + 6)], nice=True)
    axis = alt.Axis(title="Andel, procent", tickCount=5, grid=True)
    y = alt.Y("value:Q", axis=axis, scale=scale)
    drawn = alt.Chart().encode(x=x, y=y)
    look: dict[str, Any] = {"size": 80, "stroke": BLUE, "strokeWidth": 2, "opacity": 1}
    inside = drawn.transform_filter("!datum.outside").mark_point(filled=True, fill="white", **look)
    outside = drawn.transform_filter("datum.outside").mark_point(filled=True, fill=BLUE, **look)
    chart = alt.layer(inside, outside, *_names(drawn)).properties(width=_WIDTH, height=_HEIGHT)
    return _behind(finished(chart, data, _lines(limits, target, x, axis, scale)), len(limits[0]))


def _over(first: float, last: float) -> Any:
    return alt.Scale(domain=[first, last], nice=False, zero=False)


def _names(drawn: Any) -> list[Any]:
    """Of those outside, away from the middle line and from the nearer side of the picture."""
    names = []
    for side, across, align in (("datum.left", 6, "right"), ("!datum.left", -6, "left")):
        for above, up in (("datum.above", -13), ("!datum.above", 14)):
            own = drawn.transform_filter(f"datum.outside && {side} && {above}")
            names.append(own.mark_text(align=align, dx=across, dy=up, color=INK, fontSize=12).encode(text="short:N"))
    return names


def _lines(limits: Sequence[Datum], target: float, x: Any, axis: Any, scale: Any) -> list[Any]:
    base = alt.Chart(alt.Data(values=list(limits))).encode(x=x)
    lines = [
        base.mark_line(color=_GREY, strokeWidth=1.5, strokeDash=dash).encode(
            y=alt.Y(f"{name}:Q", axis=axis, scale=scale)
        )
        for name, dash in (
            ("inner_low", [6, 3]),
            ("inner_high", [6, 3]),
            ("outer_low", [2, 3]),
            ("outer_high", [2, 3]),
        )
    ]
    at = alt.Chart(alt.Data(values=[{"target": 100 * target}]))
    return [*lines, at.mark_rule(color=INK, strokeWidth=1.5).encode(y=alt.Y("target:Q", axis=axis, scale=scale))]


def _behind(spec: dict[str, Any], lines: int) -> dict[str, Any]:
    """The lines before the dots: what is last is drawn on top."""
    layers = spec["layer"]
    return {**spec, "layer": [*layers[-lines:], *layers[:-lines]]}


def _told(dots: Sequence[Datum], target: float) -> str:
    outside = [f"{dot['label']} {percent(dot['value'] / 100)}, {dot['words']}" for dot in dots if dot["outside"]]
    first = f"Mittlinjen är {percent(target)}. {whole(len(outside))} av {whole(len(dots))} är utanför en gräns"
    return f"{first}{': ' if outside else ''}{'; '.join(outside)}. Alla tal står i tabellen."
