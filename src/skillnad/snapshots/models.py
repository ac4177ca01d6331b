"""Which snapshots have been made of this register. The data are in files; here stand their names and who asked."""

from django.db import models

from skillnad.organisation.constraints import not_empty


class Snapshot(models.Model):
    """One snapshot, known by its content: making the same one again gives the same row."""

    id = models.CharField(max_length=64, primary_key=True)
    path = models.CharField(max_length=500)
    as_of = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    codebook_version = models.CharField(max_length=40)
    codebook_digest = models.CharField(max_length=64)
    rows = models.JSONField(default=dict)  # population: number of rows

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [not_empty("made_by"), not_empty("path")]

    def __str__(self) -> str:
        return f"{self.id[:12]} ({self.as_of})"
