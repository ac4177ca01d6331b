"""Rows into records: what several rows and files say of one client, case or intervention becomes one row a key."""

from collections.abc import Mapping, Sequence

import polars as pl

from skillnad.codebook.model import Codebook
from skillnad.register.imports.cells import EXCLUSIVE_VALUES
from skillnad.register.imports.columns import forbidden_sets, standard_fields
from skillnad.register.imports.fields import PARENT, Field, Form, Record, above, fields_of
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.reading import ROW
from skillnad.register.imports.sections import Section

DIFFERENT = "IMP-113"
TWO_PARENTS = "IMP-114"
REPEATED = "IMP-221"
DISAGREEING = "IMP-222"
_FEW = 10_000

FieldsByColumn = Mapping[str, Field]


def record_frame(
    record: Record,
    sections: Sequence[Section],
    accepted: Mapping[int, pl.DataFrame],
    fields: FieldsByColumn,
    findings: Findings | None,
) -> pl.DataFrame:
    """One row a key, with the parent's key where a section has it, and every field that some section delivers.

    `accepted` has each section's rows that are still in. With `findings`, repeated and disagreeing rows are told of.
    """
    parts = []
    for section in sections:
        if tells_of(record, section):
            parts.append(_of_section(record, section, accepted[section.index], fields, findings))
    if not parts:
        return pl.DataFrame(schema={record.value: pl.String})
    together = pl.concat(parts, how="diagonal") if len(parts) > 1 else parts[0]
    merged = together if len(parts) == 1 else _one_each(together, record, fields, union=True)
    return _without_forbidden(merged, record, sections, fields, findings)


def tells_of(record: Record, section: Section) -> bool:
    """Whether the section's rows bring such records, or say something of them; some only name them."""
    return record in section.spec.keys and (section.spec.creates(record) or bool(section.fields(record)))


def _of_section(
    record: Record, section: Section, rows: pl.DataFrame, fields: FieldsByColumn, findings: Findings | None
) -> pl.DataFrame:
    upper = [each.value for each in above(record) if each in section.spec.keys]
    own = [record.value, *upper, *section.fields(record)]
    rows = rows.filter(pl.col(record).is_not_null())
    if _each_once(rows[record.value]):  # as most files are, of what their rows are about
        return rows.select(own)
    distinct = _not_as_before(rows.select(own)).unique(maintain_order=True)
    lowest = record in section.lowest
    repeated = distinct.filter(pl.col(record).is_duplicated())[record.value].unique()
    if findings is not None:
        _tell_repeated(record, section, rows, own, distinct, repeated, fields, findings)
    if not len(repeated):
        return distinct
    several = distinct.filter(pl.col(record).is_in(repeated.implode()))
    alone = distinct.filter(~pl.col(record).is_in(repeated.implode()))
    if lowest and not section.spec.union:
        return alone
    return pl.concat([alone, _one_each(several, record, fields, union=section.spec.union).select(own)])


def _each_once(keys: pl.Series) -> bool:
    """A few of them tell of most columns where keys are repeated."""
    return not keys.head(_FEW).is_duplicated().any() and keys.n_unique() == len(keys)


def _not_as_before(rows: pl.DataFrame) -> pl.DataFrame:
    """Without rows that say what the row before said: cheaper to see than what any other row said, and the most."""
    return rows.filter(pl.any_horizontal(pl.all().ne_missing(pl.all().shift(1))) | (pl.int_range(pl.len()) == 0))


def _tell_repeated(
    record: Record,
    section: Section,
    rows: pl.DataFrame,
    own: list[str],
    distinct: pl.DataFrame,
    repeated: pl.Series,
    fields: FieldsByColumn,
    findings: Findings,
) -> None:
    """A row that is about the record: copies are read once, rows that differ are rejected. What stands above it is
    naturally told of on many rows, and only contradictions are worth a word."""
    columns = ", ".join(section.spec.keys[record].columns)
    if record in section.lowest:
        if distinct.height < rows.height and not section.spec.union:
            copies = rows.filter(~pl.struct(own).is_first_distinct())
            findings.add(section.index, copies[ROW], REPEATED, columns)
        if not section.spec.union:
            findings.add(section.index, _rows_of(rows, record, repeated), DIFFERENT, columns)
            return
    _tell_contradictions(record, section, rows, distinct, repeated, fields, findings)


def _tell_contradictions(
    record: Record,
    section: Section,
    rows: pl.DataFrame,
    distinct: pl.DataFrame,
    repeated: pl.Series,
    fields: FieldsByColumn,
    findings: Findings,
) -> None:
    if not len(repeated):
        return
    several = distinct.filter(pl.col(record).is_in(repeated.implode()))
    parent = PARENT[record]
    told = several.group_by(record).agg(pl.exclude(record).drop_nulls().n_unique() > 1)
    if parent and parent in section.spec.keys:
        columns = ", ".join(section.spec.keys[record].columns)
        findings.add(section.index, _rows_of(rows, record, told.filter(parent)[record.value]), TWO_PARENTS, columns)
    strict = record in section.lowest  # united rows must agree on what has one value
    for name in section.fields(record):
        if section.spec.union and name in fields and fields[name].form is Form.CODES:
            continue  # united
        heading = ", ".join(_headings(section, name))
        rule = DIFFERENT if strict else DISAGREEING
        findings.add(section.index, _rows_of(rows, record, told.filter(name)[record.value]), rule, heading)


def _headings(section: Section, column: str) -> tuple[str, ...]:
    """The headings that a field was read from; the standard's may come of an old local series."""
    derived = standard_fields(section.spec)
    sources = (s for s in section.spec.sources if column in (s.field.column, _column_of(derived, s.field.column)))
    return next((source.columns for source in sources), ())


def _column_of(derived: FieldsByColumn, local: str) -> str:
    return derived[local].column if local in derived else ""


def _rows_of(rows: pl.DataFrame, record: Record, keys: pl.Series) -> pl.Series:
    return rows.filter(pl.col(record).is_in(keys.implode()))[ROW] if len(keys) else rows[ROW].head(0)


def _one_each(rows: pl.DataFrame, record: Record, fields: FieldsByColumn, union: bool) -> pl.DataFrame:
    """The last value that is there; yes before no (protected); several-value fields united where `union`."""
    if rows[record.value].is_unique().all():
        return rows
    parts = []
    for name in rows.columns:
        field = fields.get(name)
        if name == record:
            continue
        if field and field.form is Form.FLAG:
            parts.append(pl.col(name).max())
        elif field and field.form is Form.CODES and union:
            parts.append(pl.col(name).drop_nulls().str.split(";").list.explode().unique().alias(name))
        else:
            parts.append(pl.col(name).drop_nulls().last())
    united = rows.group_by(record.value, maintain_order=True).agg(parts)
    return united.with_columns(
        _ordered(united[name], fields[name]) for name, kind in united.schema.items() if kind == pl.List
    )


def _ordered(lists: pl.Series, field: Field) -> pl.Series:
    """Lists of codes as `"1;14"`, in the codebook's order."""
    places = {code: place for place, code in enumerate(field.variable.codes if field.variable else ())}
    joined = lists.list.sort().list.join(";")
    texts = [text for text in joined.unique().drop_nulls().to_list() if text]
    new = [";".join(sorted(text.split(";"), key=lambda code: places.get(code, len(places)))) for text in texts]
    dtype = pl.String
    return joined.replace_strict(texts, new, default=None, return_dtype=dtype) if texts else joined.replace("", None)


def _without_forbidden(
    merged: pl.DataFrame,
    record: Record,
    sections: Sequence[Section],
    fields: FieldsByColumn,
    findings: Findings | None,
) -> pl.DataFrame:
    """Unions can bring together what excludes each other."""
    if findings is None:
        return merged
    for name in merged.columns:
        field = fields.get(name)
        if field and field.form is Form.CODES and field.variable and field.variable.exclusive:
            wrong = forbidden_sets(merged[name].unique(), field.variable, field.form)
            keys = merged.filter(pl.col(name).is_in(wrong))[record.value] if wrong else merged[record.value].head(0)
            tell_keys(record, keys, EXCLUSIVE_VALUES, (name,), sections, findings)
    return merged


def tell_keys(
    record: Record,
    keys: pl.Series,
    rule: str,
    columns: Sequence[str],
    sections: Sequence[Section],
    findings: Findings,
) -> None:
    """The rows of these records break `rule`; `columns` are fields, told of by the headings they came from."""
    if not len(keys):
        return
    for section in sections:
        if not tells_of(record, section):
            continue
        sources = [source for source in section.spec.sources if source.field.column in columns]
        headings = dict.fromkeys(column for source in sources for column in source.columns)
        headings = headings or dict.fromkeys(section.spec.keys[record].columns)
        rows = section.frame.filter(pl.col(record).is_in(keys.implode()))[ROW]
        findings.add(section.index, rows, rule, ", ".join(headings))


def fields_by_column(codebook: Codebook, sections: Sequence[Section]) -> FieldsByColumn:
    """The fields that the sections fill, by column name, those that follow from old local series included."""
    known = {field.column: field for fields in fields_of(codebook).values() for field in fields}
    filled = {name for section in sections for name in section.frame.columns}
    return {name: field for name, field in known.items() if name in filled}
