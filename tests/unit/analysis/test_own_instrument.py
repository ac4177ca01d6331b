"""A table about an instrument's question counts that instrument's occasions, and says so."""

from dataclasses import replace

import pytest
from made_answers import answered_snapshot, sheet

from skillnad.analysis.comparisons.questions import Asked, Comparison, Paired, ResponseRate
from skillnad.analysis.door import ask, ledger_key, restore
from skillnad.analysis.own_instrument import OTHERS, of_own_instrument
from skillnad.analysis.questions import Change, Count, CrossTable, Flow, Question, Selection, Share, Where
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, ProtectedTable
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.counting import counted_how

ANSWERS = Selection(Population.ANSWERS)
CONTENT, GUARDIANS, PILOT = "skr6__b3", "skr6__b3__at_guardian", "hvb_pilot_2022__c1"
SATISFIED = Where(CONTENT, ("1", "2"))
SIX = Where("instrument", ("skr6",))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """40 persons answer the six questions, 12 of them by a guardian, and 25 the pilot."""
    six = [sheet("skr6", {"b3": str(1 + n % 3)}, "guardian" if n <= 12 else "client", client=n) for n in range(1, 41)]
    pilot = [sheet("hvb_pilot_2022", {"c1": "1"}, client=n) for n in range(1, 26)]
    people = [{"client": n, "legal_sex": 1 + n % 2} for n in range(1, 41)]
    return answered_snapshot(tmp_path_factory.mktemp("s"), [*six, *pilot], clients=people, cases=[], interventions=[])


def marks(table: ProtectedTable) -> list[str]:
    return [left.column for left in table.left_out if left.reason == OTHERS]


NARROWED: list[Question] = [
    Count(ANSWERS, (CONTENT,)),
    Count(replace(ANSWERS, where=(replace(SATISFIED, codes=("1", "not_asked")),))),
    CrossTable(CONTENT, "legal_sex", ANSWERS),
    Share(SATISFIED, ANSWERS, ("legal_sex",)),
    Count(ANSWERS, ("skr6__since",)),
    Count(ANSWERS, (f"merged:{CONTENT}:1,2",)),
]
AS_THEY_ARE: list[Question] = [
    Count(ANSWERS, ("legal_sex",)),
    Count(ANSWERS, ("instrument", CONTENT)),
    Count(replace(ANSWERS, where=(Where("instrument", ("hvb_pilot_2022",)),)), (CONTENT,)),
    Count(replace(ANSWERS, where=(SATISFIED,)), (CONTENT,)),
    Count(replace(ANSWERS, where=(Where(CONTENT, ("1", MISSING_LEVEL)),)), ("legal_sex",)),
    CrossTable(CONTENT, PILOT, ANSWERS),
    Count(Selection(Population.CLIENTS), ("legal_sex",)),
    Flow(Period.parse("2022"), Population.CASES),
]


@pytest.mark.parametrize("question", NARROWED)
def test_question_about_one_instrument_is_of_its_occasions(snapshot: Snapshot, question: Question) -> None:
    counted = of_own_instrument(question, snapshot.manifest)
    assert counted.selection.where == (*question.selection.where, SIX)  # type: ignore[union-attr]


@pytest.mark.parametrize("question", AS_THEY_ARE)
def test_question_that_says_which_or_of_none_stays_as_it_is(snapshot: Snapshot, question: Question) -> None:
    assert of_own_instrument(question, snapshot.manifest) == question


def test_all_rows_of_the_table_are_of_the_instrument(snapshot: Snapshot) -> None:
    table = ask(snapshot, Count(ANSWERS, (CONTENT,)))
    assert table.value("count") == 40
    assert table.value("count", "not_asked") == 12


def test_cross_table_is_of_the_instrument_too(snapshot: Snapshot) -> None:
    table = ask(snapshot, CrossTable(CONTENT, "legal_sex", ANSWERS))
    assert table.value("count", TOTAL, TOTAL) == 40


def test_table_by_instrument_has_all_of_them(snapshot: Snapshot) -> None:
    table = ask(snapshot, Count(ANSWERS, ("instrument",)))
    assert (table.value("count", "skr6"), table.value("count", "hvb_pilot_2022")) == (40, 25)
    assert marks(table) == []


TOLD: list[Asked] = [
    Count(ANSWERS, (CONTENT,)),
    Share(SATISFIED, ANSWERS),
    Comparison(Share(SATISFIED, ANSWERS, ("legal_sex",))),
    Paired(SATISFIED, Where(GUARDIANS, ("1",)), ANSWERS),
]


@pytest.mark.parametrize("question", TOLD, ids=lambda asked: type(asked).__name__)
def test_table_says_that_others_are_left_out(snapshot: Snapshot, question: Asked) -> None:
    table = ask(snapshot, question)
    assert marks(table) == ["instrument"]
    assert "Bara instrumentets egna svarstillfällen är med" in counted_how(table)


@pytest.mark.parametrize("question", [ResponseRate(CONTENT, (), ANSWERS), Change(CONTENT, ANSWERS)])
def test_what_is_of_those_asked_alone_has_no_others(snapshot: Snapshot, question: Asked) -> None:
    assert marks(ask(snapshot, question)) == []


def test_comparison_tells_of_none_of_another_instrument_as_left_out(snapshot: Snapshot) -> None:
    table = ask(snapshot, Comparison(Share(SATISFIED, ANSWERS, ("legal_sex",))))
    assert {left.reason: left.rows for left in table.left_out}["no_outcome"] == 12


def test_mark_is_kept_with_the_answer(snapshot: Snapshot) -> None:
    assert marks(restore(ask(snapshot, TOLD[0]).as_data())) == ["instrument"]


def test_answer_that_was_counted_otherwise_before_has_another_name(snapshot: Snapshot) -> None:
    alone = replace(snapshot.manifest.tables[Population.ANSWERS].columns["instrument"], levels=())
    table = snapshot.manifest.tables[Population.ANSWERS]
    before = replace(table, columns={**table.columns, "instrument": alone})
    manifest = replace(snapshot.manifest, tables={**snapshot.manifest.tables, Population.ANSWERS: before})
    assert ledger_key(snapshot, TOLD[0]) != ledger_key(replace(snapshot, manifest=manifest), TOLD[0])
