"""Registers in frames: what `read_register` would give, from the few values that a test is about."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Codebook, Entity, Kind
from skillnad.snapshots.rows import Register, wanted

_VALID = {"valid_from": pl.Date, "valid_to": pl.Date}
COLUMNS: Mapping[str, dict[str, Any]] = {
    "committees": {"id": pl.Int64, "code": pl.String, "name": pl.String, **_VALID},
    "units": {"id": pl.Int64, "code": pl.String, "name": pl.String, "committee_id": pl.Int64, **_VALID},
    "providers": {"id": pl.Int64, "code": pl.String, "name": pl.String, **_VALID},
    "clients": {"client": pl.Int64, "birth_date": pl.Date, "protected": pl.Boolean},
    "cases": {
        "case": pl.Int64, "client": pl.Int64, "unit_id": pl.Int64, "decision_date": pl.Date, "closed_date": pl.Date,
    },
    "interventions": {"intervention": pl.Int64, "case": pl.Int64, "unit_id": pl.Int64, "provider_id": pl.Int64},
    "follow_ups": {"follow_up": pl.Int64, "intervention": pl.Int64},
    "reviews": {"case": pl.Int64, "intervention": pl.Int64, "due_date": pl.Date, "held_date": pl.Date},
    "costs": {"intervention": pl.Int64, "cost_from": pl.Date, "cost_to": pl.Date, "amount": pl.Int64},
}  # fmt: skip
ENTITIES = {
    "clients": Entity.CLIENT,
    "cases": Entity.CASE,
    "interventions": Entity.INTERVENTION,
    "follow_ups": Entity.FOLLOW_UP,
}
TYPES = {Kind.SINGLE: pl.Int16, Kind.MULTIPLE: pl.List(pl.Int16), Kind.DATE: pl.Date, Kind.NUMBER: pl.Float64}
EMPTY = {Kind.SINGLE: 0, Kind.MULTIPLE: []}

Row = Mapping[str, Any]


@cache
def standard() -> Codebook:
    return load_codebook()


def made_register(**tables: Iterable[Row]) -> Register:
    """A register of one unit, one client with one case and one intervention; `tables` replaces any of it."""
    given: dict[str, Iterable[Row]] = {
        "committees": [{"id": 1, "code": "SN", "name": "Socialnämnden"}],
        "units": [{"id": 7, "code": "BU", "name": "Barn och unga", "committee_id": 1}],
        "clients": [{"client": 11}],
        "cases": [{"case": 21, "client": 11, "unit_id": 7, "intake_date": date(2025, 1, 10)}],
        "interventions": [{"intervention": 31, "case": 21, "start_date": date(2025, 2, 1)}],
        **tables,
    }
    return Register(municipality="Exempelby", **{name: frame(name, given.get(name, ())) for name in COLUMNS})


def frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """Rows with every column that the table has; values that are not given are missing."""
    variables = wanted(standard(), ENTITIES[table]) if table in ENTITIES else ()
    missing = {"unit_id": 0, "provider_id": 0, "protected": False}
    missing |= {variable.id: EMPTY.get(variable.kind) for variable in variables}
    schema = {**COLUMNS[table], **{variable.id: TYPES[variable.kind] for variable in variables}}
    return pl.DataFrame([{**missing, **row} for row in rows], schema=schema)
