"""JSON holds all of an instrument: the whole catalogue comes back equal, and what is read is held to the rules."""

import json
from pathlib import Path

import pytest

from skillnad.exchange.forms.folders import Folder, definition_as_toml, loaded_folder
from skillnad.exchange.forms.json_form import form_from_json, json_form
from skillnad.exchange.forms.json_lines import json_lines
from skillnad.instruments.checking import check_folder
from skillnad.instruments.loading import instrument_ids, load_instrument
from skillnad.lib.errors import UserError

CATALOGUE = instrument_ids()


def _said(name: str = "ors") -> dict:
    return json.loads(json_form(loaded_folder(name)))


def _refused(said: object) -> UserError:
    with pytest.raises(UserError) as refusal:
        form_from_json(said if isinstance(said, bytes | str) else json.dumps(said, indent=2), "form.json")
    return refusal.value


def _written(folder: Folder, place: Path) -> Path:
    for name, text in folder.files().items():
        path = place / folder.instrument.id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return place / folder.instrument.id


def test_catalogue_has_every_instrument():
    assert len(CATALOGUE) == 29


@pytest.mark.parametrize("name", CATALOGUE)
def test_json_brings_everything_back(name: str):
    folder = loaded_folder(name)
    returned = form_from_json(json_form(folder), f"{name}.json")
    assert returned == folder
    assert returned.instrument.digest == load_instrument(name).digest


@pytest.mark.parametrize("name", CATALOGUE)
def test_folder_written_back_passes_its_checks_under_another_name(name: str, tmp_path: Path):
    folder = loaded_folder(name).named(f"own_{name}"[:40])
    path = _written(folder, tmp_path)
    assert [str(problem) for problem in check_folder(path).problems] == []
    assert load_instrument(path) == folder.instrument


def test_words_of_variants_come_along():
    said = _said("skr6")
    assert said["texts"]["adult.ar.toml"]["direction"] == "rtl"


def test_named_folder_is_local_and_no_longer_the_catalogues():
    renamed = loaded_folder("skr6").named("egna6")
    assert (renamed.instrument.id, renamed.instrument.kind, renamed.instrument.local) == ("egna6", "local", True)
    assert renamed.instrument.digest != load_instrument("skr6").digest


def test_digest_is_written_to_compare_with():
    assert _said("ors")["digest"] == load_instrument("ors").digest


def test_definition_as_toml_has_dates_without_quotes():
    assert "date = 2019-03-01" in definition_as_toml(load_instrument("skr6"))


def test_folder_without_cases_gets_one_without_answers():
    files = Folder(load_instrument("skr6"), {}).files()
    assert 'asked = ["b1a", "b1b", "b3", "b4", "b5"]' in files["cases.toml"]
    assert files["licence.md"].startswith("# Licens: Sex frågor till brukare")


def test_folder_without_cases_says_what_must_be_answered():
    files = Folder(load_instrument("work_diary"), {}).files()
    assert 'problems = ["INSTR-054 week"]' in files["cases.toml"]


def test_addition_writes_only_what_it_adds(tmp_path: Path):
    own = tmp_path / "bbic"
    own.mkdir()
    lines = ["schema = 1", 'id = "bbic"', 'version = "2026.1"', 'extends = "bbic"']
    item = ['id = "own"', 'kind = "text"', 'label_sv = "Eget"', 'text = "Vad mer?"']
    note = ['version = "2026.1"', "date = 2026-01-01", 'sv = "Eget"']
    text = "\n".join([*lines, "[[item]]", *item, "[[version_note]]", *note])
    (own / "definition.toml").write_text(text, "utf-8")
    folder = loaded_folder(own)
    returned = form_from_json(json_form(folder), "form.json")
    assert [item["id"] for item in returned.definition["item"]] == ["own"]
    assert "own" in returned.instrument.items
    assert returned.instrument == folder.instrument


def test_text_that_is_not_json_names_the_line():
    error = _refused('{\n "skillnad_instrument": 1,\n "definition": {,}\n}')
    assert error.code == "INSTR-002"
    assert error.problems[0].where == "form.json, rad 3"


@pytest.mark.parametrize(
    "raw",
    [b"\xff\xfe\x00", "[" * 100_000, "[]", '"text"', "{}", '{"skillnad_instrument": 2, "definition": {}}', "NaN"],
)
def test_what_is_no_form_is_refused_in_words(raw: bytes | str):
    error = _refused(raw)
    assert error.code == "INSTR-002"
    assert "form.json" in error.problems[0].where


def test_questionnaire_of_fhir_is_told_what_is_expected():
    assert "skillnad_instrument" in _refused({"resourceType": "Questionnaire"}).text()


def test_date_that_is_none_is_refused():
    said = _said()
    said["definition"]["version_note"][0]["date"] = {"$date": "2026-02-30"}
    assert _refused(said).code == "INSTR-002"


@pytest.mark.parametrize("name", ["../../x.toml", "adult.sv.toml/../y", "/etc/passwd", "adult.toml", "Adult.sv.toml"])
def test_words_cannot_lie_outside_their_folder(name: str):
    said = _said()
    said["texts"] = {name: {}}
    assert _refused(said).code == "INSTR-002"


@pytest.mark.parametrize("part", [{"cases": {"case": [None]}}, {"texts": {"adult.en.toml": {"intro": None}}}])
def test_null_is_refused_where_toml_has_none(part: dict):
    assert _refused(_said() | part).code == "INSTR-002"


def test_too_large_form_is_refused_before_it_is_read():
    assert _refused("x" * 2_000_001).code == "INSTR-023"


def test_rules_are_told_with_the_line_of_the_json_text():
    said = _said("skr6")
    said["definition"]["item"][2]["when"]["any"][0]["item"] = "b5"
    text = json.dumps(said, indent=2)
    error = _refused(said)
    line = int(error.problems[0].where.removeprefix("form.json, rad "))
    assert error.code == "INSTR-008"
    assert '"item": "b5"' in text.splitlines()[line - 1]


def test_unknown_key_is_told_with_the_nearest():
    said = _said()
    said["definition"]["titel_sv"] = "x"
    assert "title_sv" in _refused(said).text()


def test_null_in_the_definition_is_the_wrong_type():
    said = _said()
    said["definition"]["source"] = None
    assert _refused(said).code == "INSTR-003"


def test_lines_of_json_know_every_part():
    text = '{\n "a": [\n  {"b": 1},\n  {"b": "x, {y"}\n ],\n "c": {"d": [1,\n 2]}\n}'
    lines = json_lines(text)
    assert (lines.of("a", 0, "b"), lines.of("a", 1, "b"), lines.of("c", "d", 1)) == (3, 4, 7)
    assert json_lines(text, ("c",)).of("d", 0) == 6
    assert lines.of("nothing") == 1
