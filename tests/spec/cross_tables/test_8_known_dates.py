"""Om ett datum finns.

`known:follow_up_date` delar in efter om datumet finns: kod 1 är ”Finns”, kod 2 ”Finns inte”. Uppgiften saknas aldrig
själv, så alla rader är med i nämnaren. Så räknas till exempel andelen insatser som följts upp.

Den som frågar om nyligen påbörjade insatser får en för låg andel, eftersom datumet inte har hunnit komma. Fråga därför
om det som är avslutat, eller om det som är så gammalt att datumet borde finnas.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Change, Count, CrossTable, Duration, Percent, Selection, Share, Where
from skillnad.codebook.periods import Period

YEAR = Period.parse("2025")
FOLLOWED = """
    | unit | end_date   | follow_up_date |
    | A    | 2025-02-01 | 2025-01-20     |
    | A    | 2025-03-01 | 2024-11-02     |
    | A    | 2025-04-01 |                |
    | B    | 2025-05-01 |                |
    | B    |            | 2025-06-01     |
"""

CASES = [
    Case(
        title="Antal",
        table=FOLLOWED,
        question=Count(by=("known:follow_up_date",)),
        expected="""
            | known:follow_up_date | count |
            | 1                    | 3     |
            | 2                    | 2     |
            |                      | 0     |
            | *                    | 5     |
        """,
        whole=True,
    ),
    Case(
        title="Andelen som följts upp, av de avslutade",
        text="""Urvalet är insatser som avslutats under året. Den som pågår räknas inte, även om den redan har följts
upp.""",
        table=FOLLOWED,
        question=Share(Where("known:follow_up_date", ("1",)), Selection(period=YEAR, event="end_date"), ("unit",)),
        expected="""
            | unit | share              |
            | A    | 0.6666666666666666 |
            | B    | 0                  |
            | *    | 0.5                |
        """,
        left_out={"no_event_date": 1},
    ),
    Case(
        title="Mot en annan uppgift",
        text="Andelen av kolumnen: av dem utan slutdatum har alla följts upp.",
        table=FOLLOWED,
        question=CrossTable("known:follow_up_date", "known:end_date", percent=Percent.COLUMNS),
        expected="""
            | known:follow_up_date | known:end_date | count | share |
            | 1                    | 1              | 2     | 0.5   |
            | 2                    | 1              | 2     | 0.5   |
            | 1                    | 2              | 1     | 1     |
            | 2                    | 2              | 0     | 0     |
        """,
    ),
    Case(
        title="Som villkor",
        text="Bara de som inte har följts upp.",
        table=FOLLOWED,
        question=Count(Selection(where=(Where("known:follow_up_date", ("2",)),)), by=("unit",)),
        expected="""
            | unit | count |
            | A    | 1     |
            | B    | 1     |
            | *    | 2     |
        """,
        whole=True,
    ),
    Case(
        title="Båda koderna är alla rader",
        table=FOLLOWED,
        question=Count(Selection(where=(Where("known:follow_up_date", ("1", "2")),))),
        expected="""
            | count |
            | 5     |
        """,
    ),
    Case(
        title="Ett datum som ingen har",
        table="""
            | unit | start_date | end_date |
            | A    | 2025-01-01 |          |
            | B    | 2025-02-01 |          |
        """,
        question=Share(Where("known:end_date", ("1",)), by=("unit",)),
        expected="""
            | unit | share |
            | A    | 0     |
            | B    | 0     |
            | *    | 0     |
        """,
    ),
    Case(
        title="Tider, för dem som följts upp och de andra",
        table="""
            | start_date | end_date   | follow_up_date |
            | 2025-01-01 | 2025-01-11 | 2025-01-05     |
            | 2025-01-01 | 2025-01-21 | 2025-01-05     |
            | 2025-01-01 | 2025-01-31 |                |
        """,
        question=Duration("start_date", "end_date", by=("known:follow_up_date",)),
        expected="""
            | known:follow_up_date | count | median |
            | 1                    | 2     | 15     |
            | 2                    | 1     | 30     |
            | *                    | 3     | 20     |
        """,
    ),
    Case(
        title="Förändring, efter om något finns vid det sista tillfället",
        table="""
            | client | start_date | end_date   | adherence_to_plan |
            | 1      | 2025-01-01 | 2025-02-01 | 3                 |
            | 1      | 2025-03-01 |            | 1                 |
            | 2      | 2025-01-01 |            | 1                 |
            | 2      | 2025-03-01 | 2025-04-01 | 1                 |
        """,
        question=Change("adherence_to_plan", Selection(), ("known:end_date",)),
        expected="""
            | change:adherence_to_plan | known:end_date | count |
            | better                   | 2              | 1     |
            | same                     | 1              | 1     |
            | better                   | 1              | 0     |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_known_dates(case, answers):
    answers(case)
