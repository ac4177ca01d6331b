"""Before a report is published: its tables are protected beside the request, and what is lost is seen first."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pages_made import shown, small_snapshot

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot
from skillnad.audit.models import AuditEvent
from skillnad.codebook.periods import Period
from skillnad.lib.errors import UserError
from skillnad.reports.editions import STANDARD, USUAL
from skillnad.reports.making import prepare
from skillnad.web.analyst import preparing

YEAR = Period.year(2025)


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A snapshot whose report is protected and not published, once for all tests since it takes seconds."""
    made = small_snapshot(tmp_path_factory.mktemp("prepared") / "snapshot")
    prepare(ProtectedSet(made), YEAR, STANDARD)
    return made


@pytest.fixture
def prepared(alva: Any, prepared_folder: Snapshot) -> Any:
    shown(prepared_folder)
    return alva


def reviewed(browser: Any, **asked: str) -> str:
    return browser.get("/rapport/granska/2025/", asked).content.decode()


def finished(snapshot: Snapshot) -> None:
    for _ in range(6000):
        if preparing.under_way(snapshot.path, YEAR, USUAL) is None:
            return
        time.sleep(0.01)
    raise AssertionError("a report is being prepared for ever")


def test_review_says_what_is_shown_and_what_is_lost(prepared: Any) -> None:
    page = reviewed(prepared)
    assert re.search(r"<b>\d+ %</b> av siffrorna visas: \d", page)
    assert re.search(r"<b>\d+</b> siffror är luckor", page)
    assert re.search(r"<b>\d+</b> av \d+ tabeller visas inte alls", page)


def test_review_leads_to_what_would_win_back_most_of_a_table(prepared: Any) -> None:
    page = reviewed(prepared)
    assert re.search(r"<b>\d+</b> av \d+ siffror är luckor", page)
    assert re.search(
        r'href="\?tabell=[\w-]+#forslag">Se vad som skulle ge tillbaka mest<span class="only-read"> i', page
    )


def test_nothing_is_published_by_reviewing(prepared: Any) -> None:
    assert "Inget är publicerat än." in reviewed(prepared)
    assert prepared.get("/rapport/2025/").status_code == 404


def test_suggestion_is_of_one_table_and_logged(prepared: Any, db: None) -> None:
    table = re.findall(r'href="\?tabell=([\w-]+)#forslag"', reviewed(prepared))[0]
    page = reviewed(prepared, tabell=table)
    assert "Vad skulle ge tillbaka mest?" in page
    (event,) = AuditEvent.objects.filter(action="report.suggested")
    assert event.details == {"period": "2025", "table": table}


@pytest.mark.parametrize("table", ["", "finns-inte", "<script>"])
def test_table_that_is_none_gets_no_suggestion_and_no_echo(prepared: Any, table: str) -> None:
    page = reviewed(prepared, tabell=table)
    assert "Vad skulle ge tillbaka mest?" not in page
    assert "<script>" not in page
    assert not AuditEvent.objects.filter(action="report.suggested").exists()


def test_published_report_is_said_to_be_and_is_not_published_again(alva: Any, reported: Snapshot) -> None:
    shown(reported)
    page = reviewed(alva)
    assert "Rapporten är publicerad." in page
    assert "Publicera rapporten" not in page


def test_caseworker_sees_no_review(prepared_folder: Snapshot, anna: Any) -> None:
    shown(prepared_folder)
    assert anna.get("/rapport/granska/2025/").status_code == 403
    assert anna.post("/rapport/forbered/", {"period": "2025"}).status_code == 403


@pytest.mark.parametrize("key", ["igår", "2025-13", "standard-2025", "namnd-"])
def test_review_of_a_period_that_is_none_is_not_found(alva: Any, snapshot: Snapshot, key: str) -> None:
    assert alva.get(f"/rapport/granska/{key}/").status_code == 404
    assert alva.post("/rapport/forbered/", {"period": key}).status_code == 404


class Held:
    """What stands in for protecting the tables: it waits until it is let go, or fails as it is told to."""

    def __init__(self) -> None:
        self.go = False
        self.fails: Exception | None = None

    def __call__(
        self, answers: Any, period: Period, edition: Any, progress: Callable[[int, int], None], *_: Any
    ) -> None:
        progress(7, 60)
        for _ in range(6000):
            if self.go:
                break
            time.sleep(0.01)
        if self.fails:
            raise self.fails


@pytest.fixture
def held(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> Any:
    stands_in = Held()
    monkeypatch.setattr(preparing, "prepare_report", stands_in)
    yield stands_in
    stands_in.go = True
    finished(snapshot)


def test_report_is_prepared_beside_the_request_and_says_how_far_it_has_come(alva: Any, snapshot, held: Held) -> None:
    assert alva.post("/rapport/forbered/", {"period": "2025"})["Location"] == "/rapport/granska/2025/"
    for _ in range(600):
        if preparing.under_way(snapshot.path, YEAR, USUAL) == preparing.Progress(7, 60):
            break
        time.sleep(0.01)
    page = reviewed(alva)
    assert "7 av 60 är klara" in page
    assert "Publicera" not in page


def test_what_stands_in_the_way_is_told(alva: Any, snapshot: Snapshot, held: Held) -> None:
    held.fails, held.go = UserError.of("DISC-099", sv="Den förra rapporten står i vägen.", en="In the way."), True
    alva.post("/rapport/forbered/", {"period": "2025"})
    finished(snapshot)
    page = reviewed(alva)
    assert "Den förra rapporten står i vägen." in page
    assert "Ta fram den" in page


def test_what_fails_in_a_way_that_nobody_foresaw_is_not_told(alva: Any, snapshot, held: Held, caplog: Any) -> None:
    held.fails, held.go = ValueError("Kim Exempel"), True
    alva.post("/rapport/forbered/", {"period": "2025"})
    finished(snapshot)
    assert "Exempel" not in reviewed(alva) + caplog.text
    assert "ValueError" in caplog.text


def test_report_is_prepared_reviewed_and_published(alva: Any, tmp_path: Path, db: None) -> None:
    made = shown(small_snapshot(tmp_path / "whole"))
    alva.post("/rapport/forbered/", {"period": "2025"})
    finished(made)
    assert "Publicera rapporten" in reviewed(alva)
    assert alva.post("/rapport/gor/", {"period": "2025"})["Location"] == "/rapport/2025/"
    assert alva.get("/rapport/2025/").status_code == 200
