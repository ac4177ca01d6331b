"""The register's frames as the wide tables of a snapshot: a row carries the columns of what stands above it.

Rows are sorted by their keys and columns stand in the order of `columns`: the same register gives the same tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from skillnad.codebook.model import AgeBand, Codebook, Entity
from skillnad.codebook.snapshot_schema import (
    AT_START,
    EVENT,
    FIRST_FOLLOW_UP,
    KEYS,
    MISSING,
    Population,
    SnapshotColumn,
    SnapshotLevel,
)
from skillnad.snapshots.answers import KEYS as ABOUT
from skillnad.snapshots.answers import OCCASION, Versions, answered, in_occasions, occasions_of
from skillnad.snapshots.columns import BELOW_INTERVENTIONS, columns_of
from skillnad.snapshots.rows import Register, wanted

ORE_IN_A_KRONA = 100
BEGAN = "intervention_began"
"""Where a review's age at the start is taken; no column of a snapshot."""
UNBORN_DAYS = 305
"""Ten months: how long before the birth an import takes an event to concern the child that is expected."""


@dataclass(frozen=True)
class Table:
    columns: dict[str, SnapshotColumn]
    rows: pl.DataFrame


NO_VERSIONS: Final[Versions] = {}


def make_tables(register: Register, codebook: Codebook, instruments: Versions = NO_VERSIONS) -> dict[Population, Table]:
    """All six, and that of answers where there are any. `register` is as of the snapshot's day already.

    Raises UserError SNAP-028 where `instruments` lacks a version that answers were given on.
    """
    organisation = _Organisation(register)
    clients = register.clients
    cases = organisation.place(register.cases).join(clients, on="client", how="inner")
    interventions = _interventions(register, cases, organisation, codebook)
    beside = interventions.drop([*_follow_up_columns(codebook), FIRST_FOLLOW_UP, "follow_ups"])
    rows = {
        Population.CLIENTS: _clients(clients, cases),
        Population.CASES: _count(cases, register.interventions, "case", "interventions"),
        Population.INTERVENTIONS: interventions,
        Population.FOLLOW_UPS: register.follow_ups.join(beside, on="intervention", how="inner"),
        Population.REVIEWS: _reviews(register.reviews, cases, beside),
        Population.COSTS: _costs(register.costs).join(beside, on="intervention", how="inner"),
    }
    tables = {population: _finish(population, rows[population], codebook, organisation) for population in rows}
    if register.submissions.is_empty():
        return tables
    follow_ups = rows[Population.FOLLOW_UPS]
    above = {"follow_up": follow_ups, "intervention": beside, "case": cases, "client": clients}
    return tables | {Population.ANSWERS: _answers(register, above, codebook, organisation, instruments)}


def _answers(
    register: Register,
    above: Mapping[str, pl.DataFrame],
    codebook: Codebook,
    organisation: "_Organisation",
    instruments: Versions,
) -> Table:
    """Each occasion with the columns of what it is about, and what was answered."""
    placed = in_occasions(register.submissions)
    rows = _about(occasions_of(placed), above, organisation)
    age = dict(rows.select(OCCASION, _age_at("answer_date").alias("age")).iter_rows())
    clients = dict(rows.filter(pl.col("client") > 0).select(OCCASION, "client").iter_rows())
    columns, values = answered(placed, age, clients, instruments)
    table = _finish(Population.ANSWERS, rows, codebook, organisation)
    beside = values.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("answer"))
    found = table.rows.join(beside, on="answer", how="left", maintain_order="left")
    return Table({**table.columns, **columns}, found.select([*table.columns, *columns]))


def _about(occasions: pl.DataFrame, above: Mapping[str, pl.DataFrame], organisation: "_Organisation") -> pl.DataFrame:
    """The occasions with what stands above each. A place that the sheet tells goes before the subject's; one without a
    subject is somebody of its own, by a number that is no pseudonym."""
    told = organisation.carried_out_by(organisation.place(occasions))
    told = told.rename({name: f"{name}_told" for name in _PLACED})
    parts = [told.filter(pl.all_horizontal(pl.col(key).is_null() for key in ABOUT)).drop(list(ABOUT))]
    for key, rows in above.items():
        mine = told.filter(pl.col(key).is_not_null()).drop([other for other in ABOUT if other != key])
        parts.append(mine.join(rows, on=key, how="left"))
    found = pl.concat(parts, how="diagonal")
    absent = [pl.lit(None, pl.Int16).alias(name) for name in _PLACED if name not in found.columns]
    found = found.with_columns(absent).with_columns(pl.coalesce(f"{name}_told", name).alias(name) for name in _PLACED)
    return found.with_columns(pl.coalesce("client", -pl.col("answer")).alias("client"))


_PLACED = ("unit", "committee", "provider")


class _Organisation:
    """Committees, units and providers as levels, and where a row belongs."""

    def __init__(self, register: Register) -> None:
        self.levels = {
            "committee": _levels(register.committees),
            "unit": _levels(register.units),
            "provider": _levels(register.providers),
        }
        committees = register.committees.select(pl.col("id").alias("committee_id")).with_row_index(
            "committee", MISSING + 1
        )
        self.units = (
            register.units.select(pl.col("id").alias("unit_id"), "committee_id")
            .with_row_index("unit", MISSING + 1)
            .join(committees, on="committee_id", how="left")
            .select("unit_id", "unit", "committee")
        )
        self.providers = register.providers.select(pl.col("id").alias("provider_id")).with_row_index(
            "provider", MISSING + 1
        )

    def place(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with `unit` and `committee` in place of `unit_id`."""
        return rows.join(self.units, on="unit_id", how="left", maintain_order="left").drop("unit_id")

    def carried_out_by(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.join(self.providers, on="provider_id", how="left", maintain_order="left").drop("provider_id")


def _levels(places: pl.DataFrame) -> tuple[SnapshotLevel, ...]:
    told = places.select("code", "name", "valid_from", "valid_to").iter_rows()
    return tuple(SnapshotLevel(code, name, name, first, last) for code, name, first, last in told)


def _clients(clients: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Each client with the day and the unit of the first case."""
    first = (
        cases.sort("intake_date", "case", nulls_last=True)
        .group_by("client", maintain_order=True)
        .agg(pl.col("intake_date", "unit", "committee").first())
        .rename({"intake_date": "first_intake_date"})
    )
    return clients.join(first, on="client", how="left")


def _interventions(
    register: Register, cases: pl.DataFrame, organisation: _Organisation, codebook: Codebook
) -> pl.DataFrame:
    """Interventions with what is known of the case, the client, and the latest follow-up, and the day of the first.

    An intervention without a unit or a decision date of its own has the case's.
    """
    rows = organisation.carried_out_by(organisation.place(register.interventions))
    rows = rows.join(cases, on="case", how="inner", suffix="_of_case")
    rows = rows.with_columns(pl.coalesce(name, f"{name}_of_case").alias(name) for name in _FROM_CASE)
    rows = _count(rows, register.follow_ups, "intervention", "follow_ups")
    first = register.follow_ups.group_by("intervention").agg(pl.col("follow_up_date").min().alias(FIRST_FOLLOW_UP))
    return rows.join(
        _latest(register.follow_ups, codebook).join(first, on="intervention"), on="intervention", how="left"
    )


_FROM_CASE = ("unit", "committee", "decision_date")


def _latest(follow_ups: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """The latest follow-up of each intervention, whole: never one variable from one occasion and one from another."""
    ordered = follow_ups.sort("follow_up_date", "follow_up", nulls_last=False)
    return ordered.group_by("intervention", maintain_order=True).agg(pl.col(_follow_up_columns(codebook)).last())


def _follow_up_columns(codebook: Codebook) -> list[str]:
    return [variable.id for variable in wanted(codebook, Entity.FOLLOW_UP)]


def _count(rows: pl.DataFrame, below: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    counted = below.group_by(key).agg(pl.len().cast(pl.Int64).alias(name))
    return rows.join(counted, on=key, how="left").with_columns(pl.col(name).fill_null(0))


def _reviews(reviews: pl.DataFrame, cases: pl.DataFrame, interventions: pl.DataFrame) -> pl.DataFrame:
    """Each review with the columns of its intervention, or of its case where it is of no intervention in particular.

    `review_in_time`: 1 held by the day it was due, 2 held later, 3 due and not held; missing where no day was due.
    `review_date` is the day it was due, else the day it was held.
    """
    due, held = pl.col("due_date"), pl.col("held_date")
    in_time = pl.when(held <= due).then(1).when(held > due).then(2).when(due.is_not_null()).then(3).otherwise(MISSING)
    reviews = reviews.with_columns(
        in_time.cast(pl.Int16).alias("review_in_time"), pl.coalesce(due, held).alias("review_date")
    )
    of_case = pl.col("intervention").is_null()
    placed = reviews.filter(~of_case).drop("case").join(interventions, on="intervention", how="inner")
    alone = _begun_by(reviews.filter(of_case), interventions).join(cases, on="case", how="inner")
    return pl.concat([placed.with_columns(pl.col("start_date").alias(BEGAN)), alone], how="diagonal")


def _begun_by(reviews: pl.DataFrame, interventions: pl.DataFrame) -> pl.DataFrame:
    """Reviews of a case alone with the day when the case's latest intervention until then began; the day of the review
    itself where none had begun."""
    reviews = reviews.with_row_index("row")
    begun = reviews.select("row", "case", "review_date").join(
        interventions.select("case", pl.col("start_date").alias(BEGAN)), on="case", how="inner"
    )
    latest = begun.filter(pl.col(BEGAN) <= pl.col("review_date")).group_by("row").agg(pl.col(BEGAN).max())
    return (
        reviews.join(latest, on="row", how="left", maintain_order="left")
        .with_columns(pl.coalesce(BEGAN, "review_date").alias(BEGAN))
        .drop("row")
    )


def _costs(costs: pl.DataFrame) -> pl.DataFrame:
    return costs.with_columns((pl.col("amount") / ORE_IN_A_KRONA).alias("amount"))


def _finish(population: Population, rows: pl.DataFrame, codebook: Codebook, organisation: _Organisation) -> Table:
    columns = columns_of(population, codebook, organisation.levels)
    rows = _with_age(rows, population, codebook.age_bands)
    rows = rows.with_columns(_placed(name) for name in organisation.levels if name in columns)
    rows = rows.with_columns(pl.col(name).fill_null([]) for name, dtype in rows.schema.items() if dtype == pl.List)
    rows = rows.with_columns(
        pl.col(name).fill_null(MISSING) for name, dtype in rows.schema.items() if dtype == pl.Int16
    )
    return Table(columns, rows.select(list(columns)).sort(_order(population)))


def _placed(name: str) -> pl.Expr:
    """Where someone with protected identity is followed up is told nowhere."""
    return pl.when(pl.col("protected")).then(None).otherwise(pl.col(name)).cast(pl.Int16).alias(name)


def _order(population: Population) -> Sequence[str]:
    """Keys, and where a row has no key of its own what tells it from its neighbours."""
    beside = {
        Population.REVIEWS: ("review_date", "due_date", "held_date"),
        Population.COSTS: ("cost_from", "cost_to", "amount"),
    }
    return (*KEYS[population], *beside.get(population, ()))


def _with_age(rows: pl.DataFrame, population: Population, bands: Sequence[AgeBand]) -> pl.DataFrame:
    """`age` in whole years at the row's event and `age_group`, its band; below interventions also the band when the
    intervention began."""
    age = _age_at(EVENT[population])
    rows = rows.with_columns(age.alias("age"), _band(age, bands).alias("age_group"))
    if population not in BELOW_INTERVENTIONS:
        return rows
    began = BEGAN if population is Population.REVIEWS else "start_date"
    return rows.with_columns(_band(_age_at(began), bands).alias(AT_START))


def _age_at(event: str) -> pl.Expr:
    """Whole years at `event`, missing where either date is.

    A case may concern an unborn child: up to ten months before birth the age is 0. Earlier still a date is wrong, and
    the age is missing: it is never negative.
    """
    birth, day = pl.col("birth_date"), pl.col(event)
    had_birthday = _day_of_year(day) >= _day_of_year(birth)
    years = day.dt.year() - birth.dt.year() - (~had_birthday).cast(pl.Int32)
    unborn = (day < birth) & (day >= birth - pl.duration(days=UNBORN_DAYS))
    return pl.when(day >= birth).then(years).when(unborn).then(0).cast(pl.Int64)


def _day_of_year(day: pl.Expr) -> pl.Expr:
    """March 2 is 302: comparable between years. Months are eight bits wide in Polars, so they are widened first."""
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day().cast(pl.Int32)


def _band(age: pl.Expr, bands: Sequence[AgeBand]) -> pl.Expr:
    group = pl.lit(MISSING)
    for level, band in enumerate(bands, start=MISSING + 1):
        last = band.last if band.last is not None else 10_000
        group = pl.when(age.is_between(band.first, last)).then(pl.lit(level)).otherwise(group)
    return group.cast(pl.Int16)
