"""What there is to read of free answers, for someone who may: which, and how many. The words take an action."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from skillnad.collection.models import FreeAnswer
from skillnad.organisation.models import Account, Unit
from skillnad.organisation.permissions import Area, free_text_area

_UNIT = (
    "submission__unit_id",
    "submission__follow_up__intervention__unit_id",
    "submission__intervention__unit_id",
    "submission__follow_up__intervention__case__unit_id",
    "submission__intervention__case__unit_id",
    "submission__case__unit_id",
)
"""Where a submission belongs: the first that is known."""


@dataclass(frozen=True)
class Asked:
    """A question with free answers: of which instrument, and how many there are to read."""

    instrument: str
    item: str
    answers: int
    themed: int


def free_answers_within(account: Account) -> "QuerySet[FreeAnswer, FreeAnswer]":
    """The free answers of the account's own area, of nobody with protected identity; none for one without the right."""
    area = free_text_area(account)
    rows: QuerySet[FreeAnswer, FreeAnswer] = FreeAnswer.objects.all()
    if area.everything:
        return rows
    placed: Any = rows.annotate(unit_of=Coalesce(*_UNIT))
    found: QuerySet[FreeAnswer, FreeAnswer] = placed.filter(unit_of__in=_units(area))
    return found


def _units(area: Area) -> "QuerySet[Unit, dict[str, Any]]":
    within = Unit.objects.filter(Q(pk__in=area.units) | Q(committee_id__in=area.committees))
    return within.values("pk")  # type: ignore[return-value]


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
