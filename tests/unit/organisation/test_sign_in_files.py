"""The file that describes the municipality's login: whole or refused, with every problem by file and line."""

from pathlib import Path

import pytest

from skillnad.lib.errors import UserError
from skillnad.organisation.sign_in.files import Grant, SignIn, read_sign_in

SECRETS = {"KOMMUNENS_HEMLIGHET": "abc123"}
WHOLE = """\
[[provider]]
id = "kommunen"
name = "Exempelby kommun"
issuer = "https://login.exempelby.se"
client_id = "skillnad"
secret_from = "KOMMUNENS_HEMLIGHET"
levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]

[[provider.group]]
name = "Analytiker"
role = "analyst"
committee = "SN"

[[provider.group]]
name = "Analytiker"
role = "auditor"

[[provider.group]]
name = "Chefer BU"
role = "unit_manager"
unit = "BU"
"""


def read(folder: Path, text: str) -> SignIn:
    path = folder / "inloggning.toml"
    path.write_text(text)
    return read_sign_in(path, SECRETS)


def test_no_file_is_no_provider() -> None:
    assert read_sign_in(None, {}) == SignIn(())


def test_file_is_read(tmp_path: Path) -> None:
    (provider,) = read(tmp_path, WHOLE).providers
    assert (provider.id, provider.secret, provider.uid, provider.recheck_seconds) == ("kommunen", "abc123", "sub", 30)
    assert provider.grants == {
        "Analytiker": (Grant("analyst", committee="SN"), Grant("auditor")),
        "Chefer BU": (Grant("unit_manager", unit="BU"),),
    }


def test_claims_and_seconds_are_the_files(tmp_path: Path) -> None:
    more = 'uid = "employee"\ngroups = "memberOf"\nusername = "upn"\nscopes = ["openid"]\nrecheck_seconds = 0\n'
    (provider,) = read(tmp_path, WHOLE.replace("levels", more + "levels")).providers
    assert (provider.uid, provider.groups, provider.username) == ("employee", "memberOf", "upn")
    assert (provider.scopes, provider.recheck_seconds) == (("openid",), 0)


def test_provider_is_found_by_its_id(tmp_path: Path) -> None:
    sign_in = read(tmp_path, WHOLE)
    assert sign_in.provider("kommunen") is sign_in.providers[0]
    assert sign_in.provider("annan") is None


def test_secret_is_shown_by_nothing(tmp_path: Path) -> None:
    assert "abc123" not in repr(read(tmp_path, WHOLE))


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9000", "http://localhost:9000", "https://login.exempelby.se/x"])
def test_issuer_is_over_https_or_on_this_machine(tmp_path: Path, issuer: str) -> None:
    assert read(tmp_path, WHOLE.replace("https://login.exempelby.se", issuer)).providers[0].issuer == issuer


FAULTS = {
    "not TOML": ("[[provider]]", "[[provider", "ACC-010", 1),
    "unknown key": ("client_id", "klient", "ACC-011", 5),
    "wrong type": ('levels = ["http://id.elegnamnden.se/loa/1.0/loa3"]', 'levels = "loa3"', "ACC-012", 7),
    "no name": ('name = "Exempelby kommun"\n', "", "ACC-013", 1),
    "no level": ('"http://id.elegnamnden.se/loa/1.0/loa3"', '" "', "ACC-013", 7),
    "no such role": ('"auditor"', '"revisor"', "ACC-014", 16),
    "an id that no address can have": ('id = "kommunen"', 'id = "Vår kommun"', "ACC-015", 2),
    "an issuer that anyone can listen to": ("https://login", "http://login", "ACC-015", 4),
    "an issuer with a question": ("exempelby.se", "exempelby.se?x=1", "ACC-015", 4),
    "an empty secret": ("KOMMUNENS_HEMLIGHET", "INGEN", "ACC-016", 6),
    "a manager of no unit": ('unit = "BU"\n', "", "ACC-017", 20),
    "a unit and a committee": ('unit = "BU"', 'unit = "BU"\ncommittee = "SN"', "ACC-017", 20),
    "too seldom asked": ("levels", "recheck_seconds = 3600\nlevels", "ACC-015", 7),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_named_by_file_and_line(tmp_path: Path, name: str) -> None:
    old, new, code, line = FAULTS[name]
    with pytest.raises(UserError) as caught:
        read(tmp_path, WHOLE.replace(old, new, 1))
    assert (code, f"inloggning.toml, rad {line}") in [(each.code, each.where) for each in caught.value.problems]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, WHOLE.replace("https", "http").replace('"auditor"', '"x"').replace("KOMMUNENS_", "INGENS_"))
    assert {each.code for each in caught.value.problems} == {"ACC-014", "ACC-015", "ACC-016"}


def test_two_providers_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, WHOLE + WHOLE)
    assert caught.value.code == "ACC-018"


@pytest.mark.parametrize("text", ["", "provider = []\n"])
def test_file_without_a_provider_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, text)
    assert caught.value.code == "ACC-013"


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_sign_in(tmp_path / "borta.toml", {})
    assert (caught.value.code, caught.value.problems[0].where) == ("ACC-019", "borta.toml")
