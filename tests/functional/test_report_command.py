"""`skillnad report`: from a snapshot on disk to three files, with the numbers that a plain count of the rows gives."""

import io
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from snapshots_made import make_snapshot

from .commands import Done, skillnad


def _row(n: int) -> dict[str, object]:
    return {
        "client": n,
        "unit": "AB"[n % 4 == 0],
        "legal_sex": "12"[n % 3 == 0],
        "age_group": ("0", "13", "21")[n % 3],
        "origin": str(1 + n % 5),
        "intake_date": date(2025, 1 + n % 12, 3),
        "intake_reason": "1;4" if n % 4 else "2",
        "problem": "1" if n % 2 else "4",
        "decision_date": date(2025, 12, 1 + n % 20),
    }


CASES = [_row(n) for n in range(240)]
INTERVENTIONS = [
    {
        **row,
        "intervention_type": str(10 + 2 * (n % 2)),
        "start_date": row["decision_date"],
        "end_date": date(2025, 12, 28) if n % 3 else None,
        "goal_attainment": str(1 + n % 6),
        "closing_reason": "1" if n % 3 else None,
        "adherence_to_plan": "1",
    }
    for n, row in enumerate(CASES)
]
CLIENTS = [
    {"client": row["client"], "legal_sex": row["legal_sex"], "first_intake_date": row["intake_date"]} for row in CASES
]


def run(*arguments: str, home: Path) -> Done:
    return skillnad("report", *arguments, SKILLNAD_HOME=str(home))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    make_snapshot(home / "snapshots" / "one", clients=CLIENTS, cases=CASES, interventions=INTERVENTIONS)
    return home


@pytest.fixture(scope="module")
def made(home: Path) -> Path:
    out = home / "rapport"
    done = run("--period", "2025", "--out", str(out), "--title", "Så gick det", home=home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(out / f"report.{kind}") for kind in ("html", "pdf", "xlsx")]
    return out


def sheet_with(book: openpyxl.Workbook, caption: str) -> Any:
    number = next(row[0].value for row in book["Innehåll"].iter_rows(min_row=6) if row[2].value == caption)
    return book[number]


def numbers(sheet: Any) -> dict[str, Any]:
    return {row[0].value: row[1].value for row in sheet.iter_rows(min_row=6) if row[1].value is not None}


def test_report_has_its_title_and_the_snapshots_municipality(made: Path) -> None:
    html = (made / "report.html").read_text(encoding="utf-8")
    assert "<h1>Så gick det</h1>" in html
    assert "Provköping" in html


def test_report_counts_as_a_plain_count_does(made: Path) -> None:
    book = openpyxl.load_workbook(made / "report.xlsx")
    told = numbers(sheet_with(book, "Ursprunglig aktualiseringsorsak"))
    plain = Counter(code for row in CASES for code in str(row["intake_reason"]).split(";"))
    assert {code: told[f"intake_reason {code}"] for code in plain} == plain
    assert told["Alla"] == len(CASES)


def test_report_counts_women_and_men_as_a_plain_count_does(made: Path) -> None:
    book = openpyxl.load_workbook(made / "report.xlsx")
    told = numbers(sheet_with(book, "Personer som aktualiserades under perioden, efter juridiskt kön"))
    plain = Counter(row["legal_sex"] for row in CASES)
    assert (told["Kvinna"], told["Man"]) == (plain["1"], plain["2"])


def test_report_in_pdf_says_the_same_as_the_page(made: Path) -> None:
    text = " ".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO((made / "report.pdf").read_bytes())).pages
    )
    assert "Så gick det" in text
    assert "240" in text


def test_report_says_what_the_extracts_lack(made: Path) -> None:
    html = (made / "report.html").read_text(encoding="utf-8")
    assert "Kommunens underlag har inte några omprövningar eller överväganden" in html
    assert "uppgiften ”Hushållstyp”" in html


def test_report_is_the_same_when_it_is_made_again(made: Path, home: Path) -> None:
    again = home / "igen"
    run("--period", "2025", "--out", str(again), "--title", "Så gick det", home=home)
    assert (again / "report.html").read_bytes() == (made / "report.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--period", "i fjol", "--out", "x"), "PER-001"),
        (("--period", "2090", "--out", "x"), "REP-014"),
        (("--period", "2025", "--out", "x", "--snapshot", "saknas"), "SNAP-001"),
    ],
)
def test_report_refuses_what_it_cannot_do(home: Path, arguments: tuple[str, ...], code: str) -> None:
    done = run(*arguments, home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_report_refuses_a_folder_that_is_a_file(home: Path, made: Path) -> None:
    done = run("--period", "2025", "--out", str(made / "report.html"), home=home)
    assert done.returncode == 2
    assert "REP-001" in done.stderr


def test_report_of_a_unit_has_its_rows_alone_and_says_so_in_its_name(home: Path) -> None:
    out = home / "enhet"
    done = run("--period", "2025", "--out", str(out), "--unit", "b", home=home)
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.split()] == [f"report-b.{kind}" for kind in ("html", "pdf", "xlsx")]
    book = openpyxl.load_workbook(out / "report-b.xlsx")
    assert numbers(sheet_with(book, "Ursprung, ärenden som aktualiserades under perioden"))["Alla"] == 60


def test_report_of_no_such_unit_names_those_that_there_are(home: Path) -> None:
    done = run("--period", "2025", "--out", str(home / "ingen"), "--unit", "Granngården", home=home)
    assert done.returncode != 0
    assert "REP-023" in done.stderr
    assert not (home / "ingen").exists()
