"""Settings as they are shown: every one, with its origin, and no secret; and all that stops a start at once."""

import re
from pathlib import Path

import pytest

from skillnad.config.environment import read_environment
from skillnad.config.settings_shown import DEFAULTS, HIDDEN, checked_environment, shown, start_problems
from skillnad.lib.errors import UserError

SETTINGS = Path(__file__).parents[3] / "docs" / "settings.md"
UNSAFE = {
    "SKILLNAD_MODE": "production",
    "SKILLNAD_DATABASE_URL": "mysql://anna:hemligt@db/x",
    "SKILLNAD_BACKUP_DAYS": "0",
}


def value(name: str, **values: str) -> str:
    return next(each.value for each in shown(values) if each.name == name)


def codes(**values: str) -> list[str]:
    return [problem.code for problem in start_problems(values)]


def test_every_documented_setting_is_shown() -> None:
    documented = re.findall(r"^\| `(SKILLNAD_[A-Z_]+)` \|", SETTINGS.read_text(), re.MULTILINE)
    assert sorted(DEFAULTS) == sorted(documented)


def test_origin_is_told() -> None:
    by_name = {each.name: each for each in shown({"SKILLNAD_HOME": "/srv/skillnad"})}
    assert (by_name["SKILLNAD_HOME"].value, by_name["SKILLNAD_HOME"].given) == ("/srv/skillnad", True)
    assert (by_name["SKILLNAD_MODE"].value, by_name["SKILLNAD_MODE"].given) == ("development", False)


def test_default_that_is_shown_is_the_one_that_is_used() -> None:
    here = read_environment({})
    assert (here.mode, str(here.checkpoint_events), str(here.backup_days)) == tuple(
        value(name) for name in ("SKILLNAD_MODE", "SKILLNAD_CHECKPOINT_EVENTS", "SKILLNAD_BACKUP_DAYS")
    )
    assert ",".join(here.allowed_hosts) == value("SKILLNAD_ALLOWED_HOSTS")


def test_production_has_its_own_defaults() -> None:
    assert value("SKILLNAD_HTTPS") == "no"
    assert value("SKILLNAD_HTTPS", SKILLNAD_MODE="production") == "yes"
    assert value("SKILLNAD_HTTPS", SKILLNAD_MODE="production", SKILLNAD_HTTPS="no") == "no"


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("SKILLNAD_SECRET_KEY", "hemligt"),
        ("SKILLNAD_DATABASE_URL", "postgresql://anna:hemligt@db/x"),
        ("SKILLNAD_DATABASE_URL", "postgresql://hemligt@/x?host=/run"),
        ("SKILLNAD_DATABASE_URL", "postgresql://db/x?password=hemligt"),
        ("SKILLNAD_PROVIDER_SECRET", "hemligt"),
    ],
)
def test_no_secret_is_shown(name: str, given: str) -> None:
    assert "hemligt" not in repr(shown({name: given}))
    assert value(name, **{name: given}) != ""


def test_secret_that_is_not_given_is_not_shown_as_given() -> None:
    assert value("SKILLNAD_SECRET_KEY") == ""
    assert value("SKILLNAD_SECRET_KEY", SKILLNAD_SECRET_KEY="x") == HIDDEN


def test_everything_that_is_missing_is_told_at_once() -> None:
    assert sorted(codes(**UNSAFE)) == ["CONF-002", "CONF-003", "CONF-004", "CONF-017"]


def test_start_is_refused_with_all_of_it() -> None:
    with pytest.raises(UserError) as refused:
        checked_environment(UNSAFE)
    assert len(refused.value.problems) == 4
    assert "hemligt" not in str(refused.value)


def test_unknown_mode_hides_nothing_else() -> None:
    assert codes(SKILLNAD_MODE="prod", SKILLNAD_CHECKPOINT_EVENTS="x") == ["CONF-001", "CONF-016"]


def test_sign_in_file_that_is_missing_is_told_with_the_rest(tmp_path: Path) -> None:
    found = codes(SKILLNAD_SIGN_IN=str(tmp_path / "x.toml"), SKILLNAD_BACKUP_DAYS="x")
    assert "CONF-017" in found
    assert any(code.startswith("ACC-") for code in found)


def test_safe_settings_start() -> None:
    assert checked_environment({}).mode == "development"
    assert codes() == []
