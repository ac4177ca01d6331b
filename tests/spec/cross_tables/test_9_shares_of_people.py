"""Andelar av personer.

Med `people=True` är andelen de personer som har minst en rad där något gäller, delat med de personer som har minst en
rad där man vet. Varje person räknas en gång i varje grupp, och en gång bland alla.

I varje grupp har personen ett enda utfall. Är det ja på någon rad är det ja, vad de andra än säger. Annars är det nej
om man vet på någon rad, annars vet ej, annars saknas uppgift. Den som har nej i en grupp kan alltså ha ja bland alla,
genom en rad i en annan grupp.

I en korstabell kan samma person stå på flera rader, och nämnaren är en egen nivå, `+`: hur många som har något värde
alls. Andelarna kan tillsammans bli mer än 100 %.

En person som hör till flera grupper skulle räknas i båda, så andelar av personer jämförs inte med intervall.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import CrossTable, Percent, Selection, Share, Where

PEOPLE = Selection(people=True)
CASES = [
    Case(
        title="Ja på någon rad är ja",
        text="Person 7 har en rad av varje slag. Person 8 har bara nej, person 9 vet ingen något om.",
        table="""
            | client | origin |
            | 7      | 1      |
            | 7      | 3      |
            | 7      |        |
            | 8      | 3      |
            | 8      | 3      |
            | 9      | 5      |
            | 9      |        |
        """,
        question=Share(Where("origin", ("1",)), PEOPLE),
        expected="""
            | share:origin | count |
            | yes          | 1     |
            | no           | 1     |
            | unknown      | 1     |
            |              | 0     |
            | *            | 3     |
        """,
    ),
    Case(
        title="Andelen själv",
        text="Två av tre personer har någon gång haft den. Av raderna är det två av fem.",
        table="""
            | client | problem |
            | 7      | 1;14    |
            | 7      | 14      |
            | 7      | 14      |
            | 8      | 1       |
            | 9      | 14      |
            | 9      |         |
        """,
        question=Share(Where("problem", ("1",)), PEOPLE),
        expected="""
            | share              |
            | 0.6666666666666666 |
        """,
    ),
    Case(
        title="En person i två grupper",
        text="Person 7 har nej vid enhet A och ja vid B. Bland alla är hen ett ja, och nej-sägarna är ingen.",
        table="""
            | client | unit | legal_sex |
            | 7      | A    | 2         |
            | 7      | B    | 1         |
            | 8      | B    | 1         |
        """,
        question=Share(Where("legal_sex", ("1",)), PEOPLE, ("unit",)),
        expected="""
            | share:legal_sex | unit | count |
            | no              | A    | 1     |
            | yes             | B    | 2     |
            | yes             | *    | 2     |
            | no              | *    | 0     |
            | *               | A    | 1     |
            | *               | B    | 2     |
            | *               | *    | 2     |
        """,
        whole=True,
    ),
    Case(
        title="En rad utan person",
        table="""
            | client | legal_sex |
            | 7      | 1         |
            |        | 2         |
        """,
        question=Share(Where("legal_sex", ("1",)), PEOPLE),
        expected="""
            | share |
            | 1     |
        """,
    ),
    Case(
        title="I en korstabell",
        text="""Vid A har två personer något känt problem. En av dem har problem 1, båda har 14. Person 9 har bara
rader utan uppgift, och står utanför.""",
        table="""
            | client | unit | problem |
            | 7      | A    | 1       |
            | 7      | A    | 14      |
            | 7      | A    |         |
            | 8      | A    | 14      |
            | 9      | A    |         |
        """,
        question=CrossTable("problem", "unit", PEOPLE, Percent.COLUMNS),
        expected="""
            | problem | unit | count | share |
            | 1       | A    | 1     | 0.5   |
            | 14      | A    | 2     | 1     |
            | +       | A    | 2     |       |
            |         | A    | 2     |       |
            | *       | A    | 3     | 1     |
        """,
    ),
    Case(
        title="I en korstabell, av alla",
        text="Nämnaren är de personer som har en rad där båda uppgifterna är kända. Person 8 har ingen sådan rad.",
        table="""
            | client | unit | legal_sex |
            | 7      | A    | 1         |
            | 7      | B    | 1         |
            | 8      | A    |           |
            | 8      |      | 2         |
            | 9      | B    | 2         |
        """,
        question=CrossTable("unit", "legal_sex", PEOPLE, Percent.ALL),
        expected="""
            | unit | legal_sex | count | share |
            | A    | 1         | 1     | 0.5   |
            | B    | 1         | 1     | 0.5   |
            | B    | 2         | 1     | 0.5   |
            | +    | +         | 2     |       |
            | A    | *         | 2     | 0.5   |
            | *    | *         | 3     | 1     |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_shares_of_people(case, answers):
    answers(case)
