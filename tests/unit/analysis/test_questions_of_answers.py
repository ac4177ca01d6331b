"""What the page on the sources says can be asked of answers can be: every question of `answers` is tried on columns."""

import re
from pathlib import Path
from typing import Any

import pytest
from made_answers import answered_snapshot, sheet

import skillnad
from skillnad.analysis.comparisons.questions import Comparative
from skillnad.analysis.comparisons.validation import check_comparative
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import Population
from skillnad.web.analyst.choices import STARTED, column_choices, populations, single_choices, value_choices
from skillnad.web.analyst.kinds import offered

PAGE = Path(__file__).parents[3] / "docs/what-the-sources-ask.md"
ASKED_OF_ANSWERS = re.compile(r"`([A-Z]\w+\([^`]*\banswers\b[^`]*\))`")
ANSWERED = (
    *(("skr6", "client"), ("hvb_pilot_2022", "client"), ("hvb_pilot_2022", "caseworker"), ("ors", "client")),
    *(("asi", "client"), ("cansas", "user"), ("cansas", "carer")),
    *(("municipal_survey_2011", "municipality"), ("municipal_survey_2011", "county")),
)
"""Each with a sheet without answers: it is the columns that are tried."""


def names() -> dict[str, Any]:
    """What the page's own code gives names to."""
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert code
    there = {name: getattr(skillnad, name) for name in skillnad.__all__}
    exec(code[1].replace("from skillnad import *", ""), there)
    return there


QUESTIONS = sorted(set(ASKED_OF_ANSWERS.findall(PAGE.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    sheets = [sheet(name, {}, perspective, client=11, told_age=30) for name, perspective in ANSWERED]
    return answered_snapshot(tmp_path_factory.mktemp("s"), sheets)


def test_page_asks_many_questions_of_answers() -> None:
    assert len(QUESTIONS) > 12


@pytest.mark.parametrize("written", QUESTIONS)
def test_question_on_the_page_can_be_asked(snapshot: Snapshot, written: str) -> None:
    question = eval(written, names())
    if isinstance(question, Comparative):
        check_comparative(snapshot.manifest, question)
    else:
        check_question(snapshot.manifest, question)


def test_explorer_offers_answers_where_there_are_any(snapshot: Snapshot) -> None:
    assert populations(snapshot)["svar"][0] is Population.ANSWERS
    assert STARTED[Population.ANSWERS]
    assert all("svar" in offered(kind, snapshot) for kind in ("antal", "andel"))


def test_explorer_offers_questions_and_their_answers(snapshot: Snapshot) -> None:
    columns = dict(column_choices(snapshot, Population.ANSWERS))
    assert columns["skr6__b3"] == "Nöjdhet (Sex frågor till brukare, brukaren själv)"
    assert "skr6__b3" in dict(single_choices(snapshot, Population.ANSWERS))
    assert ("1", "Mycket nöjd") in value_choices(snapshot, Population.ANSWERS, "skr6__b3")
