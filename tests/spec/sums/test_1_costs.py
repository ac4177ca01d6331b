"""Kostnader.

`count` är antalet rader med ett belopp, `clients` antalet personer bakom dem.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Selection, Sum, Where
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

COSTS = Population.COSTS

CASES = [
    Case(
        title="Utan indelning",
        text="Person 7 har två rader.",
        table="""
            | client | amount  |
            | 7      | 1000    |
            | 7      | 250.50  |
            | 8      | 1100    |
        """,
        question=Sum("amount", Selection(COSTS)),
        expected="""
            | count | sum    | clients | largest |
            | 3     | 2350.5 | 2       | 1250.5  |
        """,
    ),
    Case(
        title="Belopp som saknas",
        text="En rad utan belopp är inte noll kronor: den står utanför.",
        table="""
            | client | amount |
            | 7      | 0      |
            | 8      |        |
        """,
        question=Sum("amount", Selection(COSTS)),
        expected="""
            | count | sum | clients | largest |
            | 1     | 0   | 1       | 0       |
        """,
        left_out={"no_number": 1},
    ),
    Case(
        title="Per enhet",
        text="Summorna går att lägga ihop. Personerna gör det inte: person 7 finns vid båda enheterna.",
        table="""
            | client | unit | amount |
            | 7      | A    | 100    |
            | 7      | B    | 10     |
            | 8      | B    | 30     |
        """,
        question=Sum("amount", Selection(COSTS), by=("unit",)),
        expected="""
            | unit | count | sum | clients | largest |
            | A    | 1     | 100 | 1       | 100     |
            | B    | 2     | 40  | 2       | 30      |
            | C    | 0     | 0   | 0       | 0       |
            | *    | 3     | 140 | 2       | 110     |
        """,
    ),
    Case(
        title="Per insats, som kan vara flera",
        text="Hela beloppet står under varje insats som raden har, och en gång i summan.",
        table="""
            | client | intervention_type | amount |
            | 7      | 2;3               | 100    |
            | 8      | 3                 | 10     |
        """,
        question=Sum("amount", Selection(COSTS), by=("intervention_type",)),
        expected="""
            | intervention_type | count | sum |
            | 2                 | 1     | 100 |
            | 3                 | 2     | 110 |
            | *                 | 2     | 110 |
        """,
        whole=True,
    ),
    Case(
        title="I en period, med villkor",
        text="En kostnad hör till perioden där den börjar.",
        table="""
            | client | unit | cost_from  | cost_to    | amount |
            | 7      | A    | 2024-12-01 | 2025-01-31 | 100    |
            | 7      | A    | 2025-01-01 | 2025-01-31 | 10     |
            | 8      | B    | 2025-01-01 | 2025-01-31 | 30     |
        """,
        question=Sum("amount", Selection(COSTS, Period.parse("2025"), where=(Where("unit", ("A",)),))),
        expected="""
            | count | sum | clients |
            | 1     | 10  | 1       |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_costs(case, answers):
    answers(case)
