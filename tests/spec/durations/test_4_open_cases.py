"""Med dem som pågår.

Medianen av det som har avslutats är för kort: de långa tiderna pågår ännu. Den som pågår har hållit på till och med
ögonblicksbildens dag, och kanske mycket längre. Kaplan och Meier (1958) räknar med det: för varje dag tas hur många som
var kvar strax före den, och hur stor del av dem som avslutades då. `km_median` är den första dag då minst hälften har
avslutats; är det exakt hälften under en sträcka, är den mitt på sträckan (som i R). Har för få avslutats finns inget
svar än.

Det som *pågick* någon dag i en period är ett urval där det långa är med oftare: det korta hann sluta dessförinnan och
syns inte. Därför räknas en sådan rad som kvar först från det antal dagar som den hade varat när perioden började (sen
inträdestid, ”left truncation”). De vanliga måtten räknar varje rad från början, och är för långa.

Här är ögonblicksbildens dag 2025-12-31. De vanliga måtten står bredvid, utan dem som pågår.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import ONGOING, Duration, Selection
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

CASES = [
    Case(
        title="Medianen flyttas av det som pågår",
        text="Två slutade efter 10 och 20 dagar, två pågår sedan 30 dagar. Hälften har alltså avslutats från dag 20 "
        "till och med dag 30: mitt emellan är 25. Övre kvartilen kan ingen säga än.",
        table="""
            | start_date | end_date   |
            | 2025-11-01 | 2025-11-11 |
            | 2025-11-01 | 2025-11-21 |
            | 2025-12-01 |            |
            | 2025-12-01 |            |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | open | median | km_q1 | km_median | km_q3 |
            | 2     | 2    | 15     | 15    | 25        |       |
        """,
        left_out={"open": 2},
    ),
    Case(
        title="Den som pågår räknas så länge den följts",
        text="En slutar dag 10, en pågår sedan 15 dagar, en slutar dag 20. Dag 20 är bara en kvar: då har alla "
        "avslutats.",
        table="""
            | start_date | end_date   |
            | 2025-11-01 | 2025-11-11 |
            | 2025-12-16 |            |
            | 2025-11-01 | 2025-11-21 |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | open | km_q1 | km_median | km_q3 | km_p90 |
            | 2     | 1    | 10    | 20        | 20    | 20     |
        """,
        left_out={"open": 1},
    ),
    Case(
        title="Det som börjar efter ögonblicksbildens dag",
        text="Det har inte pågått någon dag, och står utanför.",
        table="""
            | start_date | end_date   |
            | 2025-12-01 | 2025-12-11 |
            | 2026-01-15 |            |
        """,
        question=Duration("start_date", "end_date"),
        expected="""
            | count | open | km_median |
            | 1     | 0    | 10        |
        """,
        left_out={"not_begun": 1},
    ),
    Case(
        title="Det som redan pågick när perioden började",
        text="Tre började i december och slutade dag 2, 4 och 10. En hade varat 10 dagar när december började och "
        "slutade dag 15; en hade varat 30 dagar och pågår. Dag 2 är tre kvar av dem som syns, dag 4 två: efter den "
        "pågår en tredjedel. Dag 10 har den fjärde kommit till. Den som slutade i november är inte med. Räknade från "
        "början vore medianen 10.",
        table="""
            | start_date | end_date   |
            | 2025-12-01 | 2025-12-03 |
            | 2025-12-10 | 2025-12-14 |
            | 2025-12-05 | 2025-12-15 |
            | 2025-11-21 | 2025-12-06 |
            | 2025-11-01 |            |
            | 2025-11-01 | 2025-11-20 |
        """,
        question=Duration(
            "start_date", "end_date", Selection(period=Period.parse("2025-12"), event=ONGOING), within=(3,)
        ),
        expected="""
            | count | open | median | km_median | km_q3 | within_3           |
            | 4     | 1    | 7      | 4         | 10    | 0.3333333333333333 |
        """,
        left_out={"open": 1},
    ),
    Case(
        title="Det som nåddes innan det kunde synas",
        text="Ärendet som beslutades i november var öppet i december, men beslutstiden var redan slut: andra som tog "
        "lika lång tid och stängdes då är inte med. Det räknas aldrig som kvar, men är med i antalet och det vanliga "
        "måttet.",
        table="""
            | intake_date | decision_date | closed_date |
            | 2025-11-01  | 2025-11-11    | 2025-12-20  |
            | 2025-12-01  | 2025-12-21    |             |
        """,
        question=Duration(
            "intake_date",
            "decision_date",
            Selection(Population.CASES, Period.parse("2025-12"), ONGOING),
        ),
        expected="""
            | count | open | median | km_median |
            | 2     | 0    | 15     | 20        |
        """,
    ),
    Case(
        title="Det som pågick någon dag i perioden",
        text="Med `ongoing` är både det som har avslutats och det som pågår med.",
        table="""
            | unit | start_date | end_date   |
            | A    | 2025-01-01 | 2025-01-11 |
            | A    | 2025-12-11 |            |
            | B    | 2025-12-01 |            |
            | B    | 2024-01-01 | 2024-02-01 |
        """,
        question=Duration(
            "start_date", "end_date", Selection(period=Period.parse("2025"), event=ONGOING), by=("unit",)
        ),
        expected="""
            | unit | count | open | km_median |
            | A    | 1     | 1    | 15        |
            | B    | 0     | 1    |           |
            | *    | 1     | 2    |           |
        """,
        left_out={"open": 2},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_open_cases(case, answers):
    answers(case)
