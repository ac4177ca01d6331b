"""The standard report of a snapshot that has columns and no files: answered with invented tables."""

from datetime import date
from pathlib import Path

from made_tables import YEAR, invented

from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.snapshot_schema import Manifest, Population, SnapshotLevel, SnapshotTable
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.report import Report, answer_outline, facts_of
from skillnad.snapshots.columns import columns_of

_NOBODY = {place: (SnapshotLevel("A", "Norr", "North"),) for place in ("committee", "unit", "provider")}


def described_snapshot() -> Snapshot:
    """Columns and levels as the codebook has them; there are no files behind it."""
    codebook = load_codebook()
    tables = {p: SnapshotTable(p, 100, "0" * 64, columns_of(p, codebook, _NOBODY)) for p in Population}
    manifest = Manifest("e" * 64, date(2025, 12, 31), "2019.1", "d" * 64, "Provköping", tables, ("stated_gender",))
    return Snapshot(Path("nowhere"), manifest)


def invented_report(snapshot: Snapshot, *, hidden: bool) -> Report:
    """With made-up numbers, or with every number `hidden`."""
    outline = standard_outline(snapshot.manifest, YEAR)
    facts = facts_of(snapshot.manifest, YEAR, title="Uppföljning", municipality="", made_on=date(2026, 2, 1))
    return answer_outline(outline, lambda question: invented(snapshot, question, hidden=hidden), facts)
