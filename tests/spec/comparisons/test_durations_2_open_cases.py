"""Tider i grupper, när något pågår.

Medianen av det som har avslutats jämförs aldrig när något kan pågå: den grupp där mest pågår ser då snabbast ut.
`median` är här Kaplan–Meiers, med dem som pågår rätt räknade, och dess intervall är det som R:s `survfit` ger.
Skillnadens intervall sätts ihop av gruppernas egna, och `p` är log-rank-testets. Har en grupp inte nått sin median
finns ingen skillnad att säga, och då är det p ensamt som avgör om tiderna skiljer sig. Medelvärden finns inte för det
som pågår.

Med gränser i dagar (`within`) jämförs också andelarna inom dem, var och en med p och omdöme för sig. Alla p i tabellen
rättas tillsammans. Här är ögonblicksbildens dag 2025-12-31. I handboken: *Skillnad i tid när något ännu pågår*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Duration

BY_SEX = Duration("start_date", "end_date", by=("legal_sex",), within=(30,))

CASES = [
    Case(
        title="Lika bland de avslutade, olika i verkligheten",
        text="De avslutade tog lika lång tid: medianen är 40 dagar för båda. Men 60 av männens insatser pågår sedan "
        "100 dagar.",
        table="""
            | legal_sex | start_date | end_date   | times |
            | 1         | 2025-01-01 | 2025-01-11 | 15    |
            | 1         | 2025-01-01 | 2025-01-21 | 15    |
            | 1         | 2025-01-01 | 2025-01-31 | 15    |
            | 1         | 2025-01-01 | 2025-02-10 | 15    |
            | 1         | 2025-01-01 | 2025-02-20 | 15    |
            | 1         | 2025-01-01 | 2025-03-02 | 15    |
            | 1         | 2025-01-01 | 2025-03-12 | 15    |
            | 2         | 2025-01-01 | 2025-01-11 | 15    |
            | 2         | 2025-01-01 | 2025-01-21 | 15    |
            | 2         | 2025-01-01 | 2025-01-31 | 15    |
            | 2         | 2025-01-01 | 2025-02-10 | 15    |
            | 2         | 2025-01-01 | 2025-02-20 | 15    |
            | 2         | 2025-01-01 | 2025-03-02 | 15    |
            | 2         | 2025-01-01 | 2025-03-12 | 15    |
            | 2         | 2025-09-22 |            | 60    |
        """,
        question=Comparison(of=BY_SEX),
        expected="""
            | legal_sex | whole | open | median | difference | difference_low | difference_high | p | verdict |
            | 1         | 105   | 0    | 40     | -20        | -35            | -5              | 0 | 0       |
            | 2         | 165   | 60   | 60     |            |                |                 |   |         |
        """,
        left_out={"open": 60},
    ),
    Case(
        title="Inom en gräns, innan medianen är nådd",
        text="Bara 18 av männens 58 insatser har avslutats: de har ingen median än. Att tiderna skiljer sig säger p "
        "(under ett på tiotusen), och hur mycket säger andelen inom 30 dagar.",
        table="""
            | legal_sex | start_date | end_date   | times |
            | 1         | 2025-01-01 | 2025-01-21 | 30    |
            | 1         | 2025-01-01 | 2025-02-20 | 12    |
            | 2         | 2025-01-01 | 2025-01-21 | 18    |
            | 2         | 2025-09-22 |            | 40    |
        """,
        question=Comparison(of=BY_SEX),
        expected="""
            | legal_sex | median | difference | p | verdict | within_30 | within_30_difference | within_30_verdict |
            | 1         | 20     |            | 0 | 0       | 0.7143    | 0.404                | 0                 |
            | 2         |        |            |   |         | 0.3103    |                      |                   |
        """,
        left_out={"open": 40},
    ),
    Case(
        title="Få pågående döljer sin grupp",
        text="Tre pågår hos männen. Antalet döljs, och med det allt som räknas av det. I en tabell över två kön måste "
        "då också kvinnornas döljas.",
        table="""
            | legal_sex | start_date | end_date   | times |
            | 1         | 2025-01-01 | 2025-01-21 | 30    |
            | 1         | 2025-12-01 |            | 20    |
            | 2         | 2025-01-01 | 2025-02-20 | 30    |
            | 2         | 2025-09-22 |            | 3     |
        """,
        question=Comparison(of=Duration("start_date", "end_date", by=("legal_sex",))),
        expected="""
            | legal_sex | whole | open | median | difference | p  | verdict |
            | 1         | ..    | ..   | ..     | ..         | .. | ..      |
            | 2         | ..    | ..   | ..     |            |    |         |
            | *         | 83    | 23   | 50     |            |    |         |
        """,
        left_out={"open": 23},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_open_cases(case, answers):
    answers(case)
