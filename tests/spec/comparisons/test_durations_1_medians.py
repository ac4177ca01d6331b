"""Tider i grupper, när inget pågår.

Grupperna jämförs som andelar jämförs. `difference` är gruppens median minus den andras, i dagar, med Price och Bonetts
intervall; `ratio` är kvoten; `p` är mediantestets. Medelvärden står bredvid (`mean`, `mean_difference` med Welchs
intervall, `mean_ratio` med Fiellers) och avgör ingenting. En skillnad är värd att se när den är minst en tiondel av
medianen för alla, och minst sju dagar.

En grupp är med när den har minst tio rader, som för en median. Dagar har en decimal, och intervallets ändar hela dagar
när det är minst tio dagar brett. Ett medelvärde gånger antalet är en summa, och grupper som summeras avslöjar varandra:
därför visas medelvärden för alla grupper eller för ingen. I handboken: *Skillnad och kvot mellan medianer*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Duration, Selection
from skillnad.codebook.periods import Period

ENDED = Selection(period=Period.parse("2025"), event="end_date")

CASES = [
    Case(
        title="Kvinnors tider mot mäns",
        text="Kvinnornas insatser tar 10, 20, … 70 dagar, männens 20 dagar mer. Båda medelvärdena är mitt i.",
        table="""
            | legal_sex | start_date | end_date   | times |
            | 1         | 2025-01-01 | 2025-01-11 | 6     |
            | 1         | 2025-01-01 | 2025-01-21 | 6     |
            | 1         | 2025-01-01 | 2025-01-31 | 6     |
            | 1         | 2025-01-01 | 2025-02-10 | 6     |
            | 1         | 2025-01-01 | 2025-02-20 | 6     |
            | 1         | 2025-01-01 | 2025-03-02 | 6     |
            | 1         | 2025-01-01 | 2025-03-12 | 6     |
            | 2         | 2025-01-01 | 2025-01-31 | 6     |
            | 2         | 2025-01-01 | 2025-02-10 | 6     |
            | 2         | 2025-01-01 | 2025-02-20 | 6     |
            | 2         | 2025-01-01 | 2025-03-02 | 6     |
            | 2         | 2025-01-01 | 2025-03-12 | 6     |
            | 2         | 2025-01-01 | 2025-03-22 | 6     |
            | 2         | 2025-01-01 | 2025-04-01 | 6     |
        """,
        question=Comparison(of=Duration("start_date", "end_date", ENDED, by=("legal_sex",))),
        expected="""
            | legal_sex | whole | median | difference | difference_low | difference_high | p      | verdict |
            | 1         | 42    | 40     | -20        | -34            | -6              | 0.0082 | 0       |
            | 2         | 42    | 60     |            |                |                 |        |         |
            | *         | 84    | 50     |            |                |                 |        |         |
        """,
    ),
    Case(
        title="Samma fråga i medelvärden",
        text="Kvinnorna 40 dagar, männen 60. Intervallen är smalare, för att tiderna ligger jämnt: det gör de sällan.",
        table="""
            | legal_sex | start_date | end_date   | times |
            | 1         | 2025-01-01 | 2025-01-11 | 6     |
            | 1         | 2025-01-01 | 2025-02-10 | 30    |
            | 1         | 2025-01-01 | 2025-03-12 | 6     |
            | 2         | 2025-01-01 | 2025-01-31 | 6     |
            | 2         | 2025-01-01 | 2025-03-02 | 30    |
            | 2         | 2025-01-01 | 2025-04-01 | 6     |
        """,
        question=Comparison(of=Duration("start_date", "end_date", ENDED, by=("legal_sex",))),
        expected="""
            | legal_sex | mean | mean_difference | mean_difference_low | mean_difference_high | mean_ratio |
            | 1         | 40   | -20             | -27                 | -13                  | 0.67       |
            | 2         | 60   |                 |                     |                      |            |
        """,
    ),
    Case(
        title="Nio rader räcker inte till en median",
        text="Väster har nio. Antalet visas, men ingen median, ingen jämförelse, och inga medelvärden för någon: "
        "Västers skulle följa av de andras.",
        table="""
            | unit | start_date | end_date   | times |
            | A    | 2025-01-01 | 2025-01-11 | 10    |
            | A    | 2025-01-01 | 2025-01-31 | 10    |
            | B    | 2025-01-01 | 2025-01-11 | 10    |
            | B    | 2025-01-01 | 2025-01-31 | 10    |
            | C    | 2025-01-01 | 2025-01-31 | 9     |
        """,
        question=Comparison(of=Duration("start_date", "end_date", ENDED, by=("unit",))),
        expected="""
            | unit | whole | median | mean | difference | p      | verdict | mean_difference |
            | A    | 20    | 20     | ..   | -10        | 0.2774 | 2       | ..              |
            | C    | 9     | ..     | ..   | ..         | ..     | ..      | ..              |
            | *    | 49    | 30     | ..   |            |        |         |                 |
        """,
    ),
    Case(
        title="En rad med mer än hälften av dagarna",
        text="Nitton av männens insatser tog 5 dagar och en tog 200. Deras medelvärde vore nästan hans egna dagar, "
        "och kvinnornas skulle hjälpa till att räkna ut dem. Medianerna säger inget sådant.",
        table="""
            | legal_sex | start_date | end_date   | times |
            | 1         | 2025-01-01 | 2025-01-11 | 5     |
            | 1         | 2025-01-01 | 2025-01-21 | 5     |
            | 1         | 2025-01-01 | 2025-01-31 | 5     |
            | 1         | 2025-01-01 | 2025-02-10 | 5     |
            | 2         | 2025-01-01 | 2025-01-06 | 19    |
            | 2         | 2025-01-01 | 2025-07-20 | 1     |
        """,
        question=Comparison(of=Duration("start_date", "end_date", ENDED, by=("legal_sex",))),
        expected="""
            | legal_sex | whole | median | mean | difference | mean_difference | verdict |
            | 1         | 20    | 25     | ..   | 20         | ..              | 0       |
            | 2         | 20    | 5      | ..   |            |                 |         |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_medians(case, answers):
    answers(case)
