"""The explorer asks of answers as of all else: the forms, without a page."""

from typing import Any

import pytest
from django.http import QueryDict
from made_answers import answered_snapshot, sheet

from skillnad.analysis.door import ask
from skillnad.analysis.headline import headline
from skillnad.analysis.questions import Count, CrossTable, Percent, Selection
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.web.analyst.choices import column_choices, grouped_columns
from skillnad.web.analyst.kinds import KINDS, kind_of, offered, population_of

YEAR = Period.year(2022)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    people = [{"client": n, "legal_sex": 1 + n % 2} for n in range(1, 41)]
    sheets = [sheet("skr6", {"b3": str(1 + n % 4)}, client=n, slots={"since": "start"}) for n in range(1, 41)]
    return answered_snapshot(tmp_path_factory.mktemp("s"), sheets, clients=people, cases=[], interventions=[])


def asked(snapshot: Snapshot, address: str) -> Any:
    chosen = QueryDict(address)
    population = population_of(chosen, offered(kind_of(chosen), snapshot))
    assert population is Population.ANSWERS
    form = KINDS[kind_of(chosen)].form(chosen, snapshot=snapshot, population=population)
    assert form.is_ready, (form.errors, form.pending)
    return form.question()


def test_count_of_answers_by_a_question(snapshot: Snapshot) -> None:
    question = asked(snapshot, "om=svar&rader=skr6__b3&period=2022")
    assert question == Count(Selection(Population.ANSWERS, YEAR), ("skr6__b3",))
    assert headline(ask(snapshot, question)).startswith("Svarstillfällen 2022, efter nöjdhet")


def test_shares_of_answers_within_women_and_men(snapshot: Snapshot) -> None:
    question = asked(snapshot, "fraga=andel&om=svar&rader=skr6__b3&kolumner=legal_sex&andel=kolumner&period=2022")
    assert question == CrossTable("skr6__b3", "legal_sex", Selection(Population.ANSWERS, YEAR), Percent.COLUMNS)
    assert ask(snapshot, question).value("share", "1", "1") == 0.5


def test_questions_are_offered_first_under_their_instruments_name(snapshot: Snapshot) -> None:
    (instrument, questions), (rest, others) = grouped_columns(snapshot, Population.ANSWERS)
    assert instrument == "Sex frågor till brukare"
    assert ("skr6__b3", "Nöjdhet, brukaren själv") in questions
    assert rest == "Vem, var och när"
    assert not {name for name, _ in questions} & {name for name, _ in others}
    assert {"legal_sex", "variant", "month:answer_date"} <= {name for name, _ in others}


def test_every_column_is_offered_once_however_they_are_grouped(snapshot: Snapshot) -> None:
    groups = grouped_columns(snapshot, Population.ANSWERS)
    names = [name for _, choices in groups for name, _ in choices]
    assert sorted(names) == sorted(name for name, _ in column_choices(snapshot, Population.ANSWERS))


def test_other_populations_have_no_groups(snapshot: Snapshot) -> None:
    assert grouped_columns(snapshot, Population.CLIENTS) == column_choices(snapshot, Population.CLIENTS)
