"""Clients, cases, interventions, follow-ups; reviews and costs where the extract has them.

A single coded variable is its code as text, several values are codes with `;` between, in the codebook's order; missing
is the empty text. `objects` leaves out the people with protected identity: it is what lists are made of. `everyone` has
all rows: it is for import and for counting.
"""

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.expressions import Value

from skillnad.codebook.identity import IdentityKind
from skillnad.lib.sealing import INDEX_BYTES
from skillnad.organisation.constraints import believable_date, in_order, not_empty
from skillnad.organisation.models import Provider, Unit
from skillnad.register import visibility
from skillnad.register.visibility import Rows, Visible

ID_KINDS = [(kind.value, kind.value) for kind in IdentityKind]
_NO_IDENTITY = IdentityKind.NONE.value
CODE = 16
CODES = 400


def _code() -> "models.CharField[str, str]":
    return models.CharField(max_length=CODE, default="", db_default="", blank=True)


def _codes() -> "models.CharField[str, str]":
    return models.CharField(max_length=CODES, default="", db_default="", blank=True)


def _day() -> models.DateField:
    return models.DateField(null=True, blank=True)


def _place(model: type[models.Model]) -> "models.ForeignKey[Any, Any]":
    """Few places for many rows: the database is faster without an index on them."""
    return models.ForeignKey(model, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)


class ImportRun(models.Model):
    """One delivery, taken in whole. Its counts are rows of the extract; files are known by their hashes, since their
    names may name people."""

    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=100)
    source = models.CharField(max_length=60)
    mapping_sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=list)  # [{"sha256": …, "bytes": …, "rows": …}]
    rows_read = models.PositiveBigIntegerField()
    rows_accepted = models.PositiveBigIntegerField()
    rows_warned = models.PositiveBigIntegerField()
    rows_rejected = models.PositiveBigIntegerField()
    rows_new = models.PositiveBigIntegerField()
    rows_changed = models.PositiveBigIntegerField()
    rows_unchanged = models.PositiveBigIntegerField()
    details = models.JSONField(default=dict)  # counts by entity and rule, the gap list

    class Meta:
        constraints = [not_empty("imported_by"), not_empty("source")]


class Imported(models.Model):
    """A row that came from an extract. `row_hash` is of what was last imported: it tells changed from unchanged."""

    source = models.CharField(max_length=60)
    source_key = models.CharField(max_length=200)
    row_hash = models.BigIntegerField(default=0, db_default=0)
    import_run = models.ForeignKey(  # an index would be written with every row, and no question goes this way; runs
        # are never removed, so a link that every row of a delivery shares is not proved again for each of a million
        ImportRun,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    local_values = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)

    class Meta:
        abstract = True


def _from_extract() -> "list[UniqueConstraint | CheckConstraint]":
    return [
        UniqueConstraint(fields=["source", "source_key"], name="%(class)s_source_key_unique"),
        not_empty("source"),
        not_empty("source_key"),
    ]


class Client(Imported):
    """`pseudonym` is what everything past the register sees; it is random, and says nothing of the number."""

    pseudonym = models.BigIntegerField(unique=True)
    id_kind = models.CharField(max_length=CODE, choices=ID_KINDS, default=_NO_IDENTITY, db_default=_NO_IDENTITY)
    identity_sealed = models.BinaryField(null=True, blank=True)
    identity_index = models.BinaryField(max_length=INDEX_BYTES, null=True, blank=True, unique=True)
    birth_date = _day()
    legal_sex = _code()
    stated_gender = _code()
    origin = _code()
    protected = models.BooleanField(default=False, db_default=False)

    protected_path = "protected"
    in_area = staticmethod(visibility.client_in_area)
    objects = Visible()
    everyone = models.Manager.from_queryset(Rows)()

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(protected=True), name="client_protected_few")]
        constraints = [
            *_from_extract(),
            CheckConstraint(name="client_pseudonym_positive", condition=Q(pseudonym__gt=0)),
            CheckConstraint(name="client_id_kind_known", condition=Q(id_kind__in=[kind for kind, _ in ID_KINDS])),
            CheckConstraint(
                name="client_identity_sealed_and_indexed",
                condition=Q(identity_sealed__isnull=True, identity_index__isnull=True, id_kind=_NO_IDENTITY)
                | (Q(identity_sealed__isnull=False, identity_index__isnull=False) & ~Q(id_kind=_NO_IDENTITY)),
            ),
            CheckConstraint(name="client_legal_sex_known", condition=Q(legal_sex__in=["", "1", "2"])),
            believable_date("birth_date"),
        ]


class Case(Imported):
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="cases")
    unit = _place(Unit)
    intake_date = _day()
    intake_reason = _codes()
    household_type = _code()
    previous_contact = _code()
    problem = _codes()
    decision_date = _day()
    closed_date = _day()

    protected_path = "client__protected"
    in_area = staticmethod(visibility.case_in_area)
    objects = Visible()
    everyone = models.Manager.from_queryset(Rows)()

    class Meta:
        constraints = [
            *_from_extract(),
            believable_date("intake_date"),
            believable_date("decision_date"),
            believable_date("closed_date"),
            in_order("intake_date", "closed_date"),
        ]


class Intervention(Imported):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interventions")
    unit = _place(Unit)
    provider = _place(Provider)
    decision_date = _day()
    start_date = _day()
    intervention_type = _codes()
    end_date = _day()
    adherence_to_plan = _code()
    closing_reason = _code()

    protected_path = "case__client__protected"
    in_area = staticmethod(visibility.intervention_in_area)
    objects = Visible()
    everyone = models.Manager.from_queryset(Rows)()

    class Meta:
        constraints = [
            *_from_extract(),
            believable_date("decision_date"),
            believable_date("start_date"),
            believable_date("end_date"),
            in_order("start_date", "end_date"),
        ]


class FollowUp(Imported):
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="follow_ups")
    follow_up_date = _day()
    collaboration = _codes()
    coordinated_plan = _code()
    parallel_interventions = _code()
    goal_attainment = _code()

    protected_path = "intervention__case__client__protected"
    in_area = staticmethod(visibility.of_intervention_in_area)
    objects = Visible()
    everyone = models.Manager.from_queryset(Rows)()

    class Meta:
        constraints = [*_from_extract(), believable_date("follow_up_date")]


class Review(Imported):
    """A review that the law or the plan asks for: when it was due, and when it was held; at least one is known.

    `intervention` is what was reviewed where the extract says so; its case is then `case`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    intervention = models.ForeignKey(
        Intervention, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    due_date = _day()
    held_date = _day()

    protected_path = "case__client__protected"
    in_area = staticmethod(visibility.review_in_area)
    objects = Visible()
    everyone = models.Manager.from_queryset(Rows)()

    class Meta:
        constraints = [
            *_from_extract(),
            believable_date("due_date"),
            believable_date("held_date"),
            CheckConstraint(name="review_dated", condition=Q(due_date__isnull=False) | Q(held_date__isnull=False)),
        ]


class Cost(Imported):
    """What an intervention cost from one day to another, both included. `amount` is in öre."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="costs")
    from_date = models.DateField()
    to_date = _day()
    amount = models.BigIntegerField()

    protected_path = "intervention__case__client__protected"
    in_area = staticmethod(visibility.of_intervention_in_area)
    objects = Visible()
    everyone = models.Manager.from_queryset(Rows)()

    class Meta:
        constraints = [
            *_from_extract(),
            CheckConstraint(name="cost_amount_not_negative", condition=Q(amount__gte=0)),
            believable_date("from_date"),
            believable_date("to_date"),
            in_order("from_date", "to_date"),
        ]
