"""The page of a large snapshot is made beside the requests: the page says how far it has come, and it is made once."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from differing import YEAR, differing_snapshot
from pages_made import shown

from skillnad.analysis.snapshot import Snapshot
from skillnad.lib.errors import UserError
from skillnad.reports import differences
from skillnad.web.analyst import preparing


@pytest.fixture
def large(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """A snapshot that counts as large."""
    monkeypatch.setattr(differences, "MANY_ROWS", 1)
    return shown(differing_snapshot(tmp_path / "snapshot"))


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Making waits until it is let go; two of nine are ready."""
    go, begun = Event(), Event()

    def prepare(answers: Any, period: Any, progress: Any) -> None:
        progress(2, 9)
        begun.set()
        go.wait(60)

    monkeypatch.setattr(preparing, "prepare", prepare)
    yield begun
    go.set()


def test_large_page_is_made_beside_the_request_and_says_how_far_it_has_come(
    alva: Any, large: Snapshot, held: Event
) -> None:
    assert "tar flera minuter" in alva.get("/skillnader/?period=2025").content.decode()
    assert alva.post("/skillnader/gor/", {"period": "2025"}).status_code == 302
    assert held.wait(60)
    page = alva.get("/skillnader/?period=2025").content.decode()
    assert "2 av 9 jämförelser är klara" in page
    assert "Ta fram sidan" not in page


def test_page_that_is_under_way_is_not_begun_again(large: Snapshot, held: Event) -> None:
    first = preparing.start(large.path, YEAR)
    assert first
    assert preparing.start(large.path, YEAR) is None


def test_page_that_is_ready_is_under_way_no_more(large: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "prepare", lambda answers, period, progress: progress(9, 9))
    thread = preparing.start(large.path, YEAR)
    assert thread
    thread.join(60)
    assert preparing.under_way(large.path, YEAR) is None


def test_page_that_is_refused_can_be_tried_again(
    large: Snapshot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(answers: Any, period: Any, progress: Any) -> None:
        raise UserError.of("DISC-004", sv="Skadad.", en="Damaged.")

    monkeypatch.setattr(preparing, "prepare", refused)
    thread = preparing.start(large.path, YEAR)
    assert thread
    thread.join(60)
    assert preparing.under_way(large.path, YEAR) is None
    assert "DISC-004" in caplog.text
