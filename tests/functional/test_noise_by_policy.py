"""A municipality that has chosen noise in its policy: its tables on the command line, and what they refuse."""

import csv
import io

import pytest
from snapshots_made import make_snapshot

from skillnad.lib.sealing import create_key_file

from . import commands

ROWS = [
    {"unit": "AAAABBBBBC"[n % 10], "legal_sex": "12"[n % 3 == 0], "start_date": "2025-02-03", "end_date": "2025-10-01"}
    for n in range(120)
]
TABLE = ("table", "--rows", "unit", "--columns", "legal_sex", "--percent", "none")


@pytest.fixture
def run(tmp_path):
    make_snapshot(tmp_path / "snapshots" / "one", interventions=ROWS)
    create_key_file(tmp_path / "keys.json")
    (tmp_path / "skydd.toml").write_text('name = "brus"\nway = "cell_keys"\n')

    def run(*arguments, status=0, codebook=str(tmp_path)):
        done = commands.skillnad(*arguments, SKILLNAD_HOME=str(tmp_path), SKILLNAD_LOCAL_CODEBOOK=codebook)
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    return run


def numbers(text: str) -> list[int]:
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    return [int(value) for row in rows for value in row.values() if value.isdigit()]


def test_table_has_noise_and_is_the_same_each_time(run):
    first = run(*TABLE, "--format", "csv")
    assert numbers(first)
    assert not any(0 < number < 5 for number in numbers(first))
    assert run(*TABLE, "--format", "csv") == first


def test_days_are_refused(run):
    assert "DISC-079" in run("duration", "--from", "start_date", "--to", "end_date", status=2)


def test_gaps_are_refused_once_there_is_noise(run, tmp_path):
    run(*TABLE)
    (tmp_path / "gaps").mkdir()
    assert "DISC-076" in run(
        "table", "--rows", "legal_sex", "--columns", "unit", status=2, codebook=str(tmp_path / "gaps")
    )


def test_noise_without_a_key_file_is_refused(run, tmp_path):
    (tmp_path / "keys.json").unlink()
    assert "CONF-011" in run(*TABLE, status=2)
