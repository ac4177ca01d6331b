"""Reading the tree."""

from skillnad.lib.errors import UserError
from skillnad.organisation.models import Municipality, Provider, Unit


def the_municipality() -> Municipality:
    """The municipality that this register belongs to. Raises UserError REG-005 before one is set up."""
    municipality = Municipality.objects.first()
    if municipality is None:
        raise UserError.of(
            "REG-005",
            sv="Registret har ingen kommun än. Lägg upp organisationen först.",
            en="The register has no municipality yet. Set the organisation up first.",
        )
    return municipality


def units_by_code() -> dict[str, int]:
    """Every unit's id, by code."""
    return dict(Unit.objects.values_list("code", "pk"))


def providers_by_code() -> dict[str, int]:
    """Every provider's id, by code."""
    return dict(Provider.objects.values_list("code", "pk"))
