"""Upp till fyra kolumner.

En korstabell kan göras om för varje värde i en eller två kolumner till (`by`). Andelarna tas inom varje sådan del, och
marginalen `*` är korstabellen för alla.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Count, CrossTable, Percent

PEOPLE = """
    | unit | legal_sex | origin | language |
    | A    | 1         | 1      | sv       |
    | A    | 1         | 3      | ar       |
    | A    | 1         | 5      | sv       |
    | A    | 2         | 3      | sv;ti    |
    | B    | 1         | 1      | ar       |
    | B    | 2         | 1      | sv       |
    |      | 2         |        |          |
"""

CASES = [
    Case(
        title="Antal efter fyra kolumner",
        text="Raden med två språk står i båda språkens celler, och en gång i varje marginal över språk.",
        table=PEOPLE,
        question=Count(by=("unit", "legal_sex", "origin", "language")),
        expected="""
            | unit | legal_sex | origin | language | count |
            | A    | 1         | 1      | sv       | 1     |
            | A    | 2         | 3      | sv       | 1     |
            | A    | 2         | 3      | ti       | 1     |
            | A    | 2         | 3      | *        | 1     |
            | *    | *         | *      | sv       | 4     |
            | A    | *         | *      | *        | 4     |
            |      | 2         |        |          | 1     |
            | *    | *         | *      | *        | 7     |
        """,
    ),
    Case(
        title="Kön mot ursprung, enhet för enhet",
        text="I enhet A har två av de tre kvinnorna ett känt ursprung, det ena är 1. I alla enheter: två av tre.",
        table=PEOPLE,
        question=CrossTable(rows="legal_sex", columns="origin", percent=Percent.ROWS, by=("unit",)),
        expected="""
            | legal_sex | origin | unit | count | share              |
            | 1         | 1      | A    | 1     | 0.5                |
            | 1         | 5      | A    | 1     |                    |
            | 2         | 3      | A    | 1     | 1                  |
            | 1         | 1      | B    | 1     | 1                  |
            | 1         | 1      | *    | 2     | 0.6666666666666667 |
            | 2         |        |      | 1     |                    |
            | *         | *      | *    | 7     | 1                  |
        """,
    ),
    Case(
        title="Andel av alla, för enhet och språk",
        text="I enhet A och svenska är två rader kända på både kön och ursprung.",
        table=PEOPLE,
        question=CrossTable(rows="legal_sex", columns="origin", percent=Percent.ALL, by=("unit", "language")),
        expected="""
            | legal_sex | origin | unit | language | count | share |
            | 1         | 1      | A    | sv       | 1     | 0.5   |
            | 2         | 3      | A    | sv       | 1     | 0.5   |
            | *         | *      | A    | sv       | 3     | 1     |
            | 2         | *      | A    | *        | 1     | 0.333333333333333333 |
            | 1         | 1      | C    | *        | 0     |       |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_up_to_four(case, answers):
    answers(case)
