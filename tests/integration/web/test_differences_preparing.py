"""The page of a large snapshot is made beside the requests, one at a time: the page says how far it has come, or that
it stands in line, and it is made once."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from differing import YEAR, differing_snapshot
from pages_made import shown

from skillnad.analysis.snapshot import Snapshot
from skillnad.audit.models import AuditEvent
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.reports import differences
from skillnad.web.analyst import preparing
from skillnad.web.analyst.preparing import MOST_WAITING, Progress, Started

YEARS = [Period.year(year) for year in range(2025, 2025 - MOST_WAITING - 2, -1)]


@pytest.fixture
def large(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """A snapshot that counts as large."""
    monkeypatch.setattr(differences, "MANY_ROWS", 1)
    return shown(differing_snapshot(tmp_path / "snapshot"))


class Making:
    """What stands in for asking the page's questions: each waits until it is let go, or fails as it is told to."""

    def __init__(self) -> None:
        self.begun, self.go = Event(), Event()
        self.made: list[Period] = []
        self.at_once = self.most = 0
        self.fails: dict[Period, Exception] = {}

    def __call__(self, answers: Any, period: Period, progress: Callable[[int, int], None]) -> None:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        progress(2, 9)
        self.begun.set()
        assert self.go.wait(60)
        self.made.append(period)
        self.at_once -= 1
        if period in self.fails:
            raise self.fails[period]


@pytest.fixture
def making(large: Snapshot, monkeypatch: pytest.MonkeyPatch) -> Any:
    held = Making()
    monkeypatch.setattr(preparing, "prepare", held)
    yield held
    held.go.set()
    finished(large)


def finished(snapshot: Snapshot) -> None:
    """Waits until nothing is made and nobody is in line."""
    for _ in range(6000):
        if all(preparing.under_way(snapshot.path, year) is None for year in YEARS):
            return
        time.sleep(0.01)
    raise AssertionError("a page is being made for ever")


def asked(snapshot: Snapshot, *years: Period) -> list[Started]:
    return [preparing.start(snapshot.path, year) for year in years]


def read(browser: Any, year: Period = YEAR) -> str:
    return browser.get("/skillnader/", {"period": str(year)}).content.decode()


def test_large_page_is_made_beside_the_request_and_says_how_far_it_has_come(
    alva: Any, large: Snapshot, making: Making
) -> None:
    assert "tar flera minuter" in read(alva)
    assert alva.post("/skillnader/gor/", {"period": "2025"}).status_code == 302
    assert making.begun.wait(60)
    page = read(alva)
    assert "2 av 9 jämförelser är klara" in page
    assert "Ta fram sidan" not in page


def test_page_that_is_under_way_is_not_begun_again(large: Snapshot, making: Making) -> None:
    assert asked(large, YEAR, YEAR) == [Started.NOW, Started.ALREADY]


def test_pages_are_made_one_at_a_time_in_the_order_they_were_asked_for(large: Snapshot, making: Making) -> None:
    first, *others = YEARS[:3]
    assert asked(large, first, *others, others[0]) == [
        Started.NOW,
        Started.WAITING,
        Started.WAITING,
        Started.ALREADY,
    ]
    making.go.set()
    finished(large)
    assert making.made == [first, *others]
    assert making.most == 1


def test_page_in_line_says_how_many_are_made_first(alva: Any, large: Snapshot, making: Making) -> None:
    asked(large, *YEARS[:3])
    assert making.begun.wait(60)
    assert preparing.under_way(large.path, YEARS[0]) == Progress(2, 9, ahead=0)
    assert preparing.under_way(large.path, YEARS[2]) == Progress(ahead=2)
    assert "står på tur: en annan sida tas fram först" in read(alva, YEARS[1])
    assert "står på tur: 2 andra sidor tas fram först" in read(alva, YEARS[2])


def test_line_has_an_end_and_says_so_politely(alva: Any, large: Snapshot, making: Making) -> None:
    *all_but_one, last = YEARS
    assert Started.FULL not in asked(large, *all_but_one)
    answer = alva.post("/skillnader/gor/", {"period": str(last)})
    assert answer.status_code == 503
    told = answer.content.decode()
    assert "Försök igen om några minuter" in told
    assert "Ta fram sidan" in told
    assert preparing.under_way(large.path, last) is None
    assert not AuditEvent.objects.filter(action="differences.made").exists()


def test_line_has_room_again_when_a_page_is_ready(large: Snapshot, making: Making) -> None:
    asked(large, *YEARS[:-1])
    making.go.set()
    finished(large)
    assert asked(large, YEARS[-1]) == [Started.NOW]


def test_page_that_is_ready_is_under_way_no_more(large: Snapshot, making: Making) -> None:
    asked(large, YEAR)
    making.go.set()
    finished(large)
    assert preparing.under_way(large.path, YEAR) is None


@pytest.mark.parametrize(
    ("failure", "logged"),
    [
        (UserError.of("DISC-004", sv="Skadad.", en="Damaged."), "DISC-004"),
        (ValueError("Kim Exempel"), "ValueError"),
    ],
)
def test_page_that_fails_can_be_tried_again_and_holds_up_no_other(
    large: Snapshot, making: Making, caplog: pytest.LogCaptureFixture, failure: Exception, logged: str
) -> None:
    making.fails[YEARS[0]] = failure
    asked(large, *YEARS[:2])
    making.go.set()
    finished(large)
    assert making.made == YEARS[:2]
    assert logged in caplog.text
    assert "Exempel" not in caplog.text
    assert asked(large, YEARS[0]) == [Started.NOW]
