"""Reading which snapshots there are."""

from skillnad.snapshots.models import Snapshot


def latest_snapshot() -> Snapshot | None:
    """The one of the latest day, and of those the last made; None before the first."""
    return Snapshot.objects.order_by("-as_of", "-made_at", "id").first()
