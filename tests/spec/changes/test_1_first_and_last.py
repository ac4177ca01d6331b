"""Från första till sista uppföljningen.

Uppföljningar av samma insats jämförs, den första med den sista, på var sin dag. Har en person flera insatser räknas den
som senast följdes upp. `rating` är en lokal skala, där 3 är bäst och 9 är ”vet ej”. Andelarna är av dem vars läge är
känt båda gångerna.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Change, Selection
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

CASES = [
    Case(
        title="Bättre, oförändrat och sämre",
        text="Raden i mitten räknas inte. För klient 4 är det första läget inte känt; klient 5 har bara ett tillfälle.",
        table="""
            | client | intervention | follow_up_date | rating |
            | 1      | 10           | 2025-01-10     | 1      |
            | 1      | 10           | 2025-03-10     | 1      |
            | 1      | 10           | 2025-05-10     | 3      |
            | 2      | 20           | 2025-01-10     | 2      |
            | 2      | 20           | 2025-05-10     | 2      |
            | 3      | 30           | 2025-01-10     | 3      |
            | 3      | 30           | 2025-05-10     | 2      |
            | 4      | 40           | 2025-01-10     | 9      |
            | 4      | 40           | 2025-05-10     | 2      |
            | 5      | 50           | 2025-01-10     | 2      |
        """,
        question=Change("rating"),
        expected="""
            | change:rating | count | share              |
            | better        | 1     | 0.3333333333333333 |
            | same          | 1     | 0.3333333333333333 |
            | worse         | 1     | 0.3333333333333333 |
            | unknown       | 1     |                    |
            | *             | 4     | 1                  |
        """,
        whole=True,
        left_out={"one_occasion": 1, "other_occasion": 1},
    ),
    Case(
        title="Flera insatser, en person",
        text="Insats 11 följdes upp senast. Den första i den är 2025-04-01: det var sämre då.",
        table="""
            | client | intervention | follow_up_date | rating |
            | 1      | 10           | 2025-01-01     | 3      |
            | 1      | 10           | 2025-05-01     | 2      |
            | 1      | 11           | 2025-04-01     | 2      |
            | 1      | 11           | 2025-06-01     | 3      |
        """,
        question=Change("rating"),
        expected="""
            | change:rating | count |
            | better        | 1     |
            | *             | 1     |
        """,
        whole=True,
        left_out={"other_occasion": 2},
    ),
    Case(
        title="Samma dag är inte två tillfällen",
        text="Ingen klient är känd för den sista raden, och den näst sista har ingen dag.",
        table="""
            | client | intervention | follow_up_date | rating |
            | 1      | 10           | 2025-01-01     | 1      |
            | 1      | 10           | 2025-01-01     | 3      |
            | 2      | 20           | 2025-01-01     | 1      |
            | 2      | 21           | 2025-06-01     | 3      |
            | 2      | 21           |                | 3      |
            |        | 30           | 2025-06-01     | 3      |
        """,
        question=Change("rating"),
        expected="""
            | change:rating | count |
            | *             | 0     |
        """,
        left_out={"one_occasion": 4, "no_event_date": 1, "no_client": 1},
    ),
    Case(
        title="I en period, efter enhet",
        text="Bara uppföljningar i perioden räknas. Personen står i den enhet som den sista uppföljningen har.",
        table="""
            | client | intervention | unit | follow_up_date | rating |
            | 1      | 10           | A    | 2024-01-10     | 3      |
            | 1      | 10           | A    | 2025-01-10     | 1      |
            | 1      | 10           | B    | 2025-05-10     | 2      |
            | 2      | 20           | B    | 2025-01-10     | 2      |
            | 2      | 20           | B    | 2025-05-10     | 1      |
        """,
        question=Change("rating", Selection(Population.FOLLOW_UPS, Period.year(2025)), by=("unit",)),
        expected="""
            | change:rating | unit | count | share |
            | better        | B    | 1     | 0.5   |
            | worse         | B    | 1     | 0.5   |
            | *             | B    | 2     | 1     |
            | *             | A    | 0     |       |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_first_and_last(case, answers):
    answers(case)
