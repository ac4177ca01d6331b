"""`skillnad account add` as an operator runs it: a process of its own, a store of its own, and then a sign-in."""

import subprocess
import sys
from pathlib import Path

import pytest

from .commands import Done, environment, skillnad


def account_added(home: Path, name: str, *words: str) -> Done:
    return skillnad("account", "add", name, *words, SKILLNAD_HOME=str(home), SKILLNAD_MODE="development")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("installation")


def signs_in(home: Path, name: str, password: str) -> bool:
    """Asked of the same store by Django's own check."""
    program = (
        "from skillnad.cli.service.django_setup import set_up_django; set_up_django();"
        "from django.contrib.auth import authenticate; import sys;"
        "sys.exit(0 if authenticate(None, username=sys.argv[1], password=sys.argv[2]) else 1)"
    )
    asked = [sys.executable, "-c", program, name, password]
    return subprocess.run(asked, env=environment(SKILLNAD_HOME=str(home)), timeout=120, check=False).returncode == 0


def test_account_is_added_with_a_password_that_signs_in(home: Path) -> None:
    done = account_added(home, "alva", "--role", "analyst")
    password = done.stdout.strip().rsplit(" ", 1)[-1]
    assert done.returncode == 0, done.stderr
    assert signs_in(home, "alva", password)
    assert not signs_in(home, "alva", password + "x")


def test_account_of_a_taken_name_is_refused(home: Path) -> None:
    account_added(home, "bo", "--role", "analyst")
    done = account_added(home, "bo", "--role", "operator")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("REG-003")


@pytest.mark.parametrize(("words", "code"), [((), "REG-004"), (("--unit", "FINNS-INTE"), "REG-007")])
def test_caseworker_needs_a_unit_that_exists(home: Path, words: tuple[str, ...], code: str) -> None:
    done = account_added(home, "anna", "--role", "caseworker", *words)
    assert done.returncode == 2
    assert done.stderr.startswith(code)


def test_roles_are_those_of_the_organisation() -> None:
    from skillnad.cli.service.account import RoleName
    from skillnad.organisation.models import Role

    assert {role.value for role in RoleName} == {role.value for role in Role}
