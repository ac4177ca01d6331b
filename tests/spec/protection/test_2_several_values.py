"""Flera värden på samma rad.

Där en rad kan ha flera värden går värdena inte att summera till hela antalet. Ändå säger de något om varandra: den som
inte har ett värde saknar det. Är det bara ett fåtal som *saknar* ett värde är också det ett litet antal.
"""

import pytest
from spec.chapters import Case, case_id

from skillnad.analysis.questions import Count

CASES = [
    Case(
        title="Nästan alla har värdet",
        text="28 av 30 som svarat har problem 1. De två som inte har det syns inte i tabellen, men följer av den. "
        "Därför döljs antalet.",
        table="""
            | problem | times |
            | 1       | 20    |
            | 1;2     | 8     |
            | 2       | 2     |
        """,
        question=Count(by=("problem",)),
        expected="""
            | problem | count |
            | 1       | ..    |
            | 2       | 10    |
            | *       | 30    |
        """,
    ),
    Case(
        title="Ett litet värde bland flera",
        table="""
            | problem | times |
            | 1       | 20    |
            | 1;2     | 18    |
            | 2       | 22    |
            | 1;3     | 3     |
        """,
        question=Count(by=("problem",)),
        expected="""
            | problem | count |
            | 1       | 41    |
            | 2       | 40    |
            | 3       | ..    |
            | *       | 63    |
        """,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_several_values(case, answers):
    answers(case)
