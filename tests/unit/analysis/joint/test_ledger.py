import json
from datetime import date

import pytest

from skillnad.analysis.joint.ledger import Ledger, Said, numbers_of
from skillnad.analysis.joint.releases import Release
from skillnad.analysis.questions import Count
from skillnad.lib.errors import UserError

KEY = bytes(range(32))
WOMEN, MEN = ("interventions", "legal_sex=1"), ("interventions", "legal_sex=2")
BY_SEX = Count(by=("legal_sex",))


def release(letter, snapshot="s"):
    return Release(f"{letter * 64}.0", snapshot * 64, date(2025, 12, 31), "rules", BY_SEX, BY_SEX)


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "ledger.jsonl", KEY, "Provköping")
    made.record(release("a"), {WOMEN: 20}, {MEN: 3})
    return made


def changed(ledger, part, value="other"):
    line = json.loads(ledger.file.read_text())
    ledger.file.write_text(json.dumps(line | {part: value}) + "\n")
    return Ledger(ledger.file, KEY, "Provköping")


def test_what_was_shown_and_hidden_is_said_of_the_same_groups(ledger):
    said = ledger.said_of({WOMEN: 20, MEN: 3})
    assert (said.shown, said.hidden) == ({WOMEN}, {MEN})
    assert said.answers == {WOMEN: release("a").key, MEN: release("a").key}


def test_group_with_another_number_is_another_group(ledger):
    assert ledger.said_of({WOMEN: 21, MEN: 4}) == Said()


@pytest.mark.parametrize("number", [16, 19, 21, 24])
def test_number_near_the_one_that_was_shown_has_moved(ledger, number):
    said = ledger.said_of({WOMEN: number}, within=5)
    assert (said.moved, said.near, said.shown) == ({WOMEN: (20.0,)}, {WOMEN}, set())


@pytest.mark.parametrize("number", [15, 25])
def test_number_as_far_away_as_the_threshold_has_nothing_said_of_it(ledger, number):
    assert ledger.said_of({WOMEN: number}, within=5) == Said()


def test_number_near_a_large_gap_stays_a_gap(ledger):
    ledger.record(release("b"), {}, {MEN: 30})
    said = ledger.said_of({MEN: 32}, within=5)
    assert (said.hidden, said.near, said.moved) == ({MEN}, {MEN}, {})


def test_number_near_a_small_gap_may_be_shown(ledger):
    said = ledger.said_of({MEN: 6}, within=5)
    assert (said.hidden, said.near) == (set(), {MEN})


def test_number_that_was_shown_has_not_moved_though_another_was_near(ledger):
    ledger.record(release("b"), {WOMEN: 22}, {})
    assert ledger.said_of({WOMEN: 20}, within=5).moved == {}


def test_group_has_moved_from_every_number_that_is_near(ledger):
    ledger.record(release("b"), {WOMEN: 25}, {})
    assert ledger.said_of({WOMEN: 22}, within=5).moved == {WOMEN: (20.0, 25.0)}


def test_one_release_can_be_asked_about_alone(ledger):
    ledger.record(release("b"), {MEN: 30}, {})
    said = ledger.said_of({WOMEN: 20, MEN: 30}, of={release("b").key})
    assert said.shown == {MEN}


def test_what_any_release_showed_is_shown(ledger):
    ledger.record(release("b"), {MEN: 3}, {WOMEN: 20})
    assert ledger.said_of({WOMEN: 20, MEN: 3}).shown == {WOMEN, MEN}


def test_release_is_written_once(ledger):
    ledger.record(release("a"), {}, {})
    assert len(ledger.file.read_text().splitlines()) == 1


def test_releases_come_back_as_they_were_written(ledger):
    ledger.record(release("b", "t"), {}, {})
    assert Ledger(ledger.file, KEY).releases() == [release("a"), release("b", "t")]


def test_line_that_another_has_written_is_seen(ledger):
    ledger.releases()
    Ledger(ledger.file, KEY, "Provköping").record(release("b"), {MEN: 7}, {})
    assert ledger.said_of({MEN: 7}).shown == {MEN}


def test_empty_ledger_says_nothing(tmp_path):
    assert Ledger(tmp_path / "none.jsonl", KEY).said_of({WOMEN: 20}) == Said()


def test_ledger_holds_no_group_and_no_number(ledger):
    line = json.loads(ledger.file.read_text())
    marks = line.pop("shown") + line.pop("hidden")
    assert all(len(mark) == 64 and int(mark, 16) for mark in marks)
    assert "legal_sex=" not in json.dumps(line)
    assert repr(KEY) not in repr(ledger)


@pytest.mark.parametrize("part", ["answer", "shown", "hidden", "before", "snapshot", "as_of", "asked", "municipality"])
def test_changed_line_is_refused(ledger, part):
    with pytest.raises(UserError, match="DISC-019"):
        changed(ledger, part).said_of({})


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"seal": "0"}'])
def test_what_is_no_line_is_refused(ledger, text):
    ledger.file.write_text(text + "\n")
    with pytest.raises(UserError, match="DISC-019"):
        ledger.record(release("b"), {}, {})


def test_line_that_is_gone_is_missed(ledger):
    ledger.record(release("b"), {}, {})
    ledger.file.write_text(ledger.file.read_text().splitlines()[1] + "\n")
    with pytest.raises(UserError, match="DISC-019"):
        ledger.said_of({})


def test_another_key_does_not_open_it(ledger):
    with pytest.raises(UserError, match="DISC-019"):
        Ledger(ledger.file, KEY[::-1]).said_of({})


def test_ledger_of_other_people_is_refused_with_what_to_do(ledger):
    with pytest.raises(UserError, match="DISC-026") as refused:
        Ledger(ledger.file, KEY[:], "Ale").releases()
    assert "SKILLNAD_HOME" in refused.value.problems[0].sv


def test_nobody_is_in_no_ledger():
    assert numbers_of([WOMEN, MEN], {WOMEN: 0, MEN: 3}) == {MEN: 3}
