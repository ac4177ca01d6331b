"""Somebody else's words load when the municipality has said who agreed, when and where that stands."""

from datetime import date

import pytest

from skillnad.instruments.checking import check_folder
from skillnad.instruments.keys import CODES
from skillnad.instruments.licences import Statement, as_toml, form_allowed, needs_statement, read_licences, told
from skillnad.instruments.loading import load_instrument, load_with_files
from skillnad.instruments.texts import words_of
from skillnad.instruments.wording import wording
from skillnad.lib.errors import UserError
from skillnad.lib.toml_files import Findings

SDQ = Statement("sdq", "Avdelningschef", date(2026, 11, 2), "Avtal 2026/123", "electronic")
WORDS = 'variant = "adult"\nlanguage = "sv"\nstatus = "original"\n[items.sdq1]\ntext = "Påhittad fråga"\n'


def stated(folder, text):
    (folder / "licences.toml").write_text(text, encoding="utf-8")
    findings = Findings(CODES)
    return read_licences(folder, findings), [(problem.code, problem.where) for problem in findings.problems]


def own_words(folder, name="sdq", words=WORDS):
    texts = folder / name / "texts"
    texts.mkdir(parents=True)
    (texts / "adult.sv.toml").write_text(words, encoding="utf-8")


def test_statement_is_read_as_it_was_written(tmp_path):
    assert stated(tmp_path, as_toml(SDQ)) == ({"sdq": SDQ}, [])


def test_quotes_and_swedish_survive(tmp_path):
    statement = Statement("ors", 'Chefen "för" åäö', date(2026, 1, 31), "Dnr 1\\2")
    assert stated(tmp_path, as_toml(statement)) == ({"ors": statement}, [])


def test_several_licences_stand_after_each_other(tmp_path):
    other = Statement("ors", "Avdelningschef", date(2026, 1, 31), "Avtal 7")
    assert stated(tmp_path, f"{as_toml(SDQ)}\n{as_toml(other)}")[0] == {"sdq": SDQ, "ors": other}


def test_folder_without_the_file_states_nothing(tmp_path):
    findings = Findings(CODES)
    assert read_licences(tmp_path, findings) == {}
    assert findings.problems == []


@pytest.mark.parametrize("key", ["instrument", "by", "reference", "date"])
def test_incomplete_statement_is_told_and_is_none(tmp_path, key):
    lines = [line for line in as_toml(SDQ).splitlines() if not line.startswith(f"{key} ")]
    assert stated(tmp_path, "\n".join(lines)) == ({}, [("INSTR-003", "licences.toml, rad 1")])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("date = 2026-11-02", 'date = "i höstas"', "INSTR-003"),
        ('kind = "electronic"', 'kind = "muntlig"', "INSTR-003"),
        ('"Avdelningschef"', '"20010203-TK01"', "INSTR-028"),
        ('by = "', 'namn = "', "INSTR-003"),
        ("[[licence]]", "[[licence", "INSTR-002"),
    ],
)
def test_bad_statement_is_told(tmp_path, old, new, code):
    _, problems = stated(tmp_path, as_toml(SDQ).replace(old, new))
    assert code in [found for found, _ in problems]


def test_identity_number_is_not_repeated(tmp_path):
    (tmp_path / "licences.toml").write_text(as_toml(SDQ).replace("Avdelningschef", "20010203-TK01"), encoding="utf-8")
    findings = Findings(CODES)
    read_licences(tmp_path, findings)
    assert not any("TK01" in problem.text("sv") + problem.text("en") for problem in findings.problems)


def test_first_of_two_licences_stays(tmp_path):
    found, problems = stated(tmp_path, as_toml(SDQ) + as_toml(SDQ).replace("123", "999"))
    assert found == {"sdq": SDQ}
    assert problems == [("INSTR-006", "licences.toml, rad 8")]


def test_words_load_with_their_licence(tmp_path):
    own_words(tmp_path)
    stated(tmp_path, as_toml(SDQ))
    loaded = load_with_files("sdq", tmp_path)
    assert loaded.licence == SDQ
    assert wording(loaded.instrument, words_of(loaded.files)).question("sdq1").text == "Påhittad fråga"


def test_words_without_licence_are_refused_and_the_holder_named(tmp_path):
    own_words(tmp_path)
    stated(tmp_path, as_toml(SDQ).replace('"sdq"', '"ors"'))
    with pytest.raises(UserError, match="INSTR-028 sdq/texts: Orden i ”sdq” tillhör Youthinmind"):
        load_with_files("sdq", tmp_path)


def test_check_of_the_municipalitys_folder_finds_words_without_licence(tmp_path):
    own_words(tmp_path)
    assert [problem.code for problem in check_folder(tmp_path).problems] == ["INSTR-028"]
    stated(tmp_path, as_toml(SDQ))
    assert check_folder(tmp_path).problems == []


def test_licensed_words_are_held_to_the_rules_of_words(tmp_path):
    own_words(tmp_path, words=WORDS.replace("sdq1", "sdq99"))
    stated(tmp_path, as_toml(SDQ))
    assert [problem.code for problem in check_folder(tmp_path).problems] == ["INSTR-016"]


def test_structure_is_used_without_any_licence(tmp_path):
    loaded = load_with_files("sdq", tmp_path)
    assert loaded.licence is None
    assert len(loaded.instrument.items) > 25


@pytest.mark.parametrize(("name", "needed"), [("sdq", True), ("ors", True), ("skr6", False)])
def test_who_needs_a_licence(name, needed):
    assert needs_statement(load_instrument(name)) is needed


@pytest.mark.parametrize(
    ("name", "statement", "allowed"),
    [
        ("sdq", None, False),
        ("sdq", Statement("sdq", "Chef", date(2026, 1, 1), "7"), False),
        ("sdq", SDQ, True),
        ("ors", None, False),
        ("adad", None, True),
        ("skr6", None, True),
    ],
)
def test_form_on_a_screen_may_need_leave_of_its_own(name, statement, allowed):
    assert form_allowed(load_instrument(name), statement) is allowed


def test_log_gets_who_when_and_reference():
    assert told(SDQ) == {
        "by": "Avdelningschef",
        "date": "2026-11-02",
        "reference": "Avtal 2026/123",
        "kind": "electronic",
    }
