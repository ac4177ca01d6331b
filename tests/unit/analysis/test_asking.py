"""Whoever asks a snapshot asks its set, beside what its home has published before."""

from datetime import date

import pytest
from snapshots_made import make_snapshot

import skillnad
from skillnad.analysis import protected_set as sets
from skillnad.analysis.asking import ask, protected_set
from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.joint.home_ledger import ledger_of
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable, Selection, Where
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError

YEAR = Selection(period=Period.year(2024))
BY_UNIT, BY_SEX, CROSSED = Count(YEAR, ("unit",)), Count(YEAR, ("legal_sex",)), CrossTable("unit", "legal_sex", YEAR)
ROWS = [("A", "1", 20), ("A", "2", 13), ("B", "1", 9), ("B", "2", 12), ("C", "1", 18), ("C", "2", 14)]
LATE = [("A", "2", 1)]
MANY = [(unit, sex, 6) for unit, sex, _ in ROWS]
CLOSED, RUNNING = date(2025, 1, 31), date(2024, 11, 30)


def rows(told):
    return [{"unit": u, "legal_sex": s, "start_date": "2024-05-05"} for u, s, number in told for _ in range(number)]


@pytest.fixture
def first(tmp_path):
    return make_snapshot(tmp_path / "snapshots" / "one", as_of=CLOSED, interventions=rows(ROWS))


@pytest.fixture
def running(tmp_path):
    return make_snapshot(tmp_path / "snapshots" / "one", as_of=RUNNING, interventions=rows(ROWS))


def later(snapshot, more):
    folder = snapshot.path.parent / "two"
    return make_snapshot(folder, as_of=date(2025, 6, 30), interventions=rows([*ROWS, *more]))


def test_answer_joins_the_set_and_the_ledger(first):
    table = skillnad.ask(first, BY_UNIT)
    assert ProtectedSet(first).load(BY_UNIT).cells == table.cells
    (release,) = ledger_of(first.path, "Provköping").releases()
    assert (release.asked, release.snapshot, release.as_of) == (BY_UNIT, first.id, CLOSED)


def test_small_number_that_two_notebook_answers_would_tell_is_not_told(tmp_path):
    told = [("A", "1", 20), ("A", "2", 3), ("B", "1", 9), ("B", "2", 12), ("C", "1", 18), ("C", "2", 14)]
    made = make_snapshot(tmp_path / "alone", interventions=rows(told))
    women = Count(Selection(period=YEAR.period, where=(Where("legal_sex", ("1",)),)), ("unit",))
    assert ask(made, BY_UNIT).value("count", "A") == 23
    assert ask(made, women).value("count", "A") is None


def test_closed_years_answer_stands_when_one_is_registered_late(first):
    before = ask(first, BY_UNIT)
    table = ask(later(first, LATE), BY_UNIT)
    assert (table.cells, table.provenance) == (before.cells, before.provenance)


def test_answer_that_stands_is_the_same_in_a_new_process(first, monkeypatch):
    before, two = ask(first, BY_UNIT), later(first, LATE)
    ask(two, BY_UNIT)
    monkeypatch.setattr(sets, "_STANDING", {})
    assert ask(two, BY_UNIT).cells == before.cells
    assert BY_UNIT in protected_set(two)


def test_answer_stands_where_nothing_has_changed_so_that_it_tells_nothing(first):
    before = ask(first, BY_UNIT)
    other = later(first, [])
    assert ask(other, BY_UNIT).provenance == before.provenance


def test_closed_years_answer_is_new_when_enough_have_changed(first):
    ask(first, CROSSED)
    two = later(first, MANY)
    table = ask(two, CROSSED)
    assert table.provenance.snapshot == two.id
    assert table.value("count", "A", "2") == 19


def test_other_policys_answer_does_not_stand(first):
    ask(first, BY_UNIT)
    two = later(first, LATE)
    assert ask(two, BY_UNIT, Policy(threshold=6)).provenance.snapshot == two.id


def test_number_that_has_moved_by_one_is_a_gap_where_no_answer_stands(first):
    ask(first, BY_UNIT)
    table = ask(later(first, LATE), CROSSED)
    assert table.cells["count"]["A", "*"] is None
    assert table.cells["count"]["B", "*"] == 21


def test_running_years_answer_is_new_with_gaps_where_few_came(running):
    ask(running, BY_UNIT)
    table = ask(later(running, LATE), BY_UNIT)
    assert table.provenance.as_of == date(2025, 6, 30)
    assert table.value("count", "A") is None
    assert table.value("count", "B") == 21


def test_refusal_names_the_earlier_snapshots_day_and_question(running):
    ask(running, BY_UNIT)
    two = later(running, LATE)
    ProtectedSet(two).get_or_protect(BY_UNIT)  # as before there was a ledger
    with pytest.raises(UserError, match="DISC-017") as refused:
        ask(two, BY_SEX)
    assert "insatser efter enhet, 2024; ur ögonblicksbilden per 2024-11-30" in refused.value.problems[0].sv
    assert BY_SEX not in ProtectedSet(two)


def test_answers_from_before_the_ledger_are_weighed_when_their_snapshot_is_asked_again(first):
    ProtectedSet(first).get_or_protect(BY_UNIT)
    ask(first, BY_SEX)
    assert {release.asked for release in ledger_of(first.path, "Provköping").releases()} == {BY_UNIT, BY_SEX}


def test_where_the_earlier_folder_is_gone_its_numbers_are_still_weighed(first):
    ask(first, BY_UNIT)
    two = later(first, LATE)
    for file in sorted(first.path.rglob("*.json")):
        file.unlink()
    assert ask(two, BY_UNIT).value("count", "A") is None


def test_damaged_ledger_lets_nothing_out(first):
    ask(first, BY_UNIT)
    file = ledger_of(first.path, "Provköping").file
    file.write_text(file.read_text().replace("hidden", "hiding"))
    with pytest.raises(UserError, match="DISC-019"):
        ask(first, BY_SEX)
    assert BY_SEX not in ProtectedSet(first)


def test_folder_that_cannot_be_written_to_is_refused(tmp_path, monkeypatch):
    made = make_snapshot(tmp_path / "alone", interventions=rows(ROWS))

    def refused(*_, **__):
        raise PermissionError

    monkeypatch.setattr("skillnad.analysis.protected_set.file_lock", refused)
    with pytest.raises(UserError, match="DISC-028"):
        ask(made, BY_UNIT)


def test_noise_has_no_ledger(first):
    assert protected_set(first, Policy(way=Way.CELL_KEYS), b"s" * 32).ledger is None


@pytest.mark.parametrize("engine", ["in_memory", "duckdb"])
def test_engine_that_counts_makes_no_difference(first, engine):
    assert ask(first, CROSSED, engine=engine).value("count", "A", "1") == 20
