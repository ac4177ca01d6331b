import pytest
from snapshots_made import make_snapshot

from skillnad.analysis import door
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.questions import Count, CrossTable
from skillnad.analysis.results import TOTAL, NotProtected, ProtectedTable
from skillnad.lib.errors import UserError

BY_UNIT = Count(by=("unit",))


@pytest.fixture
def snapshot(tmp_path):
    rows = [{"unit": unit, "legal_sex": sex} for unit, sex, times in ROWS for _ in range(times)]
    return make_snapshot(tmp_path, interventions=rows)


ROWS = [("A", "1", 12), ("A", "2", 9), ("B", "1", 3), ("B", "2", 15), ("C", "1", 8), ("C", "2", 7)]


def test_ask_gives_what_large_counts_are(snapshot):
    table = door.ask(snapshot, BY_UNIT)
    assert [table.value("count", code) for code in ("A", "B", "C", TOTAL)] == [21, 18, 15, 54]


def test_ask_hides_small_counts(snapshot):
    table = door.ask(snapshot, CrossTable("unit", "legal_sex"))
    assert table.value("count", "B", "1") is None
    assert table.gaps >= 4


def test_engines_give_the_same_protected_table(snapshot):
    question = CrossTable("unit", "legal_sex")
    assert door.ask(snapshot, question).cells == door.ask(snapshot, question, engine="in_memory").cells


def test_answer_says_where_it_comes_from(snapshot):
    told = door.ask(snapshot, BY_UNIT).provenance
    assert (told.snapshot, told.as_of, told.population, told.policy) == (
        snapshot.id,
        snapshot.manifest.as_of,
        "interventions",
        DEFAULT.id,
    )
    assert told.ledger_key == door.ledger_key(snapshot, BY_UNIT)


def test_ledger_key_differs_by_question_and_policy(snapshot):
    keys = {
        door.ledger_key(snapshot, BY_UNIT),
        door.ledger_key(snapshot, Count()),
        door.ledger_key(snapshot, BY_UNIT, Policy(threshold=6)),
    }
    assert len(keys) == 3


def test_policy_decides_what_is_small(snapshot):
    assert door.ask(snapshot, BY_UNIT, Policy(threshold=20, quantile_minimum=20)).value("count", "B") is None


def test_question_that_cannot_be_answered_is_refused(snapshot):
    with pytest.raises(UserError, match="ASK-001"):
        door.ask(snapshot, Count(by=("nowhere",)))


def test_many_answers_are_those_of_one_at_a_time(snapshot):
    questions = [BY_UNIT, CrossTable("unit", "legal_sex"), Count()]
    many = list(door.ask_many(snapshot, questions, workers=2))
    assert [table.question for table in many] == questions
    assert [table.cells for table in many] == [door.ask(snapshot, question).cells for question in questions]


def test_nobody_else_makes_a_protected_table(snapshot):
    table = door.ask(snapshot, BY_UNIT)
    with pytest.raises(NotProtected):
        ProtectedTable(
            mint=object(),
            question=table.question,
            axes=table.axes,
            measures=table.measures,
            cells=table.cells,
            left_out=(),
            provenance=table.provenance,
        )
