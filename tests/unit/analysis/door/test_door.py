from datetime import date

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis import door
from skillnad.analysis.comparisons.questions import Comparison, Funnel
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.questions import Count, CrossTable, Duration, Share, Where
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


COMPARED = [
    Comparison(Share(Where("legal_sex", ("1",)), by=("unit",)), adjusted_for=("origin",)),
    Comparison(Duration("start_date", "end_date", by=("unit",))),
    Comparison(Share(Where("legal_sex", ("1",)), by=("unit",))),
    Funnel(Share(Where("legal_sex", ("1",)), by=("unit",))),
    CrossTable("unit", "legal_sex"),
]


def test_comparisons_of_many_are_those_of_one_at_a_time(tmp_path):
    rows = [
        {"client": n, "unit": "AB"[n % 2], "legal_sex": "12"[n % 5 > 1], "origin": "13"[n % 3 > 0]}
        | {"start_date": "2024-01-01", "end_date": date(2024, 3, 1 + (n * 7 + n % 2 * 5) % 28)}
        for n in range(160)
    ]
    snapshot = make_snapshot(tmp_path, interventions=rows)
    many = list(door.ask_many(snapshot, COMPARED, workers=2))
    alone = [door.ask(snapshot, question) for question in COMPARED]
    assert many[0].value("adjusted", "A") is not None
    assert [table.as_data() for table in many] == [table.as_data() for table in alone]


def test_one_of_many_that_cannot_be_answered_is_refused(snapshot):
    with pytest.raises(UserError) as refused:
        list(door.ask_many(snapshot, [BY_UNIT, Count(by=("nowhere",))], workers=2))
    assert refused.value.code == "ASK-001"


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
