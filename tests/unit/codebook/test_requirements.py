import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.codebook.requirements import requirement_specification

TEXT = requirement_specification(load_codebook())


@pytest.mark.parametrize("variable", load_codebook().standard, ids=lambda variable: variable.id)
def test_specification_asks_for_every_standard_variable_once(variable):
    rows = [line for line in TEXT.splitlines() if line.startswith(f"| V{variable.number} |")]
    assert len(rows) == 1
    assert variable.sv in rows[0]


@pytest.mark.parametrize(
    "variable", [v for v in load_codebook().standard if v.values], ids=lambda variable: variable.id
)
def test_specification_lists_every_value(variable):
    section = TEXT.split(f"### {variable.number}. ")[1].split("###")[0]
    assert all(f"| {value.code} | {value.sv} |" in section for value in variable.values)


def test_specification_says_which_take_several_values_and_how_many_there_are():
    assert "| ja | 35 värden |" in TEXT
    assert "| nej | 5 värden |" in TEXT


def test_specification_says_when_something_is_recorded():
    row = next(line for line in TEXT.splitlines() if line.startswith("| V12 |"))
    assert "Besluta" in row
    assert "Genomföra" in row


def test_specification_says_what_excludes_all_others():
    assert "Systemet ska hindra att 11, 12 registreras tillsammans" in TEXT


@pytest.mark.parametrize(
    "words", ["nyckel", "ÅÅÅÅ-MM-DD", "UTF-8", "tidsstämpel", "utan extra kostnad", "utan identitet"]
)
def test_specification_has_requirements_on_the_extract(words):
    assert words in TEXT.split("## Krav på uttaget")[1].split("##")[0]


def test_specification_follows_the_municipality(tmp_path):
    (tmp_path / "lokalt.toml").write_text(
        'not_used = ["origin"]\n[[value]]\nvariable = "closing_reason"\ncode = "x"\nsv = "Byter | huvudman"\n',
        encoding="utf-8",
    )
    text = requirement_specification(load_codebook(tmp_path))
    assert "| V6 |" not in text
    assert "- 6. Ursprung" in text.split("används inte")[1]
    assert "| x | Byter \\| huvudman (lokalt värde) |" in text


def test_specification_leaves_out_what_is_off_by_default():
    assert "stated_gender" not in TEXT
    assert "Självangivet" not in TEXT.split("## Värdemängder")[1]
