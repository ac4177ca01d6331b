from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from skillnad.cli.kernel.instrument_exchange import FORMATS, Wanted, default_folder, exported, imported, named
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
    assert refused(named, folder, tmp_path).code == "INSTR-042"


def test_one_persons_questions_alone():
    loaded = load_with_files("hvb_pilot_2022")
    content = exported(loaded, "xlsform", Wanted(perspective="client"), None).content
    cells = {cell.value for row in load_workbook(BytesIO(content))["survey"].iter_rows() for cell in row}
    assert {"c1", "c4"} <= cells
    assert "w1" not in cells
    assert refused(exported, loaded, "xlsform", Wanted(perspective="teacher"), None).code == "INSTR-059"
