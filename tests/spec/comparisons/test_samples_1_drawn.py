"""Urval: vad de valda säger om alla.

Är raderna ett urval säger `drawn` hur de valdes, och hur många de är dragna ur: alla tillsammans (`of_all`), eller
varje grupp för sig (`of_each`) där det lottades i varje grupp. Talen gäller då alla, inte bara de dragna: ju större del
av alla som är med, desto säkrare. `effective` är så många svar ur en oändligt stor befolkning som andelen är värd.
Drogs varje grupp för sig är alla tillsammans, och övriga, vägda efter hur många varje grupp har; `part` och `whole` är
alltid de rader som finns.

Den som saknar uppgift om utfallet räknas som om den inte hade dragits. Är alla tillfrågade (`Chosen.EVERYONE`) är det
de som är det osäkra; har alla svarat finns inget intervall, inget p och inget utfall, för att ingenting är osäkert.

Är raderna inte dragna med lott (`FIRST_MET`, `BY_HAND`, `THEMSELVES`) finns inget av det: hur långt de ligger från de
andra går inte att räkna ut, och talen gäller bara dem. Ett urval räknas för andelar utan justering. I handboken: *Urval
och svar*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Comparison, Drawn
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import Share, Where

BY_UNIT = Share(Where("adherence_to_plan", ("1",)), by=("unit",))
ANSWERS = """
    | unit | adherence_to_plan | times |
    | A    | 1                 | 30    |
    | A    | 2                 | 20    |
    | B    | 1                 | 18    |
    | B    | 2                 | 32    |
    | C    | 1                 | 25    |
    | C    | 2                 | 15    |
"""

CASES = [
    Case(
        title="140 lottade av 900",
        text="Grupperna är delar av ett och samma urval. Hundrafyrtio svar av niohundra gör A:s 50 svar värda 59.",
        table=ANSWERS,
        question=Comparison(of=BY_UNIT, against="B", drawn=Drawn(Chosen.BY_LOT, of_all=900)),
        expected="""
            | unit | part | whole | share  | share_low | share_high | effective | difference | p      | verdict |
            | A    | 30   | 50    | 0.6    | 0.4724    | 0.7154     | 59        | 0.24       | 0.0092 | 0       |
            | B    | 18   | 50    | 0.36   | 0.2494    | 0.4878     | 59        |            |        |         |
            | C    | 25   | 40    | 0.625  | 0.4822    | 0.7489     | 47        | 0.265      | 0.0067 | 0       |
            | *    | 73   | 140   | 0.5214 | 0.4455    | 0.5964     | 165       |            |        |         |
        """,
    ),
    Case(
        title="Varje enhet dragen för sig",
        text="I B är 50 av 80 med, i C 40 av 2 500. Var och en väger så mycket som den är stor: av alla tillsammans är "
        "andelen (700 · 0,6 + 80 · 0,36 + 2 500 · 0,625) / 3 280 = 0,6132, inte 73 av 140.",
        table=ANSWERS,
        question=Comparison(of=BY_UNIT, drawn=Drawn(Chosen.BY_LOT, of_each=(("A", 700), ("B", 80), ("C", 2500)))),
        expected="""
            | unit | share  | effective | difference |
            | A    | 0.6    | 53        | -0.0168    |
            | B    | 0.36   | 131       | -0.2595    |
            | C    | 0.625  | 40        | 0.0496     |
            | *    | 0.6132 | 65        |            |
        """,
    ),
    Case(
        title="Alla tillfrågade, och några svarade inte",
        text="Tjugo av hundra är tysta. Intervallet är för dem.",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 30    |
            | A    | 2                 | 10    |
            | A    |                   | 10    |
            | B    | 1                 | 16    |
            | B    | 2                 | 24    |
            | B    |                   | 10    |
        """,
        question=Comparison(of=BY_UNIT, against="B", drawn=Drawn(Chosen.EVERYONE)),
        expected="""
            | unit | share | effective | difference | verdict |
            | A    | 0.75  | 198       | 0.35       | 0       |
            | B    | 0.4   | 198       |            |         |
        """,
        left_out={"no_outcome": 20},
    ),
    Case(
        title="De första som kom",
        text="Samma svar som i det första fallet, och inget sägs om de 760 andra.",
        table=ANSWERS,
        question=Comparison(of=BY_UNIT, against="B", drawn=Drawn(Chosen.FIRST_MET)),
        expected="""
            | unit | part | whole | share  | difference |
            | A    | 30   | 50    | 0.6    | 0.24       |
            | B    | 18   | 50    | 0.36   |            |
            | C    | 25   | 40    | 0.625  | 0.265      |
            | *    | 73   | 140   | 0.5214 |            |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_samples(case, answers):
    answers(case)
