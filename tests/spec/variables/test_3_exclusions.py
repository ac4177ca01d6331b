"""Värden som utesluter varandra.

Fyra variabler kan ha flera värden: 2, 9, 12 och 14. I variabel 14 säger 11 och 12 att ingen samverkan har skett: de kan
inte stå tillsammans med något annat, och inte med varandra.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.codebook.loading import load_codebook

CASES = [
    Case(
        title="Ingen samverkan, och ändå samverkan",
        table="""
            | variable      | codes |
            | collaboration | 1;3   |
            | collaboration | 11    |
            | collaboration | 1;11  |
            | collaboration | 11;12 |
            | intake_reason | 1;14  |
        """,
        question="Vilka koder kan inte stå tillsammans med de andra?",
        expected="""
            | conflicting |
            |             |
            |             |
            | 11          |
            | 11;12       |
            |             |
        """,
    ),
]


def conflicting(row):
    variable = load_codebook()[row["variable"]]
    return {"conflicting": ";".join(sorted(variable.conflicting(row["codes"].split(";"))))}


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_exclusive_values_stand_alone(case, answers):
    answers(case, conflicting)


def test_several_values_are_allowed_in_four_variables():
    assert [variable.number for variable in load_codebook().standard if variable.kind == "multiple"] == [2, 9, 12, 14]
