"""`skillnad account list|disable|…` and `account token …` as an operator runs them."""

import re
from pathlib import Path

import pytest

from .commands import Done, skillnad


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one login."""
    folder = tmp_path_factory.mktemp("installation")
    assert account(folder, "add", "alva", "--role", "analyst").returncode == 0
    return folder


def account(home: Path, *words: str) -> Done:
    return skillnad("account", *words, SKILLNAD_HOME=str(home), SKILLNAD_MODE="development")


def test_login_is_listed_disabled_and_enabled(home: Path) -> None:
    assert account(home, "list").stdout == "alva\teget lösenord\tanalyst\n"
    assert account(home, "disable", "alva").stdout == "Inloggningen alva är avstängd.\n"
    assert account(home, "list").stdout.endswith("\tAVSTÄNGD\n")
    assert account(home, "enable", "alva").returncode == 0
    assert "AVSTÄNGD" not in account(home, "list").stdout


def test_owner_gets_a_new_start(home: Path) -> None:
    first, second = (account(home, "password", "alva").stdout.split(": ")[-1] for _ in range(2))
    assert len(first.strip()) == len(second.strip()) == 20
    assert first != second
    assert account(home, "forget-code", "alva").returncode == 0


@pytest.mark.parametrize("word", ["disable", "enable", "password", "forget-code"])
def test_login_that_is_not_there_is_refused(home: Path, word: str) -> None:
    done = account(home, word, "ingen")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ACC-020")


def test_token_is_given_out_shown_once_and_revoked(home: Path) -> None:
    done = account(home, "token", "new", "Beslutsstöd", "--right", "read_report", "--until", _in_a_month())
    token = re.search(r"skn_[0-9a-f]{16}_\S{43}", done.stdout)
    assert token, done.stderr
    listed = account(home, "token", "list").stdout
    assert listed == f"1\tBeslutsstöd\tread_report\t–\t{_in_a_month()}\n"
    assert account(home, "token", "revoke", "1").returncode == 0
    assert account(home, "token", "list").stdout.endswith("\tTILLBAKATAGEN\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("new", "x", "--right", "allt", "--until", "2100-01-01"), "ACC-021"),
        (("new", "x", "--right", "read_report", "--until", "2100-01-01"), "ACC-022"),
        (("new", "x", "--right", "read_report", "--until", "snart"), "ACC-022"),
        (("new", "x", "--right", "read_report", "--until", "2100-01-01", "--unit", "INGEN"), "REG-007"),
        (("revoke", "99"), "ACC-025"),
    ],
)
def test_token_that_cannot_be_is_refused(home: Path, words: tuple[str, ...], code: str) -> None:
    done = account(home, "token", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(code)


def _in_a_month() -> str:
    from datetime import date, timedelta

    return (date.today() + timedelta(days=30)).isoformat()
