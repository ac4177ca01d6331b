"""The unit manager's own unit with its small numbers: read on this page, logged each time, and nowhere else."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from skillnad.analysis.door import ask_own_area
from skillnad.analysis.own_area import OwnArea, Purpose
from skillnad.analysis.questions import ONGOING, Count, Flow, Question, Selection, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest, Population
from skillnad.lib.errors import UserError
from skillnad.organisation.permissions import check_can_see_own_unit, own_units
from skillnad.reports.render.tables import as_html
from skillnad.web.analyst.latest import newest, opened
from skillnad.web.shared.access import allowed
from skillnad.web.shared.logged import log

READ = "own_area.read"
BY_COLUMN = (
    ("problem", ""),
    ("intervention_type", ""),
    ("goal_attainment", "end_date"),
    ("closing_reason", "end_date"),
)
"""What interventions are divided by, and the day that falls in the year; else those that were ongoing in it."""


@allowed(check_can_see_own_unit)
def own_unit(request: HttpRequest) -> HttpResponse:
    """The unit's numbers in the snapshot's year. Of several units they are together."""
    folder, area = newest(), OwnArea(own_units(request.user))
    if folder is None:
        return render(request, "skillnad/analyst/no_snapshot.html")
    snapshot = opened(folder)
    year = Period.year(snapshot.manifest.as_of.year)
    tables = list(_tables(snapshot, area, year))
    log(request, READ, kind="unit", subjects=sorted(area.units), purpose=Purpose.FOLLOW_UP, facts=_facts(folder))
    page = {"tables": tables, "words": period_words(year), "units": _names(snapshot.manifest, area)}
    return render(request, "skillnad/unit_manager/own_unit.html", page)


def _facts(folder: Path) -> Mapping[str, str]:
    return {"snapshot": opened(folder).id}


def _tables(snapshot: Snapshot, area: OwnArea, year: Period) -> Iterator[Any]:
    """Each as it stands on the page; one that the snapshot cannot answer is left out."""
    for question in _questions(snapshot.manifest, area, year):
        try:
            table = ask_own_area(snapshot, question, area, Purpose.FOLLOW_UP)
        except UserError:
            continue
        yield mark_safe(as_html(table))  # noqa: S308


def _questions(manifest: Manifest, area: OwnArea, year: Period) -> Iterator[Question]:
    """Of the area's units that the snapshot knows."""
    columns = manifest.tables[Population.INTERVENTIONS].columns if Population.INTERVENTIONS in manifest.tables else {}
    known = {level.code for level in columns["unit"].levels} if "unit" in columns else set()
    own = (Where("unit", tuple(sorted(area.units & known))),)
    if not own[0].codes:
        return
    yield Flow(year, where=own)
    for column, day in BY_COLUMN:
        if column in columns and (not day or day in columns):
            yield Count(Selection(Population.INTERVENTIONS, year, day or ONGOING, own), (column,))


def _names(manifest: Manifest, area: OwnArea) -> list[str]:
    """What the snapshot calls the units; a unit that it does not know has nothing in it."""
    labels = {
        level.code: level.sv
        for table in manifest.tables.values()
        for level in (table.columns["unit"].levels if "unit" in table.columns else ())
    }
    return [labels[code] for code in sorted(area.units) if code in labels]
