"""Rules between the fields of a record and of what stands above it, as expressions over whole columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from skillnad.codebook.model import Value, Variable
from skillnad.register.imports.fields import PARENT, Field, Record
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.reading import ROW
from skillnad.register.imports.sections import Section

_OLDEST = "121y"  # the day one is 121, a year past what anyone in Sweden has lived
_EXPECTED_DAYS = 305  # ten months: a case may concern an unborn child
_REVIEW_DATES = ("review.due_date", "review.held_date")  # one of them is known
_DONE = (
    (Record.CASE, "case.decision_date"),
    (Record.INTERVENTION, "intervention.decision_date"),
    (Record.FOLLOW_UP, "follow_up.follow_up_date"),
    (Record.REVIEW, "review.held_date"),
)
"""What was done on its day; a start, an end or a day due may be planned."""
_LIVES_WITH_PARENTS = "15y"
_LIVING_ALONE_OR_PAIRED = ("1", "4")  # household_type: alone, or with a partner, without children


@dataclass(frozen=True)
class Check:
    """`broken` is true for the records that break `rule`; null, where something is missing, is no fault."""

    rule: str
    record: Record
    columns: tuple[str, ...]
    broken: pl.Expr


def checks_for(record: Record, fields: Sequence[Field], today: date) -> tuple[Check, ...]:
    """Every check of the record, those of its variables' validity included."""
    fixed = [check for check in _fixed(today) if check.record is record]
    dated = [check for field in fields if field.record is record for check in _validity(field)]
    return (*fixed, *dated)


def columns_above(record: Record) -> tuple[str, ...]:
    """The columns of the records above that some check of this one reads."""
    prefix = f"{record}."
    wanted = (name for check in _fixed(date(2000, 1, 1)) if check.record is record for name in check.columns)
    return tuple(dict.fromkeys(name for name in wanted if not name.startswith(prefix)))


def with_above(record: Record, frame: pl.DataFrame, uppers: Mapping[Record, pl.DataFrame]) -> pl.DataFrame:
    """The record's rows with the columns of those above that its checks read, where this delivery has them.

    What stands above is given as its own rows, or as this function gave it: then it has what is higher up already.
    """
    wanted = columns_above(record)
    above = PARENT[record]
    while above and above in frame.columns and above in uppers:
        upper, rows = PARENT[above], uppers[above]
        taken = [name for name in wanted if name in rows.columns and name not in frame.columns]
        higher = [name for name in wanted if name not in (*frame.columns, *taken) and not name.startswith(f"{above}.")]
        if higher and upper and upper.value in rows.columns and upper.value not in frame.columns:
            taken.insert(0, upper.value)
        if taken:
            frame = frame.join(rows.select(above.value, *taken), on=above.value, how="left", maintain_order="left")
        above = upper if higher else None
    lacking = [name for name in _REVIEW_DATES if record is Record.REVIEW and name not in frame.columns]
    return frame.with_columns(pl.lit(None, pl.Date).alias(name) for name in lacking)


def tell_review_cases(sections: Sequence[Section], findings: Findings) -> None:
    """Reviews on rows whose case is not the one that the file of their intervention gives it."""
    linked = (Record.CASE, Record.INTERVENTION)
    about = [section for section in sections if all(record in section.spec.keys for record in linked)]
    reviews = [section for section in about if Record.REVIEW in section.spec.keys]
    given = [section.frame.select(linked) for section in about if section not in reviews]
    if not reviews or not given:
        return
    cases = pl.concat(given).drop_nulls().unique(Record.INTERVENTION, keep="last").rename({Record.CASE: "given"})
    for section in reviews:
        rows = section.frame.join(cases, on=Record.INTERVENTION, how="inner", maintain_order="left")
        headings = ", ".join(section.spec.keys[Record.CASE].columns)
        findings.add(section.index, rows.filter(pl.col(Record.CASE) != pl.col("given"))[ROW], "IMP-216", headings)


def client_checks(clients: pl.DataFrame, identities: pl.DataFrame) -> Iterator[tuple[str, tuple[str, ...], pl.Series]]:
    """What an identity number hints at, against what the columns say: rule, columns, keys."""
    hints = clients.join(identities, left_on="client", right_on="key", how="inner")
    yield "IMP-211", (), hints.filter("odd")["client"]
    for rule, column, hint in (("IMP-212", "client.legal_sex", "sex"), ("IMP-213", "client.birth_date", "born")):
        if column in hints.columns:
            yield rule, (column,), hints.filter(pl.col(column) != pl.col(hint))["client"]


def _after(later: str, earlier: str) -> pl.Expr:
    return pl.col(later) > pl.col(earlier)


def _order(rule: str, record: Record, earlier: str, later: str) -> Check:
    """`earlier` may not come after `later`."""
    return Check(rule, record, (earlier, later), _after(earlier, later))


def _fixed(today: date) -> tuple[Check, ...]:
    case, intervention, follow_up = Record.CASE, Record.INTERVENTION, Record.FOLLOW_UP
    return (
        _order("IMP-122", case, "case.intake_date", "case.closed_date"),
        _order("IMP-121", intervention, "intervention.start_date", "intervention.end_date"),
        _order("IMP-123", Record.COST, "cost.from_date", "cost.to_date"),
        Check("IMP-124", Record.COST, ("cost.amount",), pl.col("cost.amount") < 0),
        Check("IMP-115", Record.COST, ("cost.amount",), pl.col("cost.amount").is_null()),
        Check("IMP-115", Record.COST, ("cost.from_date",), pl.col("cost.from_date").is_null()),
        Check("IMP-115", Record.REVIEW, _REVIEW_DATES, pl.all_horizontal(pl.col(_REVIEW_DATES).is_null())),
        *_ages(case, "case.intake_date"),
        *_ages(intervention, "intervention.start_date"),
        _order("IMP-201", case, "case.intake_date", "case.decision_date"),
        _order("IMP-201", intervention, "case.intake_date", "intervention.decision_date"),
        _order("IMP-202", intervention, "intervention.decision_date", "intervention.start_date"),
        _order("IMP-203", intervention, "case.intake_date", "intervention.start_date"),
        _order("IMP-204", intervention, "intervention.end_date", "case.closed_date"),
        Check(
            "IMP-205",
            intervention,
            ("intervention.closing_reason", "intervention.end_date"),
            pl.col("intervention.closing_reason").is_not_null() & pl.col("intervention.end_date").is_null(),
        ),
        _order("IMP-206", follow_up, "intervention.start_date", "follow_up.follow_up_date"),
        _order("IMP-206", follow_up, "follow_up.follow_up_date", "intervention.end_date"),
        Check("IMP-207", case, ("case.intake_date",), pl.col("case.intake_date") > today),
        *(Check("IMP-209", record, (day,), pl.col(day) > today) for record, day in _DONE),
        Check("IMP-214", case, ("case.household_type", "case.intake_date", "client.birth_date"), _child_alone()),
    )


def _ages(record: Record, event: str) -> tuple[Check, ...]:
    """Nobody is above 120; before the birth there is at most an expected child."""
    columns = (event, "client.birth_date")
    born, at = pl.col("client.birth_date"), pl.col(event)
    long_before = at < born - pl.duration(days=_EXPECTED_DAYS)
    return (
        Check("IMP-125", record, columns, at >= born.dt.offset_by(_OLDEST)),
        Check("IMP-126", record, columns, long_before),
        Check("IMP-208", record, columns, (at < born) & ~long_before),
    )


def _child_alone() -> pl.Expr:
    young = pl.col("case.intake_date") < pl.col("client.birth_date").dt.offset_by(_LIVES_WITH_PARENTS)
    return young & pl.col("case.household_type").is_in(_LIVING_ALONE_OR_PAIRED)


_EVENTS = {
    Record.CASE: "case.intake_date",
    Record.INTERVENTION: "intervention.start_date",
    Record.FOLLOW_UP: "follow_up.follow_up_date",
}


def _validity(field: Field) -> Iterator[Check]:
    """A code is used on a day when it was valid; records without a day of their own are not checked."""
    variable: Variable | None = field.variable
    event = _EVENTS.get(field.record)
    if variable is None or event is None:
        return
    for value in variable.values:
        if value.valid_from or value.valid_to:
            yield Check("IMP-215", field.record, (field.column, event), _has(field, value) & _outside(event, value))


def _has(field: Field, value: Value) -> pl.Expr:
    return pl.concat_str(pl.lit(";"), pl.col(field.column), pl.lit(";")).str.contains(f";{value.code};", literal=True)


def _outside(event: str, value: Value) -> pl.Expr:
    day = pl.col(event)
    before = day < value.valid_from if value.valid_from else pl.lit(False)
    after = day > value.valid_to if value.valid_to else pl.lit(False)
    return before | after
