"""The snapshot that the pages show: the newest, or the one that is explored alone; opened once a process."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from skillnad.analysis.asking import protected_set
from skillnad.analysis.noise_secret import secret_for
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.sensitive_groups import check_sensitive
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.loading import load_codebook
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
    """What may be shown of a snapshot under the municipality's policy.

    Raises UserError (DISC-025) where the policy names a sensitive column that there is none of: nothing is shown.
    """
    policy, snapshot = settings.SKILLNAD_POLICY, opened(folder)
    if policy.sensitive:
        own = getattr(settings, "SKILLNAD_LOCAL_CODEBOOK", None)
        check_sensitive(policy, snapshot.manifest, load_codebook(own).variables)
    keys = getattr(settings, "SKILLNAD_KEY_FILE", None)  # an explorer of one snapshot has no installation
    key_file = Path(keys) if keys else None
    return protected_set(snapshot, policy, secret_for(policy, key_file), key_file=key_file)
