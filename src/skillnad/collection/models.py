"""What people have answered: a submission is one sheet of one instrument, tied to the version that it was given on.

Only linked answers are held: who it is about is told by a row of the register, or it is about nobody. Codes and numbers
are in `Submission.answers`; words are sealed, each in a `FreeAnswer`, and nowhere else.
"""

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from skillnad.collection.visibility import PATHS, Rows, Visible, free_answer_in_area, submission_in_area
from skillnad.organisation.constraints import believable_date, both_or_neither, not_empty
from skillnad.organisation.models import Provider, Unit
from skillnad.register.models import Case, Client, FollowUp, ImportRun, Intervention

NAME = 40
"""Letters of an instrument's id, and of what it names."""
ITEM = 128
"""Of an item's id: a cell of a matrix has three parts."""
SUBJECTS = ("client", "case", "intervention", "follow_up")


def _name() -> "models.CharField[str, str]":
    return models.CharField(max_length=NAME, default="", db_default="", blank=True)


def _subject(model: type[models.Model]) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(model, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions")


def _place(model: type[models.Model]) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(model, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)


def _one_subject() -> CheckConstraint:
    """At most one: what stands above it in the register follows from it."""
    ways = Q()
    for told in (None, *SUBJECTS):
        ways |= Q(*((f"{subject}__isnull", subject != told) for subject in SUBJECTS))
    return CheckConstraint(name="%(class)s_one_subject", condition=ways)


class Submission(models.Model):
    """One sheet. `source` is the file's source and the instrument, `source_key` a keyed name of the row's key there:
    the key itself may name someone, and is not kept. `row_hash` is of what was last imported, under a key too.

    `slots` has code by slot. `answers` has, by item: a code, a number, an ISO date, a list of codes, or rank by code.
    `age` is as the file told it (of whom it is about): where it is missing and the person is known, it follows from
    the birth date. `unit` and `provider` are as the file told them; where missing, the subject's hold.
    """

    source = models.CharField(max_length=60)
    source_key = models.CharField(max_length=64)
    row_hash = models.BigIntegerField()
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    instrument = models.CharField(max_length=NAME)
    version = models.CharField(max_length=NAME)
    digest = models.CharField(max_length=64)  # of the instrument's content, as it was when the row was imported
    perspective = models.CharField(max_length=NAME)
    variant = _name()
    language = _name()
    answered_date = models.DateField()
    occasion = _name()
    client = _subject(Client)
    case = _subject(Case)
    intervention = _subject(Intervention)
    follow_up = _subject(FollowUp)
    unit = _place(Unit)
    provider = _place(Provider)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    slots = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)

    protected_paths = PATHS
    in_area = staticmethod(submission_in_area)
    objects = Visible()
    everyone = models.Manager.from_queryset(Rows)()

    class Meta:
        indexes = [models.Index(fields=["instrument", "answered_date"])]
        constraints = [
            UniqueConstraint(fields=["source", "source_key"], name="%(class)s_source_key_unique"),
            *(not_empty(name) for name in ("source", "source_key", "instrument", "version", "digest", "perspective")),
            believable_date("answered_date"),
            _one_subject(),
        ]


class FreeAnswer(models.Model):
    """Words that someone wrote, sealed for this submission and item alone. `themes` is what a person has said that
    they are about: words of the coder's own, in the order they were given; who and when stands beside."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="free_answers")
    item = models.CharField(max_length=ITEM)
    text_sealed = models.BinaryField()
    themes = models.JSONField(default=list, blank=True)
    themed_at = models.DateTimeField(null=True, blank=True)
    themed_by = models.CharField(max_length=100, default="", db_default="", blank=True)

    protected_paths = tuple(f"submission__{path}" for path in PATHS)
    in_area = staticmethod(free_answer_in_area)
    objects = Visible()
    everyone = models.Manager.from_queryset(Rows)()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["submission", "item"], name="%(class)s_item_once"),
            not_empty("item"),
            both_or_neither("themed_at", "themed_by"),
        ]
