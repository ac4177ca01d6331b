"""Rangordning.

Enheter i ordning efter en andel, var och en med de platser den kan ha: `best` är en efter alla som visats vara högre,
`worst` en före alla som visats vara lägre. Paren prövas med Fishers exakta test och rättas tillsammans (Holm). En
enhet vars antal är dolda deltar inte, och platserna gäller bland dem som deltar. I handboken: *Rangordning med
intervall*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Ranking
from skillnad.analysis.questions import Share, Where

IN_UNITS = Share(Where("adherence_to_plan", ("1",)), by=("unit",))

CASES = [
    Case(
        title="Två som kan byta plats, och en som är sist",
        text="Norr har 62 procent och Söder 58, men skillnaden är inte större än slumpen ger. Väster är lägre än båda.",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 62    |
            | A    | 2                 | 38    |
            | B    | 1                 | 58    |
            | B    | 2                 | 42    |
            | C    | 1                 | 20    |
            | C    | 2                 | 80    |
        """,
        question=Ranking(of=IN_UNITS),
        expected="""
            | unit | share  | share_low | share_high | best | worst |
            | A    | 0.62   | 0.5221    | 0.7090     | 1    | 2     |
            | B    | 0.58   | 0.4821    | 0.6720     | 1    | 2     |
            | C    | 0.2    | 0.1334    | 0.2888     | 3    | 3     |
            | *    | 0.4667 | 0.4110    | 0.5232     |      |       |
        """,
    ),
    Case(
        title="Lägst först",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 80    |
            | A    | 2                 | 20    |
            | C    | 1                 | 20    |
            | C    | 2                 | 80    |
        """,
        question=Ranking(of=IN_UNITS, highest_first=False),
        expected="""
            | unit | best | worst |
            | A    | 2    | 2     |
            | B    |      |       |
            | C    | 1    | 1     |
        """,
    ),
    Case(
        title="Dolda enheter har ingen plats",
        text="Söders fyra är för få att visa, och Norrs tal döljs med dem. En enhet ensam har ingen plats.",
        table="""
            | unit | adherence_to_plan | times |
            | A    | 1                 | 30    |
            | A    | 2                 | 20    |
            | B    | 1                 | 3     |
            | B    | 2                 | 1     |
            | C    | 1                 | 40    |
            | C    | 2                 | 60    |
        """,
        question=Ranking(of=IN_UNITS),
        expected="""
            | unit | share | best | worst |
            | A    | ..    | ..   | ..    |
            | B    | ..    | ..   | ..    |
            | C    | 0.4   |      |       |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_places(case, answers):
    answers(case)
