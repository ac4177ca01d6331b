"""Två omdömen om samma rader.

Handläggarens och klientens omdöme, eller två frågor om samma insats: hur många där båda stämmer (`both`), bara det
första, bara det andra, inget. `first` och `second` är andelarna bland rader där båda är kända, `agreement` andelen
där de är lika, och `difference` den första minus den andra med Newcombes intervall för par. `p` är McNemars exakta.
Rader där något av dem inte är känt räknas i `not_known`. I handboken: *Samma personer två gånger*.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.comparisons.questions import Paired
from skillnad.analysis.questions import Where

CASES = [
    Case(
        title="Två omdömen som skiljer sig",
        text="Bland 100 rader där båda är kända stämmer det första för 55 och det andra för 41: 25 har bara "
        "det första, 11 bara det andra. Chansen att 36 delas så snett, eller snedare, är 2,9 procent.",
        table="""
            | rating | adherence_to_plan | times |
            | 3      | 1                 | 30    |
            | 3      | 2                 | 25    |
            | 1      | 1                 | 11    |
            | 2      | 3                 | 34    |
            | 9      | 1                 | 12    |
            | 3      |                   | 8     |
        """,
        question=Paired(Where("rating", ("3",)), Where("adherence_to_plan", ("1",))),
        expected="""
            | both | only_first | only_second | neither | not_known | agreement | difference | p      | verdict |
            | 30   | 25         | 11          | 34      | 20        | 0.64      | 0.14       | 0.0288 | 0       |
        """,
    ),
    Case(
        title="Par i grupper",
        text="Omdömet rättas för att tabellen gör tre jämförelser, var grupp och alla. Skillnaden i grupp 1 "
        "hade visats om den varit ensam; som en av tre räcker den inte.",
        table="""
            | legal_sex | rating | adherence_to_plan | times |
            | 1         | 3      | 1                 | 30    |
            | 1         | 3      | 2                 | 25    |
            | 1         | 1      | 1                 | 11    |
            | 1         | 2      | 3                 | 34    |
            | 2         | 3      | 1                 | 40    |
            | 2         | 3      | 2                 | 10    |
            | 2         | 1      | 1                 | 14    |
            | 2         | 2      | 3                 | 36    |
        """,
        question=Paired(Where("rating", ("3",)), Where("adherence_to_plan", ("1",)), by=("legal_sex",)),
        expected="""
            | legal_sex | first | second | difference | difference_low | difference_high | p      | verdict |
            | 1         | 0.55  | 0.41   | 0.14       | 0.0230         | 0.2508          | 0.0288 | 2       |
            | 2         | 0.5   | 0.54   | -0.04      | -0.1351        | 0.0566          | 0.5413 | 2       |
            | *         | 0.525 | 0.475  | 0.05       | -0.0260        | 0.1250          | 0.2451 | 2       |
        """,
    ),
    Case(
        title="Luckor vars summa visas",
        text="Tre av dem som har det första har 2 i det andra, och tio har 3. Båda talen döljs, men summan av "
        "dem följer av raden: 13 har bara det första. Bara det som inte går att räkna ut är dolt.",
        table="""
            | rating | adherence_to_plan | times |
            | 3      | 1                 | 30    |
            | 3      | 2                 | 3     |
            | 3      | 3                 | 10    |
            | 1      | 1                 | 20    |
            | 1      | 2                 | 15    |
            | 1      | 3                 | 22    |
        """,
        question=Paired(Where("rating", ("3",)), Where("adherence_to_plan", ("1",))),
        expected="""
            | both | only_first | only_second | neither | first | difference |
            | 30   | 13         | 20          | 37      | 0.43  | -0.07      |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_two_judgements(case, answers):
    answers(case)
