"""Every setting as it is now and where it came from, and all that stops a start, at once. No secret is ever shown."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from skillnad.config.environment import Environment, database_settings, read_environment
from skillnad.lib.errors import Problem, UserError

DEFAULTS: Mapping[str, str] = {
    "SKILLNAD_MODE": "development",
    "SKILLNAD_HOME": "./var",
    "SKILLNAD_DATABASE_URL": "sqlite:///SKILLNAD_HOME/skillnad.sqlite3",
    "SKILLNAD_KEY_FILE": "SKILLNAD_HOME/keys.json",
    "SKILLNAD_CHECKPOINTS": "SKILLNAD_HOME/checkpoints",
    "SKILLNAD_CHECKPOINT_EVENTS": "10000",
    "SKILLNAD_SECRET_KEY": "",
    "SKILLNAD_ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
    "SKILLNAD_HTTPS": "no",
    "SKILLNAD_SIGN_IN": "",
    "SKILLNAD_SECOND_FACTOR": "no",
    "SKILLNAD_LOCAL_CODEBOOK": "",
    "SKILLNAD_LOCAL_INSTRUMENTS": "",
    "SKILLNAD_BACKUP_RECIPIENT": "",
    "SKILLNAD_BACKUP_DAYS": "2",
    "SKILLNAD_LANGUAGE": "sv",
}
IN_PRODUCTION: Mapping[str, str] = {
    "SKILLNAD_HTTPS": "yes",
    "SKILLNAD_SECOND_FACTOR": "yes",
    "SKILLNAD_ALLOWED_HOSTS": "",
}
"""Defaults that are others in production."""
HIDDEN = "***"
_OPEN = set(DEFAULTS) - {"SKILLNAD_SECRET_KEY"}
_USER = re.compile(r"//[^/@]*@")
_MENDED = {
    "SKILLNAD_MODE": "development",
    "SKILLNAD_SECRET_KEY": "x" * 50,
    "SKILLNAD_ALLOWED_HOSTS": "localhost",
    "SKILLNAD_CHECKPOINT_EVENTS": "1",
    "SKILLNAD_BACKUP_DAYS": "1",
    "SKILLNAD_SIGN_IN": "",
}
"""What a faulty one is thought to be while the others are looked at. Nothing starts with these."""


@dataclass(frozen=True)
class Shown:
    """A setting: `given` says whether the environment has it; else the value is the default."""

    name: str
    value: str
    given: bool


def shown(values: Mapping[str, str] = os.environ) -> list[Shown]:
    """Every setting there is, and those of the environment that no documentation names (with no value)."""
    defaults = {**DEFAULTS, **(IN_PRODUCTION if values.get("SKILLNAD_MODE") == "production" else {})}
    known = [Shown(name, _value(name, values.get(name) or defaults[name]), bool(values.get(name))) for name in DEFAULTS]
    others = sorted(name for name in values if name.startswith("SKILLNAD_") and name not in DEFAULTS)
    return known + [Shown(name, HIDDEN, True) for name in others]


def _value(name: str, value: str) -> str:
    if name not in _OPEN:
        return HIDDEN if value else ""
    if name == "SKILLNAD_DATABASE_URL":
        return _USER.sub(f"//{HIDDEN}@", value.partition("?")[0])
    return value


def checked_environment(values: Mapping[str, str] = os.environ) -> Environment:
    """As `read_environment`, but the UserError has everything that is wrong or missing, not the first thing alone."""
    problems = start_problems(values)
    if problems:
        raise UserError(*problems)
    return read_environment(values)


def start_problems(values: Mapping[str, str] = os.environ) -> list[Problem]:
    """All that stops a start, each setting's own."""
    problems: list[Problem] = []
    tried = dict(values)
    for _ in _MENDED:
        try:
            read = read_environment(tried)
        except UserError as refused:
            problems += refused.problems
            tried |= {name: _MENDED[name] for name in map(_setting_of, refused.problems)}
            continue
        return problems + _of_database(read)
    return problems


def _setting_of(problem: Problem) -> str:
    """A problem of the sign-in names a place in its file."""
    return problem.where if problem.where in _MENDED else "SKILLNAD_SIGN_IN"


def _of_database(read: Environment) -> list[Problem]:
    try:
        database_settings(read.database_url)
    except UserError as refused:
        return list(refused.problems)
    return []
