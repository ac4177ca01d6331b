"""Answers about people with protected identity are in no list unless someone asks for everyone; lists are of an area.

An answer may be about a person in one of four ways, or about nobody: what is about nobody is in the lists.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from skillnad.organisation.areas import covers_all, units_in
from skillnad.organisation.standing import Area
from skillnad.register.visibility import Within, related

PATHS = (
    "client__protected",
    "case__client__protected",
    "intervention__case__client__protected",
    "follow_up__intervention__case__client__protected",
)
"""From a submission to the flag of whom it is about."""


class Rows(Within):
    """Rows that may be about a client. The model's `protected_paths` lead to the client's flag."""

    def visible(self) -> Self:
        """Without the rows about clients with protected identity."""
        rows = self
        for path in self.model.protected_paths:
            rows = rows.exclude(**{path: True})
        return rows


class Visible(models.Manager.from_queryset(Rows)):  # type: ignore[misc]
    """The manager of lists: nobody with protected identity, by default."""

    def get_queryset(self) -> Rows:
        rows: Rows = super().get_queryset()
        return rows.visible()


def submission_in_area(model: Any, area: Area) -> Q:
    """Of the unit that it tells; of none, where what it is about is; what is about no place is for whoever has all."""
    about = Q(case__in=related(model, "case", area))
    for name in ("intervention", "follow_up"):
        about |= Q(**{f"{name}__in": related(model, name, area)})
    nowhere = Q(follow_up=None, intervention=None, case=None) & covers_all(area)
    return Q(unit__in=units_in(area)) | (Q(unit=None) & (about | nowhere))


def free_answer_in_area(model: Any, area: Area) -> Q:
    return Q(submission__in=related(model, "submission", area))
