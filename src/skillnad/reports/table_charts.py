"""The picture of one table, chosen by its question: what the explorer shows, and a notebook."""

import textwrap
from typing import Any

import altair as alt

from skillnad.analysis.comparisons.questions import Comparison, Funnel, OverTime, Paired, Ranking, ResponseRate
from skillnad.analysis.grid import source
from skillnad.analysis.headline import headline
from skillnad.analysis.questions import CrossTable, Duration, Flow, Percent, Share, Sum
from skillnad.analysis.results import ProtectedTable
from skillnad.exchange.results.cells import provenance_of
from skillnad.lib.errors import UserError
from skillnad.reports.chart_courses import course_chart
from skillnad.reports.chart_funnels import funnel_plot
from skillnad.reports.chart_intervals import differences, places, rates
from skillnad.reports.chart_months import flow_columns, months
from skillnad.reports.charts import amount_bars, bars, grouped_bars, heat, share_bars, spans
from skillnad.reports.outline import Draw, Drawing
from skillnad.reports.pictures import picture
from skillnad.reports.reading import values

FEW_GROUPS = 4
MOST_AXES = 2
TITLE, SUBTITLE = 56, 72
"""Letters of a line: a picture that is read by itself is no wider for its words."""


class TableChart(alt.LayerChart):
    """An altair chart that shows itself as SVG: altair's own way fetches scripts, and many offices have no network."""

    def svg(self) -> str:
        spec = self.to_dict(validate=False)
        return picture(Drawing(spec, " ".join(spec["title"]["text"]), spec["description"]), "chart")

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, str]:
        return {"image/svg+xml": self.svg(), "text/plain": self.to_dict(validate=False)["description"]}


def chart(table: ProtectedTable) -> TableChart:
    """The table as an altair chart, with title, source and description; provenance is in `usermeta`.

    Raises UserError REP-011 where there is nothing to draw: no groups, more than two columns, or mostly gaps.
    """
    drawing = drawing_of(table)
    if drawing is None:
        raise UserError.of(
            "REP-011",
            sv="Tabellen går inte att rita: den har inga grupper, fler än två kolumner att dela upp efter, eller mest "
            "skyddade tal. Visa den som tabell, eller fråga efter färre och större grupper.",
            en="The table cannot be drawn: it has no groups, more than two columns to divide by, or mostly protected "
            "numbers. Show it as a table, or ask for fewer and larger groups.",
        )
    look = {**drawing.spec["config"], "background": "white"}  # type: ignore[dict-item]
    lines = [line for text in (drawing.caption, source(table)) for line in textwrap.wrap(text, SUBTITLE)]
    title = {"text": textwrap.wrap(headline(table), TITLE), "subtitle": lines, "anchor": "start"}
    told = {"title": title, "description": drawing.told, "usermeta": {"skillnad": provenance_of(table)}}
    made: TableChart = TableChart.from_dict({**drawing.spec, **told, "config": look}, validate=False)
    return made


def svg_of(table: ProtectedTable) -> str:
    """The picture without title and source, for a page that has both; empty where there is nothing to draw."""
    drawing = drawing_of(table)
    return picture(drawing, "diagram") if drawing else ""


def drawing_of(table: ProtectedTable) -> Drawing | None:
    """None where there is nothing to draw: an empty table, more axes than a picture has, or nothing but gaps."""
    draw = _draw(table) if 0 < len(table.axes) <= MOST_AXES else None
    return draw((table,)) if draw else None


def _draw(table: ProtectedTable) -> Draw | None:
    match table.question:
        case Comparison() | Paired():
            return differences()
        case Ranking():
            return places()
        case Funnel():
            return funnel_plot()
        case OverTime():
            return course_chart()
        case ResponseRate():
            return rates()
        case Duration():
            return spans()
        case Flow(monthly=monthly, by=by):
            return None if by else flow_columns() if monthly else bars(counts=True, sort=False)
        case Share():
            return share_bars()
        case Sum():
            return amount_bars() if len(table.axes) == 1 else None
    return _counted(table)


def _counted(table: ProtectedTable) -> Draw:
    """What the reader asked to see: counts, or the shares that the table itself has."""
    if len(table.axes) == 1:
        return months("Antal") if table.axes[0].id.startswith("month:") else bars(counts=True)
    counts, of_columns = "share" not in table.cells, _percent(table) is Percent.COLUMNS
    if len(values(table.axes[1])) <= FEW_GROUPS:
        return grouped_bars(what="Andel av varje kolumn" if of_columns else "Andel av varje rad", counts=counts)
    return heat(along=0 if of_columns else 1, counts=counts)


def _percent(table: ProtectedTable) -> Percent:
    return table.question.percent if isinstance(table.question, CrossTable) else Percent.NONE
