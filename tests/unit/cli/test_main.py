import re
import subprocess
import sys

import pytest
from typer import rich_utils

from skillnad.cli.swedish import TITLES, in_swedish, type_in_swedish


def run(*arguments, **environment):
    command = [sys.executable, "-m", "skillnad.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@pytest.mark.parametrize("name", TITLES)
def test_every_translated_text_is_one_that_typer_has(name):
    assert isinstance(getattr(rich_utils, name), str)


def test_help_speaks_swedish():
    told = run("table", "--help").stdout
    assert "Val" in told
    assert "[förval: interventions]" in told


@pytest.mark.parametrize(
    ("told", "swedish"),
    [
        ("<str>", "TEXT"),
        ("<path>", "SÖKVÄG"),
        ("<list[Path]>", "SÖKVÄG"),
        ("<list[int]>", "HELTAL"),
        ("<int range> [1<=x<=65535]", "HELTAL [1<=x<=65535]"),
        ("<float range> [x>=0.1]", "TAL [x>=0.1]"),
        ("<bool>", ""),
        ("<rows|columns>", "<rows|columns>"),
        ("KOD", "KOD"),
    ],
)
def test_what_an_option_takes_is_told_in_swedish(told, swedish):
    assert type_in_swedish(told) == swedish


@pytest.mark.parametrize("command", ["import", "demo", "codebook gaps", "mapping suggest"])
def test_no_help_has_a_type_of_the_programs(command):
    told = run(*command.split(), "--help", COLUMNS="150").stdout
    assert "Användning: " in told
    assert not re.search(r"<(str|int|float|bool|path|list)\b", told)


def test_roles_are_told_in_swedish():
    assert "Rollen; vad den får står i docs/behorighet.md." in run("account", "add", "--help", COLUMNS="200").stdout


def test_help_speaks_english_to_who_asks_for_it():
    told = run("table", "--help", SKILLNAD_LANGUAGE="en").stdout
    assert "[default: interventions]" in told


def test_a_forgotten_option_leads_to_the_help():
    answer = run("duration", "--from", "intake_date")
    assert answer.returncode == 2
    assert "duration --help visar vad som går att ange" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--help",), "Användning: "),
        (("--help",), "KOMMANDO [ARGUMENT]..."),
        (("table", "--help"), "Visa den här hjälpen."),
        (("table", "--fromat", "csv"), "Det finns inget val --fromat. Liknande val: --format"),
        (("tabel",), "Det finns inget kommando ”tabel”. Menade du 'table'"),
        (("duration", "--from", "a"), "--to måste anges."),
        (("mapping", "check"), "M.toml måste anges."),
        (("table", "--rows"), "--rows ska följas av ett värde."),
        (("table", "--people=1"), "--people ska inte ha något värde."),
        (("table", "extra"), "Det står mer än kommandot tar emot: extra."),
        (("table", "--of", "rows"), "Värdet för --of duger inte. Välj bland 'clients', 'cases'"),
        (("demo", "--clients", "3"), "Det minsta är 50."),
        (("serve", "--port", "99999"), "Det största är 65535."),
        (("demo", "--seed", "x"), "Skriv ett heltal."),
        (("import", "--max-size", "x"), "Skriv ett tal"),
    ],
)
def test_typers_own_words_are_swedish(arguments, told):
    answer = run(*arguments, COLUMNS="200")
    assert told in answer.stdout + answer.stderr
    assert not any(word in answer.stdout + answer.stderr for word in ("Usage", "Invalid", "No such", "Missing"))


def test_our_own_words_are_left_as_they_are():
    assert in_swedish("Optioner [val] Usage: nej") == "Optioner [val] Usage: nej"


def test_english_readers_get_typers_words():
    answer = run("table", "--fromat", "csv", SKILLNAD_LANGUAGE="en", COLUMNS="200")
    assert "No such option: --fromat" in answer.stderr
