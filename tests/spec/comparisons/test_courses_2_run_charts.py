"""Följder över tid: seriediagram.

Samma punkter omkring sin median (`centre`), utan gränser. Anhøjs två regler: `unusually_long_run` (en ovanligt lång
svit på samma sida) och `unusually_few_crossings` (kurvan korsar medianen ovanligt få gånger). Minst tio punkter ska
ligga utanför medianen.

En tid som följs per *start*månad räknar med dem som pågår (Kaplan–Meier): annars faller kurvan mot slutet av sig
själv, för att de långa inte hunnit avslutas. En månad där färre än hälften har avslutats har ingen median än, och
deltar inte. Per *slut*månad är alla avslutade. I handboken: *Seriediagram*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import OverTime
from skillnad.analysis.questions import Count, Duration

CASES = [
    Case(
        title="Ett skifte",
        text="Åtta kvartal omkring trettio, sedan åtta omkring femton. Medianen korsas en gång; bland sexton "
        "punkter är färre än fyra ovanligt. Sviterna är åtta, och längre än log₂ 16 + 3 = 7 är ovanligt.",
        table="""
            | end_date   | times |
            | 2022-01-10 | 28    |
            | 2022-04-10 | 32    |
            | 2022-07-10 | 30    |
            | 2022-10-10 | 29    |
            | 2023-01-10 | 31    |
            | 2023-04-10 | 33    |
            | 2023-07-10 | 27    |
            | 2023-10-10 | 30    |
            | 2024-01-10 | 15    |
            | 2024-04-10 | 14    |
            | 2024-07-10 | 16    |
            | 2024-10-10 | 13    |
            | 2025-01-10 | 17    |
            | 2025-04-10 | 15    |
            | 2025-07-10 | 14    |
            | 2025-10-10 | 16    |
        """,
        question=OverTime(of=Count(by=("quarter:end_date",))),
        expected="""
            | quarter:end_date | value | centre | unusually_long_run | unusually_few_crossings |
            | 2022Q1           | 28    | 22     | 1                  | 1                       |
            | 2023Q4           | 30    | 22     | 1                  | 1                       |
            | 2024Q1           | 15    | 22     | 1                  | 1                       |
            | 2025Q4           | 16    | 22     | 1                  | 1                       |
        """,
    ),
    Case(
        title="Tiden per startmånad räknar dem som pågår",
        text="I oktober har åtta avslutats på tio dagar och fem på fyrtio, i november åtta på tio dagar och "
        "tolv pågår. De avslutades median är 10 dagar båda månaderna, men i november har färre än hälften "
        "avslutats.",
        table="""
            | start_date | end_date   | times |
            | 2025-10-01 | 2025-10-11 | 8     |
            | 2025-10-01 | 2025-11-10 | 5     |
            | 2025-10-01 |            | 7     |
            | 2025-11-01 | 2025-11-11 | 8     |
            | 2025-11-01 |            | 12    |
        """,
        question=OverTime(of=Duration("start_date", "end_date", by=("month:start_date",))),
        expected="""
            | month:start_date | value | count | open | centre |
            | 2025-10          | 40    | 13    | 7    |        |
            | 2025-11          |       | 8     | 12   |        |
        """,
        left_out={"open": 19},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_run_charts(case, answers):
    answers(case)
