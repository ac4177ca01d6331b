"""The standard report of a small municipality with groups of one, two and three in it: all that leaves beside counts
tells nothing of what is hidden."""

from datetime import date, timedelta
from itertools import islice
from random import Random

import pytest
from proof_sizes import PROOF, SEED
from snapshots_made import COLUMNS, make_snapshot

from skillnad.analysis.comparisons.questions import Comparative, Paired
from skillnad.analysis.disclosure.derived.audit import objections
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.door import ask
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Column
from skillnad.reports.editions import STANDARD
from skillnad.reports.outline import questions

YEAR = Period.year(2025)
ROWS = 160
EVERY = 1 if PROOF else 6
"""So many of the report's questions are asked: one in six in an ordinary run."""
FEW = [
    {"unit": "C", "legal_sex": "2", "problem": "35", "closing_reason": "9"},
    {"unit": "C", "age_group": "0", "intervention_type": "14"},
    {"unit": "C", "age_group": "0", "intervention_type": "14"},
    {"unit": "B", "origin": "5", "household_type": "9", "adherence_to_plan": "3"},
]
"""Planted: the only ones of their kind, but for what chance adds."""


def row(chance: Random, number: int, planted: dict[str, str]) -> dict[str, object]:
    intake = date(2024, 7, 1) + timedelta(chance.randrange(500))
    told: dict[str, object] = {"client": number % 120, "case": number, "intervention": number}
    for name, column in COLUMNS.items():
        codes = [level.code for level in column.levels[:4]]
        if column.kind is Column.CODE:
            told[name] = chance.choices(["", *codes], [1, *(8 / (place + 1) for place in range(len(codes)))])[0]
        elif column.kind is Column.CODES:
            told[name] = ";".join(code for code in codes if chance.random() < 0.3)
    start = intake + timedelta(chance.randrange(40))
    told |= {"first_intake_date": intake, "intake_date": intake, "decision_date": intake, "start_date": start}
    told["end_date"] = start + timedelta(chance.randrange(200)) if chance.random() < 0.6 else ""
    told |= {"closed_date": told["end_date"], "follow_up_date": start, "first_follow_up_date": start}
    return told | {"age": chance.randrange(1, 60), "amount": chance.randrange(1, 900)} | planted


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    chance = Random(SEED)
    rows = [row(chance, number, dict(enumerate(FEW)).get(number, {})) for number in range(ROWS)]
    folder = tmp_path_factory.mktemp("municipality")
    return make_snapshot(folder, clients=rows[:120], cases=rows, interventions=rows, follow_ups=rows)


@pytest.fixture(scope="module")
def tables(snapshot: Snapshot) -> list[tuple[ProtectedTable, ProtectedTable | None]]:
    """Each with the plain one that a comparison is made of."""
    asked = questions(STANDARD.outline(snapshot.manifest, YEAR), YEAR)
    return [
        (ask(snapshot, each), ask(snapshot, each.of) if isinstance(each, Paired) else None)
        for each in islice(asked, 0, None, EVERY)
    ]


def test_report_has_gaps_and_numbers_beside_them(tables: list[tuple[ProtectedTable, ProtectedTable | None]]) -> None:
    assert len(tables) >= 10
    assert sum(table.gaps > 0 for table, _ in tables) > len(tables) / 2
    assert any(len(table.measures) > 1 and table.gaps for table, _ in tables)


def test_report_tells_nothing_of_its_gaps(tables: list[tuple[ProtectedTable, ProtectedTable | None]]) -> None:
    told = {table: objections(table, DEFAULT, plain) for table, plain in tables}
    assert {repr(table): found for table, found in told.items() if found} == {}


def test_report_with_a_gap_filled_in_is_objected_to(
    tables: list[tuple[ProtectedTable, ProtectedTable | None]],
) -> None:
    """The auditor sees a share that is let out in each table that has a hidden one."""
    for table, _ in tables:
        hidden = [key for key, value in table.cells.get("share", {}).items() if value is None]
        if hidden and not isinstance(table.question, Comparative):
            table.cells["share"][hidden[0]] = 0.37  # type: ignore[index]
            assert objections(table, DEFAULT)
            table.cells["share"][hidden[0]] = None  # type: ignore[index]
