from pathlib import Path
from typing import Any

import people
import pytest
from pages_made import reported_snapshot, shown, small_snapshot

from skillnad.analysis.snapshot import Snapshot


@pytest.fixture
def snapshot(tmp_path: Path, db: None) -> Snapshot:
    """A small snapshot that the pages take for the newest."""
    return shown(small_snapshot(tmp_path / "snapshot"))


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The same with its report made, once for all tests since it takes seconds."""
    return reported_snapshot(tmp_path_factory.mktemp("reported") / "snapshot")


@pytest.fixture
def alva(browser: Any, db: None) -> Any:
    """A browser where the analyst has signed in."""
    browser.force_login(people.alva())
    return browser


@pytest.fixture
def anna(browser: Any, db: None) -> Any:
    """A browser where a caseworker has signed in."""
    browser.force_login(people.anna())
    return browser
