"""The standard report: which there are, one to read, its files to take along, and making one that is not there yet."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.organisation.permissions import can_explore_tables, check_can_explore_tables, check_can_read_report
from skillnad.publication.standard_reports import StoredReport, store_report, stored_report, stored_reports
from skillnad.reports.render.html import report_style
from skillnad.web.analyst.latest import newest, opened, protected
from skillnad.web.shared.access import allowed
from skillnad.web.shared.exporting import log_report

YEARS_BACK = 5


@allowed(check_can_read_report)
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that are made, and for an analyst the years that can be."""
    folder = newest()
    if folder is None:
        return render(request, "skillnad/analyst/no_snapshot.html")
    return render(request, "skillnad/analyst/reports.html", _shelf(opened(folder), request))


@allowed(check_can_read_report)
def report(request: HttpRequest, period: str) -> HttpResponse:
    """The report inside the site's own page."""
    stored = _stored(period)
    page = {"report": mark_safe(stored.fragment), "words": period_words(stored.period), "period": str(stored.period)}  # noqa: S308
    return render(request, "skillnad/analyst/report.html", page)


@allowed(check_can_read_report)
def report_file(request: HttpRequest, period: str, name: str) -> FileResponse:
    """One of the report's files, to take along."""
    stored = _stored(period)
    try:
        path = stored.file(name)
    except KeyError:
        raise Http404 from None
    log_report(request, "report.exported", stored.snapshot, {"period": str(stored.period), "file": name})
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"skillnad-{period}{path.suffix}")


@require_POST
@allowed(check_can_explore_tables)
def make(request: HttpRequest) -> HttpResponse:
    """Make the report of a year, and show it."""
    folder = newest()
    if folder is None:
        raise Http404
    period = _period(request.POST.get("period", ""))
    if stored_report(opened(folder), period) is None:
        stored = store_report(protected(folder), period, made_on=localdate())
        log_report(request, "report.made", stored.snapshot, {"period": str(period)})
    return redirect("report", period=str(period))


@cache_control(max_age=3600)
def style(request: HttpRequest) -> HttpResponse:
    """The report's own style sheet."""
    return HttpResponse(report_style(), content_type="text/css")


def _shelf(snapshot: Snapshot, request: HttpRequest) -> Mapping[str, Any]:
    made = list(stored_reports(snapshot))
    return {
        "made": [(str(stored.period), period_words(stored.period)) for stored in made],
        "years": _years_to_make(snapshot.manifest.as_of, made) if can_explore_tables(request.user) else [],
        "as_of": snapshot.manifest.as_of,
    }


def _years_to_make(as_of: date, made: list[StoredReport]) -> list[str]:
    years = [str(year) for year in range(as_of.year, as_of.year - YEARS_BACK, -1)]
    return [year for year in years if year not in {str(stored.period) for stored in made}]


def _stored(period: str) -> StoredReport:
    folder: Path | None = newest()
    stored = stored_report(opened(folder), _period(period)) if folder else None
    if stored is None:
        raise Http404
    return stored


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except UserError:
        raise Http404 from None
