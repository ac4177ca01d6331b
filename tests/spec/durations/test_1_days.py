"""Dagar mellan två datum.

Samma dag är 0 dagar, nästa dag 1. Den som inte har slutat har ingen längd än, och räknas för sig (`open`): korta tider
syns före långa, så en period med många pågående ser kortare ut än den är.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Duration, Selection
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

CASES = [
    Case(
        title="Samma dag och nästa",
        table="""
            | start_date | end_date   |
            | 2025-01-31 | 2025-01-31 |
            | 2025-01-31 | 2025-02-01 |
            | 2024-02-28 | 2024-03-01 |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | median |
            | 3     | 1      |
        """,
    ),
    Case(
        title="Det som pågår",
        table="""
            | start_date | end_date   |
            | 2025-01-01 | 2025-01-11 |
            | 2025-01-01 |            |
            | 2025-01-01 |            |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | median |
            | 1     | 10     |
        """,
        left_out={"open": 2},
    ),
    Case(
        title="Det som inte går att räkna",
        text="Ett slut före starten är ett fel i underlaget. Utan start finns inget att räkna från.",
        table="""
            | start_date | end_date   |
            | 2025-01-01 | 2025-01-11 |
            | 2025-01-11 | 2025-01-01 |
            |            | 2025-01-11 |
            |            |            |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | median |
            | 1     | 10     |
        """,
        left_out={"end_before_start": 1, "no_first_day": 2},
    ),
    Case(
        title="Ingen alls",
        text="Av inga rader finns ingen median: den är inte noll.",
        table="""
            | start_date | end_date |
            | 2025-01-01 |          |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | median | q1 | q3 | p90 |
            | 0     |        |    |    |     |
        """,
        left_out={"open": 1},
    ),
    Case(
        title="De som avslutades i en period",
        text="Perioden väljer rader; tiden räknas hel, också det som låg före perioden.",
        table="""
            | start_date | end_date   |
            | 2024-12-22 | 2025-01-01 |
            | 2024-12-02 | 2025-01-01 |
            | 2024-01-01 | 2024-01-02 |
            | 2025-01-01 |            |
        """,
        question=Duration("start_date", "end_date", Selection(period=Period.parse("2025"), event="end_date")),
        expected="""
            | count | median |
            | 2     | 20     |
        """,
        left_out={"no_event_date": 1},
    ),
    Case(
        title="Utredningens längd",
        text="Vilka två datum som helst i samma population.",
        table="""
            | intake_date | decision_date |
            | 2025-01-01  | 2025-04-30    |
            | 2025-01-01  | 2025-05-01    |
        """,
        question=Duration("intake_date", "decision_date", Selection(Population.CASES)),
        expected="""
            | count | median |
            | 2     | 119.5  |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_days(case, answers):
    answers(case)
