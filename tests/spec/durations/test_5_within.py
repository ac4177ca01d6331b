"""Andel inom en gräns.

Hur stor del som har avslutats efter högst så många dagar (`within`). Den som pågår men ännu inte har nått gränsen
räknas efter Kaplan och Meier, varken som avslutad eller som kvar. Har ingen följts så länge, och några pågår, finns
inget svar.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Duration, Selection
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

CASES = [
    Case(
        title="Utredningar inom fyra månader",
        text="Tre är beslutade, två av dem inom 120 dagar. En pågår sedan 200 dagar, alltså inte inom 120. En pågår "
        "sedan 30 dagar: av de fyra som följts längre avslutas en dag 59 och en dag 119.",
        table="""
            | intake_date | decision_date |
            | 2025-01-01  | 2025-03-01    |
            | 2025-01-01  | 2025-04-30    |
            | 2025-01-01  | 2025-07-01    |
            | 2025-06-14  |               |
            | 2025-12-01  |               |
        """,
        question=Duration("intake_date", "decision_date", Selection(Population.CASES), within=(30, 120)),
        expected="""
            | count | open | within_30 | within_120 |
            | 3     | 2    | 0         | 0.5        |
        """,
        left_out={"open": 2},
    ),
    Case(
        title="Gränsen räknas med",
        table="""
            | start_date | end_date   |
            | 2025-01-01 | 2025-01-31 |
            | 2025-01-01 | 2025-02-01 |
        """,
        question=Duration("start_date", "end_date", within=(29, 30, 31, 500)),
        expected="""
            | within_29 | within_30 | within_31 | within_500 |
            | 0         | 0.5       | 1         | 1          |
        """,
    ),
    Case(
        title="Ingen har följts så länge",
        table="""
            | start_date | end_date   |
            | 2025-12-01 | 2025-12-02 |
            | 2025-12-01 |            |
        """,
        question=Duration("start_date", "end_date", within=(30, 31)),
        expected="""
            | within_30 | within_31 |
            | 0.5       |           |
        """,
        left_out={"open": 1},
    ),
    Case(
        title="Bland dem som avslutades i en period",
        text="Där pågår ingen, så varken `open` eller `km_median` finns: andelen är den vanliga.",
        table="""
            | start_date | end_date   |
            | 2024-12-01 | 2025-01-10 |
            | 2025-01-01 | 2025-01-11 |
            | 2025-01-01 | 2025-01-12 |
        """,
        question=Duration(
            "start_date", "end_date", Selection(period=Period.parse("2025"), event="end_date"), within=(30,)
        ),
        expected="""
            | count | median | within_30           |
            | 3     | 11     | 0.66666666666666667 |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_within(case, answers):
    answers(case)
