"""An area as conditions on rows: which units are in it, and whether it is all of the municipality."""

from typing import Any

from django.db.models import Exists, Q, QuerySet

from skillnad.organisation.models import Committee, Unit
from skillnad.organisation.standing import Area


def units_in(area: Area) -> "QuerySet[Unit, Any]":
    """The ids of the area's units: those that are named, and those of its committees as they are today."""
    named = Q(pk__in=area.units) | Q(committee_id__in=area.committees)
    return Unit.objects.filter(named).values("pk")


def covers_all(area: Area) -> Q:
    """True of every row where the area has all committees, else of none: who has them all sees what is of no unit."""
    if not area.committees:
        return Q(pk__in=())
    return Q(~Exists(Committee.objects.exclude(pk__in=area.committees)))
