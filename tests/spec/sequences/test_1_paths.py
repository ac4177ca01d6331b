"""Vägar.

Varje väg är ett värde per steg. Bara vägar som minst `least` rader har tagit har ett namn, och högst `top` av dem: att
en ovanlig väg alls finns kan peka ut någon. De andra räknas tillsammans (`other`), och är de för få går den minst
vanliga av de namngivna upp i dem.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Selection, Sequence, Where

STEPS = ("intake_reason", "problem", "intervention_type", "closing_reason")
TAKEN = """
    | unit | origin | legal_sex | closing_reason |
    | A    | 1      | 1         | 1              |
    | A    | 1      | 1         | 1              |
    | A    | 1      | 1         | 1              |
    | A    | 1      | 2         | 1              |
    | A    | 1      | 2         | 1              |
    | B    | 3      | 2         |                |
    | B    | 3      | 2         |                |
    | B    | 3      | 2         | 4              |
    | B    | 5      | 1         | 4              |
"""

CASES = [
    Case(
        title="De vanligaste vägarna",
        text="Två vägar har en rad var: de räknas tillsammans. Det som saknas är ett steg som ingen har registrerat.",
        table=TAKEN,
        question=Sequence(("origin", "legal_sex", "closing_reason"), least=2),
        expected="""
            | path  | count |
            | 1>1>1 | 3     |
            | 1>2>1 | 2     |
            | 3>2>  | 2     |
            | other | 2     |
            | *     | 9     |
        """,
        whole=True,
    ),
    Case(
        title="Högst så många",
        table=TAKEN,
        question=Sequence(("origin", "legal_sex", "closing_reason"), top=1, least=2),
        expected="""
            | path  | count |
            | 1>1>1 | 3     |
            | other | 6     |
            | *     | 9     |
        """,
        whole=True,
    ),
    Case(
        title="De andra är aldrig för få",
        text="Bara en rad har en annan väg än de två vanligaste. Då går den minst vanliga upp i de andra.",
        table="""
            | legal_sex | origin |
            | 1         | 1      |
            | 1         | 1      |
            | 1         | 1      |
            | 2         | 1      |
            | 2         | 1      |
            | 2         | 3      |
        """,
        question=Sequence(("legal_sex", "origin"), least=2),
        expected="""
            | path  | count |
            | 1>1   | 3     |
            | other | 3     |
            | *     | 6     |
        """,
        whole=True,
    ),
    Case(
        title="Flera värden på ett steg",
        text="Raderna med två problem och två insatser är på fyra vägar var, och en gång i marginalen.",
        table="""
            | intake_reason | problem | intervention_type | closing_reason |
            | 1             | 1;4     | 2;3               | 1              |
            | 1             | 1;4     | 2;3               | 1              |
            | 1             | 1       | 2                 | 1              |
            | 1             | 4       | 3                 | 1              |
            | 2             | 5       | 2                 |                |
            | 2             | 5       | 2                 |                |
        """,
        question=Sequence(STEPS, least=2),
        expected="""
            | path    | count |
            | 1>1>2>1 | 3     |
            | 1>1>3>1 | 2     |
            | 1>4>2>1 | 2     |
            | 1>4>3>1 | 3     |
            | 2>5>2>  | 2     |
            | *       | 6     |
        """,
        whole=True,
    ),
    Case(
        title="I en enhet",
        table=TAKEN,
        question=Sequence(("origin", "legal_sex"), Selection(where=(Where("unit", ("B",)),)), least=3),
        expected="""
            | path  | count |
            | other | 4     |
            | *     | 4     |
        """,
        whole=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_paths(case, answers):
    answers(case)
