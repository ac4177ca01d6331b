"""Följder över tid: styrdiagram.

Ett antal, en andel eller en mediantid månad för månad (`value`), med mittlinje (`centre`) och styrgränser (`low`,
`high`). Varje regel är ett mått för sig, med 1 på de punkter som bryter den: `beyond_limits` (utanför gränserna),
`shift_8` (åtta i rad på samma sida), `trend_6` (sex i rad uppåt eller nedåt). Antal och dagar har gränser för
enskilda värden (XmR), andelar efter hur många månaden har (p).

En punkt deltar om den visas, har någon, och om månaden är hel: en månad som ögonblicksbildens dag (här 2025-12-31)
eller frågans period kapar har ett värde men inga gränser. Med färre än tolv punkter finns inga gränser. `baseline`
säger hur många av de första punkterna gränserna räknas på. I handboken: *Styrdiagram för enskilda värden* och
*Styrdiagram för andelar*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Chart, OverTime
from skillnad.analysis.questions import Count, Selection, Share, Where
from skillnad.codebook.periods import Period

MONTHLY = ("month:end_date",)

CASES = [
    Case(
        title="Avslutade per månad",
        text="Tolv månader omkring tjugo, och en på femtio. Gränserna räknas på de tolv första: deras "
        "medelvärde är 20, och grannar skiljer sig 3 i genomsnitt, så gränserna är 20 ± 2,66 · 3.",
        table="""
            | end_date   | times |
            | 2024-01-10 | 18    |
            | 2024-02-10 | 22    |
            | 2024-03-10 | 20    |
            | 2024-04-10 | 17    |
            | 2024-05-10 | 21    |
            | 2024-06-10 | 19    |
            | 2024-07-10 | 23    |
            | 2024-08-10 | 20    |
            | 2024-09-10 | 18    |
            | 2024-10-10 | 22    |
            | 2024-11-10 | 19    |
            | 2024-12-10 | 21    |
            | 2025-01-10 | 50    |
        """,
        question=OverTime(of=Count(by=MONTHLY), chart=Chart.CONTROL, baseline=12),
        expected="""
            | month:end_date | value | centre | low     | high    | beyond_limits | shift_8 | trend_6 |
            | 2024-01        | 18    | 20     | 12.0240 | 27.9760 |               |         |         |
            | 2024-12        | 21    | 20     | 12.0240 | 27.9760 |               |         |         |
            | 2025-01        | 50    | 20     | 12.0240 | 27.9760 | 1             |         |         |
            | *              | 290   |        |         |         |               |         |         |
        """,
    ),
    Case(
        title="Andelar har vidare gränser där de är få",
        text="Juni har 20 och vidare gränser än maj, som har 40. I januari är andelen över sin gräns.",
        table="""
            | end_date   | adherence_to_plan | times |
            | 2024-01-10 | 1                 | 20    |
            | 2024-01-10 | 2                 | 20    |
            | 2024-02-10 | 1                 | 18    |
            | 2024-02-10 | 2                 | 22    |
            | 2024-03-10 | 1                 | 20    |
            | 2024-03-10 | 2                 | 22    |
            | 2024-04-10 | 1                 | 19    |
            | 2024-04-10 | 2                 | 21    |
            | 2024-05-10 | 1                 | 22    |
            | 2024-05-10 | 2                 | 18    |
            | 2024-06-10 | 1                 | 10    |
            | 2024-06-10 | 2                 | 10    |
            | 2024-07-10 | 1                 | 17    |
            | 2024-07-10 | 2                 | 23    |
            | 2024-08-10 | 1                 | 21    |
            | 2024-08-10 | 2                 | 19    |
            | 2024-09-10 | 1                 | 20    |
            | 2024-09-10 | 2                 | 20    |
            | 2024-10-10 | 1                 | 23    |
            | 2024-10-10 | 2                 | 17    |
            | 2024-11-10 | 1                 | 18    |
            | 2024-11-10 | 2                 | 22    |
            | 2024-12-10 | 1                 | 20    |
            | 2024-12-10 | 2                 | 20    |
            | 2025-01-10 | 1                 | 34    |
            | 2025-01-10 | 2                 | 6     |
        """,
        question=OverTime(of=Share(Where("adherence_to_plan", ("1",)), by=MONTHLY), chart=Chart.CONTROL, baseline=12),
        expected="""
            | month:end_date | value | part | whole | centre | low    | high   | beyond_limits |
            | 2024-05        | 0.55  | 22   | 40    | 0.4935 | 0.2564 | 0.7307 |               |
            | 2024-06        | 0.5   | 10   | 20    | 0.4935 | 0.1581 | 0.8289 |               |
            | 2025-01        | 0.85  | 34   | 40    | 0.4935 | 0.2564 | 0.7307 | 1             |
        """,
    ),
    Case(
        title="En kapad månad deltar inte",
        text="Perioden slutar den 15 januari. Januaris sex är få för att månaden är halv, inte för att något hänt.",
        table="""
            | end_date   | times |
            | 2024-01-10 | 18    |
            | 2024-02-10 | 22    |
            | 2024-03-10 | 20    |
            | 2024-04-10 | 17    |
            | 2024-05-10 | 21    |
            | 2024-06-10 | 19    |
            | 2024-07-10 | 23    |
            | 2024-08-10 | 20    |
            | 2024-09-10 | 18    |
            | 2024-10-10 | 22    |
            | 2024-11-10 | 19    |
            | 2024-12-10 | 21    |
            | 2025-01-10 | 6     |
        """,
        question=OverTime(
            of=Count(Selection(period=Period.parse("2024-01-01..2025-01-15"), event="end_date"), by=MONTHLY),
            chart=Chart.CONTROL,
        ),
        expected="""
            | month:end_date | value | centre | beyond_limits |
            | 2024-12        | 21    | 20     |               |
            | 2025-01        | 6     |        |               |
        """,
    ),
    Case(
        title="För få punkter för gränser",
        table="""
            | end_date   | times |
            | 2024-01-10 | 18    |
            | 2024-02-10 | 22    |
            | 2024-03-10 | 50    |
        """,
        question=OverTime(of=Count(by=MONTHLY), chart=Chart.CONTROL),
        expected="""
            | month:end_date | value | centre | low | high | beyond_limits |
            | 2024-01        | 18    |        |     |      |               |
            | 2024-03        | 50    |        |     |      |               |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_control_charts(case, answers):
    answers(case)
