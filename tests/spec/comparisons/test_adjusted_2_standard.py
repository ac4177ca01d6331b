"""Andelar justerade för bakgrund: direkt standardisering.

Med `way=STANDARD` delas varje grupp efter bakgrunden, och delarna vägs ihop efter en standardpopulation: frågans vikter
(`standard`), eller alla raders egna. Varje grupp ska ha minst fem rader i varje del; annars justeras den inte, och
`thin_stratum` säger hur många rader det gäller. Rader som saknar en bakgrundsuppgift (`no_background`), eller som hör
till en del som standardpopulationen inte har (`outside_standard`), räknas inte med i de justerade talen.

En standardiserad andel visas i tiondels procentenheter, i hela procent, eller inte alls: så noga som går utan att ett
litet antal i någon del kan räknas ut. Se *Justerade andelar* i [skyddet](../protection.md). I handboken: *Direkt
standardiserad andel*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Adjusted, Comparison, Weight
from skillnad.analysis.questions import Share, Where

BY_SEX = Share(Where("adherence_to_plan", ("1",)), by=("legal_sex",))
STANDARD = (Weight(("13",), 250), Weight(("21",), 750))

CASES = [
    Case(
        title="En standardpopulation",
        text="Kvinnor: 0,25 · 60/80 + 0,75 · 30/60 = 0,5625. Män: 0,25 · 30/60 + 0,75 · 45/90 = 0,5. De tio som är "
        "yngre än tretton och de sju utan ålder räknas inte med.",
        table="""
            | legal_sex | age_group | adherence_to_plan | times |
            | 1         | 13        | 1                 | 60    |
            | 1         | 13        | 2                 | 20    |
            | 1         | 21        | 1                 | 30    |
            | 1         | 21        | 2                 | 30    |
            | 1         | 0         | 2                 | 10    |
            | 2         | 13        | 1                 | 30    |
            | 2         | 13        | 2                 | 30    |
            | 2         | 21        | 1                 | 45    |
            | 2         | 21        | 2                 | 45    |
            | 2         |           | 2                 | 7     |
        """,
        question=Comparison(of=BY_SEX, adjusted_for=("age_group",), way=Adjusted.STANDARD, standard=STANDARD),
        expected="""
            | legal_sex | share  | adjusted | adjusted_low | adjusted_high | adjusted_difference_low |
            | 1         | 0.6000 | 0.562    | 0.466        | 0.657         | -0.0643                 |
            | 2         | 0.4777 | 0.5      | 0.418        | 0.582         |                         |
        """,
        left_out={"no_background": 7, "outside_standard": 10},
    ),
    Case(
        title="Två delar är två ekvationer",
        text="Av kvinnorna har tre i den ena åldersgruppen följt planen. Andelen och den standardiserade andelen "
        "skulle tillsammans säga det. Därför visas den inte, och inte skillnaden.",
        table="""
            | legal_sex | age_group | adherence_to_plan | times |
            | 1         | 13        | 1                 | 3     |
            | 1         | 13        | 2                 | 37    |
            | 1         | 21        | 1                 | 30    |
            | 1         | 21        | 2                 | 30    |
            | 2         | 13        | 1                 | 30    |
            | 2         | 13        | 2                 | 30    |
            | 2         | 21        | 1                 | 45    |
            | 2         | 21        | 2                 | 45    |
        """,
        question=Comparison(of=BY_SEX, adjusted_for=("age_group",), way=Adjusted.STANDARD),
        expected="""
            | legal_sex | part | whole | adjusted | adjusted_difference | adjusted_p |
            | 1         | 33   | 100   | ..       | ..                  | ..         |
            | 2         | 75   | 150   | 0.5      |                     |            |
        """,
    ),
    Case(
        title="För få i en del",
        text="Bara fyra män är äldre. Männen justeras inte, och kvinnorna har då ingen att jämföras med.",
        table="""
            | legal_sex | age_group | adherence_to_plan | times |
            | 1         | 13        | 1                 | 20    |
            | 1         | 13        | 2                 | 20    |
            | 1         | 21        | 1                 | 30    |
            | 1         | 21        | 2                 | 30    |
            | 2         | 13        | 1                 | 30    |
            | 2         | 13        | 2                 | 30    |
            | 2         | 21        | 1                 | 4     |
        """,
        question=Comparison(of=BY_SEX, adjusted_for=("age_group",), way=Adjusted.STANDARD),
        expected="""
            | legal_sex | part | whole | adjusted | adjusted_difference |
            | 1         | 50   | 100   | 0.5      |                     |
            | 2         | 34   | 64    |          |                     |
        """,
        left_out={"thin_stratum": 64},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_adjusted_by_standardisation(case, answers):
    answers(case)
