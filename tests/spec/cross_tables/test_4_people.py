"""Personer i stället för rader.

En person kan ha flera insatser. Med `people=True` räknas varje person en gång i varje cell, och en gång i varje
marginal. Cellerna går då inte att lägga ihop: samma person kan stå i flera av dem.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Count, CrossTable, Selection

CASES = [
    Case(
        title="Samma person två gånger",
        table="""
            | client | unit |
            | 7      | A    |
            | 7      | A    |
            | 8      | A    |
        """,
        question=Count(Selection(people=True), by=("unit",)),
        expected="""
            | unit | count |
            | A    | 2     |
            | *    | 2     |
        """,
        whole=True,
    ),
    Case(
        title="Samma person vid två enheter",
        text="En vid varje enhet, och en sammanlagt.",
        table="""
            | client | unit |
            | 7      | A    |
            | 7      | B    |
        """,
        question=Count(Selection(people=True), by=("unit",)),
        expected="""
            | unit | count |
            | A    | 1     |
            | B    | 1     |
            | *    | 1     |
        """,
        whole=True,
    ),
    Case(
        title="I en korstabell",
        table="""
            | client | unit | problem |
            | 7      | A    | 1;14    |
            | 7      | B    | 14      |
            | 8      | B    | 14      |
        """,
        question=CrossTable("problem", "unit", Selection(people=True)),
        expected="""
            | problem | unit | count |
            | 1       | A    | 1     |
            | 14      | A    | 1     |
            | 14      | B    | 2     |
            | 1       | *    | 1     |
            | 14      | *    | 2     |
            | *       | A    | 1     |
            | *       | B    | 2     |
            | *       | *    | 2     |
        """,
        whole=True,
    ),
    Case(
        title="En insats utan person",
        text="En insats som dokumenterats utan identitet är en rad, men ingen person.",
        table="""
            | client | unit |
            | 7      | A    |
            |        | A    |
        """,
        question=Count(Selection(people=True), by=("unit",)),
        expected="""
            | unit | count |
            | A    | 1     |
            | *    | 1     |
        """,
        whole=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_people(case, answers):
    answers(case)
