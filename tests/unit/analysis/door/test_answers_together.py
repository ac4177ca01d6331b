"""A set grows by one question at a time, and no answer tells what an earlier one hid."""

import json

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis import protected_set
from skillnad.analysis.joint.ledger import Ledger
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable, Duration, Selection, Sum, Where
from skillnad.analysis.results import TOTAL
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

BY_UNIT, BY_SEX, CROSSED = Count(by=("unit",)), Count(by=("legal_sex",)), CrossTable("unit", "legal_sex")
WOMEN = Count(Selection(where=(Where("legal_sex", ("1",)),)), ("unit",))
MEN = Count(Selection(where=(Where("legal_sex", ("2",)),)), ("unit",))
ROWS = [("A", "1", 20), ("A", "2", 3), ("B", "1", 9), ("B", "2", 12), ("C", "1", 8), ("C", "2", 14)]


def snapshot_in(folder, rows=ROWS):
    return make_snapshot(folder, interventions=[{"unit": u, "legal_sex": s} for u, s, n in rows for _ in range(n)])


@pytest.fixture
def told(tmp_path):
    protected_set._STANDING.clear()
    return ProtectedSet(snapshot_in(tmp_path / "one"))


def test_three_tables_at_once_keep_a_small_count(told):
    told.precompute([BY_UNIT, WOMEN, MEN])
    gaps = [told.load(question).value("count", "A") is None for question in (BY_UNIT, WOMEN, MEN)]
    assert gaps[2]
    assert gaps[0] or gaps[1]


def test_same_group_is_a_gap_in_every_table(told):
    told.precompute([CROSSED, MEN])
    assert told.load(CROSSED).value("count", "A", "2") is None
    assert told.load(MEN).value("count", "A") is None


def test_question_that_would_tell_an_earlier_gap_is_refused_with_the_earlier_one(told):
    few_men = Count(Selection(where=(Where("unit", ("A", "B")), Where("legal_sex", ("2",)))))
    for question in (BY_UNIT, few_men, WOMEN):
        told.get_or_protect(question)
    with pytest.raises(UserError, match="DISC-017") as refused:
        told.get_or_protect(BY_SEX)
    assert "insatser efter" in refused.value.problems[0].sv
    assert BY_SEX not in told


def test_earlier_answer_is_never_changed(told):
    before = told.get_or_protect(BY_UNIT).cells
    told.get_or_protect(CROSSED)
    assert told.load(BY_UNIT).cells == before


def test_new_process_knows_what_stands(told, monkeypatch):
    told.precompute([BY_UNIT, BY_SEX])
    monkeypatch.setattr(protected_set, "_STANDING", {})
    table = told.get_or_protect(CROSSED)
    assert table.value("count", "A", "2") is None
    assert table.gaps >= 4


def test_gaps_are_kept_without_any_count(told):
    told.get_or_protect(CROSSED)
    (file,) = told.directory.glob("*.gaps")
    (gaps,) = json.loads(file.read_text())
    assert gaps.keys() == {"question", "withheld", "hidden"}
    assert ["legal_sex=2", "unit=A"] in gaps["hidden"]["rows"]


def test_damaged_gaps_let_nothing_new_out(told, monkeypatch):
    told.get_or_protect(BY_UNIT)
    (file,) = told.directory.glob("*.gaps")
    file.write_text("{")
    monkeypatch.setattr(protected_set, "_STANDING", {})
    with pytest.raises(UserError, match="DISC-018"):
        told.get_or_protect(BY_SEX)


def test_every_count_of_an_answer_is_protected_with_the_others(tmp_path):
    rows = [{"client": n, "unit": "AB"[n % 7 == 0], "start_date": "2024-01-01"} for n in range(60)]
    rows = [row | {"end_date": "2024-02-01" if n % 3 else "", "amount": n} for n, row in enumerate(rows)]
    told = ProtectedSet(make_snapshot(tmp_path / "one", interventions=rows))
    told.precompute([Duration("start_date", "end_date", by=("unit",)), Sum("amount", by=("unit",)), BY_UNIT])
    open_ones = told.load(Duration("start_date", "end_date", by=("unit",)))
    assert open_ones.value("open", "B") is None
    assert open_ones.value("open", "A") is None or open_ones.value("open", TOTAL) is None


def test_other_populations_do_not_stand_in_the_way(told):
    told.precompute([BY_UNIT])
    assert not protected_set._STANDING or all(
        table.columns.table.population is Population.INTERVENTIONS
        for standing in protected_set._STANDING.values()
        for table in standing.tables.values()
    )


LATER = [("A", "1", 20), ("A", "2", 3), ("B", "1", 9), ("B", "2", 12), ("C", "1", 30), ("C", "2", 30)]


def test_later_snapshot_hides_what_an_earlier_one_hid(tmp_path):
    ledger = Ledger(tmp_path / "ledger.jsonl", b"k" * 32)
    first = ProtectedSet(snapshot_in(tmp_path / "one"), ledger=ledger)
    earlier = first.get_or_protect(CROSSED)
    later = ProtectedSet(snapshot_in(tmp_path / "two", LATER), ledger=ledger).get_or_protect(CROSSED)
    unchanged = [(u, s) for u, s, _ in ROWS[:4]]
    assert all(later.value("count", *key) is None for key in unchanged if earlier.value("count", *key) is None)
    assert all(later.value("count", *key) is not None for key in unchanged if earlier.value("count", *key) is not None)


def test_damaged_ledger_lets_nothing_out(tmp_path):
    file = tmp_path / "ledger.jsonl"
    file.write_text("{}\n")
    with pytest.raises(UserError, match="DISC-019"):
        ProtectedSet(snapshot_in(tmp_path / "one"), ledger=Ledger(file, b"k" * 32)).get_or_protect(CROSSED)
