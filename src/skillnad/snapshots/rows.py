"""The register as frames with typed columns, read in one transaction: what `tables` makes a snapshot of.

No name, identity number or source key is ever read here: the queries name their columns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from skillnad.codebook.model import Codebook, Entity, Variable
from skillnad.codebook.trees import NO_HISTORY, TreeHistory
from skillnad.lib.errors import UserError
from skillnad.snapshots.answer_rows import read_submissions
from skillnad.snapshots.answers import no_submissions
from skillnad.snapshots.database import Database, select
from skillnad.snapshots.encoding import (
    KINDS,
    LOCAL,
    as_dates,
    derive_standard,
    encode,
    unpack_local,
)
from skillnad.snapshots.tree_rows import read_tree

STORED: Mapping[Entity, tuple[str, ...]] = {
    # the variables that have a column of their own in the register; every other is in `local_values`
    Entity.CLIENT: ("legal_sex", "stated_gender", "origin"),
    Entity.CASE: ("intake_date", "intake_reason", "household_type", "previous_contact", "problem", "decision_date"),
    Entity.INTERVENTION: (
        "decision_date", "start_date", "intervention_type", "end_date", "adherence_to_plan", "closing_reason",
    ),
    Entity.FOLLOW_UP: (
        "follow_up_date", "collaboration", "coordinated_plan", "parallel_interventions", "goal_attainment",
    ),
}  # fmt: skip


TRUE = ("1", "true")
"""A boolean as text: SQLite's and PostgreSQL's."""
STRUCTURAL = ("intake_date", "decision_date", "start_date", "end_date", "follow_up_date")
"""Dates that the work needs whether or not the municipality uses the variable; an unused one is in no table."""


@dataclass(frozen=True)
class Register:
    """Frames. Keys are `client` (pseudonym), `case`, `intervention`, `follow_up`; `unit_id`, `provider_id` are 0 where
    missing, and `intervention` is null for a review of the case alone. Variables have their final types; `clients` has
    `birth_date` and `protected`, which go no further."""

    municipality: str
    committees: pl.DataFrame  # id, code, name
    units: pl.DataFrame  # id, code, name, committee_id
    providers: pl.DataFrame  # id, code, name
    clients: pl.DataFrame
    cases: pl.DataFrame
    interventions: pl.DataFrame
    follow_ups: pl.DataFrame
    reviews: pl.DataFrame
    costs: pl.DataFrame
    submissions: pl.DataFrame = field(default_factory=no_submissions)  # answers.SUBMISSIONS
    tree: TreeHistory = NO_HISTORY  # what the units have been through, where any was reorganised


def wanted(codebook: Codebook, entity: Entity) -> tuple[Variable, ...]:
    """The variables of `entity` that a snapshot has a column for, beside age."""
    return tuple(v for v in codebook.of(entity) if v.kind in KINDS and v.id != "age")


def read_register(database: Database, codebook: Codebook) -> Register:
    """Every row. Raises UserError SNAP-020 to SNAP-024."""
    clients = _entity(
        database, codebook, Entity.CLIENT, "register_client", ("birth_date",), ("pseudonym",), ("protected",)
    )
    cases = _entity(database, codebook, Entity.CASE, "register_case", ("closed_date",), ("client_id", "unit_id"))
    interventions = _entity(
        database, codebook, Entity.INTERVENTION, "register_intervention", (), ("case_id", "unit_id", "provider_id")
    )
    follow_ups = _entity(database, codebook, Entity.FOLLOW_UP, "register_followup", (), ("intervention_id",))
    pseudonyms = clients.select(pl.col("id").alias("client_id"), pl.col("pseudonym").alias("client"))
    cases = cases.join(pseudonyms, on="client_id", how="inner").drop("client_id").rename({"id": "case_id"})
    cases, of_case = renumbered(cases, "case", "client", "intake_date")
    interventions = _linked(interventions.rename({"id": "intervention_id"}), of_case)
    interventions, of_intervention = renumbered(interventions, "intervention", "case", "start_date")
    follow_ups = _linked(follow_ups.rename({"id": "follow_up_id"}), of_intervention)
    follow_ups, of_follow_up = renumbered(follow_ups, "follow_up", "intervention", "follow_up_date")
    numbers = {"client": pseudonyms, "case": of_case, "intervention": of_intervention, "follow_up": of_follow_up}
    reviews = _dated(database, "register_review", ("due_date", "held_date"), ("case_id", "intervention_id"))
    costs = _dated(database, "register_cost", ("from_date", "to_date"), ("intervention_id", "amount"))
    committees = _organisation(database, "organisation_committee")
    units = _organisation(database, "organisation_unit", "committee_id", "administration_id")
    return Register(
        municipality=_municipality(database),
        committees=committees,
        units=units.drop("administration_id"),
        providers=_organisation(database, "organisation_provider"),
        clients=clients.rename({"pseudonym": "client"}).drop("id"),
        cases=cases,
        interventions=interventions,
        follow_ups=follow_ups,
        reviews=_linked(_linked(reviews, of_case), of_intervention),
        costs=_linked(costs, of_intervention).rename({"from_date": "cost_from", "to_date": "cost_to"}),
        submissions=read_submissions(database, numbers),
        tree=read_tree(database, units, committees),
    )


def renumbered(rows: pl.DataFrame, key: str, above: str, day: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with a new key from 1, and which of the register's it stands for.

    The register numbers rows as they were imported, in the order of case numbers: someone who knows one could find the
    person behind the pseudonym. Here they follow the row above, and so the client's random pseudonym.
    """
    own = f"{key}_id"
    ordered = rows.sort(above, day, own, nulls_last=True).with_row_index(key, offset=1)
    ordered = ordered.with_columns(pl.col(key).cast(pl.Int64))
    return ordered.drop(own), ordered.select(own, key)


def _linked(rows: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    """The rows with the snapshot's number in place of the register's; none where the register has none."""
    own = numbers.columns[0]
    return rows.join(numbers, on=own, how="left").drop(own)


def _entity(
    database: Database,
    codebook: Codebook,
    entity: Entity,
    table: str,
    dates: Sequence[str],
    integers: Sequence[str],
    flags: Sequence[str] = (),
) -> pl.DataFrame:
    """One entity's rows: its own columns, and every used variable of it, standard and local."""
    stored = [*STORED[entity], LOCAL]
    rows = select(database, table, [*stored, *dates, *flags], ["id", *integers])
    rows = rows.with_columns(pl.col(name).is_in(TRUE) for name in flags)
    variables = wanted(codebook, entity)
    named = {variable.id for variable in variables}
    outside = frozenset(v.id for v in codebook.variables.values() if v.entity is entity) - set(STORED[entity])
    rows = unpack_local(rows, [v for v in variables if v.id in outside], outside)
    rows = _derived(rows, codebook, variables)
    unused = [name for name in STORED[entity] if name not in named]
    rows = rows.drop([name for name in unused if name not in STRUCTURAL])
    return encode(as_dates(rows, [*dates, *(name for name in unused if name in STRUCTURAL)]), variables)


def _derived(rows: pl.DataFrame, codebook: Codebook, variables: Iterable[Variable]) -> pl.DataFrame:
    for local in variables:
        if local.maps_to and local.maps_to in rows.columns:
            rows = derive_standard(rows, local, codebook[local.maps_to])
    return rows


def _dated(database: Database, table: str, dates: Sequence[str], integers: Sequence[str]) -> pl.DataFrame:
    return as_dates(select(database, table, dates, integers), dates)


def _organisation(database: Database, table: str, *parents: str) -> pl.DataFrame:
    """Names and codes, in the order of their codes: the order of the snapshot's levels; and the days they are valid."""
    days = ["valid_from", "valid_to"]
    told = select(database, table, ["code", "name", *days], ["id", *parents])
    return as_dates(told, days).sort("code", "name", "id")


def _municipality(database: Database) -> str:
    """The municipality's name. Raises UserError SNAP-023 where there is none."""
    names = select(database, "organisation_municipality", ["code", "name"], []).sort("code")["name"].to_list()
    if not names:
        raise UserError.of(
            "SNAP-023",
            sv="Registret är tomt: ingen kommun finns i det. Läs in underlag först, med `skillnad import`.",
            en="The register is empty: it has no municipality. Import extracts first, with `skillnad import`.",
        )
    return str(names[0])
