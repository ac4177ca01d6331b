"""*Skillnader att förklara*: the page of a period, making it where it is not there yet, writing an explanation beside a
difference, and taking the page along with what is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST
from django.views.defaults import permission_denied

from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.improvement.actions import withdraw_explanation, write_explanation
from skillnad.improvement.queries import all_explanations
from skillnad.lib.errors import Denied, UserError
from skillnad.organisation.models import Account
from skillnad.organisation.permissions import (
    can_explore_tables,
    can_withdraw_explanations,
    check_can_explain_differences,
    check_can_explore_tables,
    check_can_read_report,
)
from skillnad.reports.differences import (
    differences_report,
    is_large,
    is_prepared,
    prepare,
    shown_differences,
    with_explanations,
)
from skillnad.reports.explanations import Difference
from skillnad.reports.render.html import report_fragment, report_page
from skillnad.reports.render.pdf import report_pdf
from skillnad.reports.render.xlsx import report_workbook
from skillnad.reports.report import Report
from skillnad.web.analyst.explaining import Failed, Reader, explaining, told
from skillnad.web.analyst.latest import newest, opened, protected
from skillnad.web.analyst.preparing import Started, start, under_way
from skillnad.web.shared.access import allowed, log_denied
from skillnad.web.shared.exporting import log_report

YEARS_BACK = 5
LONGEST_NUMBER = 18
"""Digits of what a register calls an explanation."""
FILES: Mapping[str, tuple[str, Callable[[Report], bytes]]] = {
    "html": ("text/html; charset=utf-8", lambda report: report_page(report).encode()),
    "pdf": ("application/pdf", report_pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report_workbook),
}


@allowed(check_can_read_report)
def differences(request: HttpRequest) -> HttpResponse:
    """The page of `?period=`; of the latest whole year where none is given."""
    folder = newest()
    if folder is None:
        return render(request, "skillnad/analyst/no_snapshot.html")
    period = _period(request.GET.get("period", "")) or _latest_year(folder)
    return _page(request, folder, period)


@require_POST
@allowed(check_can_explore_tables)
def make(request: HttpRequest) -> HttpResponse:
    """Ask all that the page asks, once, and show it; of a large snapshot beside the requests."""
    folder, period = _asked(request.POST)
    if not is_prepared(protected(folder), period):
        if not is_large(protected(folder)):
            prepare(protected(folder), period)
        elif start(folder, period) is Started.FULL:
            return _page(request, folder, period, full=True)
        log_report(request, "differences.made", opened(folder).id, {"period": str(period)})
    return redirect(_address(period))


@require_POST
@allowed(check_can_explain_differences)
def explain(request: HttpRequest) -> HttpResponse:
    """Keep an explanation of a difference that the page shows, and lead back to it."""
    folder, period = _asked(request.POST)
    shown = shown_differences(_ready(folder, period)).get(request.POST.get("difference", ""))
    if shown is None:
        raise Http404
    text = request.POST.get("text", "")
    try:
        _write(request, folder, period, shown.of, text)
    except UserError as refused:
        return _page(request, folder, period, failed=Failed(shown.of.key, text, refused.problems[0].sv))
    return redirect(_beside(period, shown.of.anchor))


@require_POST
@allowed(check_can_explain_differences)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take an explanation away, and lead back to where it stood."""
    _, period = _asked(request.POST)
    number = request.POST.get("explanation", "")
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        raise Http404
    others, by = can_withdraw_explanations(request.user), _account(request).actor
    try:
        withdraw_explanation(explanation=int(number), by=by, at=timezone.now(), others=others)
    except UserError:
        raise Http404 from None
    except Denied as reason:
        log_denied(request)
        return permission_denied(request, reason)
    anchor = request.POST.get("anchor", "")
    return redirect(_beside(period, anchor) if anchor.replace("-", "").isalnum() else _address(period))


@allowed(check_can_read_report)
def differences_file(request: HttpRequest, period: str, kind: str) -> HttpResponse:
    """The page with its explanations, to take along."""
    folder, asked = newest(), _period(period)
    if folder is None or asked is None or kind not in FILES or not is_prepared(protected(folder), asked):
        raise Http404
    content_type, made = FILES[kind]
    report = with_explanations(_ready(folder, asked), all_explanations())
    log_report(request, "differences.exported", opened(folder).id, {"period": str(asked), "file": kind})
    name = f"skillnader-{asked}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made(report), content_type=content_type, headers=headers)


@dataclass(frozen=True)
class _Year:
    period: str
    words: str
    current: bool


def _page(
    request: HttpRequest, folder: Path, period: Period, *, failed: Failed | None = None, full: bool = False
) -> HttpResponse:
    shown = {"words": period_words(period), "period": str(period), "years": _years(folder, period)}
    if not is_prepared(protected(folder), period):
        page = {**shown, **_unmade(request, folder, period), "full": full}
        return render(request, "skillnad/analyst/differences_unmade.html", page, status=503 if full else 200)
    written, reader = all_explanations(), Reader.of(request)
    report = with_explanations(_ready(folder, period), written)
    gone = written.of_others(shown_differences(report).keys(), str(period))
    page = {
        **shown,
        "report": mark_safe(report_fragment(report, explain=explaining(request, period, reader, failed))),  # noqa: S308
        "no_longer_shown": told(gone, reader),
        "failed": failed,
    }
    return render(request, "skillnad/analyst/differences.html", page, status=422 if failed else 200)


def _unmade(request: HttpRequest, folder: Path, period: Period) -> dict[str, Any]:
    return {
        "may_make": can_explore_tables(request.user),
        "as_of": opened(folder).manifest.as_of,
        "under_way": under_way(folder, period),
        "large": is_large(protected(folder)),
    }


def _ready(folder: Path, period: Period) -> Report:
    """404 where the page has not been made."""
    if not is_prepared(protected(folder), period):
        raise Http404
    return _report(folder, period, localdate())


@lru_cache(maxsize=8)
def _report(folder: Path, period: Period, day: date) -> Report:
    """Worked out once a day and process: a snapshot never changes, and what is written is put in later."""
    return differences_report(protected(folder), period, made_on=day)


def _write(request: HttpRequest, folder: Path, period: Period, of: Difference, text: str) -> None:
    write_explanation(
        difference=of.key,
        period=str(period),
        snapshot=opened(folder).id,
        title=of.title,
        about=of.about,
        figures=of.figures,
        text=text,
        by=_account(request).actor,
        at=timezone.now(),
    )


def _account(request: HttpRequest) -> Account:
    """Whoever is signed in: the page's rule has let no other through."""
    if not isinstance(request.user, Account):
        raise TypeError("an explanation was written by nobody")
    return request.user


def _asked(sent: QueryDict) -> tuple[Path, Period]:
    folder, period = newest(), _period(sent.get("period", ""))
    if folder is None or period is None:
        raise Http404
    return folder, period


def _period(text: str) -> Period | None:
    """None where none is given; 404 of what is none."""
    if not text:
        return None
    try:
        return Period.parse(text)
    except UserError:
        raise Http404 from None


def _latest_year(folder: Path) -> Period:
    """The latest year that the snapshot has the whole of."""
    as_of = opened(folder).manifest.as_of
    year = Period.year(as_of.year)
    return year if year.last_day <= as_of else Period.year(as_of.year - 1)


def _years(folder: Path, shown: Period) -> list[_Year]:
    latest = opened(folder).manifest.as_of.year
    periods = [Period.year(year) for year in range(latest, latest - YEARS_BACK, -1)]
    every = periods if shown in periods else [shown, *periods]
    return [_Year(str(period), period_words(period), period == shown) for period in every]


def _address(period: Period) -> str:
    return f"{reverse('differences')}?period={period}"


def _beside(period: Period, anchor: str) -> str:
    """Where it is written: on a telephone the heading and the table above it fill the window."""
    return f"{_address(period)}#forklaring-{anchor}"
