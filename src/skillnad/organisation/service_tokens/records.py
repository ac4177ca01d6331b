"""What is known of a token: never the token."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from skillnad.organisation.constraints import both_or_neither, not_empty


class ServiceToken(models.Model):
    """`handle` is the part that is no secret and finds the row; `digest` is of the part that is. `rights` are values of
    `rights.Right`. Of committee and unit at most one; of no place it shows no person."""

    name = models.CharField(max_length=100)
    handle = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    rights = models.JSONField(default=list)
    committee = models.ForeignKey("organisation.Committee", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    last_date = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=100, default="", db_default="")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["name"], condition=Q(revoked_at=None), name="%(class)s_name_standing"),
            CheckConstraint(name="%(class)s_one_place", condition=Q(committee=None) | Q(unit=None)),
            not_empty("name"),
            not_empty("digest"),
            not_empty("made_by"),
            both_or_neither("revoked_at", "revoked_by"),
        ]

    @property
    def actor(self) -> str:
        """What the audit log calls the system that holds it."""
        return f"service:{self.pk}"
