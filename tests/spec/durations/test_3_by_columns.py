"""Uppdelade tider.

Marginalen räknas om från raderna. Medianen för alla är inte ett medelvärde av gruppernas medianer.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Duration

CASES = [
    Case(
        title="Per enhet",
        table="""
            | unit | start_date | end_date   |
            | A    | 2025-01-01 | 2025-01-03 |
            | A    | 2025-01-01 | 2025-01-05 |
            | B    | 2025-01-01 | 2025-01-21 |
            |      | 2025-01-01 | 2025-01-02 |
        """,
        question=Duration("start_date", "end_date", by=("unit",)),
        expected="""
            | unit | count | median |
            | A    | 2     | 3      |
            | B    | 1     | 20     |
            | C    | 0     |        |
            |      | 1     | 1      |
            | *    | 4     | 3      |
        """,
    ),
    Case(
        title="Per problem, som kan vara flera",
        text="Raden med två problem har sin längd under båda, och en gång i marginalen.",
        table="""
            | problem | start_date | end_date   |
            | 1;14    | 2025-01-01 | 2025-01-11 |
            | 14      | 2025-01-01 | 2025-01-21 |
        """,
        question=Duration("start_date", "end_date", by=("problem",)),
        expected="""
            | problem | count | median |
            | 1       | 1     | 10     |
            | 14      | 2     | 15     |
            | *       | 2     | 15     |
        """,
        whole=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_by_columns(case, answers):
    answers(case)
