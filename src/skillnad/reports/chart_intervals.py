"""Dots with intervals, a row a group: differences around a line at nought, and the places of a ranking.

What is shown and what is not differ in form, not in colour alone: a filled dot, and a ring. A group that is hidden has
".." at the line and no dot.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, inf, isfinite
from typing import Any

import altair as alt

from skillnad.analysis.comparisons.in_words import THE_REST, opponent
from skillnad.analysis.comparisons.opponents import compared_levels
from skillnad.analysis.comparisons.questions import Comparison, Paired, Ranking
from skillnad.analysis.figures import POINTS_UNIT, figure, interval, reach, word
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.headline import axis_words
from skillnad.analysis.results import Level, MeasureKind, ProtectedTable
from skillnad.reports.chart_frames import (
    AMBER,
    BLUE,
    INK,
    LABELS,
    SWEDISH,
    WIDTH,
    Datum,
    finished,
    height_of,
    placed,
    row_name_layer,
    y_of,
)
from skillnad.reports.numbers import GAP, percent, whole
from skillnad.reports.outline import Draw, Drawing, Tables
from skillnad.reports.reading import Number, cell

ROW = 34
_WIDTH = WIDTH - LABELS - 30
SHOWN = list(Verdict).index(Verdict.DIFFERENCE_SHOWN)
KEY = "Fylld punkt: skillnad visad. Ring: inte visad."
ADJUSTED = "adjusted_"
PLAIN_NAME, ADJUSTED_NAME = "utan justering", "justerad"
SIGNED = f"(datum.value > 0 ? '+' : '') + {SWEDISH}"
_SHAPES = ("circle", "diamond")
_COLOURS = (BLUE, AMBER)
MOST_TOLD = 6
MOST_STEPS = 4


@dataclass(frozen=True)
class Row:
    """One figure with its interval, in the unit of the axis; `sure` is drawn filled."""

    label: str
    value: Number
    ends: tuple[float, float] | None
    text: str
    sure: bool = False
    series: str = ""

    def datum(self) -> Datum:
        low, high = (None, None) if self.value is None or self.ends is None else self.ends
        return {
            "label": self.label,
            "value": self.value,
            "low": low,
            "high": high,
            "text": GAP if self.value is None else self.text,
            "sure": self.sure,
            "series": self.series,
        }


def differences() -> Draw:
    """Each group's difference with its interval, plain and adjusted where the table has both; tables are put after
    each other."""

    def draw(tables: Tables) -> Drawing | None:
        rows = [row for table in tables for row in _differences(table, _is_named_twice(tables))]
        if not _enough(rows):
            return None
        kind = _kind(tables[0])
        unit = POINTS_UNIT if kind is MeasureKind.POINTS else "dagar"
        both = len({row.series for row in rows}) > 1
        key = f"Cirkel: {PLAIN_NAME}. Romb: {ADJUSTED_NAME}. {KEY}" if both else KEY
        ticks = _ticks(rows)
        axis = alt.Axis(title=unit.capitalize(), values=ticks, grid=True, labelExpr=SIGNED)
        unsure = any(row.ends for row in rows)
        caption = f"Skillnad{_against(tables)} i {unit}{f', med 95 % intervall. {key}' if unsure else ''}"
        drawn = [replace(row, ends=_on_axis(row.ends, ticks)) for row in rows]
        return Drawing(_dots(drawn, axis, zero=0.0), caption, _told(rows, tables))

    return draw


def _on_axis(ends: tuple[float, float] | None, ticks: Sequence[float]) -> tuple[float, float] | None:
    """An interval that has no end on a side is drawn to the axis' end."""
    return ends and (max(ends[0], ticks[0]), min(ends[1], ticks[-1]))


def _ticks(rows: Sequence[Row]) -> list[float]:
    """A few round numbers, 0 among them, that span every interval; a step more where one has no end on that side."""
    ends = [0.0, *(row.value or 0.0 for row in rows), *(end for row in rows for end in row.ends or ())]
    told = [end for end in ends if isfinite(end)]
    low, high = min(told), max(told)
    sizes = (step * 10**power for power in range(-1, 5) for step in (1, 2, 5))
    step = next(step for step in sizes if (high - low) / step <= MOST_STEPS)
    first = floor(low / step) - (-inf in ends)
    return [round(step * place, 6) for place in range(first, ceil(high / step) + (inf in ends) + 1)]


def _kind(table: ProtectedTable) -> MeasureKind:
    return next(measure.kind for measure in table.measures if measure.id == "difference")


def _against(tables: Tables) -> str:
    """What every table's groups are compared with, where it is one and the same; of pairs which is less which."""
    if isinstance(tables[0].question, Paired):
        return ", den första bedömningen minus den andra,"
    found = {opponent(table.question, table.axes[0]) for table in tables if isinstance(table.question, Comparison)}
    return f" mot {found.pop() if len(found) == 1 else THE_REST}"


def _is_named_twice(tables: Tables) -> Callable[[str], bool]:
    """Is a group of this name in more than one table? Rows stand by their names."""
    names = Counter(level.label for table in tables for level in compared_levels(table.axes[0]))
    return lambda label: names[label] > 1


def _differences(table: ProtectedTable, twice: Callable[[str], bool]) -> Iterator[Row]:
    prefixes = {PLAIN_NAME: "", ADJUSTED_NAME: ADJUSTED} if f"{ADJUSTED}difference" in table.cells else {"": ""}
    kind = _kind(table)
    for level in compared_levels(table.axes[0]):
        for name, prefix in prefixes.items():
            if (level.code,) in table.cells[f"{prefix}difference"]:
                label = f"{level.label} ({axis_words(table.axes[0])})" if twice(level.label) else level.label
                yield replace(_difference(table, level, name, prefix, kind), label=label)


def _difference(table: ProtectedTable, level: Level, name: str, prefix: str, kind: MeasureKind) -> Row:
    measures = (f"{prefix}difference{end}" for end in ("", "_low", "_high"))
    value, low, high = (cell(table, measure, level.code) for measure in measures)
    times = 100 if kind is MeasureKind.POINTS else 1
    ends = None if low is None or high is None else (low * times, high * times)
    text = "" if value is None else figure(kind, value, difference=True)
    sure = cell(table, f"{prefix}verdict", level.code) == SHOWN
    return Row(level.label, None if value is None else value * times, ends, text, sure, name)


def places() -> Draw:
    """The places that each group may have, in the order of the shares; a dot where its share puts it."""

    def draw(tables: Tables) -> Drawing | None:
        (table,) = tables
        rows = list(_places(table))
        if not _enough(rows):
            return None
        last = max((row.ends[1] for row in rows if row.ends), default=1)
        ticks = list(range(1, int(last) + 1, max(1, int(last) // 8)))
        axis = alt.Axis(title="Plats", values=ticks, format="d", grid=True)
        told = "; ".join(f"{row.label} {row.text}{_where(row)}" for row in rows if row.value is not None)
        caption = "Streck: platser som gruppen kan ha. Ring, med andelen: den plats som andelen själv ger."
        return Drawing(_dots(rows, axis), caption, f"{told}. Alla tal står i tabellen.")

    return draw


def _places(table: ProtectedTable) -> Iterator[Row]:
    question = table.question
    sign = -1 if isinstance(question, Ranking) and question.highest_first else 1
    levels = compared_levels(table.axes[0])
    shown = [(level, found) for level in levels if (found := cell(table, "share", level.code)) is not None]
    placed_levels = sorted(shown, key=lambda each: sign * each[1])
    for number, (level, share) in enumerate(placed_levels, start=1):
        best, worst = cell(table, "best", level.code), cell(table, "worst", level.code)
        yield Row(level.label, number, None if best is None or worst is None else (best, worst), percent(share))
    for level in levels:
        if cell(table, "share", level.code) is None and cell(table, "whole", level.code) != 0:
            yield Row(level.label, None, None, "")


def rates() -> Draw:
    """How many of each group have answered, with the interval."""

    def draw(tables: Tables) -> Drawing | None:
        (table,) = tables
        levels = (level for level in compared_levels(table.axes[0]) if cell(table, "asked", level.code) != 0)
        rows = [_rate(table, level) for level in levels]
        if not _enough(rows):
            return None
        axis = alt.Axis(title="Svarsfrekvens, procent", values=[0, 25, 50, 75, 100], grid=True)
        told = "; ".join(f"{row.label} {row.text}" for row in rows if row.value is not None)
        return Drawing(_dots(rows, axis), "Svarsfrekvens med 95 % intervall", f"{told}. Alla tal står i tabellen.")

    return draw


def _rate(table: ProtectedTable, level: Level) -> Row:
    value, low, high = (cell(table, f"rate{end}", level.code) for end in ("", "_low", "_high"))
    ends = None if low is None or high is None else (100 * low, 100 * high)
    return Row(level.label, None if value is None else 100 * value, ends, "" if value is None else percent(value))


def _where(row: Row) -> str:
    return f", plats {reach(MeasureKind.PLACE, *row.ends)}" if row.ends else ""


def _enough(rows: Sequence[Row]) -> bool:
    """Something to see, and no more gaps than numbers."""
    shown = sum(row.value is not None for row in rows)
    return shown > 0 and 2 * shown >= len(rows)


def _dots(rows: Sequence[Row], axis: Any, zero: float | None = None) -> dict[str, Any]:
    series = list(dict.fromkeys(row.series for row in rows))
    many = len(series)
    data = placed([row.datum() for row in rows], many * 2, least=ROW)
    data = [{**datum, "at": _at(datum, series, many), "gap_at": _gap_at(rows, zero)} for datum in data]
    height = height_of(data, many * 2, least=ROW)
    scale = alt.Scale(zero=zero is not None, nice=False, domain=_domain(axis), padding=12)
    layers = [_line(zero, axis, scale)] if zero is not None else []
    for place, name in enumerate(series):
        layers += _marks(place, name, axis, scale, height)
    chart = alt.layer(*layers, *_gaps(rows, axis, scale, height)).properties(width=_WIDTH, height=height)
    return finished(chart, data, [row_name_layer(data, height)])


def _domain(axis: Any) -> list[float]:
    values: list[float] = axis["values"]
    return [values[0], max(values[-1], values[0] + 1)]


def _at(datum: Datum, series: Sequence[str], many: int) -> float:
    """The height of a dot: a little under the row's middle, below its number; those of a group under each other."""
    step = 32
    return float(datum["row"] + (series.index(datum["series"]) - (many - 1) / 2) * step + 6)


def _gap_at(rows: Sequence[Row], zero: float | None) -> float:
    return zero if zero is not None else min((row.ends[0] for row in rows if row.ends), default=0.0)


def _line(zero: float, axis: Any, scale: Any) -> Any:
    """The line of no difference."""
    mark = alt.Chart().transform_window(row_number="row_number()").transform_filter("datum.row_number == 1")
    return mark.mark_rule(color=INK, strokeWidth=1.5).encode(x=alt.X(datum=zero, axis=axis, scale=scale))


def _marks(place: int, name: str, axis: Any, scale: Any, height: int) -> list[Any]:
    colour, shape = _COLOURS[place], _SHAPES[place]
    own = alt.Chart().transform_filter(alt.datum.series == name).encode(y=y_of("at", height))
    x = alt.X("value:Q", axis=axis, scale=scale)
    bar = own.transform_filter("datum.low !== null").mark_rule(color=colour, strokeWidth=2.5)
    drawn = own.transform_filter("datum.value !== null")
    look: dict[str, Any] = {"shape": shape, "size": 90, "stroke": colour, "strokeWidth": 2, "opacity": 1}
    sure = drawn.transform_filter("datum.sure").mark_point(filled=True, fill=colour, **look)
    unsure = drawn.transform_filter("!datum.sure").mark_point(filled=True, fill="white", **look)
    text: dict[str, Any] = {"align": "center", "dy": -13, "fontSize": 12}
    halo = drawn.mark_text(color=INK, stroke="white", strokeWidth=4, **text)
    numbers = [each.encode(x=x, text="text:N") for each in (halo, drawn.mark_text(color=INK, **text))]
    bars = bar.encode(x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q")
    return [bars, *(each.encode(x=x) for each in (sure, unsure)), *numbers]


def _gaps(rows: Sequence[Row], axis: Any, scale: Any, height: int) -> list[Any]:
    if all(row.value is not None for row in rows):
        return []
    marked = alt.Chart().transform_filter("datum.value === null").encode(y=y_of("row", height))
    return [
        marked.mark_text(align="left", dx=5, color=INK, fontSize=12).encode(
            x=alt.X("gap_at:Q", axis=axis, scale=scale), text="text:N"
        )
    ]


def _told(rows: Sequence[Row], tables: Tables) -> str:
    """The drawn differences in words, those that are shown first."""
    drawn = sorted((row for row in rows if row.value is not None), key=lambda row: not row.sure)
    kind = _kind(tables[0])
    parts = [f"{row.label}{f', {row.series}' if row.series else ''} {row.text}{_ends(row, kind)}" for row in drawn]
    shown = sum(row.sure for row in drawn)
    verdict = word(MeasureKind.VERDICT, SHOWN)
    first = f"{verdict.capitalize()} för {whole(shown)} av {whole(len(drawn))}. " if drawn else ""
    return f"{first}{'; '.join(parts[:MOST_TOLD])}. Alla tal står i tabellen."


def _ends(row: Row, kind: MeasureKind) -> str:
    if row.ends is None:
        return ""
    times = 100 if kind is MeasureKind.POINTS else 1
    low, high = (end / times for end in row.ends)
    return f" ({interval(kind, low, high, difference=True)})"
