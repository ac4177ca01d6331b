import json

import pytest

from skillnad.analysis.joint.ledger import Ledger, Said, numbers_of
from skillnad.lib.errors import UserError

KEY = bytes(range(32))
WOMEN, MEN = ("interventions", "legal_sex=1"), ("interventions", "legal_sex=2")


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "ledger.jsonl", KEY)
    made.record("a" * 64, "s" * 64, {WOMEN: 20}, {MEN: 3})
    return made


def test_what_was_shown_and_hidden_is_said_of_the_same_groups(ledger):
    said = ledger.said_of({WOMEN: 20, MEN: 3})
    assert (said.shown, said.hidden) == ({WOMEN}, {MEN})
    assert said.answers == {WOMEN: "a" * 64, MEN: "a" * 64}


def test_group_with_another_number_is_another_group(ledger):
    assert ledger.said_of({WOMEN: 21, MEN: 4}) == Said()


def test_what_any_release_showed_is_shown(ledger):
    ledger.record("b" * 64, "t" * 64, {MEN: 3}, {WOMEN: 20})
    assert ledger.said_of({WOMEN: 20, MEN: 3}).shown == {WOMEN, MEN}


def test_release_is_written_once(ledger):
    ledger.record("a" * 64, "s" * 64, {}, {})
    assert len(ledger.file.read_text().splitlines()) == 1


def test_empty_ledger_says_nothing(tmp_path):
    assert Ledger(tmp_path / "none.jsonl", KEY).said_of({WOMEN: 20}) == Said()


def test_ledger_holds_no_name_and_no_number(ledger):
    text = ledger.file.read_text()
    assert "legal_sex" not in text
    assert "20" not in [*json.loads(text)["shown"], *json.loads(text)["hidden"]]


@pytest.mark.parametrize("part", ["shown", "hidden", "before", "answer", "seal"])
def test_changed_line_is_refused(ledger, part):
    line = json.loads(ledger.file.read_text())
    ledger.file.write_text(json.dumps(line | {part: "other"}) + "\n")
    with pytest.raises(UserError, match="DISC-019"):
        ledger.said_of({})


def test_line_that_is_gone_is_missed(ledger):
    ledger.record("b" * 64, "t" * 64, {MEN: 3}, {})
    ledger.file.write_text(ledger.file.read_text().splitlines()[1] + "\n")
    with pytest.raises(UserError, match="DISC-019"):
        ledger.record("c" * 64, "u" * 64, {}, {})


@pytest.mark.parametrize("text", ["{", "[]", "null"])
def test_line_that_is_none_is_refused(ledger, text):
    ledger.file.write_text(text + "\n")
    with pytest.raises(UserError, match="DISC-019"):
        ledger.said_of({})


def test_ledger_of_another_key_is_refused(ledger):
    with pytest.raises(UserError, match="DISC-019"):
        Ledger(ledger.file, KEY[::-1]).said_of({})


def test_key_is_in_no_repr(ledger):
    assert repr(KEY) not in repr(ledger)


def test_nobody_in_a_group_is_not_recorded():
    assert numbers_of([WOMEN, MEN, ("x",)], {WOMEN: 3, MEN: 0}) == {WOMEN: 3}
