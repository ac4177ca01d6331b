"""Answers about people with protected identity are in no list unless someone asks for everyone.

An answer may be about a person in one of four ways, or about nobody: what is about nobody is in the lists.
"""

from typing import Any, Self

from django.db import models

PATHS = (
    "client__protected",
    "case__client__protected",
    "intervention__case__client__protected",
    "follow_up__intervention__case__client__protected",
)
"""From a submission to the flag of whom it is about."""


class Rows(models.QuerySet[Any]):
    """Rows that may be about a client. The model's `protected_paths` lead to the client's flag."""

    def visible(self) -> Self:
        """Without the rows about clients with protected identity."""
        rows = self
        for path in self.model.protected_paths:
            rows = rows.exclude(**{path: True})
        return rows


class Visible(models.Manager.from_queryset(Rows)):  # type: ignore[misc]
    """The manager of lists: nobody with protected identity, by default."""

    def get_queryset(self) -> Rows:
        rows: Rows = super().get_queryset()
        return rows.visible()
