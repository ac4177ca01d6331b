from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from skillnad.audit.keys import ensure_key_file, installed_keys
from skillnad.lib.errors import UserError
from skillnad.lib.key_file import begin_rotation


def test_key_file_is_made_once(tmp_path: Path, settings: Any) -> None:
    settings.SKILLNAD_KEY_FILE = tmp_path / "keys.json"
    ensure_key_file()
    made = installed_keys()
    ensure_key_file()
    assert installed_keys() == made


def test_production_makes_no_key_file_by_itself(tmp_path: Path, settings: Any) -> None:
    settings.SKILLNAD_KEY_FILE = tmp_path / "keys.json"
    settings.SKILLNAD_MODE = "production"
    with pytest.raises(UserError, match="CONF-015"):
        ensure_key_file()
    assert not list(tmp_path.iterdir())


def test_key_that_comes_seals_from_then_in_a_process_that_runs(tmp_path: Path, settings: Any) -> None:
    settings.SKILLNAD_KEY_FILE = tmp_path / "keys.json"
    ensure_key_file()
    before = installed_keys()
    name = begin_rotation(tmp_path / "keys.json", datetime(2026, 3, 2, tzinfo=UTC))
    assert before.current != name == installed_keys().current
    assert installed_keys() is installed_keys()  # read once


def test_key_file_that_is_gone_is_told(tmp_path: Path, settings: Any) -> None:
    settings.SKILLNAD_KEY_FILE = tmp_path / "keys.json"
    with pytest.raises(UserError, match="CONF-011"):
        installed_keys()
