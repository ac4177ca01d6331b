"""Flera värden på samma rad.

En kolumn som tillåter flera värden, som problem eller insats, räknar raden en gång under vart och ett av dem. Cellerna
kan därför bli fler än summan, som är antalet olika rader.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Count, CrossTable, Percent, Selection, Where

CASES = [
    Case(
        title="En rad med två problem",
        text="Två rader, tre problem: marginalen är två.",
        table="""
            | problem |
            | 1;14    |
            | 14      |
        """,
        question=Count(by=("problem",)),
        expected="""
            | problem | count |
            | 1       | 1     |
            | 14      | 2     |
            | *       | 2     |
        """,
        whole=True,
    ),
    Case(
        title="Inget värde",
        text="En rad utan något problem saknar uppgift.",
        table="""
            | problem |
            | 1;14    |
            |         |
        """,
        question=Count(by=("problem",)),
        expected="""
            | problem | count |
            | 1       | 1     |
            | 14      | 1     |
            |         | 1     |
            | *       | 2     |
        """,
        whole=True,
    ),
    Case(
        title="Mot en kolumn med ett värde",
        table="""
            | problem | legal_sex |
            | 1;14    | 1         |
            | 14      | 2         |
            |         | 2         |
        """,
        question=CrossTable(rows="problem", columns="legal_sex"),
        expected="""
            | problem | legal_sex | count |
            | 1       | 1         | 1     |
            | 14      | 1         | 1     |
            | 14      | 2         | 1     |
            |         | 2         | 1     |
            | 1       | *         | 1     |
            | 14      | *         | 2     |
            |         | *         | 1     |
            | *       | 1         | 1     |
            | *       | 2         | 2     |
            | *       | *         | 3     |
        """,
        whole=True,
    ),
    Case(
        title="Två sådana mot varandra",
        text="En rad med två problem och två insatser står i fyra celler, i fyra marginaler, och en gång i summan.",
        table="""
            | problem | intervention_type |
            | 1;14    | 2;3               |
            | 14      | 3                 |
        """,
        question=CrossTable(rows="problem", columns="intervention_type"),
        expected="""
            | problem | intervention_type | count |
            | 1       | 2                 | 1     |
            | 1       | 3                 | 1     |
            | 14      | 2                 | 1     |
            | 14      | 3                 | 2     |
            | 1       | *                 | 1     |
            | 14      | *                 | 2     |
            | *       | 2                 | 1     |
            | *       | 3                 | 2     |
            | *       | *                 | 2     |
        """,
        whole=True,
    ),
    Case(
        title="Andelar över hundra procent",
        text="Av två kvinnor har båda problem 14 och en problem 1: andelarna av raden blir tillsammans mer än ett.",
        table="""
            | legal_sex | problem |
            | 1         | 1;14    |
            | 1         | 14      |
            | 1         |         |
        """,
        question=CrossTable(rows="legal_sex", columns="problem", percent=Percent.ROWS),
        expected="""
            | legal_sex | problem | share |
            | 1         | 1       | 0.5   |
            | 1         | 14      | 1     |
            | 1         |         |       |
            | 1         | *       | 1     |
        """,
    ),
    Case(
        title="Villkor på en sådan kolumn",
        text="Det räcker att raden har en av koderna. Radens övriga värden följer med i tabellen.",
        table="""
            | problem | unit |
            | 1;14    | A    |
            | 14      | B    |
            | 2       | B    |
        """,
        question=Count(Selection(where=(Where("problem", ("1", "2")),)), by=("problem",)),
        expected="""
            | problem | count |
            | 1       | 1     |
            | 2       | 1     |
            | 14      | 1     |
            | *       | 2     |
        """,
        whole=True,
    ),
    Case(
        title="”Vet ej” vid sidan av ett värde",
        text="""En kommun kan ha egna variabler där ”vet ej” (här x) kan kryssas i tillsammans med något annat. Har
någon angett ett värde så är det värdet som räknas.""",
        table="""
            | language |
            | sv;x     |
            | x        |
            | sv       |
        """,
        question=Count(by=("language",)),
        expected="""
            | language | count |
            | sv       | 2     |
            | x        | 1     |
            | *        | 3     |
        """,
        whole=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_several_values(case, answers):
    answers(case)
