"""*Fritext*: what people have written, masked and read by those who may, each reading logged; and what it is about,
said by whoever reads."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from skillnad.collection.actions import MOST_READ, code_themes, read_free_answers
from skillnad.collection.queries import Asked, free_questions, themes_of
from skillnad.instruments.answer_cells import words_columns
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError
from skillnad.organisation.models import Account
from skillnad.organisation.permissions import check_can_read_free_text
from skillnad.web.shared.access import allowed

LONGEST_NUMBER = 18
"""Digits of what the store calls an answer, and of where a page begins."""


@dataclass(frozen=True)
class Question:
    """A question as it is called on the page."""

    asked: Asked
    instrument: str
    label: str
    perspectives: Mapping[str, str]
    href: str


@dataclass(frozen=True)
class Failed:
    """Themes that were not kept: of which answer, what they said, and why."""

    answer: int
    text: str
    why: str


@allowed(check_can_read_free_text)
def questions(request: HttpRequest) -> HttpResponse:
    """The questions that have free answers here. No words are read."""
    found = [_question(asked) for asked in free_questions(_account(request))]
    return render(request, "skillnad/analyst/free_questions.html", {"questions": found})


@allowed(check_can_read_free_text)
def answers(request: HttpRequest, instrument: str, item: str) -> HttpResponse:
    """What was answered to one question; those of a theme with `?tema=`."""
    return _page(request, _found(request, instrument, item))


@require_POST
@allowed(check_can_read_free_text)
def theme(request: HttpRequest, instrument: str, item: str) -> HttpResponse:
    """Keep what an answer is about, and lead back to it."""
    question = _found(request, instrument, item)
    number, text = _number(request.POST.get("answer", "")), request.POST.get("themes", "")
    account = _account(request)
    try:
        code_themes(account=account, answer=number, themes=text.split(","), by=account.actor, at=timezone.now())
    except UserError as refused:
        if refused.code == "COLL-001":
            raise Http404 from None
        return _page(request, question, Failed(number, text, refused.problems[0].sv))
    return redirect(f"{question.href}#svar-{number}")


def _page(request: HttpRequest, question: Question, failed: Failed | None = None) -> HttpResponse:
    account, chosen = _account(request), request.GET.get("tema", "")
    first = _number(request.GET.get("fran", "0"))
    told = themes_of(account, question.asked.instrument, question.asked.item)
    read = read_free_answers(
        account=account,
        instrument=question.asked.instrument,
        item=question.asked.item,
        theme=chosen,
        first=first,
        by=account.actor,
        at=timezone.now(),
    )
    page = {
        "question": question,
        "answers": [(one, question.perspectives.get(one.perspective, one.perspective)) for one in read],
        "themes": list(_links(question, told, chosen)),
        "chosen": chosen if chosen in told else "",
        "more": _address(question, chosen, first + MOST_READ) if len(read) == MOST_READ else "",
        "failed": failed,
    }
    return render(request, "skillnad/analyst/free_answers.html", page, status=422 if failed else 200)


def _links(question: Question, told: Counter[str], chosen: str) -> Iterator[tuple[str, int, str, bool]]:
    for word, count in sorted(told.items()):
        yield word, count, _address(question, word, 0), word == chosen


def _address(question: Question, theme: str, first: int) -> str:
    asked = {name: value for name, value in (("tema", theme), ("fran", first)) if value}
    return f"{question.href}?{urlencode(asked)}"


def _found(request: HttpRequest, instrument: str, item: str) -> Question:
    """404 where there is nothing to read: the account may have another area."""
    here: Sequence[Asked] = free_questions(_account(request))
    asked = next((one for one in here if (one.instrument, one.item) == (instrument, item)), None)
    if asked is None:
        raise Http404
    return _question(asked)


def _question(asked: Asked) -> Question:
    href = reverse("free_answers", args=[asked.instrument, asked.item])
    return Question(asked, *_called(asked.instrument, asked.item, settings.SKILLNAD_LOCAL_INSTRUMENTS), href)


@lru_cache(maxsize=64)
def _called(name: str, item: str, own: Path | None) -> tuple[str, str, Mapping[str, str]]:
    """The titles of the instrument and the question, and who answers; their ids where the definition is no longer
    there."""
    try:
        instrument = load_instrument(name, own)
    except UserError:
        return name, item, {}
    perspectives = {each.id: each.sv for each in instrument.perspectives.values()}
    return instrument.title_sv, words_columns(instrument).get(item, item), perspectives


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise Http404
    return int(text)


def _account(request: HttpRequest) -> Account:
    """Whoever is signed in: the page's rule has let no other through."""
    if not isinstance(request.user, Account):
        raise TypeError("a page behind sign-in was asked for by nobody")
    return request.user
