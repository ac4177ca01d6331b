"""A drafted mapping: what is recognised, what is marked as unsure, and that it can be read again."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillnad.codebook.loading import load_codebook
from skillnad.register.imports.cells import Span
from skillnad.register.imports.columns import Place, read_columns
from skillnad.register.imports.drafting import UNSURE, draft
from skillnad.register.imports.fields import Record
from skillnad.register.imports.findings import Findings
from skillnad.register.imports.mapping import FileSpec
from skillnad.register.imports.mapping_reading import parse_mapping
from skillnad.register.imports.reading import read_table
from skillnad.register.imports.suggesting import Suggestion, suggest

CODEBOOK = load_codebook()
TODAY = date(2026, 3, 2)
LIFECARE = "PersonId;InvestigationId;ServiceId;StartDate;EndDate;ServiceType;Organization;AddressProtection\n"
ROWS = (
    "19900102-TF21;U1;S1;2024-01-10;2024-06-30;Familjehem;Enhet Öst;Nej\n"
    "20010203-TF31;U2;S2;2024-02-11;;Boendestöd;Enhet Väst;Ja\n"
    "20010203-TF31;U2;S3;2024-03-12;;Nattpatrull;Enhet Väst;Ja\n"
)


def suggested(tmp_path: Path, text: str, name: str = "insatser.csv") -> Suggestion:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return suggest(read_table(tmp_path / name, FileSpec(name, {}, ())), CODEBOOK, TODAY)


@pytest.fixture
def lifecare(tmp_path: Path) -> Suggestion:
    return suggested(tmp_path, LIFECARE + ROWS)


def drafted(suggestion: Suggestion) -> dict[str, Any]:
    return tomllib.loads(draft([suggestion], "ifo"))["file"][0]


def test_keys_are_found_by_their_headings(lifecare: Suggestion) -> None:
    found = {record: column.heading for record, column in lifecare.keys.items()}
    assert found == {Record.CLIENT: "PersonId", Record.CASE: "InvestigationId", Record.INTERVENTION: "ServiceId"}


def test_identity_column_is_marked(lifecare: Suggestion) -> None:
    assert drafted(lifecare)["keys"]["client"] == {"column": "PersonId", "identity": True}


def test_fields_are_found_by_lifecares_headings(lifecare: Suggestion) -> None:
    columns = drafted(lifecare)["columns"]
    assert (columns["start_date"], columns["end_date"]) == ("StartDate", "EndDate")
    assert (columns["unit"], columns["protected"]) == ("Organization", "AddressProtection")


def test_labels_of_the_codebook_get_their_codes(lifecare: Suggestion) -> None:
    assert drafted(lifecare)["columns"]["intervention_type"]["codes"] == {"Familjehem": "10", "Boendestöd": "6"}


def test_value_without_a_code_is_a_comment_so_that_import_refuses_it(lifecare: Suggestion) -> None:
    (line,) = [line for line in draft([lifecare], "ifo").splitlines() if "Nattpatrull" in line]
    assert line.startswith("#")
    assert UNSURE in line


def test_draft_is_a_mapping(lifecare: Suggestion) -> None:
    mapping = parse_mapping(draft([lifecare], "ifo"), CODEBOOK)
    assert mapping.files[0].creates(Record.INTERVENTION)


def test_draft_holds_no_identity(lifecare: Suggestion) -> None:
    assert "TF21" not in draft([lifecare], "ifo")


def test_date_form_is_named_where_it_must_be(tmp_path: Path) -> None:
    text = "Ärendenr;Personnr;Aktualiserad\nA1;19900102-TF21;31/12/2024\nA2;20010203-TF31;01/02/2025\n"
    assert drafted(suggested(tmp_path, text))["columns"]["intake_date"]["date"] == "DD/MM/YYYY"


def test_several_values_are_split(tmp_path: Path) -> None:
    rows = "".join(f"A{n};{codes}\n" for n, codes in enumerate(["1,8", "1", "8,2", "2", "1,2", "8", "1,2,8"]))
    assert drafted(suggested(tmp_path, "Ärendenr;Problem\n" + rows))["columns"]["problem"]["split"] == ","


def test_common_letters_for_sex_are_known(tmp_path: Path) -> None:
    text = "Personnr;Kön\n19900102-TF21;K\n20010203-TF31;M\n"
    assert drafted(suggested(tmp_path, text))["columns"]["legal_sex"]["codes"] == {"K": "1", "M": "2"}


def test_code_has_its_label_beside_it(tmp_path: Path) -> None:
    text = draft([suggested(tmp_path, "Personnr;Kön\n19900102-TF21;K\n20010203-TF31;M\n")], "ifo")
    assert '"K" = "1"  # Flicka/Kvinna\n"M" = "2"  # Pojke/Man\n' in text


def test_label_is_not_repeated_beside_itself(lifecare: Suggestion) -> None:
    assert '"Familjehem" = "10"\n' in draft([lifecare], "ifo")


def test_codes_to_choose_from_have_their_labels(lifecare: Suggestion) -> None:
    lines = draft([lifecare], "ifo").splitlines()
    assert lines.index("#   10 = Familjehem") < lines.index(
        '# "Nattpatrull" = ""  # OSÄKER: välj en kod ur listan ovan'
    )


def test_value_in_both_cases_stands_once(tmp_path: Path) -> None:
    text = "Personnr;Kön\n19900102-TF21;k\n20010203-TF31;K\n20010203-TF33;m\n"
    assert drafted(suggested(tmp_path, text))["columns"]["legal_sex"]["codes"] == {"K": "1", "m": "2"}


TICKED = "Ärendenr;problem_1;problem_2;problem_14\nA1;1;0;0\nA2;0;;1\n"


def test_one_column_a_value_is_drafted(tmp_path: Path) -> None:
    problem = drafted(suggested(tmp_path, TICKED))["columns"]["problem"]
    assert problem == {"columns": {"problem_1": "1", "problem_2": "2", "problem_14": "14"}}


def test_one_column_a_value_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "insatser.csv").write_text(TICKED, encoding="utf-8")
    table = read_table(tmp_path / "insatser.csv", FileSpec("insatser.csv", {}, ()))
    mapping = parse_mapping(draft([suggest(table, CODEBOOK, TODAY)], "ifo"), CODEBOOK)
    read = read_columns(table.frame, mapping.files[0], Span.around(TODAY), Place(0, "", ""), Findings())
    assert read["case.problem"].to_list() == ["1", "14"]


def test_columns_named_as_values_alone_are_unsure(tmp_path: Path) -> None:
    text = draft([suggested(tmp_path, "Ärendenr;Hemlös;Psykisk ohälsa\nA1;Ja;Nej\nA2;Nej;Ja\n")], "ifo")
    (line,) = [line for line in text.splitlines() if line.endswith("än intake_reason")]
    assert line.startswith(f"[file.columns.intake_reason.columns]  # {UNSURE}")


def test_column_of_dates_is_never_a_code(tmp_path: Path) -> None:
    text = "Personnr;Ärendenr;Problem\n19900102-TF21;A1;2024-01-01\n20010203-TF31;A2;2024-01-02\n"
    assert "problem" not in drafted(suggested(tmp_path, text))["columns"]


def test_column_that_is_not_read_is_told_of(tmp_path: Path) -> None:
    text = draft([suggested(tmp_path, "Personnr;Skostorlek\n19900102-TF21;38\n")], "ifo")
    assert "# läses inte: Skostorlek" in text


def test_file_without_keys_says_so(tmp_path: Path) -> None:
    assert f"# {UNSURE}: ingen nyckel" in draft([suggested(tmp_path, "A;B\n1;2\n")], "ifo")
