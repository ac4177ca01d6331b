"""Andelar justerade för bakgrund: modell.

Med `adjusted_for` står bredvid de vanliga talen vad andelen skulle vara i varje grupp om den hade *allas* bakgrund
(`adjusted`), enligt en logistisk modell med grupp och bakgrund sida vid sida. `adjusted_difference` är skillnaden
mellan sådana andelar: mot den andra gruppen, eller mot medelvärdet av de andras efter hur många rader var och en har.
En uppgift med flera värden per rad är en ja/nej-uppgift för varje värde. Det som inte är registrerat är en egen nivå,
så att de justerade och de vanliga talen gäller samma rader.

Nivåer där färre än fem har utfallet, eller färre än fem inte har det, läggs ihop: åldrar och skalor med en granne (den
mindre), annat med det som är litet. Nivåer läggs också ihop där ett litet antal bakom modellens tal annars kunde räknas
ut: se *Justerade andelar* i [skyddet](../protection.md). Blir inget kvar av en av uppgifterna är modellen utan den, och
`left_out` säger vilken (`unused_background`). Blir inget alls kvar, eller har modellen ingen lösning, finns inga
justerade tal, och `left_out` säger varför. I handboken: *Justerade andelar*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.questions import Share, Where

BY_SEX = Share(Where("adherence_to_plan", ("1",)), by=("legal_sex",))
BY_UNIT = Share(Where("adherence_to_plan", ("1",)), by=("unit",))

CASES = [
    Case(
        title="Skillnaden var bakgrund",
        text="Åtta av tio följer planen vid problem 1 och två av tio vid problem 2, kvinnor som män. Kvinnor har "
        "oftare problem 1: därför är skillnaden 20 procentenheter som den är, och ingen med samma problem.",
        table="""
            | legal_sex | problem | adherence_to_plan | times |
            | 1         | 1       | 1                 | 160   |
            | 1         | 1       | 2                 | 40    |
            | 1         | 2       | 1                 | 20    |
            | 1         | 2       | 2                 | 80    |
            | 2         | 1       | 1                 | 80    |
            | 2         | 1       | 2                 | 20    |
            | 2         | 2       | 1                 | 40    |
            | 2         | 2       | 2                 | 160   |
        """,
        question=Comparison(of=BY_SEX, adjusted_for=("problem",)),
        expected="""
            | legal_sex | share | difference | verdict | adjusted | adjusted_difference | adjusted_verdict |
            | 1         | 0.6   | 0.2        | 0       | 0.5      | 0                   | 2                |
            | 2         | 0.4   |            |         | 0.5      |                     |                  |
        """,
    ),
    Case(
        title="Varje enhet mot de andra",
        text="Norr har samma andel i varje åldersgrupp som de andra, men fler unga. Av skillnaden på 11 "
        "procentenheter är inget kvar.",
        table="""
            | unit | age_group | adherence_to_plan | times |
            | A    | 13        | 1                 | 90    |
            | A    | 13        | 2                 | 60    |
            | A    | 21        | 1                 | 15    |
            | A    | 21        | 2                 | 35    |
            | B    | 13        | 1                 | 30    |
            | B    | 13        | 2                 | 20    |
            | B    | 21        | 1                 | 45    |
            | B    | 21        | 2                 | 105   |
            | C    | 13        | 1                 | 60    |
            | C    | 13        | 2                 | 40    |
            | C    | 21        | 1                 | 30    |
            | C    | 21        | 2                 | 70    |
        """,
        question=Comparison(of=BY_UNIT, adjusted_for=("age_group",)),
        expected="""
            | unit | difference | verdict | adjusted | adjusted_difference | adjusted_difference_low | adjusted_p |
            | A    | 0.1125     | 0       | 0.45     | 0                   | -0.086                  | 1          |
            | B    | -0.1125    | 0       | 0.45     | 0                   | -0.088                  | 1          |
            | C    | 0          | 2       | 0.45     | 0                   | -0.081                  | 1          |
        """,
    ),
    Case(
        title="För få i varje del",
        text="Bara fyra har problem 2 och har följt planen. Då läggs problem 2 ihop med problem 1, och inget är kvar "
        "att justera för.",
        table="""
            | legal_sex | problem | adherence_to_plan | times |
            | 1         | 1       | 1                 | 60    |
            | 1         | 1       | 2                 | 40    |
            | 1         | 2       | 1                 | 2     |
            | 1         | 2       | 2                 | 30    |
            | 2         | 1       | 1                 | 80    |
            | 2         | 1       | 2                 | 20    |
            | 2         | 2       | 1                 | 2     |
            | 2         | 2       | 2                 | 20    |
        """,
        question=Comparison(of=BY_SEX, adjusted_for=("problem",)),
        expected="""
            | legal_sex | part | whole | adjusted | adjusted_difference |
            | 1         | 62   | 132   |          |                     |
            | 2         | 82   | 122   |          |                     |
        """,
        left_out={"thin_background": 254},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_adjusted_by_a_model(case, answers):
    answers(case)
