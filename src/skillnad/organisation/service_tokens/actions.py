"""Giving a token out, and taking it back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.lib.errors import UserError
from skillnad.organisation.models import Committee, Unit
from skillnad.organisation.rights import TABLE, Purpose, Right
from skillnad.organisation.service_tokens.records import ServiceToken
from skillnad.organisation.service_tokens.secrets import new_token

LONGEST = timedelta(days=366)
FOR_SERVICES = tuple(
    rule.right for rule in TABLE.values() if rule.purpose is Purpose.FOLLOW_UP and rule.right is not Right.BREAK_GLASS
)


@writing()
def issue_token(
    *,
    name: str,
    rights: Iterable[Right],
    last_date: date,
    by: str,
    at: datetime,
    unit: Unit | None = None,
    committee: Committee | None = None,
) -> tuple[ServiceToken, str]:
    """The row, and the token, which is not kept and never shown again.

    Raises UserError ACC-021 (rights), ACC-022 (last day), ACC-023 (place), ACC-024 (name).
    """
    wanted = sorted(set(rights))
    _check(name, wanted, last_date, at.date(), unit, committee)
    token = new_token()
    row = ServiceToken.objects.create(
        name=name.strip(),
        handle=token.handle,
        digest=token.digest,
        rights=[right.value for right in wanted],
        unit=unit,
        committee=committee,
        last_date=last_date,
        made_at=at,
        made_by=by,
    )
    details = {"rights": row.rights, "unit": unit and unit.code, "committee": committee and committee.code}
    record(by=by, at=at, action="token.made", subject_kind="token", subjects=[row.pk], details=details)
    return row, token.text


@writing()
def revoke_token(*, token: ServiceToken, by: str, at: datetime) -> None:
    """It opens nothing from now on; that it was there remains."""
    ServiceToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at, revoked_by=by)
    record(by=by, at=at, action="token.revoked", subject_kind="token", subjects=[token.pk])


def _check(
    name: str, rights: list[Right], last: date, today: date, unit: Unit | None, committee: Committee | None
) -> None:
    if not rights or not set(rights) <= set(FOR_SERVICES):
        told = ", ".join(right.value for right in FOR_SERVICES)
        raise UserError.of(
            "ACC-021",
            where="--right",
            sv=f"Ange minst en av de rättigheter som ett system kan ha: {told}.",
            en=f"Give at least one of the rights that a system can have: {told}.",
        )
    if not today <= last <= today + LONGEST:
        raise UserError.of(
            "ACC-022",
            where="--until",
            sv=f"Sista dagen är från och med i dag och högst {LONGEST.days} dagar bort. Förnya med en ny nyckel.",
            en=f"The last day is today or later, at most {LONGEST.days} days away. Renew with a new token.",
        )
    if (unit and committee) or (any(TABLE[right].reads_people for right in rights) and not (unit or committee)):
        raise UserError.of(
            "ACC-023",
            where="--unit",
            sv="Det som visar människor gäller en enhet eller en nämnd. Ange en av dem, och inte båda.",
            en="What shows people is of a unit or a committee. Give one of them, and not both.",
        )
    if not name.strip() or ServiceToken.objects.filter(name=name.strip(), revoked_at=None).exists():
        raise UserError.of(
            "ACC-024",
            sv="Namnet saknas, eller hör till en nyckel som gäller. Välj ett annat, eller ta tillbaka den först.",
            en="The name is missing, or is of a token that stands. Choose another, or revoke that one first.",
        )
