"""Tider justerade för bakgrund.

En jämförelse av tider med `adjusted_for` gäller andelen som är *klar inom en gräns*, med samma mått som andra justerade
andelar: `share` som den är, och `adjusted` som den vore med allas bakgrund. En större andel är en kortare tid.
Gränsen är en av 7, 14, 30, 60, 90, 120, 180, 365 och 730 dagar (`within`). Anges ingen är den medianen för alla, i
hela dagar. Den står som `limit` på raden för alla.

Pågår något före gränsen räknas det rätt: varje rad får sin egen del av andelen i gruppens Kaplan–Meier-kurva (en
pseudo-observation), och modellen gäller dem. Det som krävs för att något ska visas står i *Justerade tider* i
[skyddet](../protection.md). Här är ögonblicksbildens dag 2025-12-31. I handboken: *Justerade tider*.
"""

from itertools import product

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Duration

WITHIN = Duration("start_date", "end_date", by=("legal_sex",), within=(30,))
MEDIAN = Duration("start_date", "end_date", by=("legal_sex",))


def rows(*times: int) -> str:
    """So many of each sex, with each problem, that took 20 days and 100 days."""
    kinds = product("12", "12", ("2025-01-21", "2025-04-11"))
    lines = [
        f"| {sex:9} | {problem:7} | 2025-01-01 | {end} | {many:<5} |"
        for (sex, problem, end), many in zip(kinds, times, strict=True)
    ]
    return "\n".join(("| legal_sex | problem | start_date | end_date   | times |", *lines))


ROWS = rows(160, 40, 20, 80, 80, 20, 40, 160)
STILL_OPEN = """
| 2         | 1       | 2025-12-21 |            | 15    |
| 2         | 2       | 2025-12-21 |            | 30    |
"""

CASES = [
    Case(
        title="Problemet tar tid, inte könet",
        text="Åtta av tio är klara inom 30 dagar vid problem 1 och två av tio vid problem 2, kvinnors som mäns. "
        "Kvinnor har oftare problem 1: av skillnaden på 20 procentenheter är inget kvar.",
        table=ROWS,
        question=Comparison(of=WITHIN, adjusted_for=("problem",)),
        expected="""
            | legal_sex | limit | share | difference | verdict | adjusted | adjusted_difference | adjusted_verdict |
            | 1         |       | 0.6   | 0.2        | 0       | 0.5      | 0                   | 2                |
            | 2         |       | 0.4   |            |         | 0.5      |                     |                  |
            | *         | 30    | 0.5   |            |         |          |                     |                  |
        """,
    ),
    Case(
        title="Utan gräns: inom medianen för alla",
        text="Medianen för alla är 60 dagar, mitt emellan 20 och 100. Den gränsen väljer ingen.",
        table=ROWS,
        question=Comparison(of=MEDIAN, adjusted_for=("problem",)),
        expected="""
            | legal_sex | limit | share | adjusted | adjusted_difference |
            | 1         |       | 0.6   | 0.5      | 0                   |
            | 2         |       | 0.4   | 0.5      |                     |
            | *         | 60    | 0.5   |          |                     |
        """,
    ),
    Case(
        title="En del pågår före gränsen",
        text="Som ovan, men 45 av männens började för tio dagar sedan. De är varken klara eller sena, och räknas "
        "inte som om de vore endera.",
        table=ROWS + STILL_OPEN,
        question=Comparison(of=WITHIN, adjusted_for=("problem",)),
        expected="""
            | legal_sex | whole | open | share | difference | adjusted | adjusted_difference |
            | 1         | 300   | 0    | 0.6   | 0.2        | 0.493    | 0                   |
            | 2         | 345   | 45   | 0.4   |            | 0.493    |                     |
        """,
        left_out={"open": 45},
    ),
    Case(
        title="För få i varje del",
        text="Bara fyra med problem 2 blev klara inom 30 dagar. Då läggs problem 2 ihop med problem 1, och inget är "
        "kvar att justera för.",
        table=rows(60, 40, 2, 30, 80, 20, 2, 20),
        question=Comparison(of=WITHIN, adjusted_for=("problem",)),
        expected="""
            | legal_sex | share  | difference | adjusted | adjusted_difference |
            | 1         | 0.4697 | -0.202     |          |                     |
            | 2         | 0.6721 |            |          |                     |
        """,
        left_out={"thin_background": 254},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_adjusted_times(case, answers):
    answers(case)
