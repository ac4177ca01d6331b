"""Månad för månad.

Med `monthly=True` får varje månad samma fyra tal. En månads slut är nästa månads början; nya och avslutade läggs ihop
till periodens, det gör inte pågående.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Flow
from skillnad.codebook.periods import Period

CASES = [
    Case(
        title="Ett kvartal",
        table="""
            | start_date | end_date   |
            | 2024-12-31 | 2025-02-28 |
            | 2025-01-15 | 2025-01-20 |
            | 2025-03-31 |            |
        """,
        question=Flow(Period.parse("2025Q1"), monthly=True),
        expected="""
            | month   | flow          | count |
            | 2025-01 | ongoing_start | 1     |
            | 2025-01 | new           | 1     |
            | 2025-01 | closed        | 1     |
            | 2025-01 | ongoing_end   | 1     |
            | 2025-01 | *             | 2     |
            | 2025-02 | ongoing_start | 1     |
            | 2025-02 | closed        | 1     |
            | 2025-02 | *             | 1     |
            | 2025-03 | new           | 1     |
            | 2025-03 | ongoing_end   | 1     |
            | 2025-03 | *             | 1     |
            | *       | ongoing_start | 1     |
            | *       | new           | 2     |
            | *       | closed        | 2     |
            | *       | ongoing_end   | 1     |
            | *       | *             | 3     |
        """,
        whole=True,
    ),
    Case(
        title="En period som inte är hela månader",
        text="Första och sista månaden är bara de dagar som ligger i perioden.",
        table="""
            | start_date | end_date   |
            | 2025-01-10 |            |
            | 2025-01-20 | 2025-02-11 |
        """,
        question=Flow(Period.parse("2025-01-15..2025-02-10"), monthly=True),
        expected="""
            | month   | flow          | count |
            | 2025-01 | ongoing_start | 1     |
            | 2025-01 | new           | 1     |
            | 2025-01 | ongoing_end   | 2     |
            | 2025-01 | *             | 2     |
            | 2025-02 | ongoing_start | 2     |
            | 2025-02 | ongoing_end   | 2     |
            | 2025-02 | *             | 2     |
            | *       | ongoing_start | 1     |
            | *       | new           | 1     |
            | *       | ongoing_end   | 2     |
            | *       | *             | 2     |
        """,
        whole=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_monthly(case, answers):
    answers(case)
