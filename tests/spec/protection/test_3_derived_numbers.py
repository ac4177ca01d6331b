"""Andelar, tider och summor.

Ett tal som räknats ur antal är lika känsligt som antalen. En andel visas bara där både täljare och nämnare visas,
medianer och kvartiler bara där minst tio rader står bakom, och en summa bara där minst fem personer gör det och ingen
av dem har mer än hälften.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Duration, Selection, Share, Sum, Where
from skillnad.codebook.snapshot_schema import Population

CASES = [
    Case(
        title="Andelen döljs när få har egenskapen, och när få saknar den",
        table="""
            | unit | legal_sex | times |
            | A    | 1         | 3     |
            | A    | 2         | 40    |
            | B    | 1         | 38    |
            | B    | 2         | 3     |
            | C    | 1         | 30    |
            | C    | 2         | 20    |
        """,
        question=Share(of=Where("legal_sex", ("1",)), by=("unit",)),
        expected="""
            | share:legal_sex | unit | share |
            | yes             | A    | ..    |
            | yes             | B    | ..    |
            | yes             | C    | 0.6   |
        """,
    ),
    Case(
        title="Medianen kräver tio",
        text="Antalet nio visas, men ingen median.",
        table="""
            | unit | start_date | end_date   | times |
            | A    | 2025-01-01 | 2025-01-11 | 9     |
            | B    | 2025-01-01 | 2025-01-21 | 10    |
        """,
        question=Duration(start="start_date", end="end_date", by=("unit",)),
        expected="""
            | unit | count | median |
            | A    | 9     | ..     |
            | B    | 10    | 20     |
            | C    | 0     |        |
        """,
    ),
    Case(
        title="En person med mer än hälften",
        text="I enhet A har klient 1 det mesta av kostnaden: den som känner till sin egen kostnad skulle se de andras. "
        "En summa till döljs, annars följer den första av totalen.",
        table="""
            | unit | client | amount |
            | A    | 1      | 90000  |
            | A    | 2      | 1000   |
            | A    | 3      | 1000   |
            | A    | 4      | 1000   |
            | A    | 5      | 1000   |
            | B    | 6      | 20000  |
            | B    | 7      | 20000  |
            | B    | 8      | 20000  |
            | B    | 9      | 20000  |
            | B    | 10     | 20000  |
            | C    | 11     | 30000  |
            | C    | 12     | 30000  |
            | C    | 13     | 30000  |
            | C    | 14     | 30000  |
            | C    | 15     | 30000  |
        """,
        question=Sum(of="amount", selection=Selection(Population.COSTS), by=("unit",)),
        expected="""
            | unit | count | clients | sum    |
            | A    | 5     | 5       | ..     |
            | B    | 5     | 5       | ..     |
            | C    | 5     | 5       | 150000 |
            | *    | 15    | 15      | 344000 |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_derived_numbers(case, answers):
    answers(case)
