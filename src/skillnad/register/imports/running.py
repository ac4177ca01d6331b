"""An import from file to register: all of a delivery that may be stored, in one transaction, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import polars as pl
from django.conf import settings

from skillnad.audit.actions import record
from skillnad.audit.keys import installed_keys
from skillnad.audit.writing import writing
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Codebook
from skillnad.register.imports.deliveries import Delivery, Progress, read_delivery
from skillnad.register.imports.fields import Record
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.limits import Limits
from skillnad.register.imports.mapping import ExtractMapping
from skillnad.register.imports.mapping_reading import load_mapping
from skillnad.register.imports.merging import Merged, known_keys, look_up, meet, merge
from skillnad.register.imports.placing import ensure_municipality, places_of
from skillnad.register.imports.reading import LIMIT
from skillnad.register.imports.records import FieldsByColumn, fields_by_column
from skillnad.register.imports.rejected import write_rejected
from skillnad.register.imports.rules import RULES, rejects
from skillnad.register.imports.sections import Reader, Section
from skillnad.register.imports.staging import Staging
from skillnad.register.imports.stored import delivered
from skillnad.register.imports.storing import large_cache, one_at_a_time
from skillnad.register.imports.summary import ImportSummary, RecordCount, record_name
from skillnad.register.imports.variables import variable_counts
from skillnad.register.imports.writer import writer
from skillnad.register.models import ImportRun


class _Rehearsed(Exception):
    """Ends a rehearsal's transaction, so that nothing of it stays."""


@dataclass(frozen=True)
class Order:
    """Who imports, when, and how."""

    by: str
    at: datetime
    out: Path
    dry_run: bool
    municipality: str | None
    limits: Limits


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
    order = Order(by, at, out, dry_run, municipality or mapping.municipality, limits or Limits())
    findings = Findings()
    reader = Reader(installed_keys(), at.date(), mapping_path.name, findings)
    delivery = read_delivery(mapping, files, reader, progress, size_limit)
    fields = fields_by_column(codebook, delivery.sections)
    known = cache(lambda each: known_keys(each, mapping.name))
    progress("Prövar regler")
    frames = dict(Staging(delivery.sections, delivery.identities, fields, at.date(), known, findings).run())
    summary = _checked(mapping, delivery, findings, frames, fields, order)
    rejected_files = [Path(each).name for each in summary.rejected_files]
    order.limits.check_rejected(delivery.taken, summary.rejected, summary.rules, rejected_files)
    delivery = delivery.slimmed()
    progress("Skriver till registret")
    stored = _store(mapping, delivery, findings, frames, fields, summary, order, progress)
    stored.write_delivered(out)
    return stored


def _checked(
    mapping: ExtractMapping,
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
        source=mapping.name,
        title=mapping.title,
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


def _store(
    mapping: ExtractMapping,
    delivery: Delivery,
    findings: Findings,
    frames: dict[Record, pl.DataFrame],
    fields: FieldsByColumn,
    summary: ImportSummary,
    order: Order,
    progress: Progress,
) -> ImportSummary:
    try:
        with large_cache(), writing():
            one_at_a_time()
            municipality = ensure_municipality(given=order.municipality, by=order.by, at=order.at)
            if not delivery.correction:
                order.limits.check_volume(delivery.taken, _taken_before(mapping.name))
            places = places_of(frames, municipality, by=order.by, at=order.at)
            run = _begun(mapping, delivery, summary, order)
            merged = _merged(mapping, delivery, frames, fields, places, run.pk, progress)
            summary = _counted(summary, delivery, findings, merged)
            order.limits.check_changes(summary.records, {each.record.value: each.existing for each in merged})
            _finished(run, summary, order)
            if order.dry_run:
                raise _Rehearsed
    except _Rehearsed:
        return summary
    return replace(summary, run=run.pk)


def _taken_before(source: str) -> int:
    """Rows of the source's latest whole delivery."""
    runs = ImportRun.objects.filter(source=source).exclude(details__correction=True).order_by("-imported_at", "-pk")
    last = runs.first()
    return last.rows_accepted + last.rows_rejected if last else 0


def _begun(mapping: ExtractMapping, delivery: Delivery, summary: ImportSummary, order: Order) -> ImportRun:
    """The run's own row, which the stored rows refer to. Files are known by their hashes: names may name people."""
    return ImportRun.objects.create(
        imported_at=order.at,
        imported_by=order.by,
        source=mapping.name,
        mapping_sha256=mapping.digest,
        files=[{"sha256": each.sha256, "bytes": each.size, "rows": each.rows} for each in summary.files],
        rows_read=summary.read,
        rows_accepted=summary.accepted,
        rows_warned=summary.warned,
        rows_rejected=summary.rejected,
        rows_new=0,
        rows_changed=0,
        rows_unchanged=0,
        details={"correction": delivery.correction},
    )


def _merged(
    mapping: ExtractMapping,
    delivery: Delivery,
    frames: dict[Record, pl.DataFrame],
    fields: FieldsByColumn,
    places: Mapping[str, Mapping[str, int]],
    run: int,
    progress: Progress,
) -> list[Merged]:
    there = {each: look_up(each, mapping.name, frame.height) for each, frame in frames.items()}
    merged: dict[Record, Merged] = {}
    with writer() as writes:
        for each in list(frames):
            frame = frames.pop(each)  # a million rows are not kept longer than they are needed
            progress(f"Skriver {record_name(each.value)}: {frame.height} poster")
            stored = {above: done.ids for above, done in merged.items()}
            given = delivered(each, frame, fields, places)
            del frame
            met = meet(given, mapping.name, there.pop(each), writes)
            merged[each] = merge(met, stored, run, delivery.identities, writes)
    return list(merged.values())


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


def _finished(run: ImportRun, summary: ImportSummary, order: Order) -> None:
    run.rows_new, run.rows_changed, run.rows_unchanged = summary.new, summary.changed, summary.unchanged
    counts = summary.as_dict()
    told = {"records": counts["records"], "rules": counts["rules"]}
    run.details = {**run.details, **told, **summary.delivered()}
    run.save(update_fields=["rows_new", "rows_changed", "rows_unchanged", "details"])
    record(
        by=order.by,
        at=order.at,
        action="register.import",
        purpose="follow-up",
        subject_kind="import_run",
        subjects=[run.pk],
        details={"rows_read": summary.read, "rows_rejected": summary.rejected, **told},
    )
