"""The standard report: which there are, one to read, its files to take along, and making one that is not there yet."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.lib.errors import UserError
from skillnad.organisation.permissions import can_explore_tables, check_can_explore_tables, check_can_read_report
from skillnad.publication.standard_reports import (
    CODE,
    StoredReport,
    edition_and_period,
    key_of,
    store_report,
    stored_report,
    stored_reports,
)
from skillnad.reports.context import context_at
from skillnad.reports.editions import USUAL
from skillnad.reports.places import offered
from skillnad.reports.render.html import report_style
from skillnad.web.analyst.latest import newest, opened, protected
from skillnad.web.analyst.reviewing import asked_report, ready
from skillnad.web.analyst.wording import report_words
from skillnad.web.shared.access import allowed
from skillnad.web.shared.exporting import log_report

YEARS_BACK = 5
MONTHS_BACK = 12
COMMITTEES = "namnd"


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
    words = report_words(stored.edition, stored.period, opened(_newest()).manifest)
    page = {"report": mark_safe(stored.fragment), "words": words, "period": stored.key}  # noqa: S308
    return render(request, "skillnad/analyst/report.html", page)


@allowed(check_can_read_report)
def report_file(request: HttpRequest, period: str, name: str) -> FileResponse:
    """One of the report's files, to take along."""
    stored = _stored(period)
    try:
        path = stored.file(name)
    except KeyError:
        raise Http404 from None
    log_report(request, "report.exported", stored.snapshot, {"period": stored.key, "file": name})
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"skillnad-{period}{path.suffix}")


@require_POST
@allowed(check_can_explore_tables)
def make(request: HttpRequest) -> HttpResponse:
    """Publish the report of a year, or the committee's of a month or a year, and show it. Its tables are protected
    first, and what is lost is shown before it is published (`reviewing`)."""
    folder, edition, period = asked_report(request.POST.get("period", ""))
    if stored_report(opened(folder), period, edition) is None:
        if not ready(folder, edition, period):
            return redirect("review_report", period=key_of(edition, period))
        context = context_at(Path(settings.SKILLNAD_HOME))
        stored = store_report(protected(folder), period, made_on=localdate(), edition=edition, context=context)
        log_report(request, "report.made", stored.snapshot, {"period": stored.key})
    return redirect("report", period=key_of(edition, period))


@cache_control(max_age=3600)
def style(request: HttpRequest) -> HttpResponse:
    """The report's own style sheet."""
    return HttpResponse(report_style(), content_type="text/css")


def _shelf(snapshot: Snapshot, request: HttpRequest) -> Mapping[str, Any]:
    made = list(stored_reports(snapshot))
    may = can_explore_tables(request.user)
    return {
        "made": [(stored.key, report_words(stored.edition, stored.period, snapshot.manifest)) for stored in made],
        "years": _to_make(_years(snapshot.manifest.as_of), USUAL, made) if may else [],
        "editions": _to_make(_editions(snapshot.manifest.as_of), COMMITTEES, made) if may else [],
        "places": _places(snapshot.manifest) if may else [],
        "years_of_place": [(str(year), period_words(year)) for year in _years(snapshot.manifest.as_of)],
        "as_of": snapshot.manifest.as_of,
    }


def _places(manifest: Manifest) -> list[tuple[str, list[tuple[str, str]]]]:
    """Levels of the organisation with their places: those that an address can name."""
    levels = ((level, [each for each in own if CODE.fullmatch(each[0])]) for level, own in offered(manifest))
    return [(level, own) for level, own in levels if own]


def _years(as_of: date) -> list[Period]:
    return [Period.year(year) for year in range(as_of.year, as_of.year - YEARS_BACK, -1)]


def _editions(as_of: date) -> list[Period]:
    """The latest whole months, and the years."""
    months = list(Period.through(as_of, as_of).leading_up(MONTHS_BACK).months())
    whole = [month for month in reversed(months) if month.last_day <= as_of]
    return [*whole, *_years(as_of)]


def _to_make(periods: list[Period], edition: str, made: list[StoredReport]) -> list[tuple[str, str]]:
    """Keys and words of those that are not made yet."""
    there = {stored.key for stored in made}
    keys = {key_of(edition, period): period_words(period) for period in periods}
    return [(key, words) for key, words in keys.items() if key not in there]


def _stored(key: str) -> StoredReport:
    edition, period = _asked(key)
    stored = stored_report(opened(_newest()), period, edition)
    if stored is None:
        raise Http404
    return stored


def _newest() -> Path:
    folder = newest()
    if folder is None:
        raise Http404
    return folder


def _asked(key: str) -> tuple[str, Period]:
    try:
        return edition_and_period(key)
    except UserError:
        raise Http404 from None
