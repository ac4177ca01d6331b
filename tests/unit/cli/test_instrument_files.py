from datetime import date

import pytest
from instrument_folders import trygghet

from skillnad.cli.kernel.instrument_files import add_licence, checked_folders, new_folder, new_version, to_change
from skillnad.instruments.checking import check_folder
from skillnad.instruments.licences import read_licences
from skillnad.instruments.loading import load_instrument, load_version, load_versions
from skillnad.instruments.reading import Findings
from skillnad.lib.errors import UserError

TODAY = date(2026, 11, 22)


def code_of(call, *arguments):
    with pytest.raises(UserError) as caught:
        call(*arguments)
    return caught.value.code


def licensed(own, by="enhetschef", reference="Avtal 2026/1", kind="paper", name="sdq"):
    return add_licence(own, load_instrument(name), by, reference, kind, TODAY)


def test_check_counts_what_there_is(tmp_path):
    (said,) = checked_folders(trygghet(tmp_path))
    assert said.startswith("trygghet följer reglerna: 3 frågor, 1 poäng, 1 räknat exempel. Version 2026.1, ")


def test_check_of_a_folder_of_folders_says_a_line_each(tmp_path):
    trygghet(tmp_path)
    new_folder(tmp_path / "annan", "Annan", "", TODAY)
    said = checked_folders(tmp_path)
    assert [line.partition(" ")[0] for line in said] == ["annan", "Kvar", "trygghet"]


def test_check_says_all_that_is_wrong(tmp_path):
    folder = trygghet(tmp_path, ('label_sv = "Trygg på dagen"\n', ""), ('kind = "mean"', 'kind = "medel"'))
    with pytest.raises(UserError) as caught:
        checked_folders(folder)
    assert len(caught.value.problems) == 2
    assert all(problem.where.startswith("trygghet/definition.toml, rad ") for problem in caught.value.problems)


def test_check_of_a_municipalitys_words_for_the_catalogues(tmp_path):
    texts = tmp_path / "ors" / "texts"
    texts.mkdir(parents=True)
    (texts / "adult.sv.toml").write_text(
        'variant = "adult"\nlanguage = "sv"\nstatus = "adapted"\n[items.close]\ntext = "Nära"\n'
    )
    licensed(tmp_path, name="ors")
    assert checked_folders(tmp_path) == ["ors: kommunens ord följer reglerna, 1 fil."]


def test_what_is_left_to_change_is_told_by_file_and_row(tmp_path):
    new_folder(tmp_path / "annan", "Annan", "", TODAY)
    assert to_change(tmp_path / "annan") == "definition.toml, rad 8, 14, 54 och 61; licence.md, rad 3"
    assert to_change(trygghet(tmp_path)) == ""


def test_new_from_a_free_instrument_is_the_municipalitys_own(tmp_path):
    new_folder(tmp_path / "vara_sex", "Våra sex", "skr6", TODAY)
    instrument = load_instrument("vara_sex", tmp_path)
    assert check_folder(tmp_path).problems == []
    assert (instrument.kind, [*instrument.items]) == ("local", [*load_instrument("skr6").items])
    assert "> **Upphov.** Sveriges Kommuner" in (tmp_path / "vara_sex" / "licence.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "like", "code"),
    [
        ("trygg-het", "", "INSTR-005"),
        ("skr6", "", "INSTR-026"),
        ("egen", "sdq", "INSTR-028"),
        ("egen", "skr7", "INSTR-040"),
    ],
)
def test_new_folder_that_cannot_be_is_not_made(tmp_path, name, like, code):
    assert code_of(new_folder, tmp_path / name, "T", like, TODAY) == code
    assert not (tmp_path / name).exists()


def test_new_writes_over_nothing(tmp_path):
    (tmp_path / "egen").mkdir()
    assert code_of(new_folder, tmp_path / "egen", "T", "", TODAY) == "INSTR-042"


def test_next_version_keeps_the_one_before_whole(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "texts").mkdir()
    before = {path.name: path.read_text("utf-8") for path in folder.glob("*.*")}
    version, kept = new_version(folder, TODAY)
    assert (version, kept) == ("2026.2", folder / "versions" / "2026.1")
    assert {path.name: path.read_text("utf-8") for path in kept.glob("*.*")} == before
    assert check_folder(folder).problems == []


def test_answers_of_the_version_before_can_still_be_read(tmp_path):
    folder = trygghet(tmp_path)
    digest = load_instrument(folder).digest
    new_version(folder, TODAY)
    assert [each.version for each in load_versions(folder)] == ["2026.1", "2026.2"]
    assert load_version(folder, "2026.1").digest == digest


def test_next_version_writes_over_no_kept_one(tmp_path):
    folder = trygghet(tmp_path)
    (folder / "versions" / "2026.1").mkdir(parents=True)
    before = (folder / "definition.toml").read_text("utf-8")
    assert code_of(new_version, folder, TODAY) == "INSTR-024"
    assert (folder / "definition.toml").read_text("utf-8") == before


def test_licence_is_added_to_those_there_are(tmp_path):
    licensed(tmp_path)
    path = licensed(tmp_path, name="ors", kind="electronic")
    stated = read_licences(tmp_path, Findings())
    assert path == tmp_path / "licences.toml"
    assert {name: (each.by, each.date, each.kind) for name, each in stated.items()} == {
        "sdq": ("enhetschef", TODAY, "paper"),
        "ors": ("enhetschef", TODAY, "electronic"),
    }


def test_licence_is_stated_once(tmp_path):
    licensed(tmp_path)
    assert code_of(licensed, tmp_path) == "INSTR-019"


@pytest.mark.parametrize(
    ("by", "reference"), [("19121212-1212", "a"), ("chef", "ärende 19121212-1212"), (" ", "a"), ("chef", "")]
)
def test_licence_names_a_role_and_an_agreement_and_no_person(tmp_path, by, reference):
    assert code_of(licensed, tmp_path, by, reference) == "INSTR-028"
    assert not (tmp_path / "licences.toml").exists()
