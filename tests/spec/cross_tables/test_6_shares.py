"""Andelar.

En andel är de rader där något gäller, delat med de rader där man vet. Den som svarat ”vet ej” och den som saknar
uppgift står utanför nämnaren och visas bredvid.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import CrossTable, Percent, Selection, Share, Where
from skillnad.codebook.periods import Period

CASES = [
    Case(
        title="Täljare, nämnare och de utanför",
        text="Tre av fyra kända har ursprung 1. `yes` är täljaren, `yes` och `no` tillsammans nämnaren.",
        table="""
            | origin |
            | 1      |
            | 1      |
            | 1      |
            | 3      |
            | 5      |
            |        |
        """,
        question=Share(of=Where("origin", ("1",))),
        expected="""
            | share:origin | count |
            | yes          | 3     |
            | no           | 1     |
            | unknown      | 1     |
            |              | 1     |
            | *            | 6     |
        """,
    ),
    Case(
        title="Andelen själv",
        table="""
            | origin |
            | 1      |
            | 2      |
            | 3      |
            | 3      |
            | 5      |
            |        |
        """,
        question=Share(of=Where("origin", ("1", "2"))),
        expected="""
            | share |
            | 0.5   |
        """,
    ),
    Case(
        title="Uppdelad",
        text="Vid enhet C vet man inget: där finns ingen andel.",
        table="""
            | unit | origin |
            | A    | 1      |
            | A    | 3      |
            | B    | 3      |
            | C    | 5      |
        """,
        question=Share(of=Where("origin", ("1",)), by=("unit",)),
        expected="""
            | unit | share              |
            | A    | 0.5                |
            | B    | 0                  |
            | C    |                    |
            | *    | 0.3333333333333333 |
        """,
    ),
    Case(
        title="Värden utanför nämnaren",
        text="Ursprung 3 ställs utanför: två av tre är kvar. De räknas ihop med dem som inte vet, och står i tabellen.",
        table="""
            | origin |
            | 1      |
            | 1      |
            | 2      |
            | 3      |
            | 5      |
            |        |
        """,
        question=Share(of=Where("origin", ("1",)), outside=("3",)),
        expected="""
            | share:origin | count |
            | yes          | 2     |
            | no           | 1     |
            | unknown      | 2     |
            |              | 1     |
            | *            | 6     |
        """,
    ),
    Case(
        title="Värden utanför nämnaren i en korstabell",
        text="Insatser som aldrig påbörjades (8) står i tabellen, men andelarna är av de andra.",
        table="""
            | closing_reason | legal_sex |
            | 1              | 1         |
            | 1              | 1         |
            | 4              | 1         |
            | 4              | 1         |
            | 8              | 1         |
            | 8              | 2         |
        """,
        question=CrossTable("closing_reason", "legal_sex", percent=Percent.COLUMNS, outside=("8",)),
        expected="""
            | closing_reason | legal_sex | count | share |
            | 1              | 1         | 2     | 0.5   |
            | 4              | 1         | 2     | 0.5   |
            | 8              | 1         | 1     |       |
            | 8              | 2         | 1     |       |
            | *              | 1         | 5     | 1.0   |
        """,
    ),
    Case(
        title="Av en kolumn med flera värden",
        text="Det räcker att raden har en av koderna, vad den än har därutöver.",
        table="""
            | problem |
            | 1;14    |
            | 14      |
            | 2       |
            |         |
        """,
        question=Share(of=Where("problem", ("1", "2"))),
        expected="""
            | share:problem | count |
            | yes           | 2     |
            | no            | 1     |
            |               | 1     |
            | *             | 4     |
        """,
        whole=True,
    ),
    Case(
        title="I en period",
        table="""
            | goal_attainment | end_date   |
            | 4               | 2025-02-01 |
            | 1               | 2025-03-01 |
            | 1               | 2024-03-01 |
            | 1               |            |
        """,
        question=Share(
            of=Where("goal_attainment", ("4",)), selection=Selection(period=Period.parse("2025"), event="end_date")
        ),
        expected="""
            | share |
            | 0.5   |
        """,
        left_out={"no_event_date": 1},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_shares(case, answers):
    answers(case)
