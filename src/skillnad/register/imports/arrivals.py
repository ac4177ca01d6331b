"""The records of one delivery on their way into the register, some of them ahead of the rules of what is below them.

A server that stores clients and cases while the rules of their interventions are tried is done some seconds earlier.
A row that is rejected afterwards may have said something of them: what it said is then taken back, in the same
transaction, so that the register is as if all rules had been tried first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import polars as pl

from skillnad.register.imports.fields import LINK, PARENT, Record
from skillnad.register.imports.merging import Merged, Stored, existing, is_known, known_keys, meet, merge, with_links
from skillnad.register.imports.records import FieldsByColumn, tells_of
from skillnad.register.imports.sealed import Sealer
from skillnad.register.imports.sections import Progress, Section
from skillnad.register.imports.stored import HASH, KEY, MODELS, PLACES, delivered
from skillnad.register.imports.storing import remove, reserve_ids, update
from skillnad.register.imports.summary import record_name
from skillnad.register.imports.writer import Writer

Places = Mapping[str, Mapping[str, int]]


def first_ids(source: str, sections: Sequence[Section]) -> Mapping[Record, int]:
    """Of the records that the register has none of: the first row id of as many as the delivery can bring."""
    most = {each: sum(section.frame.height for section in sections if tells_of(each, section)) for each in Record}
    return {
        each: reserve_ids(MODELS[each], count) for each, count in most.items() if count and not is_known(each, source)
    }


@dataclass(frozen=True)
class _Ahead:
    """What was stored of one kind of record: the frame, and source_key, id and row_hash of its rows."""

    frame: pl.DataFrame
    rows: pl.DataFrame


@dataclass
class Arrivals:
    """`first_ids` are of the records that the register has none of. The caller holds the transaction."""

    source: str
    run: int
    fields: FieldsByColumn
    sealer: Sealer
    first_ids: Mapping[Record, int]
    writes: Writer
    progress: Progress
    merged: dict[Record, Merged] = field(default_factory=dict)
    _ahead: dict[Record, _Ahead] = field(default_factory=dict)

    def known(self, record: Record) -> pl.Series:
        """The keys that the register had before this delivery."""
        if record in self.first_ids:
            return pl.Series(KEY, [], dtype=pl.String)
        self.writes.settled()
        return known_keys(record, self.source)

    def ahead(self, record: Record, frame: pl.DataFrame) -> None:
        """Begin to store records whose own rules are tried, where that can be undone."""
        if self._can_go_ahead(record, frame):
            stored = self._store(record, frame, {}, Stored.nothing(self.first_ids[record]))
            self._ahead[record] = _Ahead(frame, stored)

    def _can_go_ahead(self, record: Record, frame: pl.DataFrame) -> bool:
        """Where the server works beside, nothing is there to be changed, and neither places nor links have to be
        known first."""
        parent = PARENT[record]
        alone = record not in LINK and not any(f"{record}.{kind}" in frame.columns for kind in PLACES)
        return self.writes.beside and record in self.first_ids and alone and (not parent or parent in self._ahead)

    def rest(self, frames: dict[Record, pl.DataFrame], places: Places) -> list[Merged]:
        """Store what is not stored yet of all that may be, and mend what is. `frames` is emptied: a million rows are
        not kept longer than they are needed."""
        there = {each: self._there(each) for each in frames if each not in self._ahead}
        gone = {}
        for record in list(frames):
            frame = frames.pop(record)
            if record in self._ahead:
                gone[record] = self._mended(record, frame)
            else:
                self._store(record, frame, places, there.pop(record))
        for record in reversed(gone):  # what is below goes first
            self.writes.do(partial(remove, MODELS[record], gone[record]))
        return list(self.merged.values())

    def _there(self, record: Record) -> Stored:
        if record in self.first_ids:
            return Stored.nothing(self.first_ids[record])
        self.writes.settled()
        return Stored(existing(record, self.source))

    def _store(self, record: Record, frame: pl.DataFrame, places: Places, there: Stored) -> pl.DataFrame:
        """Gives source_key, id and row_hash of the new rows."""
        self.progress(f"Skriver {record_name(record.value)}: {frame.height} poster")
        above = {each: done.ids for each, done in self.merged.items()}
        met = meet(delivered(record, frame, self.fields, places), self.source, there, self.writes)
        self.merged[record] = merge(met, above, self.run, self.sealer, self.writes)
        return met.new.select(KEY, "id", pl.col("hash_now").alias(HASH))

    def _mended(self, record: Record, frame: pl.DataFrame) -> pl.Series:
        """Rows that say something else now are stored anew. Gives the row ids of those that nothing is said of."""
        ahead = self._ahead.pop(record)
        if frame is ahead.frame:
            return ahead.rows["id"].clear()
        given = delivered(record, frame, self.fields, {})
        rows = given.frame.rename({HASH: "hash_now"}).join(ahead.rows, on=KEY, how="left", maintain_order="left")
        if rows["id"].null_count():
            raise RuntimeError("rows that are rejected cannot bring a record that no row brought before")
        above = {each: done.ids for each, done in self.merged.items()}
        differing = rows.filter(pl.col("hash_now") != pl.col(HASH)).drop(HASH)
        if differing.height:
            mended = with_links(differing, given, above, self.source, self.run, self.writes)
            self.writes.do(partial(update, MODELS[record], mended))
        self.merged[record] = replace(self.merged[record], new=given.frame[KEY])
        return ahead.rows.join(given.frame.select(KEY), on=KEY, how="anti")["id"]
