"""What there is to read of free answers, for someone who may: which, and how many. The words take an action."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from skillnad.collection.models import FreeAnswer
from skillnad.organisation.models import Account
from skillnad.organisation.permissions import free_text_area


@dataclass(frozen=True)
class Asked:
    """A question with free answers: of which instrument, and how many there are to read."""

    instrument: str
    item: str
    answers: int
    themed: int


def free_answers_within(account: Account) -> "QuerySet[FreeAnswer, FreeAnswer]":
    """The free answers of the account's own area, of nobody with protected identity unless it was given leave; none for
    one without the right."""
    rows: QuerySet[FreeAnswer, FreeAnswer] = FreeAnswer.everyone.within(free_text_area(account))
    return rows


def free_questions(account: Account) -> Sequence[Asked]:
    """The questions that have free answers in the account's area."""
    found = (
        free_answers_within(account)
        .values_list("submission__instrument", "item")
        .annotate(answers=Count("pk"), themed=Count("themed_at"))
        .order_by("submission__instrument", "item")
    )
    return [Asked(*row) for row in found]


def themes_of(account: Account, instrument: str, item: str) -> "Counter[str]":
    """How many of a question's free answers, in the account's area, are about each theme."""
    rows = free_answers_within(account).filter(submission__instrument=instrument, item=item)
    return Counter(theme for themes in rows.values_list("themes", flat=True) for theme in themes)
