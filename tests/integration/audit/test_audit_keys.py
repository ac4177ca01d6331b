from pathlib import Path
from typing import Any

import pytest

from skillnad.audit.keys import ensure_key_file, installed_keys
from skillnad.lib.errors import UserError


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
