"""Database constraints that many models share."""

from datetime import date

from django.db.models import CheckConstraint, F, Q

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)


def believable_date(field: str) -> CheckConstraint:
    """`field` is missing or in the years 1900–2100: 0025-03-01 is a slip of the pen, not a date."""
    within = Q((f"{field}__gte", FIRST_DAY), (f"{field}__lte", LAST_DAY))
    return CheckConstraint(name=f"%(class)s_{field}_believable", condition=Q((f"{field}__isnull", True)) | within)


def in_order(earlier: str, later: str) -> CheckConstraint:
    """`later` is not before `earlier`, where both are known."""
    unknown = Q((f"{earlier}__isnull", True)) | Q((f"{later}__isnull", True))
    return CheckConstraint(
        name=f"%(class)s_{earlier}_{later}_order", condition=unknown | Q((f"{later}__gte", F(earlier)))
    )


def not_empty(field: str) -> CheckConstraint:
    return CheckConstraint(name=f"%(class)s_{field}_given", condition=~Q((field, "")))


def both_or_neither(moment: str, person: str) -> CheckConstraint:
    """A moment and who it was stand together."""
    neither = Q((f"{moment}__isnull", True), (person, ""))
    both = Q((f"{moment}__isnull", False)) & ~Q((person, ""))
    return CheckConstraint(name=f"%(class)s_{moment}_by_pair", condition=neither | both)
