"""The keys of a row: what names each record within its source, and whose identity number it is.

In the frames of an import a person is known by the keyed index of the number; the number itself is in `Identities`
alone, until it is sealed. A key that holds an identity number, or looks like one, is never stored as it is.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from skillnad.codebook.identity_in_text import contains_identity
from skillnad.lib.sealing import Keys
from skillnad.register.imports.fields import PARENT, Record
from skillnad.register.imports.identities import PARSED_SCHEMA, parse_identities
from skillnad.register.imports.mapping import FileSpec, Key

PERSON = "id:"
"""How the key of a client with an identity number begins; then follows its index in hexadecimal."""

NOBODY = "utan:"
"""How the key of a client without any identity begins; then follows the key of the record below."""

LONGEST = 190
_SUSPECT = r"\d{6}\s?[-+‐‑‒–—−]?\s?[0-9A-Za-z]{2}\d{2}"
"""What may be an identity number: a cheap look before the careful one."""

IDENTITY_SCHEMA = {"key": pl.String, **{name: kind for name, kind in PARSED_SCHEMA.items() if name != "text"}}


@dataclass(frozen=True, repr=False)
class Identities:
    """One row a person: key, number, kind, and what the number hints at (born, sex). Nothing here is ever printed."""

    frame: pl.DataFrame

    @classmethod
    def of(cls, parts: "list[Identities]") -> "Identities":
        frames = [part.frame for part in parts]
        return cls(pl.concat(frames).unique("key", keep="first", maintain_order=True) if frames else none_known().frame)


def none_known() -> Identities:
    return Identities(pl.DataFrame(schema=IDENTITY_SCHEMA))


def read_keys(frame: pl.DataFrame, spec: FileSpec, keys: Keys, today: date) -> tuple[pl.DataFrame, Identities]:
    """A column a record, named for the record, null where any part of the key is missing; and the persons met."""
    client = spec.keys.get(Record.CLIENT)
    persons, identities = pl.Series("person", [], dtype=pl.String), none_known()
    if client and client.identity:
        persons, identities = _persons(frame[client.identity], keys, today)
    columns = []
    for record, key in spec.keys.items():
        if client and client.identity and key.columns == (client.identity,):
            columns.append(persons.alias(record))
        else:
            columns.append(_composed(frame, key, client.identity if client else None, persons, keys).alias(record))
    found = pl.DataFrame(columns)
    if client and client.none_when_missing:
        found = _nobody(found, spec)
    return found, identities


def _persons(texts: pl.Series, keys: Keys, today: date) -> tuple[pl.Series, Identities]:
    """Each row's person key, and the persons."""
    read = parse_identities(texts, today)
    names = pl.Series("key", [PERSON + index.hex() for index in keys.blind_index_many(read["number"])], dtype=pl.String)
    persons = pl.DataFrame([names, *read.drop("text")]).unique("key", keep="first", maintain_order=True)
    if not read.height:
        return pl.Series([None], dtype=pl.String).new_from_index(0, len(texts)), Identities(persons)
    placed = texts.replace_strict(read["text"], names, default=None, return_dtype=pl.String)
    return placed, Identities(persons)


def _composed(frame: pl.DataFrame, key: Key, identity: str | None, persons: pl.Series, keys: Keys) -> pl.Series:
    """The parts with `|` between. The identity column takes part by its keyed index."""
    parts = [
        persons.alias(f"part{place}") if column == identity else _trimmed(frame[column]).alias(f"part{place}")
        for place, column in enumerate(key.columns)
    ]
    if len(parts) > 1:
        parts = [part.str.replace_all("|", "\\|", literal=True) for part in parts]
    joined = pl.DataFrame(parts).select(pl.concat_str(pl.all(), separator="|").alias("key"))["key"]
    return _blinded(joined, key.record, keys)


def _trimmed(texts: pl.Series) -> pl.Series:
    trimmed = texts.str.strip_chars()
    return trimmed.set(trimmed == "", None)


def _blinded(texts: pl.Series, record: Record, keys: Keys) -> pl.Series:
    """Keys that look like identity numbers, or are too long, under a keyed name instead."""
    long = texts.str.len_bytes() > LONGEST
    suspects = texts.filter(texts.str.contains(_SUSPECT) | long).unique().drop_nulls().to_list()
    blind = {
        text: keys.blind_text(f"key:{record}", text)
        for text in suspects
        if len(text.encode()) > LONGEST or contains_identity(text)
    }
    return texts.replace(blind) if blind else texts


def _nobody(found: pl.DataFrame, spec: FileSpec) -> pl.DataFrame:
    """A client of its own for each record below that has no client key."""
    below = next((record for record in spec.keys if PARENT[record] is Record.CLIENT), None)
    if below is None:
        return found
    own = pl.concat_str(pl.lit(NOBODY), pl.col(below))
    return found.with_columns(pl.col(Record.CLIENT).fill_null(own))
