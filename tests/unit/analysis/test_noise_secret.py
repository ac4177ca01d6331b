"""The secret of noise, out of the key file."""

from datetime import UTC, datetime

import pytest

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.perturbed.cell_keys import check_secret
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.noise_secret import secret_for
from skillnad.lib.errors import UserError
from skillnad.lib.key_file import begin_rotation, prepare_key
from skillnad.lib.sealing import create_key_file, load_key_file

NOISE = Policy(way=Way.CELL_KEYS)


@pytest.fixture
def key_file(tmp_path):
    create_key_file(tmp_path / "keys.json")
    return tmp_path / "keys.json"


def test_secret_is_long_enough(key_file) -> None:
    check_secret(secret_for(NOISE, key_file))


def test_secret_outlives_a_new_sealing_key(key_file) -> None:
    before = secret_for(NOISE, key_file)
    prepare_key(key_file)
    begin_rotation(key_file, datetime(2026, 3, 2, tzinfo=UTC))
    assert secret_for(NOISE, key_file) == before


def test_another_installation_has_another_secret(key_file, tmp_path) -> None:
    create_key_file(tmp_path / "other.json")
    assert secret_for(NOISE, tmp_path / "other.json") != secret_for(NOISE, key_file)


def test_secret_is_none_of_the_keys(key_file) -> None:
    keys = load_key_file(key_file)
    assert secret_for(NOISE, key_file) not in (keys.index, keys.audit, *keys.sealing.values())


def test_policy_of_gaps_reads_no_file(tmp_path) -> None:
    assert secret_for(DEFAULT, tmp_path / "absent.json") == b""


def test_without_an_installation_there_is_no_secret() -> None:
    assert secret_for(NOISE, None) == b""


def test_file_that_is_absent_is_refused(tmp_path) -> None:
    with pytest.raises(UserError, match="CONF-011"):
        secret_for(NOISE, tmp_path / "absent.json")
