"""Identity numbers as whole columns: those in a usual form as expressions, the rest one at a time.

What is said of a number is what `codebook.identity.parse_identity` says of it; that has the sources.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from skillnad.codebook.identity import Identity, IdentityKind, parse_identity, sex_hint

PARSED_SCHEMA = {
    "text": pl.String,
    "number": pl.String,
    "kind": pl.String,
    "born": pl.Date,
    "sex": pl.String,
    "odd": pl.Boolean,
}
_USUAL = r"^(?:1[89]|2[01])[0-9]{6}[-+]?[0-9A-Z]{4}$"
"""Twelve characters with a century; the date has still to be one."""
_SERIAL = r"^[0-9]{4}$"
_INTERIM = r"^[TRSUWXJKLMN][0-9]{3}$"
_SEXED_RESERVE = r"^(?:T[0-9]|TF)[0-9]{2}$"
_COORDINATION = 60


def parse_identities(texts: pl.Series, today: date) -> pl.DataFrame:
    """One row a distinct text that identifies someone: the text and, of it, number, kind, born, sex and whether it is
    odd."""
    distinct = texts.unique(maintain_order=True).drop_nulls().alias("text")
    dated = _dated(distinct.to_frame())
    usual = dated.filter(pl.col("born").is_not_null()).with_columns(_ten().alias("ten"))
    usual = usual.with_columns(_fits().alias("fits")).select(_told(today))
    others = dated.filter(pl.col("born").is_null())["text"]
    return pl.concat([usual, _one_at_a_time(others.to_list(), today)])


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    """With `number` and `born`, both null where the form is not a usual one or the date none."""
    text, day = pl.col("text"), pl.col("number").str.slice(6, 2).cast(pl.Int16)
    real = pl.when(day > _COORDINATION).then(day - _COORDINATION).otherwise(day)
    written = pl.concat_str(pl.col("number").str.slice(0, 6), real.cast(pl.String).str.zfill(2))
    number = pl.when(text.str.contains(_USUAL)).then(pl.concat_str(text.str.slice(0, 8), text.str.slice(-4)))
    return frame.with_columns(number.alias("number")).with_columns(
        written.str.to_date("%Y%m%d", strict=False).alias("born"),
        (day > _COORDINATION).alias("coordination"),
        pl.col("number").str.slice(8).alias("last"),
    )


def _told(today: date) -> Sequence[pl.Expr]:
    last, number = pl.col("last"), pl.col("number")
    serial, reserve = last.str.contains(_SERIAL), pl.lit(IdentityKind.RESERVE_LOCAL.value)
    interim = last.str.contains(_INTERIM) & pl.col("fits")
    numbered = pl.when("coordination").then(pl.lit(IdentityKind.SAMORDNING.value))
    kind = (
        pl.when(serial)
        .then(numbered.otherwise(pl.lit(IdentityKind.PERSONNUMMER.value)))
        .otherwise(pl.when(interim).then(pl.lit(IdentityKind.INTERIM.value)).otherwise(reserve))
    )
    sexed = serial | interim | last.str.contains(_SEXED_RESERVE)
    woman = number.str.slice(10, 1).cast(pl.UInt8, strict=False) % 2 == 0
    sex = pl.when(sexed).then(pl.when(woman).then(pl.lit("1")).otherwise(pl.lit("2")))
    odd = (serial & (last.str.starts_with("000") | ~pl.col("fits"))) | (pl.col("born") > today)
    return "text", "number", kind.alias("kind"), "born", sex.alias("sex"), odd.alias("odd")  # type: ignore[return-value]


def _ten() -> pl.Expr:
    """The ten last as a number; a letter in the seventh place counts as 1. Null where other letters stand."""
    last = pl.col("last").str.replace("^[A-Z]", "1")
    return pl.concat_str(pl.col("number").str.slice(2, 6), last).cast(pl.Int64, strict=False)


def _fits() -> pl.Expr:
    """Whether Luhn's sum over `ten` ends with 0."""
    total = pl.lit(0, pl.Int64)
    for place in range(10):
        digit = pl.col("ten") // 10**place % 10
        total = total + (digit // 5 + digit * 2 % 10 if place % 2 else digit)
    return (total % 10 == 0).fill_null(False)


def _one_at_a_time(texts: Sequence[str], today: date) -> pl.DataFrame:
    read = ((text, parse_identity(text, today)) for text in texts)
    rows = [_row(text, identity) for text, identity in read if identity.kind != IdentityKind.NONE]
    return pl.DataFrame(rows, schema=PARSED_SCHEMA, orient="row")


def _row(text: str, identity: Identity) -> tuple[object, ...]:
    return text, identity.number, identity.kind.value, identity.birth_date, sex_hint(identity), bool(identity.warnings)
