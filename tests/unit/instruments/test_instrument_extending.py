"""A municipality's additions to an instrument of the catalogue: they add, and change nothing that is there."""

import pytest
from instrument_folders import places

from skillnad.instruments.checking import check_folder
from skillnad.instruments.loading import load_instrument, load_with_files
from skillnad.lib.errors import UserError

ADDITION = """\
schema = 1
id = "bbic"
version = "2026.1"
extends = "bbic"

[[option_set]]
id = "need"
direction = "high_is_bad"
options = [
    { code = "0", sv = "Inget behov" },
    { code = "1", sv = "Behov" },
    { code = "9", sv = "Vet inte", meaning = "dont_know" },
]

[[item]]
id = "school"
kind = "scale"
label_sv = "Skolgång"
group = "child"
option_set = "need"
perspectives = ["caseworker"]

[[item]]
id = "school_what"
kind = "text"
label_sv = "Vad som behövs"
group = "child"
perspectives = ["caseworker"]
when = { all = [{ item = "school", in = ["1"] }, { item = "school", not_in = ["9"] }] }

[[score]]
id = "needs"
sv = "Behov"
kind = "sum"
items = ["school"]
missing = "refuse"
range = [0, 1]
direction = "high_is_bad"
source = "Eget mått"
"""


CASES = """\
[[case]]
id = "behov"
sv = "Ett behov"
answers = { local_version = "1", measured_date = "2026-01-01", school = "1" }
scores = { needs = 1 }
"""
NOTHING = '[[case]]\nid = "inget"\nsv = "Inga svar"\nanswers = {}\n'


@pytest.fixture
def addition(tmp_path):
    def write(text=ADDITION, name="bbic", cases=CASES):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "definition.toml").write_text(text, encoding="utf-8")
        (folder / "cases.toml").write_text(cases, encoding="utf-8")
        return folder

    return write


def codes(folder):
    return [code for code, _ in places(folder, local=True)]


def test_addition_comes_after_what_the_catalogue_has(addition, tmp_path):
    addition()
    base, instrument = load_instrument("bbic"), load_instrument("bbic", tmp_path)
    assert list(instrument.items) == [*base.items, "school", "school_what"]
    assert instrument.items["school"].options[1].code == "1"
    assert list(instrument.scores) == [*base.scores, "needs"]
    assert instrument.title_sv == base.title_sv


def test_addition_has_both_versions_and_a_digest_of_its_own(addition, tmp_path):
    addition()
    base, instrument = load_instrument("bbic"), load_instrument("bbic", tmp_path)
    assert (instrument.version, instrument.extends, instrument.local) == ("2015.1+2026.1", "bbic", True)
    assert instrument.digest != base.digest
    assert load_instrument("bbic") is base


def test_addition_follows_the_rules(addition):
    assert codes(addition()) == []


def test_addition_may_be_of_an_instrument_with_words(addition, tmp_path):
    addition('schema = 1\nid = "skr6"\nversion = "2026.1"\nextends = "skr6"\n', "skr6", NOTHING)
    assert "adult.ar.toml" in load_with_files("skr6", tmp_path).files.texts


def test_addition_cannot_change_an_item(addition):
    folder = addition(ADDITION.replace('id = "school_what"', 'id = "local_version"'))
    (problem,) = check_folder(folder).problems
    assert problem.text() == (
        "INSTR-025 bbic/definition.toml, rad 24: ”local_version” finns redan i ”bbic” och kan inte ändras. "
        "Ge tillägget ett annat id."
    )


@pytest.mark.parametrize(
    "line",
    ['title_sv = "Eget"', "no_sum = false", 'answered_by = ["client"]', 'kind = "local"', "never_average = false"],
)
def test_addition_cannot_change_the_whole(addition, line):
    assert codes(addition(ADDITION.replace("\n\n[[option_set]]", f"\n{line}\n\n[[option_set]]", 1))) == ["INSTR-025"]


def test_addition_cannot_change_the_licence(addition):
    licence = '[licence]\nkind = "free"\nholder = "Vi"\ntexts = true\nconfirm = false\n\n[[option_set]]'
    (problem,) = check_folder(addition(ADDITION.replace("[[option_set]]", licence))).problems
    assert problem.sv.startswith("”licence” är standardens och kan inte ändras av ett tillägg. Ta bort raden. Här")


def test_score_of_an_addition_obeys_the_instrument(addition):
    assert codes(addition(ADDITION.replace("bbic", "savry"), "savry")).count("INSTR-014") == 1


@pytest.mark.parametrize(("name", "extends"), [("bbic", "ors"), ("eget", "bbic"), ("eget", "eget"), ("bbic", "bbi")])
def test_addition_has_the_name_of_what_it_adds_to(addition, name, extends):
    text = ADDITION.replace('extends = "bbic"', f'extends = "{extends}"').replace('id = "bbic"', f'id = "{name}"')
    folder = addition(text, name)
    assert ("INSTR-025", f"{name}/definition.toml, rad 4") in places(folder, local=True)


def test_condition_of_an_addition_may_name_the_catalogues_items(addition):
    folder = addition(ADDITION.replace('{ item = "school", in = ["1"] }', '{ item = "skola", in = ["1"] }'))
    assert codes(folder) == ["INSTR-008"]


def test_addition_in_use_has_worked_examples_of_its_own(addition, tmp_path):
    folder = addition(cases=CASES.replace("needs = 1", "needs = 0"))
    with pytest.raises(UserError, match=r"INSTR-021 bbic/cases\.toml, rad 1"):
        load_instrument("bbic", tmp_path)
    (folder / "cases.toml").unlink()
    with pytest.raises(UserError, match=r"INSTR-020 bbic/cases\.toml"):
        load_instrument("bbic", tmp_path)
    assert "school" in load_instrument(folder).items


def test_addition_with_problems_does_not_load(addition, tmp_path):
    addition(ADDITION.replace('kind = "sum"', 'kind = "summa"'))
    with pytest.raises(UserError, match="INSTR-003"):
        load_instrument("bbic", tmp_path)
