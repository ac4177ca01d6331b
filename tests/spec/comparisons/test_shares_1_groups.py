"""Andelar i grupper som skiljer sig åt.

Varje grupp jämförs med alla andra tillsammans, eller med en som frågan anger (`against`). Av två grupper jämförs den
första med den andra: det omvända vore samma jämförelse en gång till. `difference` är gruppens andel minus den andras
(−1 till 1) med Newcombes intervall, `ratio` den ena genom den andra med Koopmans. `p` är som det är; `verdict` är
rättat för hur många jämförelser tabellen gör (Benjamini–Hochberg). `seen` är den minsta skillnad som hade synts i
åtta fall av tio.

Frågan ställs till de rader vars grupp och utfall är kända. `left_out` säger hur många som faller bort för att ingen
vet utfallet (`no_outcome`), och av de andra för att ingen vet gruppen (`no_group`). Är något av talen 1–4 döljs båda:
de summerar till ett tal som står i andra tabeller. I handboken: *Skillnad mellan två andelar*, *Kvot*, *Omdömet*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Share, Where

DONE = Share(Where("adherence_to_plan", ("1",)), by=("legal_sex",))
IN_UNITS = Share(Where("adherence_to_plan", ("1",)), by=("unit",))

CASES = [
    Case(
        title="Kvinnor mot män",
        text="Av 200 kvinnor har 120 följt planen, av 200 män 90.",
        table="""
            | legal_sex | adherence_to_plan | times |
            | 1         | 1                 | 120   |
            | 1         | 2                 | 80    |
            | 2         | 1                 | 90    |
            | 2         | 3                 | 110   |
        """,
        question=Comparison(of=DONE),
        expected="""
            | legal_sex | part | whole | difference | difference_low | difference_high | p      | seen   | verdict |
            | 1         | 120  | 200   | 0.15       | 0.0521         | 0.2439          | 0.0027 | 0.1391 | 0       |
            | 2         | 90   | 200   |            |                |                 |        |        |         |
            | *         | 210  | 400   |            |                |                 |        |        |         |
        """,
    ),
    Case(
        title="Varje enhet mot alla andra",
        text="Norr (60 av 100) jämförs med Söder och Väster tillsammans (110 av 300). De femton utan enhet är "
        "inte med.",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 60    |
            | A    | 2                 | 40    |
            | B    | 1                 | 50    |
            | B    | 2                 | 100   |
            | C    | 1                 | 60    |
            | C    | 2                 | 90    |
            |      | 1                 | 6     |
            |      | 2                 | 9     |
        """,
        question=Comparison(of=IN_UNITS),
        expected="""
            | unit | part | whole | difference | difference_low | difference_high | p        | verdict |
            | A    | 60   | 100   | 0.2333     | 0.1205         | 0.3381          | 0.000044 | 0       |
            | B    | 50   | 150   | -0.1467    | -0.2404        | -0.0469         | 0.0041   | 0       |
            | C    | 60   | 150   | -0.04      | -0.1373        | 0.0601          | 0.4334   | 2       |
            | *    | 170  | 400   |            |                |                 |          |         |
        """,
        left_out={"no_group": 15},
    ),
    Case(
        title="Många utan uppgift",
        text="Fyrtio har ingen uppgift om planen. De är varken i andelen eller i jämförelsen, och svaret säger det.",
        table="""
            | legal_sex | adherence_to_plan | times |
            | 1         | 1                 | 60    |
            | 1         | 2                 | 40    |
            | 1         |                   | 25    |
            | 2         | 1                 | 45    |
            | 2         | 2                 | 55    |
            | 2         |                   | 15    |
        """,
        question=Comparison(of=DONE),
        expected="""
            | legal_sex | part | whole | difference |
            | 1         | 60   | 100   | 0.15       |
            | 2         | 45   | 100   |            |
        """,
        left_out={"no_outcome": 40},
    ),
    Case(
        title="Några få utan uppgift",
        text="Tre har ingen uppgift om kön och två ingen om planen. De döljer inget av jämförelsen: den ställs till de "
        "andra. Hur många de är sägs inte.",
        table="""
            | legal_sex | adherence_to_plan | times |
            | 1         | 1                 | 60    |
            | 1         | 2                 | 40    |
            | 1         |                   | 2     |
            | 2         | 1                 | 45    |
            | 2         | 2                 | 55    |
            |           | 1                 | 3     |
        """,
        question=Comparison(of=DONE),
        expected="""
            | legal_sex | part | whole | difference |
            | 1         | 60   | 100   | 0.15       |
            | 2         | 45   | 100   |            |
            | *         | 105  | 200   |            |
        """,
        left_out={"no_outcome": None, "no_group": None},
    ),
    Case(
        title="Alla enheter mot en",
        text="Frågan anger Söder. Den jämförs inte med sig själv.",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 60    |
            | A    | 2                 | 40    |
            | B    | 1                 | 50    |
            | B    | 2                 | 100   |
            | C    | 1                 | 60    |
            | C    | 2                 | 90    |
        """,
        question=Comparison(of=IN_UNITS, against="B"),
        expected="""
            | unit | share  | difference | ratio | ratio_low | ratio_high | verdict |
            | A    | 0.6    | 0.2667     | 1.8   | 1.3659    | 2.3808     | 0       |
            | B    | 0.3333 |            |       |           |            |         |
            | C    | 0.4    | 0.0667     | 1.2   | 0.8912    | 1.6214     | 2       |
        """,
    ),
    Case(
        title="En dold grupp, och en som ingen är i",
        text="Söder är fyra, och dess tal döljs. Ett tal till måste döljas, och det blir Norrs. Väster kan "
        "ändå jämföras med alla andra, för alla minus Väster är ett tal som visas.",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 30    |
            | A    | 2                 | 20    |
            | B    | 1                 | 3     |
            | B    | 2                 | 1     |
            | C    | 1                 | 40    |
            | C    | 2                 | 60    |
        """,
        question=Comparison(of=IN_UNITS),
        expected="""
            | unit | part | whole | share  | difference | p      | verdict |
            | A    | ..   | ..    | ..     | ..         | ..     | ..      |
            | B    | ..   | ..    | ..     | ..         | ..     | ..      |
            | C    | 40   | 100   | 0.4    | -0.2111    | 0.0123 | 0       |
            | *    | 73   | 154   | 0.4740 |            |        |         |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_groups(case, answers):
    answers(case)
