"""Små antal.

Antal från 1 till 4 visas aldrig. Noll visas. Eftersom nollor visas vet en läsare att varje lucka är minst 1, och
skyddet räknar med det.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Count, CrossTable

CASES = [
    Case(
        title="En ensam liten grupp tar med sig fler luckor",
        text="Kvinnorna i Söder är tre. Om bara den cellen doldes skulle den följa av summorna. Därför döljs tre till, "
        "så att varje rad och kolumn har två luckor.",
        table="""
            | legal_sex | unit | times |
            | 1         | A    | 20    |
            | 1         | B    | 3     |
            | 1         | C    | 50    |
            | 2         | A    | 40    |
            | 2         | B    | 30    |
            | 2         | C    | 60    |
        """,
        question=CrossTable(rows="legal_sex", columns="unit"),
        expected="""
            | legal_sex | unit | count |
            | 1         | A    | ..    |
            | 1         | B    | ..    |
            | 1         | C    | 50    |
            | 1         | *    | 73    |
            | 2         | A    | ..    |
            | 2         | B    | ..    |
            | 2         | C    | 60    |
            | *         | B    | 33    |
            | *         | *    | 203   |
        """,
    ),
    Case(
        title="Två små grupper räcker inte när de är små tillsammans",
        text="Två luckor i en rad, men deras summa är 3: då är de 1 och 2. Ett tal till döljs.",
        table="""
            | unit | times |
            | A    | 1     |
            | B    | 2     |
            | C    | 40    |
        """,
        question=Count(by=("unit",)),
        expected="""
            | unit | count |
            | A    | ..    |
            | B    | ..    |
            | C    | ..    |
            | *    | 43    |
        """,
    ),
    Case(
        title="Noll och fem visas",
        table="""
            | unit | times |
            | A    | 5     |
            | C    | 40    |
        """,
        question=Count(by=("unit",)),
        expected="""
            | unit | count |
            | A    | 5     |
            | B    | 0     |
            | C    | 40    |
            | *    | 45    |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_small_counts(case, answers):
    answers(case)
