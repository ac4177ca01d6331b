"""Trattdiagram.

Varje enhets andel bredvid de gränser som slumpen håller en enhet av dess storlek inom: de inre 95 procent, de yttre
99,8. `placing` är läget: 0 under den yttre gränsen, 1 under den inre, 2 inom, 3 över den inre, 4 över den yttre. På
raden `*` står mittlinjen (`target`: deras gemensamma andel, eller frågans mål), hur mycket enheterna varierar mot vad
slumpen ger (`spread`), och hur många gånger gränserna är vidgade för det (`widened`). I handboken: *Trattdiagram*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Funnel
from skillnad.analysis.questions import Share, Where

IN_UNITS = Share(Where("adherence_to_plan", ("1",)), by=("unit",))

CASES = [
    Case(
        title="Små enheter har vida gränser",
        text="Väster (20) har lägst andel, och är inom gränserna: de är vida för så få. De tio utan enhet är inte med.",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 210   |
            | A    | 2                 | 190   |
            | B    | 1                 | 52    |
            | B    | 2                 | 48    |
            | C    | 1                 | 8     |
            | C    | 2                 | 12    |
            |      | 1                 | 10    |
        """,
        question=Funnel(of=IN_UNITS),
        expected="""
            | unit | whole | share  | inner_low | inner_high | outer_low | outer_high | placing | target | widened |
            | A    | 400   | 0.525  | 0.47      | 0.5675     | 0.4425    | 0.595      | 2       |        |         |
            | B    | 100   | 0.52   | 0.42      | 0.62       | 0.37      | 0.67       | 2       |        |         |
            | C    | 20    | 0.4    | 0.3       | 0.75       | 0.2       | 0.85       | 2       |        |         |
            | *    | 520   | 0.5192 |           |            |           |            |         | 0.5192 | 1       |
        """,
        left_out={"no_group": 10},
    ),
    Case(
        title="Ett mål i stället för det gemensamma",
        text="Mot målet 60 procent är Norr under den inre gränsen men inte den yttre.",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 210   |
            | A    | 2                 | 190   |
            | B    | 1                 | 59    |
            | B    | 2                 | 41    |
            | C    | 1                 | 12    |
            | C    | 2                 | 8     |
        """,
        question=Funnel(of=IN_UNITS, target=0.6),
        expected="""
            | unit | inner_low | inner_high | placing | target | spread | widened |
            | A    | 0.5525    | 0.6475     | 1       |        |        |         |
            | B    | 0.5       | 0.69       | 2       |        |        |         |
            | C    | 0.4       | 0.8        | 2       |        |        |         |
            | *    |           |            |         | 0.6    | 2.0817 | 1       |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_limits(case, answers):
    answers(case)
