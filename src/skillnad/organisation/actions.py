"""Building the tree, and giving out logins and roles."""

from dataclasses import asdict
from datetime import datetime

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.lib.errors import Denied, UserError
from skillnad.organisation.history.storing import record_units, reorganised
from skillnad.organisation.models import (
    Account,
    Administration,
    Assignment,
    Committee,
    Municipality,
    Provider,
    Role,
    Unit,
)
from skillnad.organisation.places import AdministrationPlace, Place, ProviderPlace, Tree, UnitPlace
from skillnad.organisation.rights import UNIT_ROLES

FIRST_COMMITTEE = Place("SN", "Socialnämnden")
"""Where units belong when nobody has said: a municipality has one such committee unless it says otherwise."""


@writing()
def set_up_tree(*, tree: Tree, by: str, at: datetime) -> Municipality:
    """Add what is new in `tree` and update what has changed, by code; nothing is removed: history needs it. Units that
    have been reorganised are left as their history has them.

    Raises UserError REG-001 for a code that is not in the tree, REG-002 for another municipality than the one here.
    """
    municipality = _municipality(tree.municipality)
    for committee in tree.committees or (FIRST_COMMITTEE,):
        Committee.objects.update_or_create(code=committee.code, municipality=municipality, defaults=_told(committee))
    for administration in tree.administrations:
        _put_administration(municipality, administration)
    kept = reorganised() if tree.units else frozenset[str]()
    units = [_put_unit(municipality, unit) for unit in tree.units if unit.code not in kept]
    if units:
        record_units(units, by=by, at=at)
    for provider in tree.providers:
        _put_provider(municipality, provider)
    counts = {name: len(getattr(tree, name)) for name in ("committees", "administrations", "units", "providers")}
    record(by=by, at=at, action="organisation.set_up", details=counts)
    return municipality


@writing()
def add_units(*, municipality: Municipality, units: tuple[UnitPlace, ...], by: str, at: datetime) -> dict[str, int]:
    """Units that an extract names and the tree does not have; those that it has are left as they are.

    Returns the id of every unit in the municipality, by code.
    """
    known = dict(Unit.objects.filter(municipality=municipality).values_list("code", "pk"))
    new = [unit for unit in units if unit.code not in known]
    added = [_put_unit(municipality, unit) for unit in new]
    known.update((unit.code, unit.pk) for unit in added)
    if new:
        record_units(added, by=by, at=at)
        record(by=by, at=at, action="organisation.add_units", details={"units": len(new)})
    return known


@writing()
def add_providers(
    *, municipality: Municipality, providers: tuple[ProviderPlace, ...], by: str, at: datetime
) -> dict[str, int]:
    """As `add_units`, for providers."""
    known = dict(Provider.objects.filter(municipality=municipality).values_list("code", "pk"))
    new = [provider for provider in providers if provider.code not in known]
    for provider in new:
        known[provider.code] = _put_provider(municipality, provider).pk
    if new:
        record(by=by, at=at, action="organisation.add_providers", details={"providers": len(new)})
    return known


@writing()
def create_account(
    *,
    username: str,
    password: str,
    role: Role,
    by: str,
    at: datetime,
    unit: Unit | None = None,
    committee: Committee | None = None,
    protected: bool = False,
) -> Account:
    """A login with a role. Raises UserError REG-003 where the name is taken, REG-004 where the role needs a unit."""
    if Account.objects.filter(username=username).exists():
        raise UserError.of(
            "REG-003",
            sv="Det finns redan en inloggning med det namnet. Välj ett annat.",
            en="There is a login of that name already. Choose another.",
        )
    account = Account(username=username, date_joined=at)
    account.set_password(password)
    account.save()
    record(by=by, at=at, action="account.create", subject_kind="account", subjects=[account.pk])
    grant_role(account=account, role=role, unit=unit, committee=committee, protected=protected, by=by, at=at)
    return account


@writing()
def grant_role(
    *,
    account: Account,
    role: Role,
    by: str,
    at: datetime,
    unit: Unit | None = None,
    committee: Committee | None = None,
    protected: bool = False,
) -> Assignment:
    """Raises UserError REG-004 where the role needs a unit and none is given, Denied where it is one's own account."""
    _check_another(account, by)
    if role in UNIT_ROLES and unit is None:
        raise UserError.of(
            "REG-004",
            sv=f"Rollen {role.label} gäller en enhet. Ange vilken.",
            en=f"The role {role.value} is for a unit. Say which.",
        )
    assignment = Assignment.objects.create(
        account=account,
        role=role.value,
        unit=unit,
        committee=committee,
        protected=protected,
        granted_at=at,
        granted_by=by,
    )
    record(
        by=by,
        at=at,
        action="account.grant_role",
        subject_kind="account",
        subjects=[account.pk],
        details={
            "role": role.value,
            "unit": unit and unit.code,
            "committee": committee and committee.code,
            **({"protected": True} if protected else {}),
        },
    )
    return assignment


def _check_another(account: Account, by: str) -> None:
    """Who gives out roles gives none to itself: somebody else has looked at each."""
    if account.actor == by:
        raise Denied("Ingen ger sig själv en behörighet. Be en annan driftansvarig.")


@writing()
def revoke_role(*, assignment: Assignment, by: str, at: datetime) -> None:
    """The role ends; that it was there remains."""
    Assignment.objects.filter(pk=assignment.pk, revoked_at__isnull=True).update(revoked_at=at, revoked_by=by)
    record(
        by=by,
        at=at,
        action="account.revoke_role",
        subject_kind="account",
        subjects=[assignment.account_id],
        details={"role": assignment.role},
    )


def _told(place: Place) -> dict[str, object]:
    told = asdict(place)
    return {name: told[name] for name in ("name", "valid_from", "valid_to")}


def _municipality(place: Place) -> Municipality:
    """One register holds one municipality: two would share its units and its protection."""
    if Municipality.objects.exclude(code=place.code).exists():
        raise UserError.of(
            "REG-002",
            sv=f"Registret hör till en annan kommun än {place.code}. Ange den, eller börja i en ny mapp.",
            en=f"The register belongs to another municipality than {place.code}. Use its code, or a new folder.",
        )
    municipality, _ = Municipality.objects.update_or_create(code=place.code, defaults=_told(place))
    return municipality


def _put_administration(municipality: Municipality, place: AdministrationPlace) -> Administration:
    return Administration.objects.update_or_create(
        code=place.code,
        committee=_committee(municipality, place.committee),
        defaults={**_told(place), "kind": place.kind},
    )[0]


def _put_unit(municipality: Municipality, place: UnitPlace) -> Unit:
    committee = _committee(municipality, place.committee)
    administration = None
    if place.administration:
        administration = committee.administrations.filter(code=place.administration).first()
        if administration is None:
            raise _no_such(place.administration)
    return Unit.objects.update_or_create(
        code=place.code,
        municipality=municipality,
        defaults={**_told(place), "committee": committee, "administration": administration},
    )[0]


def _put_provider(municipality: Municipality, place: ProviderPlace) -> Provider:
    return Provider.objects.update_or_create(
        code=place.code, municipality=municipality, defaults={**_told(place), "kind": place.kind}
    )[0]


def _committee(municipality: Municipality, code: str) -> Committee:
    committees = municipality.committees.order_by("pk")
    committee = committees.filter(code=code).first() if code else committees.first()
    if committee is None:
        raise _no_such(code)
    return committee


def _no_such(code: str) -> UserError:
    return UserError.of(
        "REG-001",
        sv=f"Organisationen har ingen nämnd eller förvaltning ”{code}”. Lägg till den före det som hör till den.",
        en=f"The organisation has no committee or administration with the code '{code}'. Add it before what is in it.",
    )
