"""What the author of an imported form is to write is marked in its files, and `check` says on which lines."""

import tomllib
from pathlib import Path

import pytest
from made_xlsforms import question, read

from skillnad.cli.kernel.instrument_files import checked_folders, written
from skillnad.exchange.forms.fhir_in import from_fhir
from skillnad.exchange.forms.folders import loaded_folder
from skillnad.exchange.forms.to_change import UNSAID, with_marks

NOT_SAID = b"""{"resourceType": "Questionnaire", "status": "active", "title": "Trivsel", "item": [
  {"linkId": "a", "type": "boolean", "text": "Trivs du?"}]}"""


def _definition(tmp_path: Path, **more: object) -> str:
    return read([question("a")], tmp_path, **more)[0].files()["definition.toml"]


def test_what_a_form_does_not_say_is_marked_in_its_words(tmp_path: Path):
    said = tomllib.loads(_definition(tmp_path))
    assert said["purpose_sv"].startswith("ÄNDRA: ")
    assert said["licence"]["holder"].startswith("ÄNDRA: ")


@pytest.mark.parametrize("line", ["answered_by = ", "about = ", "[licence]", 'direction = "none"'])
def test_code_that_is_a_guess_has_a_comment_above(line: str, tmp_path: Path):
    lines = _definition(tmp_path).splitlines()
    place = next(number for number, each in enumerate(lines) if each.startswith(line))
    assert lines[place - 1].startswith("# ÄNDRA: ")


@pytest.mark.parametrize(
    ("words", "marked"),
    [("Vet ej", True), ("Ej aktuellt för mig", True), ("Vill inte svara", True), ("Don't know", True), ("Nej", False)],
)
def test_option_that_seems_no_value_has_a_comment_above(words: str, marked: bool, tmp_path: Path):
    many = [("yesno", str(number), "Ett svar av flera") for number in range(3)]
    lines = _definition(tmp_path, choices=[*many, ("yesno", "9", words)]).splitlines()
    place = next(number for number, each in enumerate(lines) if f'sv = "{words}"' in each)
    assert lines[place - 1].lstrip().startswith("# ÄNDRA: är svaret inget värde?") is marked


def test_check_says_on_which_lines_marks_are_left(tmp_path: Path):
    folder, losses = read([question("a")], tmp_path)
    written(tmp_path / "trivsel", folder.files())
    said = checked_folders(tmp_path / "trivsel")[-1]
    for part in ("Kvar att ändra: definition.toml, rad 6, ", "; cases.toml, rad 1", "; licence.md, rad 3."):
        assert part in said
    assert any("där det står ÄNDRA" in loss.sv for loss in losses)


def test_marks_change_nothing_of_what_is_read(tmp_path: Path):
    folder, _ = read([question("a")], tmp_path)
    assert tomllib.loads(folder.files()["definition.toml"]) == folder.definition


def test_form_in_fhir_is_marked_too():
    folder = from_fhir(NOT_SAID, "form.json").folder
    assert folder.instrument.purpose_sv.startswith("ÄNDRA: ")
    assert folder.instrument.licence.holder.startswith("ÄNDRA: ")
    assert "# ÄNDRA: vem som svarar" in folder.files()["definition.toml"]
    assert "ÄNDRA: " in folder.files()["licence.md"]


def test_whole_folder_has_no_marks():
    assert not any("ÄNDRA" in text for text in loaded_folder("skr6").files().values())
    assert with_marks("about = 1\n", {}) == "about = 1\n"


def test_each_line_is_marked_once():
    text = with_marks("about = 1\n\n[[x]]\nabout = 2\n", UNSAID)
    assert text.count("# ÄNDRA") == 1
