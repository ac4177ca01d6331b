import subprocess
import sys

import pytest
from typer import rich_utils

from skillnad.cli.main import SWEDISH


def run(*arguments, **environment):
    command = [sys.executable, "-m", "skillnad.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@pytest.mark.parametrize("name", SWEDISH)
def test_every_translated_text_is_one_that_typer_has(name):
    assert isinstance(getattr(rich_utils, name), str)


def test_help_speaks_swedish():
    told = run("table", "--help").stdout
    assert "Val" in told
    assert "[förval: interventions]" in told


def test_help_speaks_english_to_who_asks_for_it():
    told = run("table", "--help", SKILLNAD_LANGUAGE="en").stdout
    assert "[default: interventions]" in told


def test_a_forgotten_option_leads_to_the_help():
    answer = run("duration", "--from", "intake_date")
    assert answer.returncode == 2
    assert "duration --help visar vad som går att ange" in answer.stderr
