"""Andelar av en ensam uppgift.

`Count` med `shares=True` ger varje värdes andel av dem där uppgiften är känd. Med fler uppgifter i `by` är andelarna av
den första, inom varje värde av de andra, som i en korstabell med andelar av kolumnen.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Count, Selection

CASES = [
    Case(
        title="Kända i nämnaren",
        text="Två av tre kända. Den som ingen vet något om (5), och den som saknar uppgift, står utanför.",
        table="""
            | origin |
            | 1      |
            | 1      |
            | 3      |
            | 5      |
            |        |
        """,
        question=Count(by=("origin",), shares=True),
        expected="""
            | origin | count | share              |
            | 1      | 2     | 0.6666666666666666 |
            | 2      | 0     | 0                  |
            | 3      | 1     | 0.3333333333333333 |
            | 5      | 1     |                    |
            |        | 1     |                    |
            | *      | 5     | 1                  |
        """,
    ),
    Case(
        title="Flera värden på en rad",
        text="Andelarna blir tillsammans mer än 100 %.",
        table="""
            | problem |
            | 1;14    |
            | 14      |
            |         |
        """,
        question=Count(by=("problem",), shares=True),
        expected="""
            | problem | count | share |
            | 1       | 1     | 0.5   |
            | 14      | 2     | 1     |
            | *       | 3     | 1     |
        """,
    ),
    Case(
        title="Inom varje enhet",
        table="""
            | legal_sex | unit |
            | 1         | A    |
            | 2         | A    |
            | 1         | B    |
            |           | B    |
        """,
        question=Count(by=("legal_sex", "unit"), shares=True),
        expected="""
            | legal_sex | unit | count | share              |
            | 1         | A    | 1     | 0.5                |
            | 1         | B    | 1     | 1                  |
            | 2         | *    | 1     | 0.3333333333333333 |
            | *         | B    | 2     | 1                  |
        """,
    ),
    Case(
        title="Personer",
        text="Två personer har något värde. Den ena har båda, på var sin rad.",
        table="""
            | client | intervention_type |
            | 7      | 1                 |
            | 7      | 4                 |
            | 8      | 4                 |
            | 8      |                   |
            | 9      |                   |
        """,
        question=Count(Selection(people=True), ("intervention_type",), shares=True),
        expected="""
            | intervention_type | count | share |
            | 1                 | 1     | 0.5   |
            | 4                 | 2     | 1     |
            | +                 | 2     |       |
            |                   | 2     |       |
            | *                 | 3     | 1     |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_shares_of_one_column(case, answers):
    answers(case)
