"""Värden i grupper.

`merged:origin:Europa=3;Sverige=1,2` delar in efter ursprung, med värdena 1 och 2 som en grupp. Namnet är gruppens kod.
Värden som inte ingår i någon grupp blir en egen nivå, `others`, ”Övriga”. ”Vet ej” och saknade uppgifter står kvar som
de är, utanför nämnaren. `merged("origin", {"Europa": ("3",), "Sverige": ("1", "2")})` skriver namnet.

Så går det att slå ihop små grupper utan att ändra kodboken. Ett villkor behöver inga grupper: där räcker koderna.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.merged import merged
from skillnad.analysis.questions import Change, Count, CrossTable, Duration, Percent, Selection, Sequence, Share, Where

ORIGIN = merged("origin", {"Europa": ("3",), "Sverige": ("1", "2")})
PROBLEMS = merged("problem", {"Ekonomi": ("1", "2"), "Boende": ("14",)})
PEOPLE = """
    | client | unit | origin | legal_sex |
    | 7      | A    | 3      | 1         |
    | 8      | A    | 1      | 2         |
    | 8      | B    | 2      | 2         |
    | 9      | B    | 4      | 1         |
    | 9      | B    | 5      | 1         |
    | 9      | B    |        | 1         |
"""

CASES = [
    Case(
        title="Grupper, övriga, vet ej och saknade",
        table=PEOPLE,
        question=Count(by=(ORIGIN,), shares=True),
        expected=f"""
            | {ORIGIN} | count | share |
            | Europa   | 1     | 0.25  |
            | Sverige  | 2     | 0.5   |
            | others   | 1     | 0.25  |
            | 5        | 1     |       |
            |          | 1     |       |
            | *        | 6     | 1     |
        """,
        whole=True,
    ),
    Case(
        title="I en korstabell",
        table=PEOPLE,
        question=CrossTable("legal_sex", ORIGIN, percent=Percent.COLUMNS),
        expected=f"""
            | legal_sex | {ORIGIN} | count | share |
            | 2         | Sverige  | 2     | 1     |
            | 1         | Europa   | 1     | 1     |
            | 1         | others   | 1     | 1     |
            | 1         | *        | 4     | 0.6666666666666666 |
        """,
    ),
    Case(
        title="En andel efter grupper, för en enhet",
        table=PEOPLE,
        question=Share(Where("legal_sex", ("2",)), Selection(where=(Where("unit", ("B",)),)), (ORIGIN,)),
        expected=f"""
            | {ORIGIN} | share |
            | Europa   |       |
            | Sverige  | 1     |
            | others   | 0     |
            | *        | 0.25  |
        """,
    ),
    Case(
        title="Flera värden på en rad",
        text="Raden med 1 och 2 räknas en gång i gruppen, raden med 2 och 14 en gång i var sin.",
        table="""
            | problem |
            | 1;2     |
            | 2;14    |
            | 5       |
            |         |
        """,
        question=Count(by=(PROBLEMS,)),
        expected=f"""
            | {PROBLEMS} | count |
            | Ekonomi    | 2     |
            | Boende     | 1     |
            | others     | 1     |
            |            | 1     |
            | *          | 4     |
        """,
        whole=True,
    ),
    Case(
        title="Personer i grupper",
        text="Person 8 har två ursprung i samma grupp, och räknas en gång.",
        table=PEOPLE,
        question=Count(Selection(people=True), (ORIGIN,)),
        expected=f"""
            | {ORIGIN} | count |
            | Europa   | 1     |
            | Sverige  | 1     |
            | others   | 1     |
            | 5        | 1     |
            |          | 1     |
            | *        | 3     |
        """,
        whole=True,
    ),
    Case(
        title="Tider efter grupper",
        table="""
            | origin | start_date | end_date   |
            | 1      | 2025-01-01 | 2025-01-11 |
            | 2      | 2025-01-01 | 2025-01-21 |
            | 3      | 2025-01-01 | 2025-01-31 |
        """,
        question=Duration("start_date", "end_date", by=(ORIGIN,)),
        expected=f"""
            | {ORIGIN} | count | median |
            | Sverige  | 2     | 15     |
            | Europa   | 1     | 30     |
        """,
    ),
    Case(
        title="En väg genom grupper",
        table="""
            | problem | unit |
            | 1       | A    |
            | 2       | A    |
            | 14      | A    |
        """,
        question=Sequence((PROBLEMS, "unit"), least=1),
        expected="""
            | path      | count |
            | Ekonomi>A | 2     |
            | Boende>A  | 1     |
        """,
    ),
    Case(
        title="En förändring efter grupper",
        table="""
            | client | origin | start_date | adherence_to_plan |
            | 1      | 1      | 2025-01-01 | 3                 |
            | 1      | 2      | 2025-03-01 | 1                 |
        """,
        question=Change("adherence_to_plan", Selection(), (ORIGIN,)),
        expected=f"""
            | change:adherence_to_plan | {ORIGIN} | count |
            | better                   | Sverige  | 1     |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_merged_values(case, answers):
    answers(case)
