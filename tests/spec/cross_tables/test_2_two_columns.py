"""Två kolumner mot varandra.

Varje rad i tabellen räknas en gång i en cell, och en gång i varje marginal.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import CrossTable, Percent

SEX_BY_ORIGIN = """
    | legal_sex | origin |
    | 1         | 1      |
    | 1         | 1      |
    | 1         | 3      |
    | 1         | 5      |
    | 2         | 3      |
    | 2         |        |
    |           | 1      |
"""

CASES = [
    Case(
        title="Kön mot ursprung",
        text="Ursprung 5 är ”vet inte”: det är en nivå bland andra när man räknar.",
        table=SEX_BY_ORIGIN,
        question=CrossTable(rows="legal_sex", columns="origin"),
        expected="""
            | legal_sex | origin | count |
            | 1         | 1      | 2     |
            | 1         | 3      | 1     |
            | 1         | 5      | 1     |
            | 2         | 3      | 1     |
            | 2         |        | 1     |
            |           | 1      | 1     |
            | 1         | *      | 4     |
            | 2         | *      | 2     |
            |           | *      | 1     |
            | *         | 1      | 3     |
            | *         | 3      | 2     |
            | *         | 5      | 1     |
            | *         |        | 1     |
            | *         | *      | 7     |
        """,
        whole=True,
    ),
    Case(
        title="Andelar av raderna",
        text="""Nämnaren är de i raden som har ett känt värde: ”vet inte” och saknade uppgifter står utanför den. Av de
fyra kvinnorna har tre ett känt ursprung, och två av dem har ursprung 1. I raden för alla är nämnaren fem.""",
        table=SEX_BY_ORIGIN,
        question=CrossTable(rows="legal_sex", columns="origin", percent=Percent.ROWS),
        expected="""
            | legal_sex | origin | share               |
            | 1         | 1      | 0.6666666666666667  |
            | 1         | 3      | 0.33333333333333333 |
            | 1         | *      | 1                   |
            | 1         | 5      |                     |
            | 1         |        |                     |
            | 2         | 3      | 1                   |
            | *         | 1      | 0.6                 |
            | *         | 3      | 0.4                 |
        """,
    ),
    Case(
        title="Andelar av kolumnerna",
        text="Den vars kön saknas står utanför: av tre med ursprung 1 är två kända, båda kvinnor.",
        table=SEX_BY_ORIGIN,
        question=CrossTable(rows="legal_sex", columns="origin", percent=Percent.COLUMNS),
        expected="""
            | legal_sex | origin | share               |
            | 1         | 1      | 1                   |
            | 1         | 3      | 0.5                 |
            | 2         | 3      | 0.5                 |
            | 1         | 5      | 1                   |
            |           | 1      |                     |
            | 1         | *      | 0.6666666666666667  |
            | 2         | *      | 0.33333333333333333 |
        """,
    ),
    Case(
        title="Andelar av alla",
        text="Fyra rader är kända på båda kolumnerna.",
        table=SEX_BY_ORIGIN,
        question=CrossTable(rows="legal_sex", columns="origin", percent=Percent.ALL),
        expected="""
            | legal_sex | origin | share |
            | 1         | 1      | 0.5   |
            | 1         | 3      | 0.25  |
            | 2         | 3      | 0.25  |
            | 1         | *      | 0.75  |
            | *         | 3      | 0.5   |
            | *         | *      | 1     |
            |           | 1      |       |
            | 1         | 5      |       |
        """,
    ),
    Case(
        title="Andel av ingenting",
        text="Där ingen har ett känt värde finns ingen andel: den är inte noll.",
        table="""
            | legal_sex | origin |
            | 1         | 1      |
            | 2         | 5      |
        """,
        question=CrossTable(rows="legal_sex", columns="origin", percent=Percent.ROWS),
        expected="""
            | legal_sex | origin | share |
            | 1         | 1      | 1     |
            | 1         | 3      | 0     |
            | 2         | 1      |       |
            | 2         | *      |       |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_two_columns(case, answers):
    answers(case)
