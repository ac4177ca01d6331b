"""Delivered records against the register: what is new is added, what differs is updated, the rest is left alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from skillnad.register.imports.fields import LINK, PARENT, Record, above
from skillnad.register.imports.keys import PERSON
from skillnad.register.imports.sealed import Sealer, with_identity
from skillnad.register.imports.stored import HASH, KEY, LINK_KEY, LOCAL, MODELS, PARENT_KEY, Delivered
from skillnad.register.imports.storing import hexadecimal, insert, read_frame, reserve_ids, update
from skillnad.register.imports.writer import Writer

FOREIGN = "foreign"
"""True for a client that another source brought first: this source adds to it and takes nothing away."""


@dataclass(frozen=True)
class Merged:
    """The keys of one kind of record by what became of them, and every key's row id (for what stands below)."""

    record: Record
    new: pl.Series
    changed: pl.Series
    unchanged: int
    existing: int
    ids: pl.DataFrame  # source_key, id


def known_keys(record: Record, source: str) -> pl.Series:
    """The keys that the register has of this source; of clients also the persons that other sources brought."""
    return existing(record, source)[KEY]


def is_known(record: Record, source: str) -> bool:
    """Whether the register has anything that such a record of this source could be."""
    wanted = "source = %s OR identity_index IS NOT NULL" if record is Record.CLIENT else "source = %s"
    sql = f"SELECT 1 FROM {MODELS[record]._meta.db_table} WHERE {wanted} LIMIT 1"  # noqa: S608
    return read_frame(sql, [source], {"one": pl.Int64}).height > 0


def existing(record: Record, source: str) -> pl.DataFrame:
    """source_key, id, row_hash (and `foreign`) of the records that a delivery can meet."""
    table = MODELS[record]._meta.db_table
    schema: dict[str, type[pl.DataType]] = {KEY: pl.String, "id": pl.Int64, HASH: pl.Int64, FOREIGN: pl.Int64}
    if record is not Record.CLIENT:
        sql = f"SELECT source_key, id, row_hash, 0 FROM {table} WHERE source = %s"  # noqa: S608
        found = read_frame(sql, [source], schema)
    else:
        key = f"CASE WHEN identity_index IS NULL THEN source_key ELSE '{PERSON}' || {hexadecimal('identity_index')} END"
        sql = (
            f"SELECT {key}, id, row_hash, CASE WHEN source = %s THEN 0 ELSE 1 END "  # noqa: S608
            f"FROM {table} WHERE source = %s OR identity_index IS NOT NULL"
        )
        found = read_frame(sql, [source, source], schema)
    return found.with_columns(pl.col(FOREIGN) == 1)


Ids = Mapping[Record, pl.DataFrame]
"""Row ids of what this delivery has stored so far, by key."""


@dataclass(frozen=True)
class Met:
    """One kind of record beside what the register has of it. `new` has the ids that its rows will be given; `known`
    has the ids and hashes (`row_hash`) of the rows that are there; `hash_now` is of what was delivered."""

    given: Delivered
    source: str
    new: pl.DataFrame
    known: pl.DataFrame
    existing: int


_EXISTING: dict[str, type[pl.DataType]] = {KEY: pl.String, "id": pl.Int64, HASH: pl.Int64, FOREIGN: pl.Boolean}


@dataclass(frozen=True)
class Stored:
    """What the register has of one kind of record (as `existing` gives it). Where it has nothing, all that is delivered
    is new, and the first of its row ids is known before anything is written."""

    rows: pl.DataFrame
    first_id: int | None = None

    @classmethod
    def nothing(cls, first_id: int) -> "Stored":
        return cls(pl.DataFrame(schema=_EXISTING), first_id)


def meet(given: Delivered, source: str, there: Stored, writes: Writer) -> Met:
    """What of a delivery is new; the caller holds the transaction."""
    rows = given.frame.rename({HASH: "hash_now"})
    if there.first_id is not None:
        known = rows.clear().join(there.rows, on=KEY, how="left")
        return Met(given, source, _with_ids(rows, there.first_id), known, 0)
    rows = rows.join(there.rows, on=KEY, how="left", maintain_order="left")
    new = rows.filter(pl.col("id").is_null()).drop("id", HASH, FOREIGN)
    first = 1
    if new.height:
        writes.settled()
        first = reserve_ids(MODELS[given.record], new.height)
    known = rows.filter(pl.col("id").is_not_null())
    return Met(given, source, _with_ids(new, first), known, there.rows.filter(~pl.col(FOREIGN)).height)


def merge(met: Met, stored: Ids, run: int, sealer: Sealer, writes: Writer) -> Merged:
    """Store one kind of record, after those above it. What is new may still be under way at the end."""
    given, record = met.given, met.given.record
    rows = with_links(met.new, given, stored, met.source, run, writes)
    finish = partial(with_identity, sealer=sealer) if record is Record.CLIENT else None
    writes.do(partial(insert, MODELS[record], rows, finish, writes=writes))
    ids = pl.concat([met.new.select(KEY, "id"), met.known.select(KEY, "id")])
    differing = met.known.filter(pl.col("hash_now") != pl.col(HASH))
    changed = differing.select(KEY)
    if differing.height:
        differing = _linked(differing, record, stored, met.source, writes)
        writes.settled()
        changed = _really_changed(differing, given)
        _update(changed, differing, given, run)
    same = met.known.height - changed.height
    return Merged(record, met.new[KEY], changed[KEY], same, met.existing, ids)


def upper_columns(record: Record, frame: pl.DataFrame) -> list[str]:
    """The columns of `frame` that point at what stands above: `case_id`."""
    return [name for name in (f"{each.value}_id" for each in above(record)) if name in frame.columns]


def _linked(rows: pl.DataFrame, record: Record, stored: Ids, source: str, writes: Writer) -> pl.DataFrame:
    """The row ids of what stands above. Of an intervention's review, the case is the intervention's."""
    parent, link = PARENT[record], LINK.get(record)
    if parent is None:
        return rows
    rows = _with_id_of(parent, PARENT_KEY, rows, stored, source, writes)
    if link is None or LINK_KEY not in rows.columns:
        return rows
    rows = _with_id_of(link, LINK_KEY, rows, stored, source, writes)
    writes.settled()
    name, own = f"{link.value}_id", f"{parent.value}_id"
    sql = f"SELECT id, {own} FROM {MODELS[link]._meta.db_table} WHERE source = %s"  # noqa: S608
    uppers = read_frame(sql, [source], {name: pl.Int64, "of_link": pl.Int64})
    rows = rows.join(uppers, on=name, how="left", maintain_order="left")
    return rows.with_columns(pl.coalesce("of_link", own).alias(own)).drop("of_link")


def _with_id_of(upper: Record, key: str, rows: pl.DataFrame, stored: Ids, source: str, writes: Writer) -> pl.DataFrame:
    """`case_id` for the cases that `key` names: of this delivery, else of the register."""
    linked = _joined(upper, key, rows, stored.get(upper, pl.DataFrame(schema={KEY: pl.String, "id": pl.Int64})))
    if linked.filter(pl.col(key).is_not_null() & pl.col(f"{upper.value}_id").is_null()).height:
        writes.settled()
        there = existing(upper, source).select(KEY, "id")
        ids = pl.concat([stored[upper], there]).unique(KEY, keep="first") if upper in stored else there
        linked = _joined(upper, key, rows, ids)
    return linked


def _joined(upper: Record, key: str, rows: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    ids = ids.select(pl.col(KEY).alias(key), pl.col("id").alias(f"{upper.value}_id"))
    return rows.join(ids, on=key, how="left", maintain_order="left")


def _with_ids(new: pl.DataFrame, first: int) -> pl.DataFrame:
    """In key order: the table and its largest index then both grow at their end, which is several times faster."""
    return new.sort(KEY).with_columns(pl.int_range(first, first + new.height, dtype=pl.Int64).alias("id"))


def with_links(
    rows: pl.DataFrame, given: Delivered, stored: Ids, source: str, run: int, writes: Writer
) -> pl.DataFrame:
    """Delivered rows, whose ids are known, with every column that the table wants."""
    linked = _linked(rows, given.record, stored, source, writes)
    return linked.select(
        "id",
        pl.lit(source).alias("source"),
        KEY,
        pl.col("hash_now").alias(HASH),
        pl.lit(run, pl.Int64).alias("import_run_id"),
        *upper_columns(given.record, linked),
        *given.columns,
    )


def _really_changed(differing: pl.DataFrame, given: Delivered) -> pl.DataFrame:
    """Rows whose hash differs may still say the same: the hash was of other columns, or another source's.

    The register's own values are read and compared; the rows that are left carry the values to store.
    """
    names = [*given.columns, *upper_columns(given.record, differing)]
    now = _as_text(differing, names)
    before = _stored_values(given, names, differing["id"])
    both = now.join(before, on="id", how="inner", suffix="_before", maintain_order="left")
    both = both.with_columns(_kept(name) for name in names)
    if LOCAL in names:
        both = both.with_columns(_merged_local(both, given))
    different = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in names)
    return both.filter(different).select("id", KEY, "hash_now", *names)


def _as_text(rows: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    plain = [_text(rows, name) for name in names]
    return rows.select("id", KEY, "hash_now", FOREIGN, *plain)


def _text(rows: pl.DataFrame, name: str) -> pl.Expr:
    if rows.schema[name] == pl.Boolean:
        return pl.col(name).cast(pl.Int8).cast(pl.String)
    return pl.col(name).cast(pl.String)


def _stored_values(given: Delivered, names: list[str], ids: pl.Series) -> pl.DataFrame:
    """The register's values as text, of the rows with these ids."""
    table = MODELS[given.record]._meta.db_table
    columns = ", ".join(f"CAST({_number(name)} AS text)" for name in names)
    schema: dict[str, type[pl.DataType]] = {"id": pl.Int64, **dict.fromkeys(names, pl.String)}
    found = read_frame(f"SELECT id, {columns} FROM {table}", [], schema)  # noqa: S608
    return found.filter(pl.col("id").is_in(ids.implode()))


def _number(name: str) -> str:
    return f"CASE WHEN {name} THEN 1 ELSE 0 END" if name == "protected" else name


def _kept(name: str) -> pl.Expr:
    """What to store: what was delivered. Another source's client keeps what this source does not know, a missing link
    is no news, and nobody is unprotected by a source that did not protect them."""
    before, now = pl.col(f"{name}_before"), pl.col(name)
    if name == "protected":
        return pl.when(pl.col(FOREIGN)).then(pl.max_horizontal(before, now)).otherwise(now).alias(name)
    if name.endswith("_id") and name not in ("unit_id", "provider_id"):
        return pl.coalesce(now, before).alias(name)
    nothing = now.is_null() | (now == "")
    return pl.when(pl.col(FOREIGN) & nothing).then(before).otherwise(now).alias(name)


def _merged_local(both: pl.DataFrame, given: Delivered) -> pl.Series:
    """Local values that this delivery does not speak of stay; keys are ordered as they were."""
    spoken = {field.id for field in given.local}
    texts = []
    for before, now in both.select(f"{LOCAL}_before", LOCAL).iter_rows():
        old, new = json.loads(before or "{}"), json.loads(now or "{}")
        merged = {key: value for key, value in old.items() if key not in spoken} | new
        texts.append(before if merged == old else json.dumps(merged, ensure_ascii=False))
    return pl.Series(LOCAL, texts, dtype=pl.String)


def _update(changed: pl.DataFrame, differing: pl.DataFrame, given: Delivered, run: int) -> None:
    """Changed rows get their values; rows whose hash alone differs get the hash, to be known at once next time."""
    model = MODELS[given.record]
    flags = [pl.col(name) == "1" for name in changed.columns if name == "protected"]
    update(
        model,
        changed.with_columns(*flags, pl.col("hash_now").alias(HASH), pl.lit(run, pl.Int64).alias("import_run_id")).drop(
            KEY, "hash_now"
        )
        if changed.height
        else changed,
    )
    rest = differing.filter(~pl.col("id").is_in(changed["id"].implode()) & ~pl.col(FOREIGN))
    update(model, rest.select("id", pl.col("hash_now").alias(HASH)))
