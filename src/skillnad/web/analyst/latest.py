"""The snapshot that the pages show: the newest, or the one that is explored alone; opened once a process."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from skillnad.analysis.noise_secret import secret_for
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.snapshots.queries import latest_snapshot


def newest() -> Path | None:
    """The folder of the newest snapshot; None before the first. Without a register it is the one given."""
    if settings.SKILLNAD_SNAPSHOT:
        return Path(settings.SKILLNAD_SNAPSHOT)
    snapshot = latest_snapshot()
    return Path(snapshot.path) if snapshot else None


@lru_cache(maxsize=4)
def opened(folder: Path) -> Snapshot:
    """A snapshot never changes, so opening it once is enough."""
    return open_snapshot(folder)


@lru_cache(maxsize=4)
def protected(folder: Path) -> ProtectedSet:
    policy = settings.SKILLNAD_POLICY
    keys = getattr(settings, "SKILLNAD_KEY_FILE", None)  # an explorer of one snapshot has no installation
    return ProtectedSet(opened(folder), policy, secret_for(policy, keys and Path(keys)))
