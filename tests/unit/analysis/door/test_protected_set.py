import json
import os

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis import protected_set
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.door import ask_together
from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.questions import Count, CrossTable, Selection, Where
from skillnad.lib.errors import UserError

BY_UNIT = Count(by=("unit",))
CROSSED = CrossTable("unit", "legal_sex")


@pytest.fixture
def told(tmp_path):
    rows = [{"unit": "ABC"[n % 3], "legal_sex": "12"[n % 7 == 0]} for n in range(60)]
    return ProtectedSet(make_snapshot(tmp_path, interventions=rows))


def refuses(*_):
    raise AssertionError("computed again")


def files(told):
    return sorted(file.name for file in told.directory.glob("*.json"))


def test_question_joins_the_set_once(told, monkeypatch):
    first = told.get_or_protect(BY_UNIT)
    monkeypatch.setattr(protected_set, "ask_together", refuses)
    again = told.get_or_protect(BY_UNIT)
    assert (again.cells, again.axes, again.provenance) == (first.cells, first.axes, first.provenance)


def test_stored_answer_is_named_by_its_ledger_key(told):
    table = told.get_or_protect(BY_UNIT)
    assert files(told) == [f"{table.provenance.ledger_key}.json"]


def test_same_question_in_other_words_is_stored_once(told):
    one, other = Where("unit", ("A", "B")), Where("unit", ("B", "A"))
    told.get_or_protect(Count(Selection(where=(one,))))
    told.get_or_protect(Count(Selection(where=(other,))))
    assert len(files(told)) == 1


def test_set_holds_what_was_asked(told):
    told.get_or_protect(BY_UNIT)
    assert BY_UNIT in told
    assert CROSSED not in told
    assert told.load(CROSSED) is None
    assert [table.question for table in told] == [BY_UNIT]


def test_other_policy_has_answers_of_its_own(told):
    strict = ProtectedSet(told.snapshot, Policy(threshold=25, quantile_minimum=25))
    assert told.get_or_protect(BY_UNIT).gaps == 0
    assert strict.get_or_protect(BY_UNIT).gaps > 0


@pytest.mark.parametrize("workers", [1, 2])
def test_precompute_answers_all_and_tells_how_far(told, monkeypatch, workers):
    questions = [BY_UNIT, CROSSED, Count(), Count(by=("legal_sex",)), CrossTable("legal_sex", "unit"), BY_UNIT]
    steps = []
    told.precompute(questions, lambda done, of: steps.append((done, of)), workers=workers)
    assert steps == [(done, 5) for done in range(6)]
    monkeypatch.setattr(protected_set, "ask_together", refuses)
    assert all(told.get_or_protect(question) for question in questions)


def test_precompute_leaves_what_is_there(told, monkeypatch):
    told.get_or_protect(BY_UNIT)
    monkeypatch.setattr(protected_set, "ask_together", refuses)
    told.precompute([BY_UNIT])


def test_first_answer_stands_when_two_are_written(told):
    told.get_or_protect(BY_UNIT)
    file = told.directory / files(told)[0]
    before = file.read_bytes()
    (again,) = ask_together(told.snapshot, [BY_UNIT])
    told._store(again)
    assert file.read_bytes() == before


def test_unfinished_file_is_left_nowhere(told):
    told.get_or_protect(BY_UNIT)
    (again,) = ask_together(told.snapshot, [BY_UNIT])
    told._store(again)
    assert [name for name in os.listdir(told.directory) if name.endswith(".part")] == []


def test_damaged_answer_is_refused(told):
    told.get_or_protect(BY_UNIT)
    (told.directory / files(told)[0]).write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="DISC-004"):
        told.get_or_protect(BY_UNIT)


def test_answer_to_another_question_is_refused(told):
    told.get_or_protect(BY_UNIT)
    told.get_or_protect(CROSSED)
    one, other = (told.directory / name for name in files(told))
    one.write_bytes(other.read_bytes())
    with pytest.raises(UserError, match="DISC-005"):
        list(told)


def test_stored_answer_holds_gaps_as_null(told):
    table = told.get_or_protect(CROSSED)
    stored = json.loads((told.directory / files(told)[0]).read_text(encoding="utf-8"))
    gaps = [cell for cell in stored["cells"]["count"] if cell["value"] is None]
    assert len(gaps) == table.gaps > 0
