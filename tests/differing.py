"""A small municipality where women and men differ: women reach their goals less often, and wait longer."""

from datetime import date, timedelta
from pathlib import Path

from snapshots_made import make_snapshot

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.reports.differences import prepare

YEAR = Period.year(2025)
ROWS = 480
WOMEN_MET, MEN_MET = 72, 144
"""Of 240 each: 30 % and 60 %."""


def interventions() -> list[dict[str, object]]:
    return [_intervention(number) for number in range(ROWS)]


def _intervention(number: int) -> dict[str, object]:
    woman, place = number % 2 == 0, number // 2
    decided = date(2025, 1, 1) + timedelta(days=place % 200)
    begun = decided + timedelta(days=place % 21 + (30 if woman else 10))
    return {
        "client": number + 1,
        "legal_sex": "1" if woman else "2",
        "age_group": ("0", "13", "21")[place % 3],
        "origin": str(1 + place % 3),
        "household_type": str(1 + place % 2),
        "problem": "1" if place % 2 else "2",
        "intervention_type": str(10 + place % 2),
        "decision_date": decided,
        "start_date": begun,
        "end_date": begun + timedelta(days=60 + place % 40),
        "goal_attainment": "1" if place < (WOMEN_MET if woman else MEN_MET) else "4",
        "closing_reason": "1" if place % 4 else "4",
        "follow_up_date": begun + timedelta(days=40) if place * 7 % 10 >= (4 if woman else 2) else None,
    }


def cases() -> list[dict[str, object]]:
    return [
        {
            "client": number + 1,
            "legal_sex": "1" if number % 2 == 0 else "2",
            "intake_date": date(2025, 1, 1) + timedelta(days=number % 100),
            "decision_date": date(2025, 1, 1) + timedelta(days=number % 100 + 14 + number % 30) if number % 5 else None,
            "closed_date": date(2025, 8, 1) + timedelta(days=number % 90),
        }
        for number in range(ROWS)
    ]


def differing_snapshot(folder: Path) -> Snapshot:
    return make_snapshot(folder, interventions=interventions(), cases=cases())


def prepared_snapshot(folder: Path) -> Snapshot:
    """The same with the page of 2025 made."""
    made = differing_snapshot(folder)
    prepare(ProtectedSet(made), YEAR)
    return made
