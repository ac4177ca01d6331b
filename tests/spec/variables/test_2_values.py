"""Vad ett värde betyder.

De flesta värden säger något om personen. ”Vet ej” står utanför nämnaren och visas bredvid. Måluppfyllelsens värde 6 är
varken det ena eller det andra: det är en iakttagelse om mål och plan, och räknas för sig.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.codebook.loading import load_codebook

CASES = [
    Case(
        title="Vet ej, och kan inte bedöma",
        table="""
            | variable               | code |
            | origin                 | 5    |
            | previous_contact       | 4    |
            | parallel_interventions | 3    |
            | goal_attainment        | 6    |
            | goal_attainment        | 3    |
            | intake_reason          | 14   |
        """,
        question="Vad säger värdet?",
        expected="""
            | meaning |
            | unknown |
            | unknown |
            | unknown |
            | finding |
            | value   |
            | value   |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_value_says_what_it_means(case, answers):
    answers(case, lambda row: {"meaning": str(load_codebook()[row["variable"]].value(row["code"]).meaning)})


def test_no_other_standard_value_is_unknown_or_a_finding():
    special = {
        (variable.number, value.code)
        for variable in load_codebook().standard
        for value in variable.values
        if value.meaning != "value"
    }
    assert special == {(6, "5"), (8, "4"), (16, "3"), (17, "6")}
