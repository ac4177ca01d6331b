from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from skillnad.cli.kernel.instrument_exchange import (
    FORMATS,
    Wanted,
    check_form_file,
    default_folder,
    exported,
    imported,
    named,
)
from skillnad.instruments.loading import load_with_files
from skillnad.lib.errors import UserError


def refused(call, *arguments):
    with pytest.raises(UserError) as caught:
        call(*arguments)
    return caught.value


def saved(tmp_path, name, to):
    form = exported(load_with_files(name), to, Wanted(), None)
    path = tmp_path / f"{name}{FORMATS[to].ending}"
    path.write_bytes(form.content)
    return path


def test_format_that_is_not_there_names_those_that_are():
    error = refused(exported, load_with_files("skr6"), "pdf", Wanted(), None)
    assert error.code == "INSTR-043"
    assert "json" in error.text("sv")


@pytest.mark.parametrize("to", sorted(set(FORMATS) - {"docx"}))
def test_what_was_written_is_read_back_as_it_was(tmp_path, to):
    folder, losses = imported(saved(tmp_path, "skr6", to))
    assert folder.instrument.digest == load_with_files("skr6").instrument.digest
    assert list(losses) == []


@pytest.mark.parametrize("to", sorted(set(FORMATS) - {"json"}))
def test_what_another_format_does_not_hold_is_listed(to):
    form = exported(load_with_files("skr6"), to, Wanted(), None)
    said = " ".join(loss.text("sv") for loss in form.losses)
    assert ("förändring" if to == "docx" else "ordvalen") in said


@pytest.mark.parametrize(("to", "returns"), [("xlsform", True), ("fhir", True), ("json", True), ("docx", False)])
def test_list_says_whether_skillnad_gets_it_back(to, returns):
    form = exported(load_with_files("skr6"), to, Wanted(), None)
    assert form.returns is returns
    assert ("kommer allt tillbaka" in form.heading()[0], "brings everything back" in form.heading()[1]) == (
        returns,
    ) * 2


@pytest.mark.parametrize(
    ("name", "to", "right"),
    [
        ("x.docx", "xlsform", "Skriv --out x.xlsx, eller välj --to docx."),
        ("x.json", "xlsform", "Skriv --out x.xlsx, eller välj --to json."),
        ("x", "docx", "Skriv --out x.docx."),
        ("x.pdf", "fhir", "Skriv --out x.fhir.json."),
    ],
)
def test_file_that_says_another_kind_is_refused_with_the_right_one(tmp_path, name, to, right):
    error = refused(check_form_file, tmp_path / name, to)
    assert error.code == "INSTR-043"
    assert right in error.text()


@pytest.mark.parametrize(("name", "to"), [("x.XLSX", "xlsform"), ("x.json", "fhir"), ("x.fhir.json", "fhir")])
def test_file_of_the_right_kind_may_be_written(tmp_path, name, to):
    check_form_file(tmp_path / name, to)


def test_file_in_a_folder_that_is_not_there_is_refused(tmp_path):
    assert refused(check_form_file, tmp_path / "saknas" / "x.xlsx", "xlsform").code == "INSTR-043"


def test_form_on_a_screen_needs_its_holders_leave(tmp_path):
    loaded = load_with_files("sdq")
    assert refused(exported, loaded, "xlsform", Wanted(), tmp_path).code == "INSTR-028"
    stated = '[[licence]]\ninstrument = "sdq"\nby = "chef"\nreference = "A 1"\ndate = 2026-11-02\nkind = "{}"\n'
    (tmp_path / "licences.toml").write_text(stated.format("paper"))
    assert refused(exported, loaded, "xlsform", Wanted(), tmp_path).code == "INSTR-028"
    (tmp_path / "licences.toml").write_text(stated.format("electronic"))
    assert exported(loaded, "xlsform", Wanted(), tmp_path).content.startswith(b"PK")


def test_definition_may_be_exported_without_leave():
    assert b'"sdq"' in exported(load_with_files("sdq"), "json", Wanted(), None).content


@pytest.mark.parametrize("name", ["form.pdf", "form", "form.csv"])
def test_file_of_another_kind_is_refused(tmp_path, name):
    (tmp_path / name).write_text("x")
    assert refused(imported, tmp_path / name).code == "INSTR-030"


def test_file_that_is_not_there_is_refused(tmp_path):
    assert refused(imported, tmp_path / "saknas.xlsx").code == "INSTR-030"


def test_file_that_is_too_large_is_refused_unread(tmp_path):
    with (tmp_path / "stor.xlsx").open("wb") as stream:
        stream.truncate(20_000_000)
    assert refused(imported, tmp_path / "stor.xlsx").code == "INSTR-023"


@pytest.mark.parametrize(
    ("content", "code"), [("{", "INSTR-002"), ("{}", "INSTR-002"), ('{"resourceType": "Patient"}', "INSTR-033")]
)
def test_json_of_another_kind_is_refused(tmp_path, content, code):
    path = tmp_path / "form.json"
    path.write_text(content)
    assert refused(imported, path).code == code


def test_form_of_a_catalogues_id_is_put_beside_it(tmp_path):
    folder, _ = imported(saved(tmp_path, "skr6", "json"))
    assert default_folder(folder) == Path("skr6_lokal")
    assert default_folder(folder.named("egen")) == Path("egen")


def test_imported_folder_takes_the_name_of_where_it_lies(tmp_path):
    folder, _ = imported(saved(tmp_path, "skr6", "json"))
    assert named(folder, tmp_path / "sexan").instrument.id == "sexan"
    assert refused(named, folder, tmp_path / "sex-an").code == "INSTR-005"
    assert refused(named, folder, tmp_path / "sex__an").code == "INSTR-005"
    assert refused(named, folder, tmp_path).code == "INSTR-042"


def test_catalogues_name_is_refused_before_anything_is_written(tmp_path):
    folder, _ = imported(saved(tmp_path, "skr6", "xlsform"))
    error = refused(named, folder, tmp_path / "skr6")
    assert error.code == "INSTR-026"
    assert f"som {tmp_path}/skr6_lokal" in error.text()


def test_addition_is_imported_under_the_name_of_what_it_adds_to(tmp_path):
    folder, _ = imported(saved(tmp_path, "bbic", "json"))
    adds = replace(folder, instrument=replace(folder.instrument, extends="bbic"))
    assert default_folder(adds) == Path("bbic")
    assert named(adds, tmp_path / "bbic") is adds
    error = refused(named, adds, tmp_path / "bbic_lokal")
    assert (error.code, f"Skriv --out {tmp_path}/bbic." in error.text()) == ("INSTR-025", True)


def test_one_persons_questions_alone():
    loaded = load_with_files("hvb_pilot_2022")
    content = exported(loaded, "xlsform", Wanted(perspective="client"), None).content
    cells = {cell.value for row in load_workbook(BytesIO(content))["survey"].iter_rows() for cell in row}
    assert {"c1", "c4"} <= cells
    assert "w1" not in cells
    assert refused(exported, loaded, "xlsform", Wanted(perspective="teacher"), None).code == "INSTR-059"
