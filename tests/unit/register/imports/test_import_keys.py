"""What names a record: identities under a keyed index, composite keys, and none of it in plain text."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.lib.sealing import Keys, create_key_file, load_key_file
from skillnad.register.imports.fields import Record
from skillnad.register.imports.keys import NOBODY, PERSON, read_keys
from skillnad.register.imports.mapping import FileSpec
from skillnad.register.imports.mapping_reading import parse_mapping

TODAY = date(2026, 3, 2)
FRAME = pl.DataFrame(
    {
        "Pnr": ["19900102-TF21", "900102TF21", None, " "],
        "Nr": ["A1", " A1 ", "A|2", "A3"],
        "Dag": ["1", "1", "2", ""],
    }
)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    create_key_file(tmp_path / "keys.json")
    return load_key_file(tmp_path / "keys.json")


def spec(key_lines: str) -> FileSpec:
    text = f'[mapping]\nname = "ifo"\n[[file]]\nmatch = "x"\n[file.keys]\n{key_lines}\n'
    return parse_mapping(text, load_codebook()).files[0]


IDENTITY = 'client = { column = "Pnr", identity = true }\ncase = "Nr"'


def test_ten_and_twelve_digits_are_one_person(keys: Keys) -> None:
    found, identities = read_keys(FRAME, spec(IDENTITY), keys, TODAY)
    assert found["client"][0] == found["client"][1] == PERSON + keys.blind_index("19900102TF21").hex()
    assert identities.frame.height == 1


def test_missing_identity_is_no_key(keys: Keys) -> None:
    found, _ = read_keys(FRAME, spec(IDENTITY), keys, TODAY)
    assert found["client"].to_list()[2:] == [None, None]


def test_identity_tells_its_hints(keys: Keys) -> None:
    _, identities = read_keys(FRAME, spec(IDENTITY), keys, TODAY)
    (row,) = identities.frame.drop("key", "number").rows()
    assert row == ("reserv_lokal", date(1990, 1, 2), "1", False)


def test_client_without_identity_gets_a_key_of_the_case(keys: Keys) -> None:
    lines = IDENTITY.replace("identity = true", 'identity = true, missing = "none"')
    found, _ = read_keys(FRAME, spec(lines), keys, TODAY)
    assert found["client"].to_list()[3] == f"{NOBODY}A3"


def test_keys_are_trimmed_and_joined_without_mixing(keys: Keys) -> None:
    lines = 'client = "Nr"\ncase = ["Nr", "Dag"]'
    found, _ = read_keys(FRAME, spec(lines), keys, TODAY)
    assert found["case"].to_list() == ["A1|1", "A1|1", "A\\|2|2", None]


def test_identity_takes_part_in_other_keys_by_its_index(keys: Keys) -> None:
    lines = 'client = { column = "Pnr", identity = true }\ncase = ["Pnr", "Nr"]'
    found, _ = read_keys(FRAME, spec(lines), keys, TODAY)
    assert found["case"][0] == f"{found['client'][0]}|A1"


def test_key_that_looks_like_an_identity_is_blinded(keys: Keys) -> None:
    frame = pl.DataFrame({"Nr": ["19900102-TF21", "2024-0001"]})
    found, _ = read_keys(frame, spec('client = "Nr"'), keys, TODAY)
    assert found["client"].to_list() == [keys.blind_text("key:client", "19900102-TF21"), "2024-0001"]


def test_long_key_is_shortened_and_stays_its_own(keys: Keys) -> None:
    frame = pl.DataFrame({"Nr": ["x" * 300, "x" * 299 + "y"]})
    found, _ = read_keys(frame, spec('client = "Nr"'), keys, TODAY)
    assert found["client"].n_unique() == 2
    assert found["client"].str.len_bytes().max() < 200


def test_identities_are_not_shown(keys: Keys) -> None:
    _, identities = read_keys(FRAME, spec(IDENTITY), keys, TODAY)
    assert "TF21" not in repr(identities)


def test_client_column_need_not_be_named_as_an_identity(keys: Keys) -> None:
    assert set(read_keys(FRAME, spec('client = "Nr"'), keys, TODAY)[0].columns) == {Record.CLIENT.value}
