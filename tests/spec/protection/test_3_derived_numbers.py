"""Andelar, tider och summor.

Ett tal som räknats ur antal är lika känsligt som antalen. En andel visas där både täljare och nämnare visas. Är
nämnaren inte känd, för att ett ”Uppgift saknas” är en lucka, visas andelen i hela procent om alla tänkbara nämnare ger
samma. En median, kvartil eller 90:e percentil visas bara där minst fem rader ligger på var sida om den, och en summa
bara där minst fem personer står bakom den och ingen av dem har mer än hälften.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import ONGOING, CrossTable, Duration, Percent, Selection, Share, Sum, Where
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

CASES = [
    Case(
        title="Andelen döljs när få har egenskapen, och när få saknar den",
        table="""
            | unit | legal_sex | times |
            | A    | 1         | 3     |
            | A    | 2         | 40    |
            | B    | 1         | 38    |
            | B    | 2         | 3     |
            | C    | 1         | 30    |
            | C    | 2         | 20    |
        """,
        question=Share(of=Where("legal_sex", ("1",)), by=("unit",)),
        expected="""
            | share:legal_sex | unit | share |
            | yes             | A    | ..    |
            | yes             | B    | ..    |
            | yes             | C    | 0.6   |
        """,
    ),
    Case(
        title="Andelen står kvar intill en lucka när den ändå är given",
        text="Problem saknas på tre rader i A och fyra i B, sju tillsammans: läsaren vet att var lucka är 1 till 6. Då "
        "har A 977 till 982 rader med uppgift. 200 av dem är 20 procent hur det än är, men 800 kan vara 81 eller 82. "
        "I C är nämnaren känd, och andelen är inte avrundad.",
        table="""
            | unit | problem | times |
            | A    | 1       | 180   |
            | A    | 1;2     | 20    |
            | A    | 2       | 780   |
            | A    |         | 3     |
            | B    | 1       | 50    |
            | B    | 1;2     | 10    |
            | B    | 2;3     | 40    |
            | B    |         | 4     |
            | C    | 1       | 30    |
            | C    | 2       | 50    |
            | C    |         | 12    |
        """,
        question=CrossTable(rows="problem", columns="unit", percent=Percent.COLUMNS),
        expected="""
            | problem | unit | count | share |
            |         | A    | ..    |       |
            |         | B    | ..    |       |
            |         | C    | 12    |       |
            |         | *    | 19    |       |
            | 1       | A    | 200   | 0.2   |
            | 2       | A    | 800   | ..    |
            | 1       | B    | 60    | ..    |
            | 1       | C    | 30    | 0.375 |
        """,
    ),
    Case(
        title="Medianen kräver tio",
        text="Antalet nio visas, men ingen median.",
        table="""
            | unit | start_date | end_date   | times |
            | A    | 2025-01-01 | 2025-01-11 | 9     |
            | B    | 2025-01-01 | 2025-01-21 | 10    |
        """,
        question=Duration(start="start_date", end="end_date", by=("unit",)),
        expected="""
            | unit | count | median |
            | A    | 9     | ..     |
            | B    | 10    | 20     |
            | C    | 0     |        |
        """,
    ),
    Case(
        title="Kvartiler kräver tjugo, och 90:e percentilen femtio",
        text="Så att minst fem rader ligger på var sida. Av 49 ligger 90:e percentilen intill den femte längsta, och "
        "bara fyra är längre. Den längsta raden i C är ingen del av det som visas.",
        table="""
            | unit | start_date | end_date   | times |
            | A    | 2025-01-01 | 2025-01-11 | 19    |
            | B    | 2025-01-01 | 2025-01-21 | 49    |
            | C    | 2025-01-01 | 2025-01-31 | 49    |
            | C    | 2025-01-01 | 2025-12-01 | 1     |
        """,
        question=Duration(start="start_date", end="end_date", by=("unit",)),
        expected="""
            | unit | count | q1 | median | q3 | p90 | km_q1 | km_median | km_q3 | km_p90 |
            | A    | 19    | .. | 10     | .. | ..  | ..    | 10        | ..    | ..     |
            | B    | 49    | 20 | 20     | 20 | ..  | 20    | 20        | 20    | ..     |
            | C    | 50    | 30 | 30     | 30 | 30  | 30    | 30        | 30    | 30     |
        """,
    ),
    Case(
        title="Tiden för det som pågick kräver att tillräckligt många sågs från början",
        text="I A pågick fyrtio när december började, och de tre första dagarna syns ingen: hur många som slutade då "
        "vet ingen. I B började tio i december.",
        table="""
            | unit | start_date | end_date   | times |
            | A    | 2025-11-28 | 2025-12-11 | 40    |
            | B    | 2025-11-28 | 2025-12-11 | 40    |
            | B    | 2025-12-01 | 2025-12-11 | 10    |
        """,
        question=Duration(
            "start_date", "end_date", Selection(period=Period.parse("2025-12"), event=ONGOING), by=("unit",)
        ),
        expected="""
            | unit | count | median | km_median |
            | A    | 40    | 13     | ..        |
            | B    | 50    | 13     | 13        |
        """,
    ),
    Case(
        title="Andelen inom en gräns döljs när få hann före den, eller mellan två gränser",
        text="I A slutade 40 av 80 inom 30 dagar och tre till inom 60: skillnaden mellan andelarna skulle visa de tre. "
        "Då döljs andelen inom 60 dagar i A, och i en enhet till, annars följer den av totalen. Den inom 30 är given. "
        "Medianen är på en sida om gränsen, och döljs i samma enheter.",
        table="""
            | unit | start_date | end_date   | times |
            | A    | 2025-01-01 | 2025-01-11 | 40    |
            | A    | 2025-01-01 | 2025-02-15 | 3     |
            | A    | 2025-01-01 | 2025-06-01 | 37    |
            | B    | 2025-01-01 | 2025-01-11 | 60    |
            | B    | 2025-01-01 | 2025-02-15 | 20    |
            | B    | 2025-01-01 | 2025-06-01 | 20    |
            | C    | 2025-01-01 | 2025-01-11 | 25    |
            | C    | 2025-01-01 | 2025-02-15 | 25    |
            | C    | 2025-01-01 | 2025-06-01 | 50    |
        """,
        question=Duration(start="start_date", end="end_date", by=("unit",), within=(30, 60)),
        expected="""
            | unit | count | within_30 | within_60 | km_median |
            | A    | 80    | 0.5       | ..        | ..        |
            | B    | 100   | 0.6       | ..        | ..        |
            | C    | 100   | 0.25      | 0.5       | 98        |
        """,
    ),
    Case(
        title="En median med dem som pågår",
        text="I A pågår tre, så antalet är en lucka, och då alla mått som räknar med dem. I B har för få avslutats för "
        "en median; det säger en tom ruta. 90:e percentilen i C skulle vila på färre än fem rader.",
        table="""
            | unit | start_date | end_date   | times |
            | A    | 2025-01-01 | 2025-01-11 | 20    |
            | A    | 2025-12-01 |            | 3     |
            | B    | 2025-01-01 | 2025-01-11 | 10    |
            | B    | 2025-12-01 |            | 30    |
            | C    | 2025-01-01 | 2025-01-11 | 17    |
            | C    | 2025-01-01 | 2025-01-21 | 3     |
        """,
        question=Duration(start="start_date", end="end_date", by=("unit",)),
        expected="""
            | unit | count | median | open | km_median | km_p90 |
            | A    | 20    | 10     | ..   | ..        | ..     |
            | B    | 10    | 10     | ..   | ..        | ..     |
            | C    | 20    | 10     | 0    | 10        | ..     |
            | *    | 50    | 10     | 33   | 10        |        |
        """,
    ),
    Case(
        title="En person med mer än hälften",
        text="I enhet A har klient 1 det mesta av kostnaden: den som känner till sin egen kostnad skulle se de andras. "
        "En summa till döljs, annars följer den första av totalen.",
        table="""
            | unit | client | amount |
            | A    | 1      | 90000  |
            | A    | 2      | 1000   |
            | A    | 3      | 1000   |
            | A    | 4      | 1000   |
            | A    | 5      | 1000   |
            | B    | 6      | 20000  |
            | B    | 7      | 20000  |
            | B    | 8      | 20000  |
            | B    | 9      | 20000  |
            | B    | 10     | 20000  |
            | C    | 11     | 30000  |
            | C    | 12     | 30000  |
            | C    | 13     | 30000  |
            | C    | 14     | 30000  |
            | C    | 15     | 30000  |
        """,
        question=Sum(of="amount", selection=Selection(Population.COSTS), by=("unit",)),
        expected="""
            | unit | count | clients | sum    |
            | A    | 5     | 5       | ..     |
            | B    | 5     | 5       | ..     |
            | C    | 5     | 5       | 150000 |
            | *    | 15    | 15      | 344000 |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_derived_numbers(case, answers):
    answers(case)
