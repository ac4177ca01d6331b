"""People with protected identity are in no list unless someone asks for everyone."""

from typing import Any, Self

from django.db import models


class Rows(models.QuerySet[Any]):
    """Rows that belong to a client. The model's `protected_path` leads to the client's flag."""

    def visible(self) -> Self:
        """Without the rows of clients with protected identity."""
        path: str = self.model.protected_path
        return self.filter(**{path: False})


class Visible(models.Manager.from_queryset(Rows)):  # type: ignore[misc]
    """The manager of lists: nobody with protected identity, by default."""

    def get_queryset(self) -> Rows:
        rows: Rows = super().get_queryset()
        return rows.visible()
