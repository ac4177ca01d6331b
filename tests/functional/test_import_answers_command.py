"""`skillnad import answers` as an operator runs it: stored once, refused rows listed, and the exit status."""

import json
from pathlib import Path

import pytest
from answer_files import written

from .commands import Done, skillnad

WHOLE = {"key": "1", "date": "2026-02-01", "perspective": "client", "client_help": "4", "client_say": "Bra. 0701234567"}
WRONG = {"key": "2", "date": "2026-02-01", "perspective": "client", "client_help": "7"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("installation")


def answers(home: Path, file: Path, *words: str, **settings: str) -> Done:
    told = {"SKILLNAD_HOME": str(home), "SKILLNAD_MODE": "development", **settings}
    return skillnad("import", "answers", str(file), "--instrument", "open_contact", *words, **told)


def test_rows_that_can_be_are_stored_and_the_others_listed(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "svar.csv", WHOLE, WRONG)
    done = answers(home, file, "--json")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert (told["read"], told["new"], told["refused"], told["codes"]) == (2, 1, 1, {"INSTR-051": 1})
    listed = Path(told["refused_file"]).read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[:3] for line in listed] == [["rad", "kolumn", "kod"], ["3", "client_help", "INSTR-051"]]
    assert Path(told["refused_file"]).stat().st_mode & 0o077 == 0
    assert "070" not in done.stdout + done.stderr


def test_same_file_again_changes_nothing(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "samma.csv", {**WHOLE, "key": "9"})
    assert answers(home, file).returncode == 0
    again = answers(home, file)
    assert again.returncode == 0
    lines = {line[:26].strip(): line[26:].strip() for line in again.stdout.splitlines()}
    assert (lines["nya"], lines["ändrade"], lines["utan ändringar"]) == ("0", "0", "1")


def test_file_where_no_row_can_be_stored_ends_with_two(home: Path, tmp_path: Path) -> None:
    done = answers(home, written(tmp_path / "fel.csv", WRONG), "--out", str(tmp_path / "ut"))
    assert done.returncode == 2
    assert "ingenting är ändrat" in done.stdout
    assert (tmp_path / "ut" / "fel.avvisade.csv").is_file()


def test_english_is_spoken_to_who_asks(home: Path, tmp_path: Path) -> None:
    done = answers(home, written(tmp_path / "fel.csv", WRONG), SKILLNAD_LANGUAGE="en")
    assert "nothing is changed" in done.stdout


def test_instrument_that_is_not_there_is_told(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "svar.csv", WHOLE)
    told = {"SKILLNAD_HOME": str(home), "SKILLNAD_MODE": "development"}
    done = skillnad("import", "answers", str(file), "--instrument", "open_contakt", **told)
    assert done.returncode == 2
    assert "INSTR-040" in done.stderr
    assert "open_contact" in done.stderr


def test_version_that_is_not_kept_is_told(home: Path, tmp_path: Path) -> None:
    done = answers(home, written(tmp_path / "svar.csv", WHOLE), "--version", "1999.1")
    assert (done.returncode, "INSTR-041" in done.stderr) == (2, True)


def test_file_called_answers_is_an_extract_where_its_folder_is_said(home: Path, tmp_path: Path) -> None:
    done = skillnad("import", "./answers", "--mapping", "m.toml", folder=tmp_path, SKILLNAD_HOME=str(home))
    assert done.returncode == 2
    assert "m.toml" in done.stderr


def test_help_of_the_import_names_answers() -> None:
    assert "skillnad import answers" in skillnad("import", "--help", TERMINAL_WIDTH="200", COLUMNS="200").stdout
