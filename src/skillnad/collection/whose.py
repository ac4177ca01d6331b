"""Whom answers are about: for the log's list of the people that an event touched."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from skillnad.collection.models import FreeAnswer, Submission
from skillnad.collection.visibility import PATHS

_PSEUDONYMS = [path.removesuffix("protected") + "pseudonym" for path in PATHS]


def people_of(submissions: "QuerySet[Submission, Any]") -> set[int]:
    """Pseudonyms; what is about nobody gives none."""
    about = submissions.order_by().values_list(Coalesce(*_PSEUDONYMS), flat=True).distinct()
    return {pseudonym for pseudonym in about.iterator() if pseudonym is not None}


def people_of_answers(answers: "QuerySet[FreeAnswer, Any]") -> set[int]:
    return people_of(Submission.everyone.filter(pk__in=answers.order_by().values("submission")))
