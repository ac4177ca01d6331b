"""`skillnad ask`: a question in a file, and what is said where the file is none."""

from pathlib import Path

import pytest
from snapshots_made import make_snapshot
from typer.testing import CliRunner

from skillnad.analysis.questions import Count, Duration
from skillnad.analysis.saved_questions import SavedQuestion, save
from skillnad.cli.main import build
from skillnad.lib.errors import UserError

ROWS = [{"unit": "AB"[n % 2], "start_date": "2025-01-01", "end_date": "2025-01-11"} for n in range(40)]


@pytest.fixture
def run(tmp_path: Path):
    make_snapshot(tmp_path / "snapshot", interventions=ROWS)

    def run(question, *arguments: str):
        save(SavedQuestion("x", question), tmp_path / "x.toml")
        told = ["ask", str(tmp_path / "x.toml"), "--snapshot", str(tmp_path / "snapshot"), *arguments]
        return CliRunner().invoke(build(["ask", "table"]), told)

    return run


def test_saved_question_is_answered(run):
    assert "| Norr | 20 |" in run(Count(by=("unit",))).stdout


def test_columns_may_be_called_by_their_labels(run):
    assert "| Norr | 20 |" in run(Count(by=("UNIT",))).stdout


def test_shares_within_limits_are_columns(run):
    told = run(Duration("start_date", "end_date", by=("unit",), within=(30,)), "--format", "csv").stdout
    assert "Inom 30 dagar" in told.splitlines()[0]


def test_file_that_is_no_question_is_refused(run, tmp_path: Path):
    told = CliRunner().invoke(build(["ask", "table"]), ["ask", str(tmp_path / "nothing.toml")])
    assert isinstance(told.exception, UserError)
    assert told.exception.code == "ASK-032"


@pytest.fixture
def policy(tmp_path: Path, monkeypatch):
    """A municipality's policy, and the file that a report asks by."""
    (tmp_path / "kodbok").mkdir()
    monkeypatch.setenv("SKILLNAD_LOCAL_CODEBOOK", str(tmp_path / "kodbok"))

    def policy(own: str, asked: str) -> str:
        (tmp_path / "kodbok" / "skydd.toml").write_text(own, encoding="utf-8")
        (tmp_path / "rapport.toml").write_text(asked, encoding="utf-8")
        return str(tmp_path / "rapport.toml")

    return policy


def test_question_is_answered_under_the_municipalitys_own_policy(run, policy):
    policy("threshold = 30\nquantile_minimum = 30", "")
    assert "| Norr | .. |" in run(Count(by=("unit",))).stdout


def test_report_may_ask_for_more(run, policy):
    stricter = policy("", "threshold = 30\nquantile_minimum = 30")
    assert "| Norr | .. |" in run(Count(by=("unit",)), "--policy", stricter).stdout


def test_report_may_not_ask_for_less(run, policy):
    looser = policy("threshold = 30\nquantile_minimum = 30", "threshold = 5")
    assert run(Count(by=("unit",)), "--policy", looser).exception.code == "DISC-023"


def test_sensitive_column_with_a_typo_is_refused(run, policy):
    told = run(Count(by=("unit",)), "--policy", policy("", 'zeros_printed = false\nsensitive = ["problm"]')).exception
    assert told.code == "DISC-025"
    assert "Menade du ”problem”?" in told.text("sv")
