"""Whoever reads one snapshot without an account, let in by the address that a terminal showed (`analyst.gate`)."""

from dataclasses import dataclass

from skillnad.lib.errors import Denied
from skillnad.organisation.permissions import check_can_explore_tables


@dataclass(frozen=True)
class SnapshotReader:
    """Stands where an account stands on the pages; may build tables of the snapshot, and nothing else."""

    snapshot: str
    as_of: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False


def check_reader(check: object) -> None:
    """Raises Denied for a page that wants another right than building tables."""
    if check is not check_can_explore_tables:
        raise Denied("Här finns bara en ögonblicksbild att utforska. Övriga sidor finns på webbplatsen med inloggning.")
