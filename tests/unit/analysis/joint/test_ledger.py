import json
import struct
from datetime import date

import pytest

from skillnad.analysis.joint.ledger import Heard, Ledger
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


def test_what_was_shown_and_hidden_is_heard_of_the_same_groups(ledger):
    key = release("a").key
    assert ledger.heard([WOMEN, MEN]) == {WOMEN: [Heard(key, 20.0, True)], MEN: [Heard(key, 3.0, False)]}


def test_nothing_is_heard_of_another_group(ledger):
    assert ledger.heard([("interventions", "legal_sex=1", "unit=A")]) == {}


def test_every_release_is_heard_oldest_first(ledger):
    ledger.record(release("b"), {WOMEN: 25}, {})
    assert [one.number for one in ledger.heard([WOMEN])[WOMEN]] == [20.0, 25.0]


def test_one_release_can_be_asked_about_alone(ledger):
    ledger.record(release("b"), {WOMEN: 25}, {})
    assert ledger.heard([WOMEN, MEN], {release("b").key}) == {WOMEN: [Heard(release("b").key, 25.0, True)]}


def test_release_is_written_once(ledger):
    ledger.record(release("a"), {}, {})
    assert len(ledger.file.read_text().splitlines()) == 1


def test_releases_come_back_as_they_were_written(ledger):
    ledger.record(release("b", "t"), {}, {})
    assert Ledger(ledger.file, KEY).releases() == [release("a"), release("b", "t")]


def test_line_that_another_has_written_is_seen(ledger):
    ledger.releases()
    text = ledger.file.read_text()
    Ledger(ledger.file, KEY, "Provköping").record(release("b"), {MEN: 7}, {})
    assert [one.number for one in ledger.heard([MEN])[MEN]] == [3.0, 7.0]
    ledger.file.write_text(text)
    assert [one.number for one in ledger.heard([MEN])[MEN]] == [3.0]


def test_empty_ledger_says_nothing(tmp_path):
    assert Ledger(tmp_path / "none.jsonl", KEY).heard([WOMEN]) == {}


def test_ledger_holds_no_group_and_no_number(ledger):
    line = json.loads(ledger.file.read_text())
    told = {**line.pop("shown"), **line.pop("hidden")}
    assert [(len(mark), len(number)) for mark, number in told.items()] == [(32, 16), (32, 16)]
    assert not {struct.pack(">d", number).hex() for number in (3, 20)} & {*told.values()}
    assert "legal_sex=" not in json.dumps(line)
    assert repr(KEY) not in repr(ledger)


def test_same_number_of_two_releases_is_sealed_differently(ledger):
    ledger.record(release("b"), {WOMEN: 20}, {})
    lines = [json.loads(line) for line in ledger.file.read_text().splitlines()]
    assert len({number for line in lines for number in line["shown"].values()}) == 2


@pytest.mark.parametrize("part", ["answer", "shown", "hidden", "before", "snapshot", "as_of", "asked", "municipality"])
def test_changed_line_is_refused(ledger, part):
    with pytest.raises(UserError, match="DISC-019"):
        changed(ledger, part).heard([])


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"seal": "0"}'])
def test_what_is_no_line_is_refused(ledger, text):
    ledger.file.write_text(text + "\n")
    with pytest.raises(UserError, match="DISC-019"):
        ledger.record(release("b"), {}, {})


def test_damage_is_told_by_its_line(ledger):
    ledger.record(release("b"), {}, {})
    lines = ledger.file.read_text().splitlines()
    ledger.file.write_text("\n".join([lines[0], lines[1].replace("rules", "other")]) + "\n")
    with pytest.raises(UserError, match="DISC-019") as refused:
        ledger.heard([])
    assert refused.value.problems[0].where == "liggaren, rad 2"


def test_line_that_is_gone_is_missed(ledger):
    ledger.record(release("b"), {}, {})
    ledger.file.write_text(ledger.file.read_text().splitlines()[1] + "\n")
    with pytest.raises(UserError, match="DISC-019"):
        ledger.heard([])


def test_another_key_does_not_open_it(ledger):
    with pytest.raises(UserError, match="DISC-019"):
        Ledger(ledger.file, KEY[::-1]).heard([])


def test_ledger_of_other_people_is_refused_with_what_to_do(ledger):
    with pytest.raises(UserError, match="DISC-026") as refused:
        Ledger(ledger.file, KEY[:], "Ale").releases()
    assert "säkerhetskopian" in refused.value.problems[0].sv
