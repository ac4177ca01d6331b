"""Answers of made-up people, through the whole way: submissions to tables, to a snapshot on disk.

    snapshot = answered_snapshot(tmp_path, [sheet("skr6", {"b3": "1"}, client=11)])

Persons, cases and interventions are those of `tests.unit.snapshots.registers.made_register`, one for each client named.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Codebook
from skillnad.codebook.snapshot_schema import Population
from skillnad.instruments.answers import AnswerSheet, check_answers
from skillnad.instruments.loading import load_instrument, load_versions
from skillnad.instruments.model import Instrument
from skillnad.snapshots.answers import SUBMISSIONS, Versions, given_on
from skillnad.snapshots.rows import Register
from skillnad.snapshots.storing import store
from skillnad.snapshots.tables import Table, make_tables
from tests.unit.snapshots.registers import made_register

Row = Mapping[str, Any]
DAY = date(2022, 5, 2)
_NOTHING = {"told_age": None, "unit_id": 0, "provider_id": 0, "variant": "", "language": ""}


@cache
def kept(*ids: str) -> Versions:
    return {name: load_versions(name) for name in ids}


def sheet(
    instrument: str,
    answers: Mapping[str, Any],
    perspective: str = "",
    *,
    day: date = DAY,
    slots: Mapping[str, str] | None = None,
    version: str = "",
    **about: Any,
) -> Row:
    """One submission; the perspective is the instrument's first where none is named."""
    asked = load_instrument(instrument)
    return {
        **dict.fromkeys(SUBMISSIONS),
        **_NOTHING,
        "instrument": instrument,
        "version": version or asked.version,
        "perspective": perspective or next(iter(asked.perspectives)),
        "answer_date": day,
        "slots": json.dumps(dict(slots or {})),
        "answers": json.dumps(dict(answers)),
        **about,
    }


def check_sheets(sheets: Iterable[Row]) -> None:
    """As an import checks each: the definition allows the answers."""
    for row in sheets:
        asked = load_instrument(row["instrument"])
        answers = AnswerSheet(asked.id, asked.version, row["perspective"], json.loads(row["answers"]))
        assert check_answers(asked, answers) == ()


def with_stated_gender() -> Codebook:
    """The standard where the municipality uses stated gender too."""
    standard = load_codebook()
    stated = replace(standard["stated_gender"], used=True)
    return replace(standard, variables={**standard.variables, stated.id: stated})


def register_of(sheets: Sequence[Row], **tables: Iterable[Row]) -> Register:
    """A register with these sheets; a client's row may have `stated_gender`, as the place of a level."""
    made = made_register(**tables)
    stated = {row["client"]: row.get("stated_gender", 0) for row in tables.get("clients", ())}
    gender = pl.col("client").replace_strict(stated, default=0, return_dtype=pl.Int16).alias("stated_gender")
    clients = made.clients.with_columns(gender) if stated else made.clients
    return replace(made, clients=clients, submissions=pl.DataFrame(list(sheets), schema=SUBMISSIONS))


def answer_tables(
    sheets: Sequence[Row], versions: Versions | None = None, codebook: Codebook | None = None, **tables: Iterable[Row]
) -> dict[Population, Table]:
    named = kept(*sorted({row["instrument"] for row in sheets})) if versions is None else versions
    return make_tables(register_of(sheets, **tables), codebook or load_codebook(), named)


def answers_of(sheets: Sequence[Row], versions: Versions | None = None, **tables: Iterable[Row]) -> Table:
    """The table ANSWERS."""
    return answer_tables(sheets, versions, **tables)[Population.ANSWERS]


def told(table: Table, column: str) -> list[Any]:
    """A coded column's codes, row by row; "" where missing."""
    codes = ["", *(level.code for level in table.columns[column].levels)]
    values = table.rows[column].to_list()
    return [tuple(codes[each] for each in value) if isinstance(value, list) else codes[value] for value in values]


def answered_snapshot(
    home: Path,
    sheets: Sequence[Row],
    *,
    as_of: date = date(2025, 12, 31),
    codebook: Codebook | None = None,
    **tables: Iterable[Row],
) -> Snapshot:
    """The snapshot on disk, made as the writer makes it of a register with these rows."""
    versions = kept(*sorted({row["instrument"] for row in sheets}))
    made = store(
        answer_tables(sheets, versions, codebook, **tables),
        codebook=codebook or load_codebook(),
        municipality="Provköping",
        as_of=as_of,
        at=datetime(2026, 1, 5, tzinfo=UTC),
        home=home,
        instruments=given_on(register_of(sheets).submissions, versions),
    )
    return open_snapshot(home / made.id)


def local_version(instrument: Instrument, version: str) -> Instrument:
    """The same instrument as another version of it."""
    return replace(instrument, version=version)
