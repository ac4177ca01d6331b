"""A snapshot's set of answers with noise, and that it is never also one of gaps."""

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable, Duration, Selection
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

NOISE = Policy(way=Way.CELL_KEYS)
SECRET = b"0123456789abcdef"
BY_UNIT = Count(by=("unit",))


@pytest.fixture
def snapshot(tmp_path):
    rows = [{"client": number, "unit": "AAAB"[number % 4], "legal_sex": "12"[number % 2]} for number in range(60)]
    return make_snapshot(tmp_path / "snapshot", interventions=rows, cases=rows)


def test_answer_with_noise_is_stored_and_given_again(snapshot):
    noisy = ProtectedSet(snapshot, NOISE, SECRET)
    first = noisy.get_or_protect(BY_UNIT)
    assert BY_UNIT in noisy
    assert noisy.get_or_protect(BY_UNIT).cells == first.cells
    assert [table.cells for table in noisy] == [first.cells]


def test_many_are_answered_at_once(snapshot):
    noisy = ProtectedSet(snapshot, NOISE, SECRET)
    noisy.precompute([BY_UNIT, CrossTable("unit", "legal_sex")])
    assert len(list(noisy)) == 2


@pytest.mark.parametrize(("first", "then"), [(DEFAULT, NOISE), (NOISE, DEFAULT)])
def test_other_way_is_refused(snapshot, first, then):
    ProtectedSet(snapshot, first, SECRET).get_or_protect(BY_UNIT)
    with pytest.raises(UserError, match="DISC-076"):
        ProtectedSet(snapshot, then, SECRET).get_or_protect(Count(by=("legal_sex",)))


def test_other_population_may_be_shown_in_another_way(snapshot):
    ProtectedSet(snapshot, NOISE, SECRET).get_or_protect(BY_UNIT)
    cases = Count(Selection(Population.CASES), by=("unit",))
    assert ProtectedSet(snapshot).get_or_protect(cases).value("count") == 60


def test_other_secret_is_refused(snapshot):
    ProtectedSet(snapshot, NOISE, SECRET).get_or_protect(BY_UNIT)
    with pytest.raises(UserError, match="DISC-077"):
        ProtectedSet(snapshot, NOISE, SECRET[::-1]).get_or_protect(Count())


def test_rounding_is_refused_of_a_snapshot(snapshot):
    with pytest.raises(UserError, match="DISC-076"):
        ProtectedSet(snapshot, Policy(way=Way.ROUND)).get_or_protect(BY_UNIT)


def test_question_that_noise_will_not_do_for_is_refused(snapshot):
    with pytest.raises(UserError, match="DISC-079"):
        ProtectedSet(snapshot, NOISE, SECRET).get_or_protect(Duration("start_date", "end_date"))


def test_no_secret_is_refused_and_nothing_stored(snapshot):
    noisy = ProtectedSet(snapshot, NOISE)
    with pytest.raises(UserError, match="DISC-075"):
        noisy.get_or_protect(BY_UNIT)
    assert list(noisy) == []


@pytest.mark.parametrize("refused", [NOISE, Policy(way=Way.ROUND)])
def test_refused_answer_binds_nobody_to_its_way(snapshot, refused):
    with pytest.raises(UserError):
        ProtectedSet(snapshot, refused).get_or_protect(BY_UNIT)
    assert ProtectedSet(snapshot).get_or_protect(BY_UNIT).value("count") == 60


def test_secret_is_in_no_repr(snapshot):
    assert "0123456789abcdef" not in repr(ProtectedSet(snapshot, NOISE, SECRET))
