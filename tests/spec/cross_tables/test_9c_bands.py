"""Dagar och tal i intervall.

`days:start_date..end_date:7,30` delar in efter hur många dagar det är från det ena datumet till det andra: under 7,
7–29 och 30 eller fler. Varje gräns är första dagen i ett nytt intervall, och intervallets kod; det första har koden
`under`.
`number:amount:1000,5000` delar in ett tal på samma sätt.

Indelningen kan också vara villkor: `Where("days:start_date..end_date:7", ("7",))` är det som varat minst sju dagar. Den
som saknar något av datumen har inget antal dagar och hör till ”uppgift saknas”. Det gäller också det som pågår. Fråga
därför om det som är avslutat.

Tider delas inte in efter sin egen längd. Då skulle det som pågår falla bort, och resten se kortare ut än den är.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Count, CrossTable, Percent, Selection, Share, Sum, Where
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

DAYS = "days:start_date..end_date:7,30"
AMOUNT = "number:amount:1000,5000"
LASTED = """
    | unit | start_date | end_date   | goal_attainment |
    | A    | 2025-01-01 | 2025-01-01 | 1               |
    | A    | 2025-01-01 | 2025-01-07 | 1               |
    | A    | 2025-01-01 | 2025-01-08 | 4               |
    | B    | 2025-01-01 | 2025-01-30 | 4               |
    | B    | 2025-01-01 | 2025-01-31 | 1               |
    | B    | 2025-01-01 |            | 4               |
    | B    |            | 2025-01-31 | 4               |
    | B    | 2025-01-09 | 2025-01-08 | 4               |
"""

CASES = [
    Case(
        title="Dagar mellan två datum",
        text="0 och 6 dagar är under 7, 7 och 29 är i det andra intervallet, 30 i det tredje. Tre rader har inga "
        "dagar: en pågår, en saknar början, och en har slutet före början.",
        table=LASTED,
        question=Count(by=(DAYS,)),
        expected=f"""
            | {DAYS} | count |
            | under  | 2     |
            | 7      | 2     |
            | 30     | 1     |
            |        | 3     |
            | *      | 8     |
        """,
        whole=True,
    ),
    Case(
        title="Som villkor",
        text="Bara det som varat minst sju dagar.",
        table=LASTED,
        question=Share(
            Where("goal_attainment", ("4",)),
            Selection(where=(Where("days:start_date..end_date:7", ("7",)),)),
            ("unit",),
        ),
        expected="""
            | unit | share              |
            | A    | 1                  |
            | B    | 0.5                |
            | *    | 0.6666666666666666 |
        """,
    ),
    Case(
        title="Nådda mål efter hur länge",
        table=LASTED,
        question=CrossTable("goal_attainment", DAYS, Selection(), Percent.COLUMNS),
        expected=f"""
            | goal_attainment | {DAYS} | count | share |
            | 4               | under  | 0     | 0     |
            | 4               | 7      | 2     | 1     |
            | 4               | 30     | 0     | 0     |
        """,
    ),
    Case(
        title="Andelen av de avslutade som varat minst en månad",
        table=LASTED,
        question=Share(Where(DAYS, ("30",)), Selection(period=Period.parse("2025"), event="end_date")),
        expected="""
            | share |
            | 0.2   |
        """,
        left_out={"no_event_date": 1},
    ),
    Case(
        title="Ett tal",
        table="""
            | amount | cost_from  |
            | 999.5  | 2025-01-01 |
            | 1000   | 2025-01-01 |
            | 5000   | 2025-01-01 |
            | -20    | 2025-01-01 |
            |        | 2025-01-01 |
        """,
        question=Count(Selection(Population.COSTS), (AMOUNT,)),
        expected=f"""
            | {AMOUNT} | count |
            | under    | 2     |
            | 1000     | 1     |
            | 5000     | 1     |
            |          | 1     |
        """,
    ),
    Case(
        title="Personer med en lång insats",
        text="Person 7 har en kort och en lång. En av två har någon som varat i minst 30 dagar.",
        table="""
            | client | start_date | end_date   |
            | 7      | 2025-01-01 | 2025-01-03 |
            | 7      | 2025-02-01 | 2025-05-01 |
            | 8      | 2025-02-01 | 2025-02-02 |
        """,
        question=Share(Where(DAYS, ("30",)), Selection(people=True)),
        expected="""
            | share |
            | 0.5   |
        """,
    ),
    Case(
        title="En summa efter hur länge kostnaden varade",
        table="""
            | client | amount | cost_from  | cost_to    |
            | 7      | 100    | 2025-01-01 | 2025-01-31 |
            | 8      | 50     | 2025-01-01 | 2025-03-31 |
        """,
        question=Sum("amount", Selection(Population.COSTS), ("days:cost_from..cost_to:60",)),
        expected="""
            | days:cost_from..cost_to:60 | sum |
            | under                      | 100 |
            | 60                         | 50  |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_bands(case, answers):
    answers(case)
