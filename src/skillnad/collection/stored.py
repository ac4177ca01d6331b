"""Stored submissions as those read them who know no Django: the table's columns as data, and a row as a sheet.

A snapshot's writer selects `TEXTS` as text ("" where there is nothing) and `NUMBERS` as integers (0 where there is
nothing) from `TABLE`, and gives the rows to `answers_for_snapshot`. Sealed words are in another table, which it has no
business in.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillnad.instruments.answers import AnswerSheet

TABLE = "collection_submission"
TEXTS = (
    "instrument",
    "version",
    "digest",
    "perspective",
    "variant",
    "language",
    "answered_date",
    "occasion",
    "age",
    "slots",
    "answers",
)
NUMBERS = ("id", "client_id", "case_id", "intervention_id", "follow_up_id", "unit_id", "provider_id")


@dataclass(frozen=True)
class StoredSheet:
    """One submission. The ids are the register's, 0 where there is none; of the four that tell whom it is about, at
    most one is given. `sheet.age` is what the file told, None where it told none."""

    id: int
    client_id: int
    case_id: int
    intervention_id: int
    follow_up_id: int
    unit_id: int
    provider_id: int
    answered: date
    occasion: str
    digest: str
    sheet: AnswerSheet


def answers_for_snapshot(rows: Iterable[Mapping[str, Any]]) -> Mapping[tuple[str, str], tuple[StoredSheet, ...]]:
    """The sheets by (instrument, version), in the order of their days; `rows` have the columns TEXTS and NUMBERS."""
    found: defaultdict[tuple[str, str], list[StoredSheet]] = defaultdict(list)
    for row in rows:
        found[row["instrument"], row["version"]].append(stored_sheet(row))
    ordered = sorted(found.items())
    return {key: tuple(sorted(sheets, key=lambda one: (one.answered, one.id))) for key, sheets in ordered}


def stored_sheet(row: Mapping[str, Any]) -> StoredSheet:
    """A row as a sheet that `instruments.scoring` and `instruments.answers` take."""
    sheet = AnswerSheet(
        instrument=row["instrument"],
        version=row["version"],
        perspective=row["perspective"],
        answers=json.loads(row["answers"]),
        variant=row["variant"],
        language=row["language"],
        age=int(row["age"]) if row["age"] else None,
        slots=json.loads(row["slots"]),
    )
    numbers = {name: row[name] for name in NUMBERS}
    answered = date.fromisoformat(row["answered_date"])
    return StoredSheet(**numbers, answered=answered, occasion=row["occasion"], digest=row["digest"], sheet=sheet)
