"""Mellan två dagar.

Personens läge en dag är det senast kända tillfällets, till och med den dagen. Är det samma tillfälle båda dagarna finns
inget att jämföra.
"""

from datetime import date

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Change, Selection
from skillnad.codebook.snapshot_schema import Population

CASES = [
    Case(
        title="Vid årsskiftet och vid halvårsskiftet",
        text="Klient 1 var 2 vid årsskiftet och 3 den sista juni. Klient 2 har inte följts upp däremellan, klient 3 "
        "inte före årsskiftet.",
        table="""
            | client | intervention | follow_up_date | rating |
            | 1      | 10           | 2024-06-01     | 1      |
            | 1      | 10           | 2024-12-31     | 2      |
            | 1      | 11           | 2025-06-30     | 3      |
            | 1      | 11           | 2025-07-01     | 1      |
            | 2      | 20           | 2024-06-01     | 2      |
            | 3      | 30           | 2025-06-01     | 2      |
            | 3      | 30           | 2025-06-20     | 3      |
        """,
        question=Change("rating", between=(date(2024, 12, 31), date(2025, 6, 30))),
        expected="""
            | change:rating | count | share |
            | better        | 1     | 1     |
            | *             | 1     | 1     |
        """,
        whole=True,
        left_out={"one_occasion": 3, "other_occasion": 2},
    ),
    Case(
        title="Andra rader än uppföljningar",
        text="Genomförandet av personens insatser, den som började senast före varje dag. Värde 1 är bäst.",
        table="""
            | client | start_date | adherence_to_plan |
            | 1      | 2024-02-01 | 3                 |
            | 1      | 2025-02-01 | 1                 |
            | 2      | 2024-02-01 | 1                 |
            | 2      | 2025-02-01 | 1                 |
        """,
        question=Change(
            "adherence_to_plan",
            Selection(Population.INTERVENTIONS),
            between=(date(2024, 12, 31), date(2025, 12, 31)),
        ),
        expected="""
            | change:adherence_to_plan | count |
            | better                   | 1     |
            | same                     | 1     |
            | *                        | 2     |
        """,
        whole=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_between_two_days(case, answers):
    answers(case)
