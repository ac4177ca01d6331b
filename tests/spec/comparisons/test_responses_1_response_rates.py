"""Svarsfrekvenser.

Hur många som tillfrågats (`asked`), hur många som svarat, och andelen (`rate`) med Wilsons intervall. ”Vet ej” är ett
svar; bara det som saknas är inget. Med `codes` står också hur många som svarat så, andelen av dem som svarat, och
mellan vilka gränser andelen av *alla* tillfrågade ligger, vad de tysta än hade svarat (`bound_low` om ingen av dem,
`bound_high` om alla). I handboken: *Bortfall och svarsfrekvens*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import ResponseRate

CASES = [
    Case(
        title="Andelen nöjda bland dem som svarat, och bland alla",
        text="Av 100 tillfrågade svarar 60, varav 10 ”vet ej” (9). 30 är nöjda (3): hälften av dem som svarat, "
        "och mellan 30 och 70 procent av alla.",
        table="""
            | rating | times |
            | 3      | 30    |
            | 1      | 20    |
            | 9      | 10    |
            |        | 40    |
        """,
        question=ResponseRate("rating", ("3",)),
        expected="""
            | asked | answered | rate | part | share | share_low | share_high | bound_low | bound_high |
            | 100   | 60       | 0.6  | 30   | 0.5   | 0.3774    | 0.6226     | 0.3       | 0.7        |
        """,
    ),
    Case(
        title="Flera svar på en rad är ett svar",
        table="""
            | unit | language | times |
            | A    | sv;ar    | 30    |
            | A    | ti       | 10    |
            | A    |          | 10    |
            | B    | x        | 15    |
            | B    |          | 25    |
        """,
        question=ResponseRate("language", by=("unit",)),
        expected="""
            | unit | asked | answered | rate   |
            | A    | 50    | 40       | 0.8    |
            | B    | 40    | 15       | 0.375  |
            | *    | 90    | 55       | 0.6111 |
        """,
    ),
    Case(
        title="Få som inte svarat",
        text="Tre har inte svarat i Norr. Då är både svaren och svarsfrekvensen i enheten dolda; för alla visas de.",
        table="""
            | unit | rating | times |
            | A    | 3      | 30    |
            | A    | 1      | 20    |
            | A    |        | 3     |
            | B    | 3      | 25    |
            | B    | 1      | 25    |
            | B    |        | 20    |
        """,
        question=ResponseRate("rating", by=("unit",)),
        expected="""
            | unit | asked | answered | rate   |
            | A    | 53    | ..       | ..     |
            | *    | 123   | 100      | 0.8130 |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_response_rates(case, answers):
    answers(case)
