"""The report's pages: reading, taking along, and making one."""

from pathlib import Path
from typing import Any

import pytest
from pages_made import shown

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.publication.standard_reports import edition_and_period, edition_and_places, key_of
from skillnad.reports.making import prepare
from skillnad.web.analyst import reviewing


def published(browser: Any, snapshot: Snapshot, key: str) -> Any:
    """The report's tables are protected first, as who publishes sees to."""
    name, period = edition_and_period(key)
    edition, places = edition_and_places(name)
    prepare(ProtectedSet(snapshot), period, edition, units=places)
    return browser.post("/rapport/gor/", {"period": key})


@pytest.fixture
def made(alva: Any, reported: Snapshot) -> Any:
    """The analyst's browser, where the report of 2025 is made."""
    shown(reported)
    return alva


def test_report_is_published_on_asking_and_then_shown(alva: Any, snapshot: Snapshot) -> None:
    answer = published(alva, snapshot, "2025")
    assert answer["Location"] == "/rapport/2025/"
    assert alva.get("/rapport/2025/").status_code == 200


def test_report_is_read_inside_the_site(made: Any) -> None:
    page = made.get("/rapport/2025/").content.decode()
    assert "Hoppa till innehållet" in page
    assert "sk-report" in page
    assert "<style" not in page


@pytest.mark.parametrize(
    ("name", "start"), [("report.pdf", b"%PDF"), ("report.xlsx", b"PK"), ("report.html", b"<!doc")]
)
def test_report_files_can_be_taken_along(made: Any, name: str, start: bytes) -> None:
    answer = made.get(f"/rapport/2025/{name}")
    assert b"".join(answer.streaming_content).startswith(start)
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["fragment.html", "..%2f..%2fmanifest.json", "manifest.json"])
def test_report_address_reaches_no_other_file(made: Any, name: str) -> None:
    assert made.get(f"/rapport/2025/{name}").status_code == 404


@pytest.mark.parametrize("period", ["2024", "igår", "2025-13", "..", "%2e%2e"])
def test_report_of_a_period_that_is_not_made_is_not_found(made: Any, period: str) -> None:
    assert made.get(f"/rapport/{period}/").status_code == 404


def test_report_shelf_lists_what_is_made_and_what_can_be(made: Any) -> None:
    page = made.get("/rapport/").content.decode()
    assert 'href="/rapport/2025/"' in page
    assert '<option value="2024">2024</option>' in page
    whole = page.partition("Ta fram en rapport för en del")[0]
    assert '<option value="2025">2025</option>' not in whole


def test_committees_edition_of_a_month_is_made_and_read(alva: Any, snapshot: Snapshot) -> None:
    answer = published(alva, snapshot, "namnd-2025-10")
    assert answer["Location"] == "/rapport/namnd-2025-10/"
    assert "Hur länge får de vänta?" in alva.get("/rapport/namnd-2025-10/").content.decode()
    assert "Läs rapporten för oktober 2025, till nämnden" in alva.get("/rapport/").content.decode()


def test_each_way_to_make_a_report_says_that_it_takes_time_and_is_seen_first(alva: Any, snapshot: Snapshot) -> None:
    page = alva.get("/rapport/").content.decode()
    assert page.count('action="/rapport/forbered/"') == page.count("Innan något publiceras ser du vad som döljs.") == 3


def test_report_whose_tables_are_not_protected_yet_is_not_published(alva: Any, snapshot: Snapshot) -> None:
    assert alva.post("/rapport/gor/", {"period": "2025"})["Location"] == "/rapport/granska/2025/"
    assert alva.get("/rapport/2025/").status_code == 404


def test_open_statistics_of_the_installation_stand_in_the_report(
    alva: Any, snapshot: Snapshot, settings: Any, tmp_path: Path
) -> None:
    settings.SKILLNAD_HOME = tmp_path
    (tmp_path / "tal.csv").write_text("municipality;period;gender;value\n0000;2024;T;76\n", encoding="utf-8")
    told = 'title = "Utredningstid"\nsource = "Kolada"\nfile = "tal.csv"\nunit = "dagar"\nbeside = "utredningstid"\n'
    (tmp_path / "sammanhang.toml").write_text(f"version = 1\n[[series]]\n{told}", encoding="utf-8")
    published(alva, snapshot, "2024")
    assert "Öppen statistik: Utredningstid, dagar" in alva.get("/rapport/2024/").content.decode()


@pytest.mark.parametrize("key", ["namnd-", "namnd-2025-13", "standard-2025", "annan-2025", "namnd-../2025"])
def test_edition_that_is_none_is_not_found(made: Any, key: str) -> None:
    assert made.post("/rapport/gor/", {"period": key}).status_code == 404


def test_report_is_made_once(made: Any, reported: Snapshot) -> None:
    before = (reported.path / "reports/2025/report.pdf").stat().st_mtime_ns
    made.post("/rapport/gor/", {"period": "2025"})
    assert (reported.path / "reports/2025/report.pdf").stat().st_mtime_ns == before


def test_caseworker_reads_the_report_but_makes_none(made: Any, anna: Any) -> None:
    assert anna.get("/rapport/2025/").status_code == 200
    assert anna.post("/rapport/gor/", {"period": "2024"}).status_code == 403
    assert "Ta fram en rapport" not in anna.get("/rapport/").content.decode()


def test_making_a_report_needs_a_post(alva: Any, snapshot: Snapshot) -> None:
    assert alva.get("/rapport/gor/").status_code == 405


def test_report_style_is_the_reports_own(made: Any) -> None:
    answer = made.get("/rapport/stil.css")
    assert answer["Content-Type"].startswith("text/css")
    assert ".sk-report" in answer.content.decode()


def test_report_of_one_unit_is_chosen_reviewed_and_read(alva: Any, snapshot: Snapshot) -> None:
    assert '<option value="B">' in alva.get("/rapport/").content.decode()
    assert published(alva, snapshot, "2025@B")["Location"] == "/rapport/2025@B/"
    page = alva.get("/rapport/2025@B/").content.decode()
    (name,) = [level.sv for level in snapshot.table(Population.CASES).columns["unit"].levels if level.code == "B"]
    assert f"Systematisk uppföljning 2025, {name}" in page
    assert f"Läs rapporten för 2025, {name}" in alva.get("/rapport/").content.decode()


def test_choosing_a_unit_begins_its_own_report(alva: Any, snapshot: Snapshot, monkeypatch: Any) -> None:
    begun = []
    monkeypatch.setattr(reviewing, "start", lambda *asked: begun.append(asked))
    answer = alva.post("/rapport/forbered/", {"period": "2025", "place": "B"})
    assert answer["Location"] == "/rapport/granska/2025@B/"
    assert begun == [(snapshot.path, Period.year(2025), "standard@B")]


@pytest.mark.parametrize("place", ["finns-inte", "../..", "B@B", "B/x"])
def test_place_that_is_none_is_not_found(alva: Any, snapshot: Snapshot, place: str) -> None:
    assert alva.post("/rapport/forbered/", {"period": "2025", "place": place}).status_code == 404


def test_committees_edition_can_be_of_one_unit(alva: Any, snapshot: Snapshot) -> None:
    assert edition_and_period("namnd-2025-10@B") == ("namnd@B", Period.month(2025, 10))
    assert key_of("namnd@B", Period.month(2025, 10)) == "namnd-2025-10@B"
