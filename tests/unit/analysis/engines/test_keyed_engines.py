"""The keys of cells: the same from both engines, and sums of those of the records in the cell."""

import random
from datetime import date, timedelta

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.perturbed.cell_keys import record_key
from skillnad.analysis.engines.keyed import KeyedEngine
from skillnad.analysis.engines.keyed_rows import KeyedRows
from skillnad.analysis.questions import Count, CrossTable, Selection, Share, Where
from skillnad.analysis.results import TOTAL, YES
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

SECRET = b"0123456789abcdef"
YEAR = Period.year(2025)
PEOPLE = Selection(people=True)
OF = Where("rating", ("3",))
QUESTIONS = {
    "everyone": Count(),
    "rows": Count(Selection(period=YEAR), ("unit", "legal_sex")),
    "several": Count(by=("problem",)),
    "people": Count(PEOPLE, ("unit", "problem")),
    "cross": CrossTable("rating", "unit", by=("legal_sex",)),
    "cross of people": CrossTable("problem", "unit", PEOPLE),
    "share": Share(OF, Selection(period=YEAR), ("unit",)),
    "share of people": Share(OF, PEOPLE, ("unit",)),
    "merged": Count(by=("merged:problem:En=1,2;Två=3",)),
    "month": Count(Selection(period=YEAR), ("month:start_date",)),
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    rng = random.Random(3)
    rows = [
        {
            "client": "" if number % 17 == 0 else 10_000 + number // 3,
            "intervention": 500_000 + number,
            "unit": rng.choice("AABC"),
            "legal_sex": rng.choice(["1", "2", ""]),
            "problem": rng.choice(["1", "2", "1;3", "", "4;2"]),
            "rating": rng.choice(["1", "2", "3", "9", ""]),
            "start_date": date(2024, 9, 1) + timedelta(days=rng.randrange(480)),
        }
        for number in range(150)
    ]
    return make_snapshot(tmp_path_factory.mktemp("keyed"), interventions=rows)


@pytest.fixture(scope="module")
def engine():
    made = KeyedEngine()
    yield made
    made.close()


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_engines_agree_on_every_cell(snapshot, engine, question):
    found = engine.cell_keys(snapshot, question, SECRET)
    wanted = KeyedRows().cell_keys(snapshot, question, SECRET)
    assert {key: cell for key, cell in found.items() if cell} == {key: cell for key, cell in wanted.items() if cell}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_cells_without_anyone_have_no_key(snapshot, engine, question):
    counts = engine.count(snapshot, question).counts
    found = engine.cell_keys(snapshot, question, SECRET)
    assert found.keys() == counts.keys()
    assert all(bool(found[key]) == bool(counts[key]) for key in counts)


def test_key_of_rows_is_the_sum_of_theirs(snapshot, engine):
    wanted = sum(record_key(SECRET, "intervention", 500_000 + number) for number in range(150)) % (1 << 64)
    assert engine.cell_keys(snapshot, Count(), SECRET) == {(): wanted}


def test_key_of_people_holds_each_once(snapshot, engine):
    clients = {10_000 + number // 3 for number in range(150) if number % 17}
    wanted = sum(record_key(SECRET, "client", each) for each in clients) % (1 << 64)
    assert engine.cell_keys(snapshot, Count(PEOPLE), SECRET) == {(): wanted}


def test_same_rows_have_the_same_key_however_they_are_asked_for(snapshot, engine):
    in_unit = engine.cell_keys(snapshot, Count(Selection(where=(Where("unit", ("B",)),))), SECRET)[()]
    assert engine.cell_keys(snapshot, Count(by=("legal_sex", "unit")), SECRET)[TOTAL, "B"] == in_unit
    assert engine.cell_keys(snapshot, CrossTable("unit", "rating"), SECRET)["B", TOTAL] == in_unit
    assert engine.cell_keys(snapshot, Share(OF, by=("unit",)), SECRET)[TOTAL, "B"] == in_unit


def test_outcome_has_the_key_of_its_rows(snapshot, engine):
    holding = engine.cell_keys(snapshot, Count(Selection(where=(OF,))), SECRET)[()]
    assert engine.cell_keys(snapshot, Share(OF), SECRET)[(YES,)] == holding


def test_another_secret_gives_other_keys(snapshot, engine):
    assert engine.cell_keys(snapshot, Count(), SECRET) != engine.cell_keys(snapshot, Count(), SECRET[::-1])


def test_no_secret_is_refused(snapshot, engine):
    with pytest.raises(UserError, match="DISC-075"):
        engine.cell_keys(snapshot, Count(), b"")


def test_question_that_cannot_be_answered_is_refused(snapshot, engine):
    with pytest.raises(UserError, match="ASK-"):
        engine.cell_keys(snapshot, Count(Selection(Population.COSTS)), SECRET)
