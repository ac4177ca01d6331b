"""Codes to small integers: what the register holds as text becomes the typed columns of a snapshot.

In: text columns, where "" is missing; several values stand as "1;14"; local values stand as one JSON object a row.
Out: the column kinds of `codebook.snapshot_schema` (Int16, List(Int16), Date, Float64).
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from skillnad.codebook.model import Kind, Meaning, Variable
from skillnad.codebook.snapshot_schema import MISSING, Column, SnapshotColumn, SnapshotLevel
from skillnad.lib.errors import Problem, UserError

SEPARATOR = ";"
LOCAL = "local_values"
KINDS = {
    Kind.SINGLE: Column.CODE,
    Kind.MULTIPLE: Column.CODES,
    Kind.DATE: Column.DATE,
    Kind.NUMBER: Column.NUMBER,
    Kind.AGE: Column.NUMBER,
}
"""The kinds of variables that a snapshot has. Identity numbers and free text never leave the register."""


def column_of(variable: Variable) -> SnapshotColumn:
    """What the manifest says of a variable's column."""
    return SnapshotColumn(
        id=variable.id,
        kind=KINDS[variable.kind],
        sv=variable.sv,
        en=variable.en,
        levels=tuple(SnapshotLevel(value.code, value.sv, value.en) for value in variable.values),
        order=variable.order,
        sensitive=variable.sensitive,
        unknown=frozenset(value.code for value in variable.values if value.meaning is Meaning.UNKNOWN),
    )


def encode(rows: pl.DataFrame, variables: Sequence[Variable]) -> pl.DataFrame:
    """`rows` with every variable's text made its column. Raises UserError SNAP-020, one problem a variable."""
    problems: list[Problem] = []
    for variable in variables:
        if variable.coded:
            rows, unknown = _coded(rows, variable)
            problems += [_not_in_codebook(variable, unknown)] if unknown else []
        elif variable.kind is Kind.DATE:
            rows = rows.with_columns(_date(variable.id))
        else:
            rows = rows.with_columns(pl.col(variable.id).cast(pl.Float64, strict=False))
    if problems:
        raise UserError(*problems)
    return rows


def unpack_local(rows: pl.DataFrame, variables: Iterable[Variable], known: frozenset[str]) -> pl.DataFrame:
    """The local values as one text column a variable. Each different JSON text is read once.

    `known` holds every local variable of the entity, used or not; another one raises UserError SNAP-021.
    """
    texts = rows[LOCAL].unique().sort().to_list()
    objects = [json.loads(text) if text else {} for text in texts]
    _check_known(objects, known)
    columns = {variable.id: [_as_text(found.get(variable.id)) for found in objects] for variable in variables}
    schema = {LOCAL: pl.String, **dict.fromkeys(columns, pl.String)}
    lookup = pl.DataFrame({LOCAL: texts, **columns}, schema=schema)
    return rows.join(lookup, on=LOCAL, how="left", maintain_order="left").drop(LOCAL)


def derive_standard(rows: pl.DataFrame, local: Variable, standard: Variable) -> pl.DataFrame:
    """The standard's value from the old local series, where the row has none of its own. The old series stays.

    A code that maps to several values of a single-valued standard variable says too little: it gives none.
    """
    translated = translate(rows[local.id], _translation(local, standard))
    own = pl.col(standard.id)
    return rows.with_columns(pl.when(own == "").then(translated).otherwise(own).alias(standard.id))


def translate(texts: pl.Series, rule: Callable[[str], str]) -> pl.Series:
    """`rule` of each text, worked out once for each different one."""
    different = texts.unique().sort()
    made = pl.Series([rule(text) for text in different.to_list()], dtype=pl.String)
    return _replaced(texts, different, made)


def _replaced(texts: pl.Series, old: pl.Series, new: pl.Series) -> pl.Series:
    """Polars finds nothing to replace by where there is nothing to replace."""
    return texts.replace_strict(old, new, return_dtype=new.dtype) if len(old) else texts.cast(new.dtype)


def _translation(local: Variable, standard: Variable) -> Callable[[str], str]:
    def rule(text: str) -> str:
        codes = {code for old in text.split(SEPARATOR) for code in local.mapping.get(old, ())}
        if standard.kind is Kind.SINGLE and len(codes) != 1:
            return ""
        return SEPARATOR.join(sorted(codes, key=standard.codes.index))

    return rule


def _coded(rows: pl.DataFrame, variable: Variable) -> tuple[pl.DataFrame, int]:
    """The encoded rows, and how many rows have a code that the codebook lacks."""
    levels = {code: level for level, code in enumerate(variable.codes, start=MISSING + 1)}
    texts = rows[variable.id]
    different = texts.unique().sort()
    found = [_levels(text, levels) for text in different.to_list()]
    strangers = [text for text, codes in zip(different.to_list(), found, strict=True) if codes is None]
    if strangers:
        return rows, int(texts.is_in(strangers).sum())
    if variable.kind is Kind.SINGLE and any(len(codes or ()) > 1 for codes in found):
        return rows, int(texts.str.contains(SEPARATOR, literal=True).sum())
    return rows.with_columns(_column(texts, different, found, variable)), 0


def _levels(text: str, levels: Mapping[str, int]) -> list[int] | None:
    codes = [code for code in text.split(SEPARATOR) if code]
    return sorted({levels[code] for code in codes}) if all(code in levels for code in codes) else None


def _column(texts: pl.Series, different: pl.Series, found: list[list[int] | None], variable: Variable) -> pl.Series:
    if variable.kind is Kind.SINGLE:
        numbers = pl.Series([codes[0] if codes else MISSING for codes in found], dtype=pl.Int16)
        return _replaced(texts, different, numbers).alias(variable.id)
    lookup = pl.DataFrame({"text": different, variable.id: pl.Series(found, dtype=pl.List(pl.Int16))})
    joined = pl.DataFrame({"text": texts}).join(lookup, on="text", how="left", maintain_order="left")
    return joined[variable.id]


def _date(name: str) -> pl.Expr:
    """ISO text to a date; "" is missing."""
    return pl.col(name).replace("", None).str.to_date("%Y-%m-%d").alias(name)


def as_dates(rows: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    return rows.with_columns(_date(name) for name in names)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return SEPARATOR.join(str(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _check_known(objects: Iterable[Mapping[str, object]], known: frozenset[str]) -> None:
    strangers = sorted({name for found in objects for name in found} - known)
    if strangers:
        names = ", ".join(name[:40] for name in strangers[:5])
        raise UserError.of(
            "SNAP-021",
            sv=f"Registret har värden för lokala variabler som kodboken saknar: {names}. Lägg tillbaka dem i kommunens "
            "kodbok, som SKILLNAD_LOCAL_CODEBOOK pekar ut; den som inte ska vara med märks `used = false`.",
            en=f"The register has values of local variables that the codebook lacks: {names}. Put them back in the "
            "municipality's codebook, which SKILLNAD_LOCAL_CODEBOOK names; one that should be left out is marked "
            "`used = false`.",
        )


def _not_in_codebook(variable: Variable, rows: int) -> Problem:
    return Problem(
        "SNAP-020",
        where=variable.id,
        sv=f"{rows} rader i registret har ett värde som inte finns i kodboken för {variable.sv}. Lägg till värdet i "
        "kommunens kodbok, eller rätta underlaget och läs in det igen.",
        en=f"{rows} rows of the register have a value that the codebook lacks for {variable.en}. Add the value to the "
        "municipality's codebook, or mend the extract and import it again.",
    )
