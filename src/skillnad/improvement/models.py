"""What people make of the results: explanations that are written beside shown differences."""

from django.db import models
from django.db.models import CheckConstraint, Q

from skillnad.organisation.constraints import both_or_neither, not_empty


class Explanation(models.Model):
    """Why a difference is as it is, in someone's words, and of which figures. It is never changed: who knows more
    writes another, and one that should not have been written is withdrawn, its text with it.

    `difference` is the difference's name from one period to the next ("mal.legal_sex.1"), `title` what it is called,
    `about` its size in words as it was shown, `figures` the same in numbers.
    """

    difference = models.CharField(max_length=160)
    period = models.CharField(max_length=30)
    snapshot = models.CharField(max_length=64)
    title = models.CharField(max_length=400)
    about = models.CharField(max_length=200)
    figures = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=100, default="", db_default="", blank=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            not_empty("difference"),
            not_empty("period"),
            not_empty("snapshot"),
            not_empty("title"),
            not_empty("about"),
            not_empty("written_by"),
            both_or_neither("withdrawn_at", "withdrawn_by"),
            CheckConstraint(
                name="%(class)s_text_unless_withdrawn",
                condition=(Q(withdrawn_at__isnull=True) & ~Q(text="")) | Q(withdrawn_at__isnull=False, text=""),
            ),
        ]
