"""What a delivery has of each variable: the counts that `skillnad codebook gaps` compares with the codebook."""

from collections.abc import Mapping, Sequence

import polars as pl

from skillnad.register.imports.cells import UNKNOWN_CODE
from skillnad.register.imports.columns import READ_AS_MISSING
from skillnad.register.imports.fields import Field, Form, Record
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.records import FieldsByColumn
from skillnad.register.imports.sections import Section
from skillnad.register.imports.summary import VariableCount

NOTHING = VariableCount(0, 0, 0)


def variable_counts(
    frames: Mapping[Record, pl.DataFrame],
    fields: FieldsByColumn,
    sections: Sequence[Section],
    findings: Findings,
) -> dict[str, VariableCount]:
    """How many records have each variable; `age` follows the birth date, `identity_number` the clients' keys."""
    unmapped = unmapped_rows(sections, findings)
    counts: dict[str, VariableCount] = {}
    for record, frame in frames.items():
        for name in frame.columns:
            if name in fields:
                id = fields[name].id
                counts[id] = _with(counts.get(id, NOTHING), frame[name], fields[name], unmapped.get(id, 0))
        if record is Record.CLIENT:
            known = int(frame[Record.CLIENT].str.starts_with("id:").sum())
            counts["identity_number"] = VariableCount(frame.height, known, known)
    if "birth_date" in counts:
        counts["age"] = counts["birth_date"]
    return counts


def unmapped_rows(sections: Sequence[Section], findings: Findings) -> dict[str, int]:
    """Rows by variable whose value had no code in the mapping, whether they were rejected or read as missing."""
    found = findings.all().filter(pl.col("rule").is_in([UNKNOWN_CODE, READ_AS_MISSING]))
    counted = found.group_by("section", "column").agg(pl.col("row").n_unique())
    rows = {(section, column): count for section, column, count in counted.rows()}
    totals: dict[str, int] = {}
    for section in sections:
        for source in section.spec.sources:
            if count := rows.get((section.index, source.column), 0):
                totals[source.field.id] = totals.get(source.field.id, 0) + int(count)
    return totals


def _with(before: VariableCount, column: pl.Series, field: Field, unmapped: int) -> VariableCount:
    values = column.drop_nulls()
    return VariableCount(
        rows=before.rows + len(column),
        filled=before.filled + len(values),
        distinct=max(before.distinct, _distinct(values.unique(), field)),
        unmapped=unmapped,
    )


def _distinct(values: pl.Series, field: Field) -> int:
    """Different codes: of `"1;14"` each counts by itself."""
    return values.str.split(";").list.explode().n_unique() if field.form is Form.CODES and len(values) else len(values)
