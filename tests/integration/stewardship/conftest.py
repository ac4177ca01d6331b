from pathlib import Path
from typing import Any

import pytest

from skillnad.lib.sealing import create_key_file


@pytest.fixture
def key_file(tmp_path: Path, settings: Any) -> Path:
    """A key file of the test's own, which it may change."""
    create_key_file(tmp_path / "own" / "keys.json")
    settings.SKILLNAD_KEY_FILE = tmp_path / "own" / "keys.json"
    return settings.SKILLNAD_KEY_FILE
