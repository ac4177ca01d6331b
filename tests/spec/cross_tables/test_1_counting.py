"""Hur många.

Ett antal räknar rader i en population: insatser, om frågan inte säger något annat.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Count, Selection, Where
from skillnad.codebook.snapshot_schema import Population

CASES = [
    Case(
        title="Utan indelning",
        table="""
            | legal_sex |
            | 1         |
            | 2         |
            |           |
        """,
        question=Count(),
        expected="""
            | count |
            | 3     |
        """,
    ),
    Case(
        title="Av ingenting",
        text="En tom tabell ger noll, i cellerna och i summan.",
        table="""
            | legal_sex |
        """,
        question=Count(by=("legal_sex",)),
        expected="""
            | legal_sex | count |
            | *         | 0     |
        """,
        whole=True,
    ),
    Case(
        title="Efter en kolumn",
        text="Värden som ingen rad har finns också, med noll. Den som saknar uppgift räknas i summan.",
        table="""
            | legal_sex |
            | 1         |
            | 1         |
            |           |
        """,
        question=Count(by=("legal_sex",)),
        expected="""
            | legal_sex | count |
            | 1         | 2     |
            | 2         | 0     |
            |           | 1     |
            | *         | 3     |
        """,
    ),
    Case(
        title="Av en annan population",
        table="""
            | unit |
            | A    |
            | B    |
            | B    |
        """,
        question=Count(Selection(Population.CASES), by=("unit",)),
        expected="""
            | unit | count |
            | A    | 1     |
            | B    | 2     |
            | *    | 3     |
        """,
        whole=True,
    ),
    Case(
        title="Efter tre kolumner",
        text="Varje kombination av nivåer och summor är en cell.",
        table="""
            | unit | legal_sex | goal_attainment |
            | A    | 1         | 4               |
            | A    | 2         | 4               |
            | B    | 1         |                 |
        """,
        question=Count(by=("unit", "legal_sex", "goal_attainment")),
        expected="""
            | unit | legal_sex | goal_attainment | count |
            | A    | 1         | 4               | 1     |
            | A    | 2         | 4               | 1     |
            | B    | 1         |                 | 1     |
            | A    | *         | 4               | 2     |
            | *    | 1         | *               | 2     |
            | *    | *         | 4               | 2     |
            | *    | *         | *               | 3     |
        """,
    ),
    Case(
        title="Med ett villkor",
        text="Ett villkor tar med rader som har någon av koderna.",
        table="""
            | unit | legal_sex |
            | A    | 1         |
            | B    | 1         |
            | C    | 2         |
            |      | 2         |
        """,
        question=Count(Selection(where=(Where("unit", ("A", "C")),)), by=("legal_sex",)),
        expected="""
            | legal_sex | count |
            | 1         | 1     |
            | 2         | 1     |
            | *         | 2     |
        """,
        whole=True,
    ),
    Case(
        title="Med två villkor",
        text="Båda ska vara uppfyllda.",
        table="""
            | unit | legal_sex |
            | A    | 1         |
            | A    | 2         |
            | B    | 1         |
        """,
        question=Count(Selection(where=(Where("unit", ("A",)), Where("legal_sex", ("1",))))),
        expected="""
            | count |
            | 1     |
        """,
    ),
    Case(
        title="Där uppgiften saknas",
        text="Den tomma koden tar fram raderna som saknar uppgift, till exempel för att se var registreringen brister.",
        table="""
            | unit | legal_sex |
            | A    |           |
            | A    | 1         |
            | B    |           |
        """,
        question=Count(Selection(where=(Where("legal_sex", ("",)),)), by=("unit",)),
        expected="""
            | unit | count |
            | A    | 1     |
            | B    | 1     |
            | *    | 2     |
        """,
        whole=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_counting(case, answers):
    answers(case)
