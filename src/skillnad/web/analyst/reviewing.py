"""Before a report is published: its tables are protected together beside the requests, and then what is lost to
protection is told, and what a coarser question would win back.

How many gaps another table would have is something that its counts tell. So what would win back is an inside view: for
who may publish, of one table at a time, and logged when it is seen.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from skillnad.analysis.comparisons.questions import plain
from skillnad.analysis.disclosure.suggest.suggestion import Suggestion
from skillnad.analysis.question_data import question_as_data
from skillnad.analysis.questions import Question
from skillnad.analysis.saved_questions import LONGEST_NAME, VERSION, as_toml
from skillnad.analysis.suggested.suggesting import suggestions_for
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.organisation.permissions import check_can_explore_tables
from skillnad.publication.standard_reports import (
    edition_and_period,
    edition_and_places,
    key_of,
    of_place,
    stored_report,
)
from skillnad.reports.losses import Losses, Lost, losses
from skillnad.reports.making import is_prepared, report_of
from skillnad.reports.numbers import whole
from skillnad.reports.places import places_of
from skillnad.web.analyst.latest import newest, opened, protected
from skillnad.web.analyst.preparing import Started, refused, start, under_way
from skillnad.web.analyst.wording import report_words
from skillnad.web.shared.access import allowed
from skillnad.web.shared.exporting import log_report

MOST_TOLD = 12
"""Tables with most gaps that are told of by themselves; the others are in the list of all."""


@require_POST
@allowed(check_can_explore_tables)
def prepare(request: HttpRequest) -> HttpResponse:
    """Begin to protect the report's tables together, and show how far it has come."""
    folder, edition, period = asked_report(of_place(request.POST.get("period", ""), request.POST.get("place", "")))
    if not ready(folder, edition, period):
        if start(folder, period, edition) is Started.FULL:
            return render(request, "skillnad/analyst/review.html", _waiting(folder, edition, period, True), status=503)
        log_report(request, "report.prepared", opened(folder).id, {"period": key_of(edition, period)})
    return redirect("review_report", period=key_of(edition, period))


@allowed(check_can_explore_tables)
def review(request: HttpRequest, period: str) -> HttpResponse:
    """What the report would lose; with `?tabell=` also what would win back most of that table."""
    folder, edition, asked = asked_report(period)
    if not ready(folder, edition, asked):
        return render(request, "skillnad/analyst/review.html", _waiting(folder, edition, asked))
    lost = _losses(folder, edition, asked)
    page = {**_page(folder, edition, asked), "lost": lost, **_told(lost)}
    chosen = lost.table(request.GET.get("tabell", ""))
    if chosen is not None and chosen.gaps:
        page |= {"chosen": chosen, "suggested": _suggested(folder, chosen)}
        log_report(request, "report.suggested", opened(folder).id, {"period": period, "table": chosen.id})
    return render(request, "skillnad/analyst/review.html", page)


def asked_report(key: str) -> tuple[Path, str, Period]:
    """The newest snapshot, and which report is asked for; 404 of what is none, and of a place that is not there."""
    folder = newest()
    if folder is None:
        raise Http404
    try:
        edition, period = edition_and_period(key)
        places_of(opened(folder).manifest, edition_and_places(edition)[1])
    except UserError:
        raise Http404 from None
    return folder, edition, period


def ready(folder: Path, edition: str, period: Period) -> bool:
    """Are the report's tables protected?"""
    which, places = edition_and_places(edition)
    return is_prepared(protected(folder), period, which, places)


def _page(folder: Path, edition: str, period: Period) -> dict[str, Any]:
    return {
        "words": report_words(edition, period, opened(folder).manifest),
        "period": key_of(edition, period),
        "made": stored_report(opened(folder), period, edition) is not None,
    }


def _waiting(folder: Path, edition: str, period: Period, full: bool = False) -> Mapping[str, Any]:
    problem = refused(folder, period, edition)
    return {
        **_page(folder, edition, period),
        "under_way": under_way(folder, period, edition),
        "full": full,
        "refused": [each.sv for each in problem.problems] if problem else [],
    }


@lru_cache(maxsize=8)
def _losses(folder: Path, edition: str, period: Period) -> Losses:
    """A snapshot never changes, and neither does what is shown of it."""
    which, places = edition_and_places(edition)
    return losses(report_of(protected(folder), period, made_on=localdate(), edition=which, units=places))


def _told(lost: Losses) -> Mapping[str, Any]:
    return {
        "percent": int(100 * lost.share),
        "shown": whole(lost.shown),
        "gaps": whole(lost.gaps),
        "most": lost.most[:MOST_TOLD],
        "others": len(lost.most) - MOST_TOLD,
        "every": lost.tables,
    }


def _suggested(folder: Path, chosen: Lost) -> list[Mapping[str, Any]]:
    """What wins back most of a table's questions, each with the question as it can be asked."""
    answers = protected(folder)
    asked = dict.fromkeys(plain(question) for question in chosen.asked)
    found = [each for question in asked for each in suggestions_for(answers.snapshot, question, answers.policy)]
    return [{"told": each.sv, "question": _as_saved(each)} for each in found]


def _as_saved(suggestion: Suggestion[Question]) -> str:
    name = suggestion.recoding.sv[:LONGEST_NAME]
    return as_toml({"version": VERSION, "name": name, "question": question_as_data(suggestion.to)})
