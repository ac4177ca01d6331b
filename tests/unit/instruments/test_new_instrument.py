import tomllib
from datetime import date

import pytest

from skillnad.instruments.checking import check_folder
from skillnad.instruments.new import is_identifier, next_version, skeleton, version_after, written

TODAY = date(2026, 11, 22)


@pytest.fixture
def made(tmp_path):
    def made(title="Trygghet", name="trygghet"):
        folder = tmp_path / name
        folder.mkdir()
        for file, text in skeleton(name, title, str(folder), TODAY).items():
            (folder / file).write_text(text, encoding="utf-8")
        return folder

    return made


@pytest.mark.parametrize("title", ["Trygghet", 'Frågor om "hem"', "a\\b", "två\nrader", "\x7f", "# {id}"])
def test_new_instrument_follows_the_rules_whatever_it_is_called(made, title):
    assert check_folder(made(title)).problems == []


def test_new_instrument_says_what_is_to_be_changed(made):
    text = (made() / "definition.toml").read_text(encoding="utf-8")
    assert text.count("ÄNDRA:") == 4
    assert 'version = "2026.1"' in text
    assert "date = 2026-11-22" in text


def test_new_instrument_has_a_case_with_and_one_without_a_score(made):
    cases = tomllib.loads((made() / "cases.toml").read_text(encoding="utf-8"))["case"]
    assert [case.get("scores") for case in cases] == [{"total": 2.5}, None]


@pytest.mark.parametrize(
    ("name", "right"),
    [(name, True) for name in ("trygg_1", "a" * 40)]
    + [(name, False) for name in ("Trygg", "1a", "å", "a" * 41, "a__b", "a_", "")],
)
def test_identifiers(name, right):
    assert is_identifier(name) is right


@pytest.mark.parametrize("text", ['"', "\\", "\n", "å ”x”"])
def test_written_text_is_read_back(text):
    assert tomllib.loads(f"a = {written(text)}") == {"a": text}


@pytest.mark.parametrize(("version", "after"), [("2025.3", "2026.1"), ("2026.1", "2026.2"), ("2027.9", "2027.10")])
def test_next_version_is_of_the_year_or_later(version, after):
    assert version_after(version, TODAY) == after


def test_next_version_has_its_number_and_a_note():
    text = next_version('id = "a"\nversion = "2026.1"\n[[version_note]]\nversion = "2026.1"\n', "2026.2", TODAY)
    said = tomllib.loads(text)
    assert said["version"] == "2026.2"
    assert [note["version"] for note in said["version_note"]] == ["2026.1", "2026.2"]


def test_next_version_of_what_has_none_is_a_bug():
    with pytest.raises(ValueError, match="line of its own"):
        next_version('id = "a"\n', "2026.2", TODAY)
