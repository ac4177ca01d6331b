"""An import from file to register: all of a delivery that may be stored, in one transaction, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

import polars as pl
from django.conf import settings

from skillnad.audit.actions import record
from skillnad.audit.keys import installed_keys
from skillnad.audit.writing import writing
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Codebook
from skillnad.organisation.models import Municipality
from skillnad.register.imports.arrivals import Arrivals, first_ids
from skillnad.register.imports.deliveries import Delivery, read_delivery
from skillnad.register.imports.fields import Record
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.keys import Identities
from skillnad.register.imports.limits import Limits
from skillnad.register.imports.mapping import ExtractMapping
from skillnad.register.imports.mapping_reading import load_mapping
from skillnad.register.imports.merging import Merged
from skillnad.register.imports.placing import ensure_municipality, named_places, places_of
from skillnad.register.imports.reading import LIMIT
from skillnad.register.imports.records import FieldsByColumn, fields_by_column
from skillnad.register.imports.rejected import write_rejected
from skillnad.register.imports.rules import RULES, rejects
from skillnad.register.imports.sealed import sealing
from skillnad.register.imports.sections import Progress, Reader, Section
from skillnad.register.imports.staging import Staging
from skillnad.register.imports.storing import large_cache, one_at_a_time
from skillnad.register.imports.summary import ImportSummary, RecordCount
from skillnad.register.imports.touched import touched_people
from skillnad.register.imports.variables import variable_counts
from skillnad.register.imports.writer import writer
from skillnad.register.models import ImportRun


class _Rehearsed(Exception):
    """Ends a rehearsal's transaction, so that nothing of it stays."""

    def __init__(self, summary: ImportSummary) -> None:
        self.summary = summary


@dataclass(frozen=True)
class Order:
    """What is imported how, by whom, and when."""

    mapping: ExtractMapping
    by: str
    at: datetime
    out: Path
    dry_run: bool
    municipality: str | None
    limits: Limits
    progress: Progress


def run_import(
    mapping_path: Path,
    files: Sequence[Path],
    *,
    by: str,
    at: datetime,
    out: Path,
    dry_run: bool = False,
    municipality: str | None = None,
    codebook: Codebook | None = None,
    limits: Limits | None = None,
    size_limit: int = LIMIT,
    progress: Progress = lambda step: None,
) -> ImportSummary:
    """Import `files` as the mapping says. Rejected rows are written to `out`, as is what was delivered.

    With `dry_run` everything is done and undone. Raises UserError: MAP-… (the mapping), IMP-001 to IMP-013 and IMP-024
    to IMP-026 (a delivery that cannot be read), IMP-020 to IMP-023 (an unusual one); nothing is changed then.
    """
    codebook = codebook or load_codebook(settings.SKILLNAD_LOCAL_CODEBOOK)
    mapping = load_mapping(mapping_path, codebook)
    place = municipality or mapping.municipality
    order = Order(mapping, by, at, out, dry_run, place, limits or Limits(), progress)
    reader = Reader(installed_keys(), at.date(), mapping_path.name, Findings())
    try:
        summary = _imported(order, files, reader, codebook, size_limit)
    except _Rehearsed as rehearsed:
        summary = rehearsed.summary
    summary.write_delivered(out)
    return summary


def _imported(
    order: Order, files: Sequence[Path], reader: Reader, codebook: Codebook, size_limit: int
) -> ImportSummary:
    """Read, then try and store in one transaction: on a server the first records are stored while rules are tried."""
    findings = reader.findings
    delivery = read_delivery(order.mapping, files, reader, order.progress, size_limit)
    fields = fields_by_column(codebook, delivery.sections)
    order.progress("Prövar regler")
    with large_cache(), writing():
        begun = _begun(delivery, order)
        with _arrivals(begun, delivery.identities, fields, order) as arrivals:
            frames = _staged(delivery, fields, arrivals, findings, order)
            named = named_places(frames)
            places = arrivals.writes.ask(partial(places_of, named, begun.municipality, by=order.by, at=order.at))
            summary = _checked(delivery, findings, frames, fields, order)
            _check_limits(delivery, summary, begun, order)
            delivery = delivery.slimmed()
            order.progress("Skriver till registret")
            merged = arrivals.rest(frames, places())
            summary = _counted(summary, delivery, findings, merged)
            order.limits.check_changes(summary.records, {each.record.value: each.existing for each in merged})
        _finished(begun.run, summary, merged, order)
        if order.dry_run:
            raise _Rehearsed(summary)
    return replace(summary, run=begun.run.pk)


@dataclass(frozen=True)
class _Begun:
    """`before` is how many rows the source's latest whole delivery had; `first_ids` are of records that the register
    has none of."""

    municipality: Municipality
    before: int
    run: ImportRun
    first_ids: Mapping[Record, int]


def _begun(delivery: Delivery, order: Order) -> _Begun:
    """In turn after other imports: where the rows belong, and the run's own row, which they refer to."""
    one_at_a_time()
    municipality = ensure_municipality(given=order.municipality, by=order.by, at=order.at)
    before = _taken_before(order.mapping.name)
    return _Begun(municipality, before, _run_of(delivery, order), first_ids(order.mapping.name, delivery.sections))


@contextmanager
def _arrivals(begun: _Begun, identities: Identities, fields: FieldsByColumn, order: Order) -> Iterator[Arrivals]:
    """At the end all is stored. Nothing here holds the delivery's cells, which are let go of on the way."""
    free = begun.first_ids
    with sealing(identities, all_new=Record.CLIENT in free) as sealer, writer() as writes:
        yield Arrivals(order.mapping.name, begun.run.pk, fields, sealer, free, writes, order.progress)


def _staged(
    delivery: Delivery, fields: FieldsByColumn, arrivals: Arrivals, findings: Findings, order: Order
) -> dict[Record, pl.DataFrame]:
    known = cache(arrivals.known)
    staging = Staging(delivery.sections, delivery.identities, fields, order.at.date(), known, findings)
    return dict(staging.run(arrivals.ahead))


def _check_limits(delivery: Delivery, summary: ImportSummary, begun: _Begun, order: Order) -> None:
    files = [Path(each).name for each in summary.rejected_files]
    order.limits.check_rejected(delivery.taken, summary.rejected, summary.rules, files)
    if not delivery.correction:
        order.limits.check_volume(delivery.taken, begun.before)


def _checked(
    delivery: Delivery,
    findings: Findings,
    frames: Mapping[Record, pl.DataFrame],
    fields: FieldsByColumn,
    order: Order,
) -> ImportSummary:
    """What is known before anything is stored; the rejected rows are in their files."""
    found = findings.all()
    bad = found.filter(pl.col("rule").is_in([code for code in RULES if rejects(code)]))
    warned = found.filter(~pl.col("rule").is_in([code for code in RULES if rejects(code)]))
    kept = warned.join(bad, on=["section", "row"], how="anti")
    rejected = delivery.rows_of(bad)
    return ImportSummary(
        source=order.mapping.name,
        title=order.mapping.title,
        dry_run=order.dry_run,
        files=delivery.files_read(),
        read=delivery.read,
        skipped=delivery.read - delivery.taken,
        accepted=delivery.taken - rejected,
        warned=delivery.rows_of(kept),
        rejected=rejected,
        rules=findings.counts(),
        variables=variable_counts(frames, fields, delivery.sections, findings),
        rejected_files=tuple(_write_rejected(delivery, findings, order.out)),
    )


def _write_rejected(delivery: Delivery, findings: Findings, out: Path) -> list[str]:
    written = []
    for table in delivery.tables:
        skip = next(section.spec.skip_rows for section in delivery.sections if section.table is table)
        path = write_rejected(table, skip, delivery.rejected_of(table, findings), out)
        if path:
            written.append(str(path))
    return written


def _taken_before(source: str) -> int:
    """Rows of the source's latest whole delivery."""
    runs = ImportRun.objects.filter(source=source).exclude(details__correction=True).order_by("-imported_at", "-pk")
    last = runs.first()
    return last.rows_accepted + last.rows_rejected if last else 0


def _run_of(delivery: Delivery, order: Order) -> ImportRun:
    """Files are known by their hashes: names may name people. What became of the rows is told at the end."""
    unknown = dict.fromkeys(("accepted", "warned", "rejected", "new", "changed", "unchanged"), 0)
    return ImportRun.objects.create(
        imported_at=order.at,
        imported_by=order.by,
        source=order.mapping.name,
        mapping_sha256=order.mapping.digest,
        files=[{"sha256": each.sha256, "bytes": each.size, "rows": each.rows} for each in delivery.files_read()],
        rows_read=delivery.read,
        **{f"rows_{name}": count for name, count in unknown.items()},
        details={"correction": delivery.correction},
    )


def _counted(summary: ImportSummary, delivery: Delivery, findings: Findings, merged: list[Merged]) -> ImportSummary:
    """A row is new where what it is about is new, else changed where anything it speaks of has changed."""
    by_record = {each.record: each for each in merged}
    new = changed = 0
    for table in delivery.tables:
        sections = [section for section in delivery.sections if section.table is table]
        rejected = pl.concat([findings.rejected(section.index) for section in sections])
        told = [_fates(section, rejected, by_record) for section in sections]
        rows = told[0] if len(told) == 1 else pl.concat(told).group_by("#rad").agg(pl.col("new", "changed").any())
        new += int(rows["new"].sum())
        changed += int((rows["changed"] & ~rows["new"]).sum())
    records = {each.record.value: RecordCount(len(each.new), len(each.changed), each.unchanged) for each in merged}
    unchanged = summary.accepted - new - changed
    return replace(summary, new=new, changed=changed, unchanged=unchanged, records=records)


def _fates(section: Section, rejected: pl.Series, by_record: Mapping[Record, Merged]) -> pl.DataFrame:
    """Of each accepted row: whether what it is about is new, and whether anything it speaks of has changed."""
    rows = section.frame.filter(~pl.col("#rad").is_in(rejected.implode()))
    added = [_among(key, by_record[key].new) for key in section.lowest if key in by_record]
    moved = [_among(key, by_record[key].changed) for key in section.spec.keys if key in by_record]
    nothing = pl.repeat(False, pl.len())
    return rows.select(
        "#rad",
        pl.any_horizontal(nothing, *added).alias("new"),
        pl.any_horizontal(nothing, *moved).alias("changed"),
    )


def _among(key: Record, keys: pl.Series) -> pl.Expr:
    return pl.col(key).is_in(keys.implode()).fill_null(False) if len(keys) else pl.lit(False)


def _finished(run: ImportRun, summary: ImportSummary, merged: Sequence[Merged], order: Order) -> None:
    for name in ("accepted", "warned", "rejected", "new", "changed", "unchanged"):
        setattr(run, f"rows_{name}", getattr(summary, name))
    counts = summary.as_dict()
    told = {"records": counts["records"], "rules": counts["rules"]}
    run.details = {**run.details, **told, **summary.delivered()}
    run.save()
    record(
        by=order.by,
        at=order.at,
        action="register.import",
        purpose="follow-up",
        subject_kind="import_run",
        subjects=[run.pk],
        details={"rows_read": summary.read, "rows_rejected": summary.rejected, **told},
        people=touched_people(run.pk, merged),
    )
