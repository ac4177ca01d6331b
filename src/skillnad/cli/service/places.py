"""A unit or a committee by the code that is written on the command line."""

from typing import Any

from skillnad.lib.errors import UserError


def unit_of(code: str) -> Any:
    from skillnad.organisation.models import Unit

    found = Unit.objects.filter(code=code).first()
    if found is None:
        codes = ", ".join(Unit.objects.order_by("code").values_list("code", flat=True)[:20]) or "–"
        raise UserError.of(
            "REG-007",
            where="--unit",
            sv=f"Ingen enhet har den koden. Det finns: {codes}. Enheter kommer med underlagen, se `skillnad import`.",
            en=f"No unit has that code. There are: {codes}. Units come with the extracts, see `skillnad import`.",
        )
    return found


def committee_of(code: str) -> Any:
    from skillnad.organisation.models import Committee

    found = Committee.objects.filter(code=code).first()
    if found is None:
        codes = ", ".join(Committee.objects.order_by("code").values_list("code", flat=True)[:20]) or "–"
        raise UserError.of(
            "REG-008",
            where="--committee",
            sv=f"Ingen nämnd har den koden. Det finns: {codes}. En nämnd kommer med underlagen, se `skillnad import`.",
            en=f"No committee has that code. There are: {codes}. One comes with the extracts, see `skillnad import`.",
        )
    return found
