"""Records as the register stores them: columns named as the tables', missing codes as empty text, a hash of the "
"whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from django.db import models

from skillnad.register.imports.columns import NAMED
from skillnad.register.imports.fields import LINK, PARENT, Field, Form, Record
from skillnad.register.models import Case, Client, Cost, FollowUp, Intervention, Review

MODELS: Mapping[Record, type[models.Model]] = {
    Record.CLIENT: Client,
    Record.CASE: Case,
    Record.INTERVENTION: Intervention,
    Record.FOLLOW_UP: FollowUp,
    Record.REVIEW: Review,
    Record.COST: Cost,
}
KEY = "source_key"
PARENT_KEY = "parent_key"
LINK_KEY = "link_key"
HASH = "row_hash"
LOCAL = "local_values"
PLACES = ("unit", "provider")
"""Fields that are rows of the organisation; stored as `unit_id`, `provider_id`."""


@dataclass(frozen=True)
class Delivered:
    """`frame` has source_key, parent_key, row_hash and `columns`, as the table has them; `local` are the local "
    "fields."""

    record: Record
    frame: pl.DataFrame
    columns: tuple[str, ...]
    local: tuple[Field, ...]


def delivered(
    record: Record, frame: pl.DataFrame, fields: Mapping[str, Field], places: Mapping[str, Mapping[str, int]]
) -> Delivered:
    """`places` gives each unit's and provider's row id by the code in the frame."""
    own = [fields[name] for name in frame.columns if name in fields and not name.endswith(NAMED)]
    standard = sorted(
        (field for field in own if not field.local and field.id != "committee"), key=lambda field: field.id
    )
    local = tuple(sorted((field for field in own if field.local), key=lambda field: field.id))
    parent = PARENT[record]
    above = pl.col(parent.value) if parent and parent.value in frame.columns else pl.lit(None, pl.String)
    link = LINK.get(record)
    texts = frame.select(
        pl.col(record.value).alias(KEY),
        above.alias(PARENT_KEY),
        *([pl.col(link.value).alias(LINK_KEY)] if link and link.value in frame.columns else []),
        *(_stored(field, places) for field in standard),
        *([_json(frame, local)] if local else []),
    )
    columns = tuple(name for name in texts.columns if name not in (KEY, PARENT_KEY, LINK_KEY))
    hashed = texts.select(pl.struct(texts.columns).hash().reinterpret(signed=True).alias(HASH))[HASH]
    return Delivered(record, texts.with_columns(hashed), columns, local)


def _stored(field: Field, places: Mapping[str, Mapping[str, int]]) -> pl.Expr:
    column = pl.col(field.column)
    if field.id in PLACES:
        ids = places[field.id]
        placed = column.replace_strict(list(ids), list(ids.values()), default=None, return_dtype=pl.Int64)
        return (placed if ids else pl.lit(None, pl.Int64)).alias(f"{field.id}_id")
    if field.form in (Form.CODE, Form.CODES):
        return column.fill_null("").alias(field.id)
    if field.form is Form.FLAG:
        return column.fill_null(False).alias(field.id)
    return column.alias(field.id)


def _json(frame: pl.DataFrame, fields: tuple[Field, ...]) -> pl.Expr:
    """`{"id": "code", …}` of the local fields that have a value; several codes are a list."""
    parts = [_member(frame[field.column], field) for field in fields]
    return pl.concat_str(
        pl.lit("{"), pl.concat_str(parts, separator=", ", ignore_nulls=True).fill_null(""), pl.lit("}")
    ).alias(LOCAL)


def _member(values: pl.Series, field: Field) -> pl.Expr:
    distinct = values.unique().drop_nulls()
    texts = [f"{json.dumps(field.id)}: {json.dumps(_plain(value, field), ensure_ascii=False)}" for value in distinct]
    if not texts:
        return pl.lit(None, pl.String)
    return pl.col(field.column).replace_strict(distinct, pl.Series(texts), default=None, return_dtype=pl.String)


def _plain(value: object, field: Field) -> object:
    if field.form is Form.CODES:
        return str(value).split(";")
    return value if isinstance(value, int | float | str) else str(value)
