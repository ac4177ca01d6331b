"""Ålder vid händelsen.

Ålder lagras aldrig. Den räknas fram den dag som frågan gäller, i hela levnadsår, och visas i åldersgrupper. Den som är
född den 29 februari fyller år den 1 mars de år som inte är skottår.
"""

from datetime import date

import pytest
from spec.chapters import Case, case_id

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.periods import age_at

CASES = [
    Case(
        title="Samma person, olika ålder",
        text="Födelsedagen räknas: dagen före är man ett år yngre.",
        table="""
            | birth_date | event      |
            | 2007-06-15 | 2025-06-14 |
            | 2007-06-15 | 2025-06-15 |
            | 2007-06-15 | 2007-06-15 |
        """,
        question="Hur gammal är personen vid händelsen, och i vilken åldersgrupp?",
        expected="""
            | age | age_group |
            | 17  | 13-17     |
            | 18  | 18-20     |
            | 0   | 0-6       |
        """,
    ),
    Case(
        title="Född på skottdagen",
        table="""
            | birth_date | event      |
            | 2004-02-29 | 2025-02-28 |
            | 2004-02-29 | 2025-03-01 |
            | 2004-02-29 | 2024-02-29 |
        """,
        question="Hur gammal är personen vid händelsen, och i vilken åldersgrupp?",
        expected="""
            | age | age_group |
            | 20  | 18-20     |
            | 21  | 21-24     |
            | 20  | 18-20     |
        """,
    ),
    Case(
        title="Sista gruppen är öppen",
        table="""
            | birth_date | event      |
            | 1946-01-01 | 2025-12-31 |
            | 1945-12-31 | 2025-12-31 |
            | 1919-05-05 | 2025-12-31 |
        """,
        question="Hur gammal är personen vid händelsen, och i vilken åldersgrupp?",
        expected="""
            | age | age_group |
            | 79  | 65-79     |
            | 80  | 80+       |
            | 106 | 80+       |
        """,
    ),
]


def age_and_group(row):
    age = age_at(date.fromisoformat(row["birth_date"]), date.fromisoformat(row["event"]))
    return {"age": str(age), "age_group": load_codebook().age_band(age).code}


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_age_is_taken_at_the_event(case, answers):
    answers(case, age_and_group)
