"""A protected table as a data frame that pandas, Polars, narwhals, DuckDB and R's arrow all take: an Arrow table.

One row a cell. Each axis has three columns (code, `_label`, `_kind`), each measure two: the number, and `_status`,
which says `gap` where it is protected; one whose number stands for words (a verdict) has them in `_label`. Where the
numbers come from is in the schema's metadata, and in Parquet with it; in pandas it becomes `attrs`.
"""

import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.figures import WORDS, word
from skillnad.analysis.leaving import check_may_leave
from skillnad.analysis.results import Axis, Key, Measure, MeasureKind, ProtectedTable
from skillnad.exchange.results.cells import are_means, keys_of, kind_of, label_of, provenance_of, status_of, unique

METADATA = b"skillnad"
"""The key of the schema's metadata; its value is JSON (`cells.provenance_of`)."""

Column = tuple[pa.Field, list[object]]


def to_frame(table: ProtectedTable) -> pa.Table:
    """The table in long form, margins included. Pick the cells inside with `_kind`: margins say `total`.

    `pandas: frame.to_pandas()`, `Polars: pl.from_arrow(frame)`, `narwhals: nw.from_native(frame)`. Only protected
    numbers are in it: a gap is null.
    """
    check_may_leave(table)
    keys = list(keys_of(table))
    columns = [*_axis_columns(table, keys), *_measure_columns(table, keys)]
    names = unique([field.name for field, _ in columns])
    fields = [field.with_name(name) for (field, _), name in zip(columns, names, strict=True)]
    arrays = [pa.array(values, field.type) for field, values in columns]
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=_metadata(table)))


def as_parquet(table: ProtectedTable) -> bytes:
    """The frame as the bytes of a Parquet file."""
    stream = io.BytesIO()
    pq.write_table(to_frame(table), stream)
    return stream.getvalue()


def _axis_columns(table: ProtectedTable, keys: list[Key]) -> Iterator[Column]:
    for place, axis in enumerate(table.axes):
        codes = [key[place] for key in keys]
        yield _text(axis.id, axis), list(codes)
        yield _text(f"{axis.id}_label", axis), [label_of(axis, code) for code in codes]
        yield _text(f"{axis.id}_kind", axis), [kind_of(axis, code) for code in codes]


def _text(name: str, axis: Axis) -> pa.Field:
    several = {"multiple": "levels overlap: they do not add up to the total"} if axis.multiple else {}
    return pa.field(name, pa.string(), nullable=False, metadata={"label": axis.label, **several})


def _measure_columns(table: ProtectedTable, keys: list[Key]) -> Iterator[Column]:
    for measure in table.measures:
        cells = table.cells[measure.id]
        yield _number(measure, means=are_means(cells.values())), [cells.get(key) for key in keys]
        if measure.kind in WORDS:
            yield pa.field(f"{measure.id}_label", pa.string()), [_word(measure, cells.get(key)) for key in keys]
        status = pa.field(f"{measure.id}_status", pa.string(), nullable=False)
        yield status, [status_of(table, measure.id, key).value for key in keys]


def _word(measure: Measure, value: int | float | None) -> str | None:
    return None if value is None else word(measure.kind, value)


def _number(measure: Measure, *, means: bool) -> pa.Field:
    """Whole numbers where they all are: the middle of a course of counts is a mean."""
    whole = measure.kind in (MeasureKind.COUNT, MeasureKind.PLACE, *WORDS) and not means
    told = {"label": measure.label, "kind": measure.kind.value}
    return pa.field(measure.id, pa.int64() if whole else pa.float64(), metadata=told)


def _metadata(table: ProtectedTable) -> dict[bytes, str]:
    """Ours, and what makes pandas keep it."""
    told = provenance_of(table)
    nothing: list[object] = []
    pandas = {"index_columns": nothing, "column_indexes": nothing, "columns": nothing, "attributes": told}
    return {METADATA: json.dumps(told, ensure_ascii=False), b"pandas": json.dumps(pandas)}
