"""The recurring check of the log: what was drawn or stood out in a period, and what somebody made of it."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from skillnad.audit.models import AuditEvent
from skillnad.lib.sealing import INDEX_BYTES
from skillnad.organisation.constraints import both_or_neither, in_order, not_empty
from skillnad.organisation.models import Account


class LogReview(models.Model):
    """One check. `seed` is what the draw was made with, so that it can be made again; `readings` are how many there
    were to draw from, and `own_known` of how many logins the own identity is known."""

    from_date = models.DateField()
    to_date = models.DateField()
    seed = models.CharField(max_length=32)
    wanted = models.PositiveIntegerField()
    readings = models.PositiveBigIntegerField()
    own_known = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)

    class Meta:
        constraints = [not_empty("made_by"), not_empty("seed"), in_order("from_date", "to_date")]


class Reason(models.TextChoices):
    DRAWN = "drawn", "slumpvis dragen"
    PROTECTED = "protected", "många med skyddad identitet"
    NIGHT = "night", "nattetid"
    LEFT = "left", "efter avslutad roll i enheten"
    OWN = "own", "egen post"


class Outcome(models.TextChoices):
    OPEN = "", "inte bedömd"
    EXPECTED = "expected", "befogad"
    UNAUTHORISED = "unauthorised", "obefogad, förs vidare"
    UNCLEAR = "unclear", "går inte att avgöra"


class LogFinding(models.Model):
    """An event to look at and why. Of a pattern there is one for each login: its first event, and how many it had."""

    review = models.ForeignKey(LogReview, on_delete=models.PROTECT, related_name="findings")
    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=Reason)
    events = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.OPEN, db_default="", blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=100, default="", db_default="", blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["review", "event", "reason"], name="%(class)s_once"),
            CheckConstraint(name="%(class)s_reason_known", condition=Q(reason__in=Reason.values)),
            CheckConstraint(name="%(class)s_outcome_known", condition=Q(outcome__in=Outcome.values)),
            CheckConstraint(
                name="%(class)s_outcome_settled",
                condition=Q(outcome="", settled_at__isnull=True) | (~Q(outcome="") & Q(settled_at__isnull=False)),
            ),
            both_or_neither("settled_at", "settled_by"),
        ]


class OwnIdentity(models.Model):
    """The blind index of a login's own identity number: only to see whether it has read about itself."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="own_identity")
    identity_index = models.BinaryField(max_length=INDEX_BYTES)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=100)

    class Meta:
        constraints = [not_empty("set_by")]
