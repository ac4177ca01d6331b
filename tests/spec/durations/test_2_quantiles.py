"""Median, kvartiler och 90:e percentilen.

Värdena ställs i ordning. Av n värden står kvantilen p på plats (n - 1) p, räknat från 0; mellan två värden delas
avståndet rakt (definition 7 hos Hyndman och Fan 1996; samma som i R, Excels PERCENTIL.INK och NumPy).
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Duration

CASES = [
    Case(
        title="Ett värde",
        text="Det är alla kvantiler på en gång.",
        table="""
            | start_date | end_date   |
            | 2025-01-01 | 2025-01-08 |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | median | q1 | q3 | p90 |
            | 1     | 7      | 7  | 7  | 7   |
        """,
    ),
    Case(
        title="Mellan två värden",
        text="1, 2, 3 och 10 dagar: medianen står mitt emellan 2 och 3, 90:e percentilen sju tiondelar från 3 mot 10.",
        table="""
            | start_date | end_date   |
            | 2025-01-01 | 2025-01-11 |
            | 2025-01-01 | 2025-01-02 |
            | 2025-01-01 | 2025-01-04 |
            | 2025-01-01 | 2025-01-03 |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | median | q1   | q3   | p90 |
            | 4     | 2.5    | 1.75 | 4.75 | 7.9 |
        """,
    ),
    Case(
        title="Lika värden",
        table="""
            | start_date | end_date   |
            | 2025-01-01 | 2025-01-06 |
            | 2025-02-01 | 2025-02-06 |
            | 2025-03-01 | 2025-03-06 |
            | 2025-01-01 | 2025-01-02 |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | median | q1 | q3 | p90 |
            | 4     | 5      | 4  | 5  | 5   |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_quantiles(case, answers):
    answers(case)
