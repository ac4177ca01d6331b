"""Who did and saw what: rows that are added and never changed, each holding a seal over itself and the one before."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import CheckConstraint, Q


class AppendOnly(Exception):
    """The audit log is not changed. Reaching this is a bug in the caller."""


class Added(models.QuerySet[Any]):
    """Rows can be added and read; what would change or remove them raises."""

    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *rows: Any, **options: Any) -> NoReturn:
        raise AppendOnly


class AuditEvent(models.Model):
    """`by` is an actor ("account:17", "operator:import"), never a name. `subjects` are pseudonyms or row ids of
    `subject_kind`, `details` are counts and codes: nothing is personal data beyond which pseudonym was touched.

    The row id is the place in the chain, one more than that of the event before: two events can never follow the same.
    No seal has an index: such a one has its next entry anywhere, which costs more than all else of an event."""

    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    action = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60, default="", db_default="", blank=True)
    subject_kind = models.CharField(max_length=40, default="", db_default="", blank=True)
    subjects = models.JSONField(default=list, blank=True)
    details = models.JSONField(default=dict, blank=True)
    previous_mac = models.CharField(max_length=64, default="", blank=True)
    mac = models.CharField(
        max_length=64
    )  # no index: its successor's `previous_mac` has one, and each costs a page a row

    objects = Added.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at"]), models.Index(fields=["by", "at"])]
        constraints = [CheckConstraint(name="auditevent_actor_given", condition=~Q(by="") & ~Q(action=""))]

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly


class AuditSubject(models.Model):
    """That an event touched a person, by a name (64 bits) that only the log's key gives: how one person's events are
    found among all. The rows stand in the order of their events, and each event says what its list should be."""

    event = models.ForeignKey(  # proved by `verify`, and not once more for each of a delivery's people
        AuditEvent, on_delete=models.PROTECT, related_name="people", db_index=False, db_constraint=False
    )
    person = models.BigIntegerField()

    objects = Added.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "event"])]

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly
