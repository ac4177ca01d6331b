"""What `check` says of a whole folder: definitions, cases, words and licences, of one instrument or of many."""

import pytest
from instrument_folders import damaged, trygghet

from skillnad.instruments.checking import check_folder, instrument_folders
from skillnad.instruments.loading import load_versions, load_with_files
from skillnad.lib.errors import UserError

STATED = """\
[[licence]]
instrument = "sdq"
by = "Metodutvecklare"
date = 2026-11-02
reference = "Avtal 2026/123"
kind = "electronic"
"""
WORDS = """\
variant = "adult"
language = "sv"
status = "original"

[items.sdq1]
text = "Orden står i kommunens eget avtal."
"""


NOTHING = '[[case]]\nid = "inget"\nsv = "Inga svar"\nanswers = {}\n'


@pytest.fixture
def own(tmp_path):
    """The municipality's folder: an instrument of its own, and licensed words for one of the catalogue's."""
    trygghet(tmp_path)
    (tmp_path / "licences.toml").write_text(STATED, encoding="utf-8")
    (tmp_path / "sdq" / "texts").mkdir(parents=True)
    (tmp_path / "sdq" / "texts" / "adult.sv.toml").write_text(WORDS, encoding="utf-8")
    return tmp_path


def said(folder):
    return [(problem.code, problem.where) for problem in check_folder(folder).problems]


def test_whole_folder_of_a_municipality_is_checked(own):
    assert said(own) == []
    assert [folder.name for folder in instrument_folders(own)] == ["sdq", "trygghet"]


def test_problems_of_every_instrument_are_told_at_once(own):
    trygghet(own, ("step = 0.5", "stepp = 0.5"))
    (own / "sdq" / "texts" / "adult.sv.toml").write_text(WORDS.replace("sdq1", "sdq99"), encoding="utf-8")
    assert [code for code, _ in said(own)] == ["INSTR-016", "INSTR-003"]


def test_case_that_does_not_come_out_is_told_at_its_line(own):
    path = own / "trygghet" / "cases.toml"
    path.write_text(path.read_text("utf-8").replace("safety = 2.5", "safety = 3"), encoding="utf-8")
    (problem,) = check_folder(own / "trygghet").problems
    assert (problem.code, problem.where) == ("INSTR-021", "trygghet/cases.toml, rad 1")
    assert "”safety” blev 2,5, men exemplet väntar 3." in problem.sv


def test_instrument_without_cases_is_refused(own):
    (own / "trygghet" / "cases.toml").unlink()
    assert said(own) == [("INSTR-020", "trygghet/cases.toml")]


def test_cases_are_worked_only_where_the_definition_holds(own):
    trygghet(own, ('kind = "mean"', 'kind = "medel"'))
    assert [code for code, _ in said(own / "trygghet")] == ["INSTR-003"]


def test_translation_that_lacks_an_item_is_told_at_its_file(tmp_path):
    folder = damaged(tmp_path, "skr6", ("[items.b4]", "[items.b44]"), file="texts/adult.ar.toml")
    problems = check_folder(folder, local=False).problems
    assert {problem.code for problem in problems} == {"INSTR-016"}
    assert any(
        problem.text().startswith("INSTR-016 skr6/texts/adult.ar.toml, rad ")
        and "”items.b4” saknas. En översättning har alla ord: skriv det på ar." in problem.sv
        for problem in problems
    )


def test_licensed_words_load_with_the_statement_that_lets_them(own):
    loaded = load_with_files("sdq", own)
    assert loaded.licence.reference == "Avtal 2026/123"
    assert loaded.files.texts["adult.sv.toml"].local
    assert load_with_files("sdq").licence is None


def test_licensed_words_without_a_statement_are_refused(own):
    (own / "licences.toml").unlink()
    assert said(own) == [("INSTR-028", "sdq/texts")]
    with pytest.raises(UserError, match="INSTR-028"):
        load_with_files("sdq", own)


def test_licence_of_an_instrument_that_is_not_there_is_told(own):
    (own / "licences.toml").write_text(STATED + STATED.replace("sdq", "sdk"), encoding="utf-8")
    (problem,) = check_folder(own).problems
    assert problem.text() == (
        "INSTR-007 licences.toml: Licensen gäller ”sdk”, som inte finns. Menade du ”sdq”? Rätta instrumentets id."
    )


def test_words_of_an_addition_need_the_licence_too(own):
    text = 'schema = 1\nid = "sdq"\nversion = "2026.1"\nextends = "sdq"\n'
    (own / "sdq" / "definition.toml").write_text(text, encoding="utf-8")
    (own / "sdq" / "cases.toml").write_text(NOTHING, encoding="utf-8")
    assert load_with_files("sdq", own).licence.by == "Metodutvecklare"
    (own / "licences.toml").unlink()
    assert ("INSTR-028", "sdq/texts") in said(own)


def test_words_of_a_kept_addition_have_the_same_licence(own):
    text = 'schema = 1\nid = "sdq"\nversion = "2026.2"\nextends = "sdq"\n'
    kept = own / "sdq" / "versions" / "2026.1"
    (kept / "texts").mkdir(parents=True)
    (kept / "texts" / "adult.sv.toml").write_text(WORDS, encoding="utf-8")
    (kept / "definition.toml").write_text(text.replace("2026.2", "2026.1"), encoding="utf-8")
    (own / "sdq" / "definition.toml").write_text(text, encoding="utf-8")
    (own / "sdq" / "cases.toml").write_text(NOTHING, encoding="utf-8")
    versions = load_versions("sdq", own)
    assert [instrument.version.partition("+")[2] for instrument in versions] == ["2026.1", "2026.2"]
    (own / "licences.toml").unlink()
    assert ("INSTR-028", "sdq/versions/2026.1/texts") in said(own)


def test_folder_of_licences_alone_is_checked(tmp_path):
    (tmp_path / "licences.toml").write_text(STATED, encoding="utf-8")
    assert said(tmp_path) == []


def test_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "bilder").mkdir()
    assert said(tmp_path) == [("INSTR-001", str(tmp_path))]
