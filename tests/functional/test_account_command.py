"""`skillnad account add` as an operator runs it: a process of its own, a store of its own, and then a sign-in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def skillnad(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "SKILLNAD_HOME": str(home), "SKILLNAD_MODE": "development"}
    for name in ("SKILLNAD_DATABASE_URL", "SKILLNAD_KEY_FILE", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "skillnad.cli.main", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


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
    environment = {**os.environ, "SKILLNAD_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", program, name, password], env=environment, timeout=120, check=False)
    return done.returncode == 0


def test_account_is_added_with_a_password_that_signs_in(home: Path) -> None:
    done = skillnad(home, "account", "add", "alva", "--role", "analyst")
    password = done.stdout.strip().rsplit(" ", 1)[-1]
    assert done.returncode == 0, done.stderr
    assert signs_in(home, "alva", password)
    assert not signs_in(home, "alva", password + "x")


def test_account_of_a_taken_name_is_refused(home: Path) -> None:
    skillnad(home, "account", "add", "bo", "--role", "analyst")
    done = skillnad(home, "account", "add", "bo", "--role", "operator")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("REG-003")


@pytest.mark.parametrize(("words", "code"), [((), "REG-004"), (("--unit", "FINNS-INTE"), "REG-007")])
def test_caseworker_needs_a_unit_that_exists(home: Path, words: tuple[str, ...], code: str) -> None:
    done = skillnad(home, "account", "add", "anna", "--role", "caseworker", *words)
    assert done.returncode == 2
    assert done.stderr.startswith(code)


def test_roles_are_those_of_the_organisation() -> None:
    from skillnad.cli.service.account import RoleName
    from skillnad.organisation.models import Role

    assert {role.value for role in RoleName} == set(Role.values)
