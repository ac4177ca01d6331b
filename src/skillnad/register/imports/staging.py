"""From sections to records that may be stored: what breaks a rule goes out, and what hung on it with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from skillnad.register.imports.checks import checks_for, client_checks, with_above
from skillnad.register.imports.fields import Record, above
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.keys import Identities
from skillnad.register.imports.reading import ROW
from skillnad.register.imports.records import FieldsByColumn, record_frame, tell_keys, tells_of
from skillnad.register.imports.sections import Section

ORPHAN = "IMP-112"

Known = Callable[[Record], pl.Series]
"""The keys that the register has of this source; asked only when the delivery does not have them all."""

Staged = Callable[[Record, pl.DataFrame], None]


@dataclass
class Staging:
    """A delivery on its way into the register. `frames` has a row a record that may be stored."""

    sections: Sequence[Section]
    identities: Identities
    fields: FieldsByColumn
    today: date
    known: Known
    findings: Findings
    frames: dict[Record, pl.DataFrame] = field(default_factory=dict)
    _views: dict[Record, pl.DataFrame] = field(default_factory=dict)
    _told: int = -1
    _accepted: dict[int, pl.DataFrame] = field(default_factory=dict)

    def run(self, staged: Staged = lambda record, frame: None) -> Mapping[Record, pl.DataFrame]:
        """The records, topmost first, all of whose rows are accepted and whose upper records are there.

        `staged` is told of each kind as its own rules are tried; what is below may still reject some of its rows.
        """
        for record in Record:
            frame = record_frame(record, self.sections, self.accepted(), self.fields, self.findings)
            if not frame.height:
                continue
            self._tell_orphans(record, frame)
            view = self._check(record, frame)
            self.frames[record] = self._rebuilt(record, frame)
            self._views[record] = view if self.frames[record] is frame else self.frames[record]
            staged(record, self.frames[record])
        self._views.clear()
        while self._any_rejected() and self._settle():
            pass
        return self.frames

    def accepted(self) -> Mapping[int, pl.DataFrame]:
        """Each section's rows that no rule has rejected so far."""
        if self._told != len(self.findings.frames):
            self._told = len(self.findings.frames)
            self._accepted = {section.index: self._kept(section) for section in self.sections}
        return self._accepted

    def _kept(self, section: Section) -> pl.DataFrame:
        rows = self.findings.rejected(section.index)
        return section.frame.filter(~pl.col(ROW).is_in(rows.implode())) if len(rows) else section.frame

    def _check(self, record: Record, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows with what their rules read, for the rules of what stands below."""
        view = with_above(record, frame, self._views)
        checks = [
            check
            for check in checks_for(record, list(self.fields.values()), self.today)
            if all(column in view.columns for column in check.columns)
        ]
        broken = view.select(check.broken.alias(str(place)) for place, check in enumerate(checks))  # on all cores
        for check, mask in zip(checks, broken, strict=True):
            keys = view[record.value].filter(mask)
            tell_keys(record, keys, check.rule, check.columns, self.sections, self.findings)
        if record is Record.CLIENT:
            for rule, columns, keys in client_checks(frame, self.identities.frame):
                tell_keys(record, keys, rule, columns, self.sections, self.findings)
        return view

    def _tell_orphans(self, record: Record, frame: pl.DataFrame) -> bool:
        """Tell of records without the one above; whether there were any."""
        uppers = above(record)
        if not uppers:
            return False
        missing = [pl.lit(None, pl.String).alias(each) for each in uppers if each.value not in frame.columns]
        frame = frame.with_columns(missing)
        alone = frame.filter(pl.all_horizontal(pl.col(each.value).is_null() for each in uppers))
        orphans = [_outside(alone, record, record, self.known)]  # without one above here, it may be there already
        for upper in uppers:
            if self._complete(record, upper):
                continue
            here = self.frames[upper][upper.value] if upper in self.frames else pl.Series([], dtype=pl.String)
            lost = frame.filter(pl.col(upper.value).is_not_null() & ~pl.col(upper.value).is_in(here.implode()))
            orphans.append(_outside(lost, record, upper, self.known))
        lost_keys = pl.concat(orphans)
        tell_keys(record, lost_keys, ORPHAN, (), self.sections, self.findings)
        return len(lost_keys) > 0

    def _complete(self, record: Record, upper: Record) -> bool:
        """Whether each row that names both told of the upper one too, and is accepted: then all of those are here."""
        both = [section for section in self.sections if {record, upper} <= section.spec.keys.keys()]
        kept = self.accepted()
        return all(tells_of(upper, section) and kept[section.index] is section.frame for section in both)

    def _rebuilt(self, record: Record, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame without what rejected rows said: their records are made again of the rows that are left."""
        touched = self._touched(record)
        if not len(touched):
            return frame
        rows = {
            index: kept.filter(pl.col(record).is_in(touched.implode())) if record in kept.columns else kept
            for index, kept in self.accepted().items()
        }
        left = record_frame(record, self.sections, rows, self.fields, None)
        return pl.concat([frame.filter(~pl.col(record).is_in(touched.implode())), left], how="diagonal")

    def _touched(self, record: Record) -> pl.Series:
        """The keys of this record that some rejected row has."""
        keys = [pl.Series([], dtype=pl.String)]
        for section in self.sections:
            if record in section.spec.keys:
                rows = self.findings.rejected(section.index)
                keys.append(section.frame.filter(pl.col(ROW).is_in(rows.implode()))[record.value].alias(""))
        return pl.concat([each.alias("key") for each in keys]).drop_nulls().unique()

    def _any_rejected(self) -> bool:
        return any(len(self.findings.rejected(section.index)) for section in self.sections)

    def _settle(self) -> bool:
        """Rows rejected lower down change what stands above, which may leave others without it: again until still."""
        before = len(self.findings.frames)
        for record in list(self.frames):
            self.frames[record] = self._rebuilt(record, self.frames[record])
            self._tell_orphans(record, self.frames[record])
        return len(self.findings.frames) > before


def _outside(rows: pl.DataFrame, record: Record, upper: Record, known: Known) -> pl.Series:
    """The keys of the records in `rows` whose key of `upper` the register does not have."""
    if not rows.height:
        return rows[record.value]
    return rows.filter(~pl.col(upper.value).is_in(known(upper).implode()))[record.value]
