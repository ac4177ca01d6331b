"""A protected table as an SPSS file: a row a cell, codes with labels, gaps and margins as declared missing values.

Margins, what is missing and what is unknown are user-missing: after `WEIGHT BY count.` nothing is counted twice, and
CROSSTABS gives the table again where it has no gaps (where it has, sums in SPSS are of what is shown, and smaller). A
gap is a declared missing value with its meaning as label; there is no number behind it.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import log10
from pathlib import Path
from typing import Any

import polars as pl

from skillnad.analysis.figures import WORDS
from skillnad.analysis.leaving import check_may_leave
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, Axis, Key, LevelKind, Measure, MeasureKind, ProtectedTable
from skillnad.analysis.serialise import GAP_NOTE
from skillnad.exchange.results.cells import (
    MISSING_LABEL,
    TOTAL_LABEL,
    Status,
    are_means,
    keys_of,
    label_of,
    status_of,
    unique,
)
from skillnad.exchange.results.spss_texts import cut, file_label, note_lines, variable_name
from skillnad.lib.errors import UserError

TOTAL_CODE, MISSING_CODE = -1, -2
FORMATS = {
    MeasureKind.COUNT: "F10.0",
    MeasureKind.SHARE: "F8.4",
    MeasureKind.DAYS: "F8.1",
    MeasureKind.AMOUNT: "F14.2",
    MeasureKind.POINTS: "F8.4",
    MeasureKind.RATIO: "F8.4",
    MeasureKind.CHANCE: "F8.6",
    MeasureKind.PLACE: "F6.0",
    **dict.fromkeys(WORDS, "F4.0"),
}
MEAN = "F12.2"
"""Counts that are means: the middle of a course."""
VALUE_LABEL, VARIABLE_LABEL = 120, 255
"""Bytes that SPSS has room for."""

Code = int | float | str


@dataclass(frozen=True)
class Variable:
    """A column of the file, with what SPSS is told of it."""

    name: str
    label: str
    values: list[Any]
    labels: dict[Code, str] = field(default_factory=dict)
    missing: list[Any] = field(default_factory=list)
    measure: str = "nominal"
    format: str = ""


def as_sav(table: ProtectedTable) -> bytes:
    """The bytes of the .sav file. Raises UserError REP-010 where the extra `spss` is not installed."""
    check_may_leave(table)
    write_sav = writer()
    variables = _named(list(_variables(table)))
    frame = pl.DataFrame({one.name: one.values for one in variables}, strict=False)
    frame = frame.with_columns(pl.col(pl.Null).cast(pl.Float64))  # a rule that nothing breaks is a number all the same
    with tempfile.TemporaryDirectory(prefix="skillnad-sav-") as folder:
        file = Path(folder) / "table.sav"
        write_sav(
            frame,
            file,
            file_label=file_label(table),
            note=note_lines(table),
            column_labels={one.name: cut(one.label, VARIABLE_LABEL) for one in variables},
            variable_value_labels={one.name: one.labels for one in variables if one.labels},
            missing_ranges={one.name: one.missing for one in variables if one.missing},
            variable_measure={one.name: one.measure for one in variables},
            variable_format={one.name: one.format for one in variables if one.format},
        )
        return file.read_bytes()


def can_write() -> bool:
    """Is the extra `spss` installed?"""
    try:
        writer()
    except UserError:
        return False
    return True


def writer() -> Any:
    """pyreadstat's `write_sav`. Raises UserError REP-010 where the extra `spss` is not installed."""
    try:
        from pyreadstat import write_sav
    except ImportError:
        raise UserError.of(
            "REP-010",
            sv="SPSS-filer behöver ett tillägg som inte är installerat. Skriv `pip install 'skillnad[spss]'` "
            "(pyreadstat), eller spara som csv, xlsx eller parquet.",
            en="SPSS files need an extra that is not installed. Write `pip install 'skillnad[spss]'` (pyreadstat), or "
            "save as csv, xlsx or parquet.",
        ) from None
    return write_sav


def _variables(table: ProtectedTable) -> Iterator[Variable]:
    keys = list(keys_of(table))
    for place, axis in enumerate(table.axes):
        yield from _axis_variables(axis, [key[place] for key in keys])
    for measure in table.measures:
        yield _measure_variable(table, measure, keys)


def _named(variables: list[Variable]) -> list[Variable]:
    names = unique([variable_name(one.name) for one in variables])
    return [replace(one, name=name) for name, one in zip(names, variables, strict=True)]


def _axis_variables(axis: Axis, codes: list[str]) -> Iterator[Variable]:
    """The axis as numbers; where the codebook's own codes are none, they stand beside as text."""
    numbers = _numbers(axis)
    labels: dict[Code, str] = {numbers[level.code]: label_of(axis, level.code) for level in axis.levels}
    labels |= {TOTAL_CODE: TOTAL_LABEL, MISSING_CODE: labels.get(MISSING_CODE, MISSING_LABEL)}
    label = f"{axis.label} (flera värden möjliga)" if axis.multiple else axis.label
    yield Variable(
        axis.id,
        label,
        [numbers[code] for code in codes],
        {code: cut(text, VALUE_LABEL) for code, text in labels.items()},
        _outside(axis, numbers),
        format="F8.0",
    )
    if not _has_own_numbers(axis):
        yield Variable(f"{axis.id}_code", f"{axis.label}, kod", list(codes))


def _numbers(axis: Axis) -> dict[str, int]:
    """A number for each level: the codebook's where it is one, else its place."""
    named = [level.code for level in axis.levels if level.code != MISSING_LEVEL]
    own = _has_own_numbers(axis)
    given = {code: int(code) if own else place for place, code in enumerate(named, start=1)}
    return {**given, MISSING_LEVEL: MISSING_CODE, TOTAL: TOTAL_CODE}


def _has_own_numbers(axis: Axis) -> bool:
    codes = [level.code for level in axis.levels if level.code != MISSING_LEVEL]
    return all(code.isascii() and code.isdigit() and str(int(code)) == code and len(code) < 10 for code in codes)


def _outside(axis: Axis, numbers: dict[str, int]) -> list[Any]:
    """Margins, missing and "don't know": SPSS has room for a range, and one value beside it."""
    unknown = [numbers[level.code] for level in axis.levels if level.kind is LevelKind.UNKNOWN]
    return [{"lo": MISSING_CODE, "hi": TOTAL_CODE}, *(unknown if len(unknown) == 1 else [])]


def _measure_variable(table: ProtectedTable, measure: Measure, keys: list[Key]) -> Variable:
    cells = table.cells[measure.id]
    hidden = _code_of_gaps([value for value in cells.values() if value is not None])
    gap = {Status.GAP: hidden, Status.NONE: None}
    values = [gap.get(status_of(table, measure.id, key), cells.get(key)) for key in keys]
    return Variable(
        measure.id,
        measure.label,
        [None if value is None else float(value) for value in values],
        {**dict(enumerate(WORDS.get(measure.kind, ()))), hidden: f"Skyddat tal: {GAP_NOTE}"},
        [hidden],
        "nominal" if measure.kind in WORDS else "scale",
        MEAN if measure.kind is MeasureKind.COUNT and are_means(cells.values()) else FORMATS[measure.kind],
    )


def _code_of_gaps(values: list[int | float]) -> float:
    """-9, or with more nines where a number is as low: a credited cost may be."""
    lowest = min(values, default=0)
    digits = 1 if lowest > -9 else int(log10(-lowest)) + 2
    return -float("9" * digits)
