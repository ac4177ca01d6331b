"""Rejected rows in a file of their own: the original cells, the rule, and how to mend them; ready to come back."""

import os
from pathlib import Path

import polars as pl

from skillnad.register.imports.mapping import REJECTED
from skillnad.register.imports.reading import ADDED, ROW, Table
from skillnad.register.imports.rules import RULES

_ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16"}


def write_rejected(table: Table, skip_rows: int, found: pl.DataFrame, out: Path, language: str = "sv") -> Path | None:
    """`avvisade-<file>.csv` in `out`, with the encoding, separator and leading rows that the mapping expects.

    `found` has row, rule and column of rules that reject. An earlier file is never written over: it may hold rows
    that someone is correcting. One that says the same already, after a rehearsal, is left as it is. None where no row
    is rejected.
    """
    if not found.height:
        return None
    texts = {code: f"{rule.text(language)} {rule.mend(language)}" for code, rule in RULES.items()}
    told = found.unique(maintain_order=True).with_columns(
        pl.col("rule").replace(texts).alias("mend"), pl.col("column").replace("", None)
    )
    by_row = told.group_by("row", maintain_order=True).agg(_joined("rule"), _joined("column"), _joined("mend"))
    original = table.frame.drop(name for name in ADDED if name in table.frame.columns)
    rows = original.join(by_row, left_on=ROW, right_on="row", how="inner", maintain_order="left").drop(ROW)
    rows = rows.rename(dict(zip(("rule", "column", "mend"), ADDED, strict=True)))
    text = "\n" * skip_rows + rows.write_csv(separator=table.separator)
    content = text.encode(_ENCODINGS.get(table.encoding, table.encoding), errors="replace")
    path = _place(out, table.stem, content)
    if not path.exists():
        out.mkdir(parents=True, exist_ok=True)
        _write_private(path, content)
    return path


def _write_private(path: Path, content: bytes) -> None:
    """Cells of people: for the owner's eyes, from the first byte."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)


def _joined(name: str) -> pl.Expr:
    return pl.col(name).drop_nulls().unique(maintain_order=True).str.join("; ")


def _place(out: Path, stem: str, content: bytes) -> Path:
    """Of `avvisade-insatser.csv`, `avvisade-insatser-2.csv`, …: the first with this content, or that no file has."""
    stem = stem.removeprefix(REJECTED)
    path, number = out / f"{REJECTED}{stem}.csv", 1
    while path.exists() and path.read_bytes() != content:
        number += 1
        path = out / f"{REJECTED}{stem}-{number}.csv"
    return path
