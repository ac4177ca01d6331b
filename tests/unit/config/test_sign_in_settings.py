"""Whether a second factor is demanded, and by whom people sign in, as the environment says it."""

from pathlib import Path

import pytest

from skillnad.config.environment import read_environment
from skillnad.lib.errors import UserError

PRODUCTION = {"SKILLNAD_MODE": "production", "SKILLNAD_SECRET_KEY": "x" * 50, "SKILLNAD_ALLOWED_HOSTS": "a.se"}
FILE = """\
[[provider]]
id = "kommunen"
name = "Exempelby"
issuer = "https://login.exempelby.se"
client_id = "skillnad"
secret_from = "HEMLIGHETEN"
levels = ["loa3"]
group = [{ name = "A", role = "auditor" }]
"""


@pytest.mark.parametrize(
    ("values", "demanded"),
    [
        ({}, False),
        ({"SKILLNAD_MODE": "demo"}, False),
        (PRODUCTION, True),
        ({"SKILLNAD_SECOND_FACTOR": "yes"}, True),
        ({**PRODUCTION, "SKILLNAD_SECOND_FACTOR": "no"}, False),
        ({**PRODUCTION, "SKILLNAD_SECOND_FACTOR": "nej tack"}, True),
    ],
)
def test_second_factor_is_demanded_in_production_and_where_it_is_said(values: dict[str, str], demanded: bool) -> None:
    assert read_environment(values).second_factor is demanded


def test_no_provider_unless_a_file_is_named() -> None:
    assert read_environment({}).sign_in.providers == ()


def test_provider_of_the_file_has_its_secret_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "inloggning.toml").write_text(FILE)
    values = {"SKILLNAD_SIGN_IN": str(tmp_path / "inloggning.toml"), "HEMLIGHETEN": "abc"}
    (provider,) = read_environment(values).sign_in.providers
    assert (provider.id, provider.secret, provider.actor) == ("kommunen", "abc", "sign-in:kommunen")


def test_application_does_not_start_with_a_provider_that_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "inloggning.toml").write_text(FILE)
    with pytest.raises(UserError, match="ACC-016"):
        read_environment({"SKILLNAD_SIGN_IN": str(tmp_path / "inloggning.toml")})
