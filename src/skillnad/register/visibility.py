"""People with protected identity are in no list unless someone asks for everyone; and lists are of an area.

The rules are the database's own too on PostgreSQL (`row_policies`), which is asked for nothing that these let through.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from skillnad.organisation.areas import covers_all, units_in
from skillnad.organisation.standing import Area


class Within(models.QuerySet[Any]):
    """Rows that may be of an area. The model's `in_area` says which are."""

    def visible(self) -> Self:
        raise NotImplementedError

    def within(self, area: Area) -> Self:
        """The area's rows, those of people with protected identity only where it says so; of no area, none."""
        if not area:
            return self.none()
        rows = self if area.protected else self.visible()
        return rows.filter(self.model.in_area(self.model, area))


class Rows(Within):
    """Rows that belong to a client. The model's `protected_path` leads to the client's flag."""

    def visible(self) -> Self:
        """Without the rows of clients with protected identity."""
        path: str = self.model.protected_path
        return self.filter(**{path: False})


class Visible(models.Manager.from_queryset(Rows)):  # type: ignore[misc]
    """The manager of lists: nobody with protected identity, by default."""

    def get_queryset(self) -> Rows:
        rows: Rows = super().get_queryset()
        return rows.visible()


def client_in_area(model: Any, area: Area) -> Q:
    """Who has a case in it; one with no case is of no unit."""
    cases = model._meta.get_field("cases").related_model.everyone
    alone = Q(cases=None) & covers_all(area)
    return Q(pk__in=cases.within(area).values("client")) | alone


def case_in_area(model: Any, area: Area) -> Q:
    """Of a unit in it; a case that tells no unit is where its interventions are."""
    units = units_in(area)
    below = model.everyone.filter(unit=None, interventions__unit__in=units)
    somewhere = model.everyone.filter(interventions__unit__isnull=False)
    nowhere = Q(unit=None) & ~Q(pk__in=somewhere.values("pk")) & covers_all(area)
    return Q(unit__in=units) | Q(pk__in=below.values("pk")) | nowhere


def intervention_in_area(model: Any, area: Area) -> Q:
    """Of a unit in it; one that tells no unit is where its case is."""
    return Q(unit__in=units_in(area)) | Q(unit=None, case__in=related(model, "case", area))


def review_in_area(model: Any, area: Area) -> Q:
    """Where what was reviewed is: the intervention, or the case where that is all that is known."""
    of_case = Q(intervention=None, case__in=related(model, "case", area))
    return Q(intervention__in=related(model, "intervention", area)) | of_case


def of_intervention_in_area(model: Any, area: Area) -> Q:
    return Q(intervention__in=related(model, "intervention", area))


def related(model: Any, field: str, area: Area) -> Any:
    """The rows of the area that `field` leads to."""
    return model._meta.get_field(field).related_model.everyone.within(area).values("pk")
