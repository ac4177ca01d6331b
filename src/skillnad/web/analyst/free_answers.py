"""*Fritext*: what people have written, masked and read by those who may, each reading logged; and what it is about,
said by whoever reads."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from skillnad.collection.actions import MOST_READ, FreeText, code_themes, read_free_answers
from skillnad.collection.queries import Asked, free_questions, themes_of
from skillnad.instruments.answer_cells import option_of_words, words_columns
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError
from skillnad.organisation.models import Account
from skillnad.organisation.permissions import check_can_read_free_text
from skillnad.web.shared.access import allowed

LONGEST_NUMBER = 18
"""Digits of what the store calls an answer, and of where a page begins."""
MOST_OFFERED = 12
"""Themes that are offered to tick beside an answer, the most used; any other is written."""


@dataclass(frozen=True)
class Question:
    """A question as it is called on the page."""

    asked: Asked
    instrument: str
    label: str
    text: str
    perspectives: Mapping[str, str]
    href: str


@dataclass(frozen=True)
class Part:
    """Which of a question's answers are read: of one theme, of none, or all; from the number `first`, 0 the latest."""

    theme: str = ""
    unthemed: bool = False
    first: int = 0

    @classmethod
    def of(cls, query: QueryDict) -> "Part":
        return cls(query.get("tema", ""), bool(query.get("utan")), _number(query.get("fran") or "0"))

    @property
    def about(self) -> "Part":
        """The same from its first answer."""
        return replace(self, first=0)

    def moved(self, answers: int) -> "Part":
        return replace(self, first=max(0, self.first + answers))

    def asked(self) -> dict[str, str]:
        """As an address, and a form's hidden fields, say it."""
        told = {"tema": self.theme, "utan": "1" if self.unthemed else "", "fran": str(self.first or "")}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Shown:
    """An answer as it is read. `more` are the question's other themes, to tick."""

    one: FreeText
    who: str
    more: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    label: str
    count: int | None
    href: str
    current: bool


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
    """What was answered to one question; those of a theme with `?tema=`, those of none with `?utan=1`."""
    return _page(request, _found(request, instrument, item), Part.of(request.GET))


@require_POST
@allowed(check_can_read_free_text)
def theme(request: HttpRequest, instrument: str, item: str) -> HttpResponse:
    """Keep what an answer is about, and lead back to it, among the answers that were being read."""
    question, part = _found(request, instrument, item), Part.of(request.POST)
    number = _number(request.POST.get("answer", ""))
    told = [*request.POST.get("themes", "").split(","), *request.POST.getlist("more")]
    account = _account(request)
    try:
        code_themes(account=account, answer=number, themes=told, by=account.actor, at=timezone.now())
    except UserError as refused:
        if refused.code == "COLL-001":
            raise Http404 from None
        return _page(
            request, question, part, Failed(number, ", ".join(filter(str.strip, told)), refused.problems[0].sv)
        )
    return redirect(f"{_address(question, part)}#svar-{number}")


def _page(request: HttpRequest, question: Question, part: Part, failed: Failed | None = None) -> HttpResponse:
    account = _account(request)
    told = themes_of(account, question.asked.instrument, question.asked.item)
    read = read_free_answers(
        account=account,
        instrument=question.asked.instrument,
        item=question.asked.item,
        theme=None if part.unthemed else part.theme,
        first=part.first,
        by=account.actor,
        at=timezone.now(),
    )
    page = {
        "question": question,
        "part": part,
        "answers": [_shown(question, one, told) for one in read],
        "themes": list(_links(question, part, told)),
        "last": part.first + len(read),
        "more": _address(question, part.moved(MOST_READ)) if len(read) == MOST_READ else "",
        "before": _address(question, part.moved(-MOST_READ)) if part.first else "",
        "failed": failed,
    }
    return render(request, "skillnad/analyst/free_answers.html", page, status=422 if failed else 200)


def _shown(question: Question, one: FreeText, told: "Counter[str]") -> Shown:
    others = [word for word, _ in told.most_common() if word not in one.themes]
    return Shown(one, question.perspectives.get(one.perspective, one.perspective), tuple(sorted(others[:MOST_OFFERED])))


def _links(question: Question, part: Part, told: "Counter[str]") -> Iterator[Link]:
    """All answers, those without a theme, and those of each theme."""
    if not told:
        return
    everything, unthemed = Part(), Part(unthemed=True)
    yield Link("Alla svar", question.asked.answers, _address(question, everything), part.about == everything)
    yield Link("Utan tema", None, _address(question, unthemed), part.about == unthemed)
    for word, count in sorted(told.items()):
        yield Link(word, count, _address(question, Part(word)), part.about == Part(word))


def _address(question: Question, part: Part) -> str:
    asked = urlencode(part.asked())
    return f"{question.href}?{asked}" if asked else question.href


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
def _called(name: str, item: str, own: Path | None) -> tuple[str, str, str, Mapping[str, str]]:
    """The titles of the instrument and the question, its wording, and who answers; ids where the definition is gone."""
    try:
        instrument = load_instrument(name, own)
    except UserError:
        return name, item, "", {}
    perspectives = {each.id: each.sv for each in instrument.perspectives.values()}
    asked = instrument.items[option_of_words(item)[0]] if item in words_columns(instrument) else None
    text = asked.standard or asked.text if asked else ""
    return instrument.title_sv, words_columns(instrument).get(item, item), text, perspectives


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise Http404
    return int(text)


def _account(request: HttpRequest) -> Account:
    """Whoever is signed in: the page's rule has let no other through."""
    if not isinstance(request.user, Account):
        raise TypeError("a page behind sign-in was asked for by nobody")
    return request.user
