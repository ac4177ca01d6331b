"""Rows that break a rule: kept out, kept whole, told of, and welcome back when they are corrected."""

import csv
from pathlib import Path

import pytest

from skillnad.lib.errors import UserError
from skillnad.register.imports.reading import ADDED
from skillnad.register.models import Case, Client, FollowUp, Intervention

from .conftest import HEADER, MAPPING, ROWS, Deliver, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

BACKWARDS = ROWS[0].replace("2024-06-30", "2023-06-30")


def rejected(folder: Path, name: str = "avvisade-insatser.csv") -> list[dict[str, str]]:
    with (folder / "ut" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_rejected_row_is_in_a_file_with_its_own_cells(deliver: Deliver, tmp_path: Path) -> None:
    deliver({"insatser.csv": text(BACKWARDS, *ROWS[1:])}, accept_rejected=True)
    (row,) = rejected(tmp_path)
    assert [row[name] for name in HEADER.split(";")] == BACKWARDS.split(";")


def test_rejected_row_says_rule_column_and_remedy(deliver: Deliver, tmp_path: Path) -> None:
    deliver({"insatser.csv": text(BACKWARDS, *ROWS[1:])}, accept_rejected=True)
    rule, column, mend = (rejected(tmp_path)[0][name] for name in ADDED)
    assert (rule, column) == ("IMP-121", "Start, Slut")
    assert "Rätta start- eller slutdatum" in mend


def test_the_other_rows_are_stored(deliver: Deliver) -> None:
    summary = deliver({"insatser.csv": text(BACKWARDS, *ROWS[1:])}, accept_rejected=True)
    assert (summary.accepted, summary.rejected, summary.exit_status) == (2, 1, 1)
    assert set(Intervention.everyone.values_list("source_key", flat=True)) == {"I2", "I3"}


def test_case_of_a_rejected_row_alone_is_not_stored(deliver: Deliver) -> None:
    deliver(
        {"insatser.csv": text(*ROWS[:2], ROWS[2].replace("2024-04-01;;", "2024-04-01;2024-01-01;"))},
        accept_rejected=True,
    )
    assert not Case.everyone.filter(source_key="A2").exists()
    assert Client.everyone.count() == 1


def test_corrected_file_is_imported_with_the_same_mapping(deliver: Deliver, tmp_path: Path) -> None:
    deliver({"insatser.csv": text(BACKWARDS, *ROWS[1:])}, accept_rejected=True)
    file = tmp_path / "ut" / "avvisade-insatser.csv"
    corrected = file.read_text(encoding="utf-8-sig").replace("2023-06-30", "2024-06-30")
    summary = deliver({"avvisade-insatser.csv": corrected})
    assert (summary.read, summary.new, summary.rejected) == (1, 1, 0)
    assert Intervention.everyone.count() == 3


def test_corrected_cp1252_file_keeps_its_encoding(deliver: Deliver, tmp_path: Path) -> None:
    mapping = MAPPING.replace('match = "insatser*.csv"', 'match = "insatser*.csv"\nencoding = "cp1252"')
    deliver({"insatser.csv": text(BACKWARDS, *ROWS[1:]).encode("cp1252")}, mapping, accept_rejected=True)
    assert "Enhet Öst" in (tmp_path / "ut" / "avvisade-insatser.csv").read_text(encoding="cp1252")


def test_earlier_rejected_rows_are_never_written_over(deliver: Deliver, tmp_path: Path) -> None:
    deliver({"insatser.csv": text(BACKWARDS, *ROWS[1:])}, accept_rejected=True)
    file = tmp_path / "ut" / "avvisade-insatser.csv"
    begun = file.read_text(encoding="utf-8-sig").replace("2023-06-30", "2024-06-30")
    file.write_text(begun, encoding="utf-8-sig")
    deliver({"insatser.csv": text(BACKWARDS, *ROWS[1:])}, accept_rejected=True)
    assert file.read_text(encoding="utf-8-sig") == begun
    assert "2023-06-30" in rejected(tmp_path, "avvisade-insatser-2.csv")[0]["Slut"]


def test_import_after_its_rehearsal_has_the_same_file_of_rejected_rows(deliver: Deliver, tmp_path: Path) -> None:
    files = {"insatser.csv": text(BACKWARDS, *ROWS[1:])}
    rehearsed = deliver(files, accept_rejected=True, dry_run=True)
    imported = deliver(files, accept_rejected=True)
    assert rehearsed.rejected_files == imported.rejected_files
    assert [path.name for path in (tmp_path / "ut").glob("avvisade-*")] == ["avvisade-insatser.csv"]


def test_too_many_rejected_rows_stop_and_change_nothing(deliver: Deliver, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--accept-rejected") as stopped:
        deliver({"insatser.csv": text(BACKWARDS, *ROWS[1:])})
    assert stopped.value.code == "IMP-021"
    assert not Client.everyone.exists()
    assert len(rejected(tmp_path)) == 1


def test_only_rejected_rows_stop_whatever_is_accepted(deliver: Deliver) -> None:
    with pytest.raises(UserError) as stopped:
        deliver({"insatser.csv": text(BACKWARDS)}, accept_rejected=True)
    assert stopped.value.code == "IMP-020"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("2024-04-01", "0025-04-01", "IMP-102"),
        ("2024-04-01", "2024-13-01", "IMP-101"),
        ("2024-04-01", "2031-04-01", "IMP-102"),
        ("2001-02-03", "1880-02-03", "IMP-102"),
        ("2001-02-03", "1902-02-03", "IMP-125"),
        ("2001-02-03", "2025-12-03", "IMP-126"),
        (";A2;", ";;", "IMP-111"),
        (";I3;", ";;", "IMP-111"),
        ("20010203-TF31", "", "IMP-111"),
        ("Enhet Väst", "Lina 19900102-TF21", "IMP-106"),
    ],
)
def test_rule_rejects_the_row(deliver: Deliver, old: str, new: str, rule: str) -> None:
    summary = deliver({"insatser.csv": text(*ROWS[:2], ROWS[2].replace(old, new))}, accept_rejected=True)
    assert summary.rejected == 1
    assert rule in summary.rules


def test_identity_in_a_unit_is_rejected_and_not_shown(deliver: Deliver) -> None:
    row = ROWS[2].replace(";E2;", ";19900102-TF21;")
    summary = deliver({"insatser.csv": text(*ROWS[:2], row)}, accept_rejected=True)
    assert summary.rules == {"IMP-106": 1}
    assert "TF21" not in summary.as_json() + "\n".join(summary.lines())


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("2024-01-10", "2024-02-20", "IMP-203"),
        (";2024-06-30;10;1;", ";;10;1;", "IMP-205"),
        (";K;", ";M;", "IMP-212"),
        ("1990-01-02;", "1990-01-05;", "IMP-213"),
    ],
)
def test_rule_warns_and_stores(deliver: Deliver, old: str, new: str, rule: str) -> None:
    summary = deliver({"insatser.csv": text(ROWS[0].replace(old, new), ROWS[2])})
    assert rule in summary.rules
    assert (summary.warned, summary.rejected, Intervention.everyone.count()) == (1, 0, 2)


def test_number_with_a_wrong_check_digit_is_stored_with_a_warning(deliver: Deliver) -> None:
    summary = deliver(
        {"insatser.csv": text(ROWS[0].replace("19900102-TF21;A1;I1;K;1990-01-02", "19700428-9895;A1;I1;M;"), ROWS[2])}
    )
    assert summary.rules == {"IMP-211": 1}
    assert Client.everyone.filter(id_kind="personnummer").count() == 1


def test_same_key_with_other_content_rejects_both(deliver: Deliver) -> None:
    summary = deliver({"insatser.csv": text(*ROWS, ROWS[2].replace(";6;;", ";7;;"))}, accept_rejected=True)
    assert (summary.rejected, summary.rules) == (2, {"IMP-113": 2})


def test_same_row_twice_is_read_once_with_a_warning(deliver: Deliver) -> None:
    summary = deliver({"insatser.csv": text(*ROWS, ROWS[2])})
    assert (summary.rejected, summary.rules, Intervention.everyone.count()) == (0, {"IMP-221": 1}, 3)


def test_united_rows_bring_their_values_together(deliver: Deliver) -> None:
    mapping = MAPPING.replace('match = "insatser*.csv"', 'match = "insatser*.csv"\nrepeat = "union"')
    deliver({"insatser.csv": text(*ROWS, ROWS[2].replace(";6;;E2", ";14;;E2").replace(";6;2024", ";2;2024"))}, mapping)
    assert Intervention.everyone.get(source_key="I3").intervention_type == "6;14"
    assert Case.everyone.get(source_key="A2").intake_reason == "2;6"


def test_case_of_two_clients_is_rejected(deliver: Deliver) -> None:
    summary = deliver(
        {"insatser.csv": text(*ROWS, ROWS[2].replace("TF31", "TF33").replace("I3", "I4"))}, accept_rejected=True
    )
    assert summary.rules["IMP-114"] == 2
    assert not Case.everyone.filter(source_key="A2").exists()


FOLLOW_UPS = """
[[file]]
match = "uppf.csv"
optional = true
[file.keys]
intervention = "Insats"
follow_up = ["Insats", "Datum"]
[file.columns]
follow_up_date = "Datum"
collaboration = { column = "Samverkan", split = "," }
"""


def test_follow_up_of_nothing_is_rejected(deliver: Deliver) -> None:
    files = {"insatser.csv": text(), "uppf.csv": "Insats;Datum;Samverkan\nI1;2024-05-01;1\nI9;2024-05-01;1\n"}
    summary = deliver(files, MAPPING + FOLLOW_UPS, accept_rejected=True)
    assert (summary.rules, FollowUp.everyone.count()) == ({"IMP-112": 1}, 1)


def test_follow_up_of_a_rejected_intervention_goes_with_it(deliver: Deliver) -> None:
    files = {"insatser.csv": text(BACKWARDS, *ROWS[1:]), "uppf.csv": "Insats;Datum;Samverkan\nI1;2024-05-01;1\n"}
    summary = deliver(files, MAPPING + FOLLOW_UPS, accept_rejected=True)
    assert summary.rules["IMP-112"] == 1
    assert not FollowUp.everyone.exists()


def test_follow_up_of_what_is_in_the_register_is_stored(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()}, MAPPING + FOLLOW_UPS)
    deliver({"avvisade-uppf.csv": "Insats;Datum;Samverkan\nI1;2024-05-01;1,3\n"}, MAPPING + FOLLOW_UPS)
    assert FollowUp.everyone.get().intervention.source_key == "I1"


def test_excluding_values_together_are_rejected(deliver: Deliver) -> None:
    files = {"insatser.csv": text(), "uppf.csv": 'Insats;Datum;Samverkan\nI1;2024-05-01;"1,11"\n'}
    summary = deliver(files, MAPPING + FOLLOW_UPS, accept_rejected=True)
    assert summary.rules == {"IMP-104": 1}


def test_follow_up_outside_the_intervention_is_warned_of(deliver: Deliver) -> None:
    files = {"insatser.csv": text(), "uppf.csv": "Insats;Datum;Samverkan\nI1;2024-08-01;1\n"}
    assert deliver(files, MAPPING + FOLLOW_UPS).rules == {"IMP-206": 1}


def test_case_without_intervention_is_stored(deliver: Deliver) -> None:
    row = "20010203-TF31;A2;;M;2001-02-03;2024-03-01;6;;;;;;"
    summary = deliver({"insatser.csv": text(*ROWS[:2], row)})
    assert summary.rejected == 0
    assert Case.everyone.get(source_key="A2").interventions.count() == 0
