"""Reading the register: how much there is, and whose."""

from typing import Any

from django.db.models import Max

from skillnad.audit.keys import installed_keys
from skillnad.codebook.snapshot_schema import Population
from skillnad.register.models import Case, Client, Cost, FollowUp, ImportRun, Intervention, Review

MODELS: dict[Population, Any] = {
    Population.CLIENTS: Client,
    Population.CASES: Case,
    Population.INTERVENTIONS: Intervention,
    Population.FOLLOW_UPS: FollowUp,
    Population.REVIEWS: Review,
    Population.COSTS: Cost,
}


def row_counts(source: str = "") -> dict[Population, int]:
    """Rows of each kind, everyone counted; with `source`, those of one extract."""
    which = {"source": source} if source else {}
    return {population: model.everyone.filter(**which).count() for population, model in MODELS.items()}


def latest_import(source: str = "") -> ImportRun | None:
    """The run that came last, of any source or of one."""
    runs = ImportRun.objects.filter(source=source) if source else ImportRun.objects.all()
    return runs.order_by("-imported_at", "-pk").first()


def latest_moment() -> str:
    """When the register was last imported into, as ISO text; empty before the first time."""
    moment = ImportRun.objects.aggregate(last=Max("imported_at"))["last"]
    return moment.isoformat() if moment else ""


def client_with_identity(number: str) -> Client | None:
    """The client with this normalised number, protected or not: for matching, not for lists."""
    found: Client | None = Client.everyone.filter(identity_index=installed_keys().blind_index(number)).first()
    return found
