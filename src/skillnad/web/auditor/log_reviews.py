"""*Loggkontroll*: the recurring check of who has read about people, settled event by event."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from skillnad.lib.errors import UserError
from skillnad.organisation.permissions import check_can_review_log
from skillnad.organisation.rights import Purpose
from skillnad.stewardship.log_review import settle_finding
from skillnad.stewardship.log_review_patterns import MANY_PROTECTED, NIGHT_BEGINS, NIGHT_ENDS
from skillnad.stewardship.log_review_queries import findings_of, reviews
from skillnad.stewardship.models import LogReview, Outcome
from skillnad.web.shared.access import allowed
from skillnad.web.shared.logged import actor_of, log

LONGEST_NUMBER = 18
OUTCOMES = [(value, label) for value, label in Outcome.choices if value]


@allowed(check_can_review_log)
def log_reviews(request: HttpRequest) -> HttpResponse:
    """The checks that have been begun, and what cannot be found by them."""
    told = {"many": MANY_PROTECTED, "night": NIGHT_BEGINS, "morning": f"{NIGHT_ENDS:02}"}
    return render(request, "skillnad/auditor/log_reviews.html", {"reviews": reviews(), **told})


@allowed(check_can_review_log)
def log_review(request: HttpRequest, seed: str) -> HttpResponse:
    """One check's list. That it was read is logged."""
    return _page(request, _found(seed))


@require_POST
@allowed(check_can_review_log)
def settle(request: HttpRequest, seed: str) -> HttpResponse:
    """Keep what a finding was, and lead back to it."""
    review, number = _found(seed), _number(request.POST.get("finding", ""))
    if not review.findings.filter(pk=number).exists():
        raise Http404
    outcome = request.POST.get("outcome", "")
    try:
        settle_finding(finding=number, outcome=outcome, by=actor_of(request), at=timezone.now())
    except UserError as refused:
        return _page(request, review, refused.problems[0].sv)
    return redirect("log_review", seed=seed)


def _page(request: HttpRequest, review: LogReview, failed: str = "") -> HttpResponse:
    log(request, "log.review_read", kind="log_review", subjects=[str(review.pk)], purpose=Purpose.ACCESS_CONTROL)
    found = findings_of(review, actor_of(request))
    page = {
        "review": review,
        "left": [one for one in found if not one.outcome],
        "settled": [one for one in found if one.outcome],
        "outcomes": OUTCOMES,
        "failed": failed,
    }
    return render(request, "skillnad/auditor/log_review.html", page, status=422 if failed else 200)


def _found(seed: str) -> LogReview:
    review = LogReview.objects.filter(seed=seed).first()
    if review is None:
        raise Http404
    return review


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise Http404
    return int(text)
