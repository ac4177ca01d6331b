import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from skillnad.lib.errors import UserError
from skillnad.lib.key_file import begin_rotation
from skillnad.lib.sealing import INDEX_BYTES, Keys, create_key_file, load_key_file

NUMBER = "20010203-TK01"
ROW = 4_611_686_018_427_387_905


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_key_file(tmp_path / "keys.json")
    return tmp_path / "keys.json"


@pytest.fixture
def keys(path: Path) -> Keys:
    return load_key_file(path)


def test_sealed_number_opens_again(keys: Keys) -> None:
    assert keys.unseal(keys.seal(NUMBER, ROW), ROW) == NUMBER


def test_sealed_number_is_not_readable_and_never_the_same_twice(keys: Keys) -> None:
    sealed = keys.seal(NUMBER, ROW)
    assert NUMBER.encode() not in sealed
    assert keys.seal(NUMBER, ROW) != sealed


def test_many_are_sealed_in_order(keys: Keys) -> None:
    rows = [(f"20010203-TK{number:02}", number) for number in range(1, 50)]
    sealed = keys.seal_many(rows)
    assert [(keys.unseal(value, row), row) for value, (_, row) in zip(sealed, rows, strict=True)] == rows
    assert len(set(sealed)) == len(rows)


def test_value_moved_to_another_row_does_not_open(keys: Keys) -> None:
    with pytest.raises(UserError, match="CONF-014"):
        keys.unseal(keys.seal(NUMBER, ROW), ROW + 1)


@pytest.mark.parametrize("place", [5, 16, 17, -1])
def test_changed_value_does_not_open(keys: Keys, place: int) -> None:
    sealed = bytearray(keys.seal(NUMBER, ROW))
    sealed[place] ^= 1
    with pytest.raises(UserError, match="CONF-014"):
        keys.unseal(bytes(sealed), ROW)


@pytest.mark.parametrize("place", [0, 1, 4])
def test_value_of_another_key_or_version_says_so(keys: Keys, place: int) -> None:
    sealed = bytearray(keys.seal(NUMBER, ROW))
    sealed[place] ^= 1
    with pytest.raises(UserError, match="CONF-013"):
        keys.unseal(bytes(sealed), ROW)


def test_value_cut_short_does_not_open(keys: Keys) -> None:
    with pytest.raises(UserError, match="CONF-014"):
        keys.unseal(keys.seal(NUMBER, ROW)[:20], ROW)


def test_text_of_one_kind_does_not_open_as_another(keys: Keys) -> None:
    sealed = keys.seal("Det var bra.", ROW, "free_answer")
    assert keys.unseal(sealed, ROW, "free_answer") == "Det var bra."
    for other in ("identity", "free_answer:1"):
        with pytest.raises(UserError) as refused:
            keys.unseal(sealed, ROW, other)
        assert refused.value.code == "CONF-014"


def test_identity_sealed_before_there_were_kinds_opens(keys: Keys) -> None:
    assert keys.unseal(keys.seal(NUMBER, ROW, "identity"), ROW) == NUMBER


def test_index_is_the_same_for_the_same_number_only(keys: Keys) -> None:
    index = keys.blind_index(NUMBER)
    assert len(index) == INDEX_BYTES
    assert keys.blind_index_many([NUMBER, "20010203-TK02"]) == [index, keys.blind_index("20010203-TK02")]
    assert keys.blind_index("20010203-TK02") != index


@pytest.mark.parametrize("number", ["", NUMBER, "å", "1" * 55, "1" * 64, "1" * 500])
def test_indexes_of_many_are_those_of_each(keys: Keys, number: str) -> None:
    assert keys.blind_index_many([number, NUMBER, number]) == [
        keys.blind_index(each) for each in (number, NUMBER, number)
    ]


def test_other_installation_has_another_index(keys: Keys, tmp_path: Path) -> None:
    create_key_file(tmp_path / "other.json")
    assert load_key_file(tmp_path / "other.json").blind_index(NUMBER) != keys.blind_index(NUMBER)


def test_blind_text_differs_by_purpose_and_fits_a_source_key(keys: Keys) -> None:
    text = keys.blind_text("case", NUMBER)
    assert text == keys.blind_text("case", NUMBER) != keys.blind_text("client", NUMBER)
    assert len(text) == 43
    assert NUMBER not in text


def test_audit_mac_depends_on_content(keys: Keys) -> None:
    assert len(keys.audit_mac(b"one")) == 64
    assert keys.audit_mac(b"one") != keys.audit_mac(b"two")


def test_keys_do_not_show_in_a_traceback(keys: Keys, path: Path) -> None:
    secrets = json.loads(path.read_text())
    assert secrets["index"] not in repr(keys)
    assert str(keys.index) not in repr(keys)


def test_keys_in_hand_open_what_a_key_that_came_since_sealed(keys: Keys, path: Path) -> None:
    begin_rotation(path, datetime(2026, 3, 2, tzinfo=UTC))
    sealed = load_key_file(path).seal(NUMBER, ROW)
    assert keys.unseal(sealed, ROW) == NUMBER
    path.unlink()
    with pytest.raises(UserError, match="CONF-013"):
        keys.unseal(sealed, ROW)


def test_key_file_is_its_owners_alone(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


def test_key_file_is_never_written_over(path: Path) -> None:
    before = path.read_text()
    with pytest.raises(UserError, match="CONF-010"):
        create_key_file(path)
    assert path.read_text() == before


def test_key_file_open_to_others_is_refused(path: Path) -> None:
    path.chmod(0o640)
    with pytest.raises(UserError, match=r"CONF-011 keys\.json:.*0600"):
        load_key_file(path)


def test_missing_key_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="CONF-011"):
        load_key_file(tmp_path / "none.json")


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"current": "00000000"},
        {"index": "c2hvcnQ="},
        {"audit": "no base 64"},
        {"sealing": []},
        {"index": 3},
    ],
)
def test_damaged_key_file_is_refused_without_showing_it(path: Path, change: dict[str, object]) -> None:
    content = {**json.loads(path.read_text()), **change}
    path.write_text(json.dumps(content))
    with pytest.raises(UserError, match="CONF-012") as refused:
        load_key_file(path)
    assert content["audit"] not in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "{", '"text"'])
def test_file_that_holds_no_keys_is_refused(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(UserError, match="CONF-012"):
        load_key_file(path)
