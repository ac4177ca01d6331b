"""What bits answer, and that both ways of counting a table give what the reference gives."""

import threading
from dataclasses import replace

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.engines import bits_axes
from skillnad.analysis.engines.bits import BitsEngine, answers, counts_rows
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.index import opening
from skillnad.analysis.questions import ONGOING, Count, CrossTable, Duration, Flow, Selection, Share, Sum, Where
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

YEAR = Period.year(2025)
ROWS = """
    unit | committee | legal_sex | origin | problem | language | start_date | end_date
    A    | S         | 1         | 1      | 1;4     | sv;x     | 2025-01-03 | 2025-01-02
    A    | S         | 2         | 5      |         | x        | 2025-02-01 |
    B    |           |           | 3      | 35      |          | 2024-12-31 | 2025-01-01
    B    | S         | 1         | 3      | 1       | ar       |            |
         | S         | 2         |        | 4;35    | sv       | 2025-12-31 | 2026-02-01
    C    | S         | 2         | 2      | 1;4;35  | ar;ti    | 2026-01-01 |
"""
SHARE = Share(Where("problem", ("1", "35")), by=("unit",))
ASKED = [
    Count(),
    Count(by=("unit",)),
    Count(by=("problem",)),
    Count(by=("unit", "problem", "language")),
    Count(by=("problem", "unit", "legal_sex")),
    Count(by=("legal_sex", "origin", "committee", "unit")),
    Count(by=("month:start_date", "problem")),
    Count(by=("quarter:end_date", "year:start_date", "unit")),
    Count(Selection(period=YEAR), ("month:start_date",)),
    Count(Selection(period=YEAR, event=ONGOING), ("unit",)),
    Count(Selection(period=YEAR, event="end_date", where=(Where("unit", ("", "B")),)), ("legal_sex",)),
    Count(Selection(where=(Where("month:start_date", ("2025-01", "2025-12", "")),)), ("unit",)),
    Count(Selection(where=(Where("year:start_date", ("1066",)),))),
    CrossTable("problem", "language"),
    CrossTable("origin", "legal_sex", Selection(where=(Where("language", ("x", "")),))),
    SHARE,
    replace(SHARE, of=Where("language", ("ar",))),
    Share(Where("unit", ("A",)), by=("problem", "legal_sex")),
    Share(Where("origin", ("3",)), by=("unit",), outside=("1",)),
]


@pytest.fixture
def snapshot(tmp_path):
    return make_snapshot(tmp_path, interventions=ROWS)


@pytest.fixture
def engine():
    return BitsEngine()


@pytest.mark.parametrize("question", ASKED, ids=lambda question: repr(question)[:60])
@pytest.mark.parametrize("most_ands", [0, bits_axes.MOST_ANDS])
def test_both_ways_count_as_the_reference(snapshot, engine, monkeypatch, question, most_ands):
    monkeypatch.setattr(bits_axes, "MOST_ANDS", most_ands)
    right, found = InMemoryEngine().count(snapshot, question), engine.count(snapshot, question)
    assert found.counts == right.counts
    assert (found.axes, found.left_out) == (right.axes, right.left_out)


@pytest.mark.parametrize(
    ("question", "of_rows"),
    [(Count(), True), (CrossTable("unit", "origin"), True), (SHARE, True), (Duration("start_date", "end_date"), False)],
)
def test_counts_of_rows_and_of_their_days_are_answered(question, of_rows):
    assert answers(question)
    assert counts_rows(question) is of_rows


@pytest.mark.parametrize(
    "question",
    [
        Count(Selection(people=True)),
        CrossTable("unit", "origin", Selection(people=True)),
        Flow(YEAR),
        Sum("amount"),
    ],
)
def test_what_does_not_add_up_from_bits_is_not_answered(question):
    assert not answers(question)


def test_question_that_it_does_not_answer_is_a_bug_of_the_caller(snapshot, engine):
    with pytest.raises(ValueError, match="Flow"):
        engine.count(snapshot, Flow(YEAR))


def test_nonsense_is_refused_in_the_analysts_words(snapshot, engine):
    with pytest.raises(UserError) as refused:
        engine.count(snapshot, Count(by=("probelm",)))
    assert refused.value.code == "ASK-001"


def test_index_is_opened_once(snapshot, engine, monkeypatch):
    engine.count(snapshot, Count())
    monkeypatch.setattr("skillnad.analysis.engines.bits.index_of", lambda *_: pytest.fail("opened again"))
    assert engine.count(snapshot, Count(by=("unit",))).counts[("A",)] == 2


def test_index_longest_unused_goes_first(tmp_path):
    first = make_snapshot(tmp_path / "a", interventions=ROWS, cases="unit\nA")
    engine = BitsEngine(keep=1)
    engine.count(first, Count())
    engine.count(first, Count(Selection(Population.CASES)))
    assert [population for _, _, population in engine._indexes] == [Population.CASES]
    engine.close()
    assert not engine._indexes


def test_damaged_index_is_never_counted_on(snapshot, engine):
    opening.index_of(snapshot, Population.INTERVENTIONS)
    file = snapshot.path / "interventions.bits"
    file.write_bytes(file.read_bytes()[:-1] + b"\xff")
    with pytest.raises(UserError) as refused:
        engine.count(snapshot, Count())
    assert refused.value.code == "SNAP-008"


def test_several_threads_get_the_same_answer(snapshot, engine):
    found = []
    question = Count(by=("unit", "problem"))
    threads = [threading.Thread(target=lambda: found.append(engine.count(snapshot, question).counts)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [InMemoryEngine().count(snapshot, question).counts] * 6


def test_population_without_rows_has_tables_of_zeros(tmp_path, engine):
    snapshot = make_snapshot(tmp_path, interventions="unit | problem | start_date")
    table = engine.count(snapshot, Count(Selection(period=YEAR), ("unit", "problem")))
    assert set(table.counts.values()) == {0}
