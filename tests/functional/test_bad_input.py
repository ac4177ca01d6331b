"""What bad input gets, through the command line: a message with code, place and remedy, status 2, nothing changed.

Every file carries an identity number, a name and free text; none of them may be told of. The numbers are published
test numbers and local reserve identities, which are nobody's.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from extracts import of_interventions
from openpyxl import Workbook

from .commands import Done, skillnad

MAPPING = of_interventions(
    """
intake_date = "Inkom"
start_date = "Start"
intervention_type = "Typ"
note = "Anteckning"
""",
    match="insatser*.*",
)
CODEBOOK = """
[[variable]]
id = "note"
kind = "text"
entity = "intervention"
step = "carry_out"
sv = "Anteckning"
"""
HEADER = "Pnr;Arende;Insats;Inkom;Start;Typ;Namn;Anteckning"
PERSON, NAME, NOTE = "20000229-2399", "Cecilia Påhittad", "bor hos sin moster"
ROW = f"{PERSON};A1;I1;2024-01-10;2024-02-01;10;{NAME};{NOTE}"
OTHER = f"19460823-9986;A2;I2;2024-01-10;2024-02-01;12;{NAME};{NOTE}"
SECRETS = (PERSON, PERSON.replace("-", ""), PERSON[2:], "19460823", NAME, "Cecilia", NOTE, "moster", "hemlig")
REMEDY = r"(Rätta|Gör om |Ta |Ange|Spara|Lägg till|Dela|Kopiera|Skriv|Menas|Behåll|Fyll|Byt|Jämför)"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation with one intervention in its register."""
    (tmp_path / "kodbok").mkdir()
    (tmp_path / "kodbok" / "egen.toml").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "M.toml").write_text(MAPPING, encoding="utf-8")
    write(tmp_path, "19900102-TF21;A0;I0;2024-01-10;2024-02-01;10;;")
    assert imported(tmp_path).returncode == 0
    return tmp_path


def imported(folder: Path, file: str = "insatser.csv") -> Done:
    own = {"SKILLNAD_HOME": str(folder / "home"), "SKILLNAD_LOCAL_CODEBOOK": str(folder / "kodbok")}
    return skillnad("import", "--mapping", "M.toml", file, folder=folder, **own)


def write(folder: Path, *rows: str, header: str = HEADER) -> None:
    (folder / "insatser.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")


def register(folder: Path) -> list[str]:
    """Every row of the register's own tables."""
    with closing(sqlite3.connect(folder / "home" / "skillnad.sqlite3")) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        own = sorted(name for (name,) in names if name.startswith(("register_", "organisation_", "audit_")))
        return [repr(row) for name in own for row in database.execute(f'SELECT * FROM "{name}"')]


def logs(folder: Path) -> str:
    return "".join(path.read_text(errors="replace") for path in (folder / "home").rglob("*.log"))


def refused(folder: Path, code: str, place: str, file: str = "insatser.csv") -> str:
    """The message of an import that is refused as everything that cannot be read is."""
    before = register(folder)
    done = imported(folder, file)
    assert done.returncode == 2, done.stdout + done.stderr
    told = done.stdout + done.stderr
    assert re.search(rf"{code} [^\n]*{place}", told), told
    assert re.search(REMEDY, told), told
    assert "Traceback" not in told
    assert not [secret for secret in SECRETS if secret in told + logs(folder)]
    assert register(folder) == before
    return told


def test_empty_file(home: Path) -> None:
    (home / "insatser.csv").write_bytes(b"")
    refused(home, "IMP-002", "insatser.csv")


def test_header_without_rows(home: Path) -> None:
    write(home)
    refused(home, "IMP-002", "insatser.csv")


def test_wrong_encoding_names_the_right_one(home: Path) -> None:
    (home / "M.toml").write_text(MAPPING.replace("[file.keys]", 'encoding = "utf-8"\n[file.keys]'), encoding="utf-8")
    (home / "insatser.csv").write_bytes(f"{HEADER}\n{ROW}\n".encode("cp1252"))
    assert 'encoding = "cp1252"' in refused(home, "IMP-003", "insatser.csv")


def test_missing_column_is_named(home: Path) -> None:
    write(home, ROW, header=HEADER.replace("Start", "Startdatum"))
    told = refused(home, "IMP-009", "insatser.csv")
    assert "”Start”" in told
    assert "”Startdatum”" in told


def test_unknown_code_is_refused_without_being_shown(home: Path) -> None:
    write(home, ROW.replace(";10;", ";hemlig;"), OTHER)
    refused(home, "IMP-013", "insatser.csv, kolumn Typ, rad 2")


def workbook(folder: Path, merge: str = "", formula: str = "") -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, ROW, OTHER):
        sheet.append(row.split(";"))
    if merge:
        sheet.merge_cells(merge)
    if formula:
        sheet[formula] = '=CONCATENATE("1","0")'
    book.save(folder / "insatser.xlsx")


def test_workbook_with_a_formula_names_the_cell(home: Path) -> None:
    workbook(home, formula="F3")
    refused(home, "IMP-008", "insatser.xlsx, blad Sheet, cell F3", "insatser.xlsx")


def test_workbook_with_merged_cells_names_them(home: Path) -> None:
    workbook(home, merge="A2:A3")
    refused(home, "IMP-008", "insatser.xlsx, blad Sheet, cell A2:A3", "insatser.xlsx")


def test_workbook_that_is_none(home: Path) -> None:
    (home / "insatser.xlsx").write_text(ROW, encoding="utf-8")
    refused(home, "IMP-006", "insatser.xlsx", "insatser.xlsx")


@pytest.mark.parametrize(
    ("right", "wrong", "code", "line", "nearest"),
    [
        ("start_date =", "startdate =", "MAP-003", 14, "start_date"),
        ("[file.columns]", "[file.colums]", "MAP-002", 12, "columns"),
        ("identity = true", "identiy = true", "MAP-002", 9, "identity"),
        ("case =", "caes =", "MAP-002", 10, "case"),
    ],
)
def test_mapping_with_a_typo(home: Path, right: str, wrong: str, code: str, line: int, nearest: str) -> None:
    write(home, ROW)
    (home / "M.toml").write_text(MAPPING.replace(right, wrong), encoding="utf-8")
    assert f"”{nearest}”" in refused(home, code, f"M.toml, rad {line}")


def test_file_of_two_gigabytes(home: Path) -> None:
    write(home, ROW)
    with (home / "insatser.csv").open("r+b") as file:
        file.truncate(2_000_000_000)  # a hole: nothing is written to disk
    refused(home, "IMP-005", "insatser.csv")


def test_nul_byte(home: Path) -> None:
    write(home, ROW, OTHER.replace(NOTE, f"{NOTE}\0"))
    refused(home, "IMP-004", "insatser.csv")


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ((ROW, OTHER.replace("I2", "I1")), "IMP-11[34]"),
        ((ROW.replace("2024-02-01", "0025-02-01"),), "IMP-102"),
        ((ROW.replace(NOTE, f"{NOTE} med 19570428-9999"),), "IMP-106"),
        ((ROW.replace(NOTE, "ring 195704289999"),), "IMP-106"),
    ],
)
def test_row_that_breaks_a_rule_alone_refuses_the_delivery(home: Path, rows: tuple[str, ...], rule: str) -> None:
    write(home, *rows)
    told = refused(home, "IMP-020", "avvisade-insatser.csv")
    assert re.search(rf"{rule} \(\d+ rader\)", told), told
    assert "5704289999" not in told
    assert "570428-9999" not in told


def test_row_that_breaks_a_rule_among_many_is_set_aside(home: Path) -> None:
    """The documented status 1: the others are stored, and the row comes back with the reason beside its cells."""
    good = [f"19900{n % 9 + 1}02-TF2{n};B{n};J{n};2024-01-10;2024-02-01;10;;" for n in range(10)]
    write(home, *good, ROW.replace("2024-02-01", "0025-02-01"))
    done = imported(home)
    assert (done.returncode, "IMP-102 (1)" in done.stdout) == (1, True)
    assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr + logs(home)]
    (rejected,) = (home / "home" / "import").glob("avvisade-*")
    assert "IMP-102" in rejected.read_text(encoding="utf-8-sig")
    assert rejected.stat().st_mode & 0o077 == 0
