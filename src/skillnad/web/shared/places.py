"""Where a role can be, as a form asks: the committees and their units."""

from collections.abc import Iterator

from django.http import Http404

from skillnad.organisation.models import Committee, Unit


def places() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Groups of a list to choose from: every committee with its units, as `committee:CODE` and `unit:CODE`."""
    for committee in Committee.objects.order_by("name", "code").prefetch_related("units"):
        units = sorted((unit.name, f"unit:{unit.code}") for unit in committee.units.all())
        whole = (f"committee:{committee.code}", f"{committee.name}, hela nämnden")
        yield committee.name, [whole, *((value, name) for name, value in units)]


def place_of(value: str) -> Unit | Committee | None:
    """What was chosen; None for no place. 404 for what the list does not have."""
    if not value:
        return None
    kind, _, code = value.partition(":")
    found: Unit | Committee | None = None
    if kind == "unit":
        found = Unit.objects.filter(code=code).first()
    if kind == "committee":
        found = Committee.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found
