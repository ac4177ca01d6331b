"""Till den första uppföljningen.

En insats har sin senaste uppföljning, `follow_up_date`, och dagen för den första, `first_follow_up_date`. Hur stor
andel som följts upp inom sex månader är en fråga om den första: den senaste kommer senare ju fler som gjorts.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Duration

FOLLOWED = """
    | start_date | first_follow_up_date | follow_up_date |
    | 2025-01-01 | 2025-04-01           | 2025-12-01     |
    | 2025-02-01 | 2025-05-02           | 2025-05-02     |
    | 2025-03-01 | 2025-11-01           | 2025-11-01     |
    | 2025-04-01 |                      |                |
"""

CASES = [
    Case(
        title="Inom sex månader",
        text="Två av fyra: den som inte följts upp har varit utan i mer än ett halvår.",
        table=FOLLOWED,
        question=Duration("start_date", "first_follow_up_date", within=(183,)),
        expected="""
            | count | median | within_183 |
            | 3     | 90     | 0.5        |
        """,
        left_out={"open": 1},
    ),
    Case(
        title="Den senaste säger något annat",
        table=FOLLOWED,
        question=Duration("start_date", "follow_up_date", within=(183,)),
        expected="""
            | count | median | within_183 |
            | 3     | 245    | 0.25       |
        """,
        left_out={"open": 1},
    ),
    Case(
        title="Från den första till den senaste",
        text="Den som följts upp en enda gång har 0 dagar.",
        table=FOLLOWED,
        question=Duration("first_follow_up_date", "follow_up_date"),
        expected="""
            | count | median |
            | 3     | 0      |
        """,
        left_out={"no_first_day": 1},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_first_follow_up(case, answers):
    answers(case)
