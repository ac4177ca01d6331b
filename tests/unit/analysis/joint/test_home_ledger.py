"""Where a home's ledger lies, and what opens it."""

import stat

import pytest

from skillnad.analysis.joint.home_ledger import file_name, home_of, ledger_of
from skillnad.analysis.joint.ledger import KEY_BYTES
from skillnad.lib.errors import UserError
from skillnad.lib.sealing import create_key_file


@pytest.fixture
def snapshot(tmp_path, monkeypatch):
    """The folder of a snapshot in a home without an installation."""
    monkeypatch.delenv("SKILLNAD_KEY_FILE", raising=False)
    folder = tmp_path / "snapshots" / "one"
    folder.mkdir(parents=True)
    return folder


def own_key(ledger):
    return ledger.file.with_suffix(".key")


def test_ledger_lies_beside_the_folder_of_snapshots(snapshot, tmp_path):
    assert home_of(snapshot) == tmp_path
    assert ledger_of(snapshot, "Provköping").file.parent == tmp_path


def test_snapshot_by_itself_has_none(tmp_path):
    assert ledger_of(tmp_path, "Provköping") is None


def test_snapshots_of_a_home_have_the_same(snapshot):
    beside = snapshot.parent / "two"
    assert ledger_of(snapshot, "Provköping") == ledger_of(beside, "Provköping")


def test_each_municipality_has_its_own(snapshot):
    own, other = ledger_of(snapshot, "Provköping"), ledger_of(snapshot, "Ale/Älv")
    assert own.file != other.file
    assert own.key != other.key


def test_own_key_is_made_once_and_is_nobody_elses_to_read(snapshot):
    made = ledger_of(snapshot, "Provköping")
    assert len(made.key) == KEY_BYTES
    assert stat.S_IMODE(own_key(made).stat().st_mode) == 0o600


def test_key_follows_from_the_installations_where_there_is_one(snapshot, tmp_path):
    create_key_file(tmp_path / "keys.json")
    made = ledger_of(snapshot, "Provköping")
    assert not own_key(made).exists()
    assert made.key == ledger_of(snapshot, "Provköping", tmp_path / "keys.json").key
    create_key_file(tmp_path / "others.json")
    assert made.key != ledger_of(snapshot, "Provköping", tmp_path / "others.json").key


def test_environment_says_where_the_key_file_is(snapshot, tmp_path, monkeypatch):
    create_key_file(tmp_path / "elsewhere.json")
    monkeypatch.setenv("SKILLNAD_KEY_FILE", str(tmp_path / "elsewhere.json"))
    assert ledger_of(snapshot, "P").key == ledger_of(snapshot, "P", tmp_path / "elsewhere.json").key


def test_ledger_that_has_an_own_key_keeps_it_when_an_installation_comes(snapshot, tmp_path):
    before = ledger_of(snapshot, "Provköping")
    create_key_file(tmp_path / "keys.json")
    assert ledger_of(snapshot, "Provköping").key == before.key


def test_key_without_its_ledger_is_refused(snapshot):
    ledger_of(snapshot, "Provköping").file.unlink()
    with pytest.raises(UserError, match="DISC-027"):
        ledger_of(snapshot, "Provköping")


def test_ledger_without_its_key_is_refused_and_gets_no_other(snapshot):
    made = ledger_of(snapshot, "Provköping")
    made.file.write_text("{}\n")
    own_key(made).unlink()
    with pytest.raises(UserError, match="DISC-027") as refused:
        ledger_of(snapshot, "Provköping")
    assert "SKILLNAD_KEY_FILE" in refused.value.problems[0].sv
    assert not own_key(made).exists()


def test_home_that_cannot_be_written_to_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "home").write_text("a file, not a folder")
    with pytest.raises(UserError, match="DISC-028") as refused:
        ledger_of(tmp_path / "home" / "snapshots" / "one", "Provköping")
    assert "skrivrätt" in refused.value.problems[0].sv


def test_name_of_a_ledger_tells_no_letters_of_the_municipality():
    assert file_name("Ale/Älv").isascii()
    assert "/" not in file_name("Ale/Älv")
