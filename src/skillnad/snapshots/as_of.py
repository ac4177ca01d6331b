"""The register as it was on a day: what had not happened yet is left out, what had not ended yet is open.

Dates are rolled back, values are not: the register keeps the latest value of a variable, not its history
(docs/adr/0011-a-snapshot-is-taken-as-of-a-day.md).
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from skillnad.codebook.model import Codebook, Entity, Step, Variable
from skillnad.snapshots.rows import Register


def as_of_day(register: Register, codebook: Codebook, day: date) -> Register:
    """The register's rows as of `day`, which is the last day that counts."""
    cases = _known(register.cases, "intake_date", day)
    begun = _known(register.interventions, "start_date", day).join(_ids(cases, "case"), on="case", how="semi")
    follow_ups = _known(register.follow_ups, "follow_up_date", day)
    return Register(
        municipality=register.municipality,
        committees=register.committees,
        units=register.units,
        providers=register.providers,
        clients=_clients(register, cases),
        cases=_back(_with_decision(cases, register.interventions, day), Entity.CASE, codebook, day, "closed_date"),
        interventions=_back(begun, Entity.INTERVENTION, codebook, day, "end_date"),
        follow_ups=_dates_back(_of(follow_ups, begun), day),
        reviews=_reviews_of(_reviews(register.reviews, day), cases, begun),
        costs=_of(_known(register.costs, "cost_from", day), begun),
        submissions=_answered(register, day, cases, begun, follow_ups),
        tree=register.tree,
    )


def _answered(
    register: Register, day: date, cases: pl.DataFrame, begun: pl.DataFrame, follow_ups: pl.DataFrame
) -> pl.DataFrame:
    """What had been answered by then, of what was there by then; and what is about nobody."""
    rows = _known(register.submissions, "answer_date", day)
    there = {
        "client": _clients(register, cases), "case": cases, "intervention": begun, "follow_up": _of(follow_ups, begun)
    }  # fmt: skip
    about = [pl.col(key).is_null() | pl.col(key).is_in(held[key].implode()) for key, held in there.items()]
    return rows.filter(pl.all_horizontal(about))


def _known(rows: pl.DataFrame, event: str, day: date) -> pl.DataFrame:
    """Rows whose event had happened; a row without a date is kept, and is counted as missing by questions."""
    return rows.filter(pl.col(event).is_null() | (pl.col(event) <= day))


def _clients(register: Register, cases: pl.DataFrame) -> pl.DataFrame:
    """Clients with a case by then, and those with no case at all; one whose cases all came later is left out."""
    later = _ids(register.cases, "client").join(_ids(cases, "client"), on="client", how="anti")
    return register.clients.join(later, on="client", how="anti")


def _with_decision(cases: pl.DataFrame, interventions: pl.DataFrame, day: date) -> pl.DataFrame:
    """A case without a decision date of its own has the earliest of its interventions, begun or not."""
    decided = interventions.filter(pl.col("decision_date") <= day)
    first = decided.group_by("case").agg(pl.col("decision_date").min().alias("first_decision"))
    return (
        cases.join(first, on="case", how="left", maintain_order="left")
        .with_columns(pl.coalesce(pl.col("decision_date"), pl.col("first_decision")).alias("decision_date"))
        .drop("first_decision")
    )


def _reviews(reviews: pl.DataFrame, day: date) -> pl.DataFrame:
    """Reviews due or held by then; one held later is not held yet."""
    due, held = pl.col("due_date") <= day, pl.col("held_date") <= day
    undated = pl.col("due_date").is_null() & pl.col("held_date").is_null()
    return _dates_back(reviews.filter(due | held | undated), day, keep=("due_date",))


def _back(rows: pl.DataFrame, entity: Entity, codebook: Codebook, day: date, end: str) -> pl.DataFrame:
    """Dates after the day are missing; where the end is one of them, so is all that is recorded at closing."""
    closing = [v for v in codebook.of(entity) if v.step is Step.CLOSE and v.coded and v.id in rows.columns]
    open_still = (pl.col(end) > day).fill_null(value=False)
    blank = [_blank(variable, open_still) for variable in closing]
    return _dates_back(rows.with_columns(blank), day)


def _blank(variable: Variable, where: pl.Expr) -> pl.Expr:
    dtype = pl.Int16 if variable.kind.value == "single" else pl.List(pl.Int16)
    nothing = pl.lit(0, pl.Int16) if dtype is pl.Int16 else pl.lit([], pl.List(pl.Int16))
    return pl.when(where).then(nothing).otherwise(pl.col(variable.id)).cast(dtype).alias(variable.id)


def _dates_back(rows: pl.DataFrame, day: date, keep: Sequence[str] = ()) -> pl.DataFrame:
    dates = [name for name, dtype in rows.schema.items() if dtype == pl.Date and name not in (*keep, "birth_date")]
    return rows.with_columns(pl.when(pl.col(name) <= day).then(pl.col(name)).alias(name) for name in dates)


def _of(rows: pl.DataFrame, interventions: pl.DataFrame) -> pl.DataFrame:
    return rows.join(_ids(interventions, "intervention"), on="intervention", how="semi")


def _reviews_of(reviews: pl.DataFrame, cases: pl.DataFrame, interventions: pl.DataFrame) -> pl.DataFrame:
    """A review of an intervention goes with it; one of the case alone goes with the case."""
    of_case = reviews.filter(pl.col("intervention").is_null()).join(_ids(cases, "case"), on="case", how="semi")
    return pl.concat([_of(reviews, interventions), of_case])


def _ids(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    return rows.select(name).unique()
