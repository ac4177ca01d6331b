"""Perioder.

En fråga om en period gäller rader vars händelse faller i den: insatser som börjat, ärenden som aktualiserats, om frågan
inte nämner ett annat datum. Rader utan det datumet kan inte placeras; de räknas för sig (`no_event_date`).
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import ONGOING, Count, Selection, Where
from skillnad.codebook.periods import Period

YEAR = Period.parse("2025")
SPANS = """
    | unit | start_date | end_date   |
    | A    | 2024-05-01 | 2024-12-31 |
    | A    | 2024-05-01 | 2025-01-01 |
    | A    | 2025-12-31 |            |
    | B    | 2026-01-01 |            |
    | B    | 2024-05-01 |            |
    | B    |            | 2025-06-30 |
    | B    | 2025-05-02 | 2025-05-01 |
"""

CASES = [
    Case(
        title="Periodens första och sista dag",
        text="Båda är med.",
        table="""
            | start_date |
            | 2024-12-31 |
            | 2025-01-01 |
            | 2025-12-31 |
            | 2026-01-01 |
        """,
        question=Count(Selection(period=YEAR)),
        expected="""
            | count |
            | 2     |
        """,
    ),
    Case(
        title="Datum som saknas",
        text="Raden utan startdatum kan ha börjat när som helst.",
        table="""
            | start_date |
            | 2025-03-01 |
            |            |
        """,
        question=Count(Selection(period=YEAR)),
        expected="""
            | count |
            | 1     |
        """,
        left_out={"no_event_date": 1},
    ),
    Case(
        title="Villkoret gäller först",
        text="Bara rader som uppfyller villkoret kan vara utelämnade.",
        table="""
            | unit | start_date |
            | A    |            |
            | B    |            |
            | B    | 2025-03-01 |
        """,
        question=Count(Selection(period=YEAR, where=(Where("unit", ("B",)),))),
        expected="""
            | count |
            | 1     |
        """,
        left_out={"no_event_date": 1},
    ),
    Case(
        title="Ett annat datum",
        table="""
            | start_date | end_date   |
            | 2023-02-01 | 2025-03-01 |
            | 2025-03-01 | 2026-03-01 |
        """,
        question=Count(Selection(period=YEAR, event="end_date")),
        expected="""
            | count |
            | 1     |
        """,
    ),
    Case(
        title="Pågående i perioden",
        text="""Minst en dag i perioden: börjad senast sista dagen, och inte avslutad före den första. Utan slutdatum
pågår insatsen. Utan startdatum, eller med ett slut före starten, går den inte att placera.""",
        table=SPANS,
        question=Count(Selection(period=YEAR, event=ONGOING), by=("unit",)),
        expected="""
            | unit | count |
            | A    | 2     |
            | B    | 1     |
            | *    | 3     |
        """,
        whole=True,
        left_out={"no_first_day": 1, "end_before_start": 1},
    ),
    Case(
        title="Fördelat över året",
        text="""`month:start_date` delar in efter datumets månad; `quarter:` och `year:` finns också. Gäller frågan en
period har tabellen alla dess månader, också de tomma.""",
        table="""
            | start_date |
            | 2025-01-31 |
            | 2025-03-01 |
            | 2025-03-31 |
            | 2025-04-01 |
        """,
        question=Count(Selection(period=Period.parse("2025Q1")), by=("month:start_date",)),
        expected="""
            | month:start_date | count |
            | 2025-01          | 1     |
            | 2025-02          | 0     |
            | 2025-03          | 2     |
            | *                | 3     |
        """,
        whole=True,
    ),
    Case(
        title="Kvartal och år utan period",
        text="Från första till sista dagen som finns.",
        table="""
            | start_date | end_date   |
            | 2024-11-30 | 2025-05-01 |
            | 2025-01-31 |            |
        """,
        question=Count(by=("year:start_date", "quarter:end_date")),
        expected="""
            | year:start_date | quarter:end_date | count |
            | 2024            | 2025Q2           | 1     |
            | 2025            |                  | 1     |
            | 2024            | *                | 1     |
            | 2025            | *                | 1     |
            | *               | 2025Q2           | 1     |
            | *               |                  | 1     |
            | *               | *                | 2     |
        """,
        whole=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_periods(case, answers):
    answers(case)
