"""I en period.

Pågående vid början: börjad före periodens första dag, inte avslutad före den. Ny: första dagen i perioden. Avslutad:
sista dagen i perioden. Pågående vid slut: börjad senast periodens sista dag, sista dagen efter den eller ingen alls.
Summan är alla som hade minst en dag i perioden.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Flow, Where
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

YEAR = Period.parse("2025")

CASES = [
    Case(
        title="Sex insatser",
        text="""I ordning: hela året igenom; avslutad under året; ny och kvar; ny och avslutad; avslutad före; börjar
efter. 2 + 2 − 2 = 2.""",
        table="""
            | start_date | end_date   |
            | 2024-03-01 |            |
            | 2024-03-01 | 2025-06-30 |
            | 2025-06-01 | 2026-02-01 |
            | 2025-06-01 | 2025-06-01 |
            | 2024-01-01 | 2024-12-31 |
            | 2026-01-01 |            |
        """,
        question=Flow(YEAR),
        expected="""
            | flow          | count |
            | ongoing_start | 2     |
            | new           | 2     |
            | closed        | 2     |
            | ongoing_end   | 2     |
            | *             | 4     |
        """,
    ),
    Case(
        title="På gränsen",
        text="""Den som slutar på årets första dag pågick vid dess början och avslutas i det. Den som börjar på årets
första dag är ny. Den som slutar på årets sista dag är avslutad, inte pågående vid slutet.""",
        table="""
            | start_date | end_date   |
            | 2024-03-01 | 2025-01-01 |
            | 2025-01-01 |            |
            | 2025-03-01 | 2025-12-31 |
        """,
        question=Flow(YEAR),
        expected="""
            | flow          | count |
            | ongoing_start | 1     |
            | new           | 2     |
            | closed        | 2     |
            | ongoing_end   | 1     |
            | *             | 3     |
        """,
    ),
    Case(
        title="Det som inte går att placera",
        text="Utan första dag, eller med sista dagen före den första, står raden utanför. Då går talen alltid ihop.",
        table="""
            | start_date | end_date   |
            |            | 2025-03-01 |
            | 2025-03-02 | 2025-03-01 |
            | 2025-03-02 | 2025-03-02 |
        """,
        question=Flow(YEAR),
        expected="""
            | flow          | count |
            | ongoing_start | 0     |
            | new           | 1     |
            | closed        | 1     |
            | ongoing_end   | 0     |
            | *             | 1     |
        """,
        left_out={"no_first_day": 1, "end_before_start": 1},
    ),
    Case(
        title="Uppdelat, med villkor",
        table="""
            | unit | legal_sex | start_date | end_date   |
            | A    | 1         | 2024-03-01 |            |
            | A    | 1         | 2025-03-01 |            |
            | B    | 1         | 2024-03-01 | 2025-05-01 |
            | B    | 2         | 2024-03-01 | 2025-05-01 |
        """,
        question=Flow(YEAR, where=(Where("legal_sex", ("1",)),), by=("unit",)),
        expected="""
            | flow          | unit | count |
            | ongoing_start | A    | 1     |
            | new           | A    | 1     |
            | ongoing_end   | A    | 2     |
            | *             | A    | 2     |
            | ongoing_start | B    | 1     |
            | closed        | B    | 1     |
            | *             | B    | 1     |
            | ongoing_start | *    | 2     |
            | new           | *    | 1     |
            | closed        | *    | 1     |
            | ongoing_end   | *    | 2     |
            | *             | *    | 3     |
        """,
        whole=True,
    ),
    Case(
        title="Ärenden",
        text="Ett ärende pågår från aktualiseringen till sin sista dag.",
        table="""
            | intake_date | closed_date |
            | 2024-12-31  | 2025-01-31  |
            | 2025-02-01  |             |
        """,
        question=Flow(YEAR, Population.CASES),
        expected="""
            | flow          | count |
            | ongoing_start | 1     |
            | new           | 1     |
            | closed        | 1     |
            | ongoing_end   | 1     |
            | *             | 2     |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_in_a_period(case, answers):
    answers(case)
