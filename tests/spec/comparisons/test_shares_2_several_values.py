"""Grupper som överlappar.

En rad kan ha flera problem. Då är grupperna inte skilda: var och en jämförs med de rader som *inte* har värdet, av
dem där uppgiften är känd. Två sådana grupper kan inte jämföras med varandra; frågan `against` avvisas (ASK-054).
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Share, Where

CASES = [
    Case(
        title="Med problemet mot utan",
        text="Problem 1 finns på 100 rader (40 + 20 med utfallet). De 120 andra där problemet är känt har det "
        "i 30 fall.",
        table="""
            | problem | adherence_to_plan | times |
            | 1       | 1                 | 40    |
            | 1       | 2                 | 20    |
            | 1;2     | 1                 | 20    |
            | 1;2     | 2                 | 20    |
            | 2       | 1                 | 30    |
            | 2       | 2                 | 90    |
            |         | 1                 | 50    |
        """,
        question=Comparison(of=Share(Where("adherence_to_plan", ("1",)), by=("problem",))),
        expected="""
            | problem | part | whole | difference | difference_low | difference_high | verdict |
            | 1       | 60   | 100   | 0.35       | 0.2207         | 0.4638          | 0       |
            | 2       | 50   | 160   | -0.3542    | -0.4794        | -0.2072         | 0       |
            | *       | 90   | 220   |            |                |                 |         |
        """,
        left_out={"no_group": 50},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_several_values(case, answers):
    answers(case)
