"""The tree that work is done in, with dates of validity, and the accounts that may sign in."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from skillnad.organisation.constraints import both_or_neither, in_order, not_empty
from skillnad.organisation.history.records import SuccessionRecord as SuccessionRecord
from skillnad.organisation.history.records import UnitRecord as UnitRecord
from skillnad.organisation.rights import UNIT_ROLES
from skillnad.organisation.rights import Role as Role
from skillnad.organisation.service_tokens.records import ServiceToken as ServiceToken

if TYPE_CHECKING:
    from skillnad.organisation.standing import Standing


class Named(models.Model):
    """A place in the tree: its code is what extracts and snapshots call it, its name is what people read."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the last day

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Municipality(Named):
    code = models.CharField(max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])

    class Meta:
        constraints = [
            CheckConstraint(name="%(class)s_code_four_digits", condition=Q(code__regex=r"^[0-9]{4}$")),
            not_empty("name"),
            in_order("valid_from", "valid_to"),
        ]


class Committee(Named):
    """A secrecy area of its own."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="committees")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["municipality", "code"], name="%(class)s_code_unique"),
            not_empty("code"),
            not_empty("name"),
            in_order("valid_from", "valid_to"),
        ]


class AdministrationKind(models.TextChoices):
    DEPARTMENT = "department", "förvaltning"
    DISTRICT = "district", "stadsdelsförvaltning"
    CENTRAL = "central", "central förvaltning"


class Administration(Named):
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="administrations")
    kind = models.CharField(max_length=16, choices=AdministrationKind, default=AdministrationKind.DEPARTMENT)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["committee", "code"], name="%(class)s_code_unique"),
            CheckConstraint(name="%(class)s_kind_known", condition=Q(kind__in=AdministrationKind.values)),
            not_empty("code"),
            not_empty("name"),
            in_order("valid_from", "valid_to"),
        ]


class Unit(Named):
    """Where the work is done. Its code is unique in the municipality, since extracts know no committee."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="units")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="units")
    administration = models.ForeignKey(
        Administration, on_delete=models.PROTECT, related_name="units", null=True, blank=True
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["municipality", "code"], name="%(class)s_code_unique"),
            not_empty("code"),
            not_empty("name"),
            in_order("valid_from", "valid_to"),
        ]


class ProviderKind(models.TextChoices):
    MUNICIPAL = "municipal", "kommunal"
    PRIVATE = "private", "privat"
    NON_PROFIT = "non_profit", "idéburen"
    OTHER_PUBLIC = "other_public", "annan offentlig"
    UNKNOWN = "unknown", "okänd"


class Provider(Named):
    """Who carries an intervention out."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="providers")
    kind = models.CharField(max_length=16, choices=ProviderKind, default=ProviderKind.UNKNOWN)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["municipality", "code"], name="%(class)s_code_unique"),
            CheckConstraint(name="%(class)s_kind_known", condition=Q(kind__in=ProviderKind.values)),
            not_empty("code"),
            not_empty("name"),
            in_order("valid_from", "valid_to"),
        ]


class Account(AbstractUser):
    """A login. What it may do follows from its assignments alone."""

    standing: "tuple[Standing, ...] | None" = None
    """Its assignments as the request has read them, once; None where nobody has, and each question reads them anew."""

    @property
    def actor(self) -> str:
        """What the audit log calls this login: never its name."""
        return f"account:{self.pk}"


class Assignment(models.Model):
    """A role that an account has, and where: in a unit, in a committee, or in no place in particular, where it shows
    no person. With `protected`, those with protected identity are seen by the rights that allow it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=24, choices=[(role.value, role.label) for role in Role])
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    protected = models.BooleanField(default=False, db_default=False)
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=100)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=100, default="", db_default="", blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="%(class)s_role_known", condition=Q(role__in=[role.value for role in Role])),
            CheckConstraint(
                name="%(class)s_unit_for_unit_roles",
                condition=~Q(role__in=[role.value for role in UNIT_ROLES]) | Q(unit__isnull=False),
            ),
            not_empty("granted_by"),
            both_or_neither("revoked_at", "revoked_by"),
            in_order("granted_at", "revoked_at"),
        ]


class GlassReason(models.TextChoices):
    DANGER = "danger", "fara för liv eller hälsa"
    SUBSTITUTE = "substitute", "ersätter den som har behörigheten"
    INQUIRY = "inquiry", "utredning av en allvarlig händelse"


LONGEST_BREAK = timedelta(hours=4)


class BreakGlass(models.Model):
    """An assignment that its holder gave to itself in an emergency: why, and for how long from when it was granted.
    `explanation` is for the unit's manager and the auditor, and points out nobody."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="break_glass")
    reason = models.CharField(max_length=16, choices=GlassReason)
    explanation = models.TextField(max_length=500)
    lasts = models.DurationField()

    class Meta:
        constraints = [
            CheckConstraint(name="%(class)s_reason_known", condition=Q(reason__in=GlassReason.values)),
            CheckConstraint(
                name="%(class)s_lasts_hours", condition=Q(lasts__gt=timedelta(0), lasts__lte=LONGEST_BREAK)
            ),
            not_empty("explanation"),
        ]
